extension Position {
    /// Income and expense accounts that do not stand at zero, in order: what the end of a year carries
    /// forward into the fund.
    func toCarryForward(_ chart: Chart) -> [(account: Account, balance: Money)] {
        balances.filter { entry in
            switch chart[entry.key.code]?.kind {
            case .income, .expense: true
            default: false
            }
        }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The vouchers (结转) that bring income, expense and loss of a year to zero, and their sum into the
    /// fund; none when all stand at zero. They are dated on the year's last day.
    ///
    /// To be posted while that day is open: once it closes, as a day, month or year, nothing is carried
    /// any more. Usually one voucher; several when more accounts move than a voucher has lines. Asking
    /// again after they were posted gives none; asking twice before gives the same.
    ///
    /// - Precondition: the position is that of the last day of a year.
    public func carryForward(
        _ chart: Chart, fund: String, currency: String, maker: String, checker: String
    ) -> [Draft] {
        guard let through, Period.year(of: through).lastDay == through else { return [] }
        let year = Period.year(of: through)
        let open = toCarryForward(chart)
        let step = Draft.lineLimit - 1
        return stride(from: 0, to: open.count, by: step).compactMap { start in
            let part = open[start..<min(start + step, open.count)]
            let lines = Posting.carryForward(part.map { ($0.account, $0.balance) })
            guard !lines.isEmpty else { return nil }
            return Draft(
                id: ID("\(fund)#carry-\(year)-\(head.number)-\(start / step + 1)"), fund: fund,
                currency: currency, businessDate: through, reason: "\(year)年度收支结转",
                source: "carry/\(year)", maker: maker, checker: checker, lines: lines)
        }
    }
}

extension Posting {
    /// Brings `balances` (debit-positive) to zero, and their sum into the fund's own capital.
    public static func carryForward(_ balances: [(Account, Money)]) -> [Line] {
        var sum: Int128 = 0
        var lines: [Line] = []
        for (account, balance) in balances {
            let magnitude = Money(clamping: Int128(balance.fen.magnitude))
            guard magnitude.isPositive else { continue }
            lines.append(Line(balance.isNegative ? .debit : .credit, account, magnitude))
            sum += Int128(balance.fen)
        }
        let net = Money(clamping: sum < 0 ? -sum : sum)
        if net.isPositive {
            lines.append(Line(sum < 0 ? .credit : .debit, Account(Chart.available), net))
        }
        return lines
    }

    /// Whether `lines` carry income and expense forward: they move those and the fund, and nothing else.
    static func carriesForward(_ lines: [Line]) -> Bool {
        let others: Set = [
            Chart.bank, Chart.platform, Chart.receivable, Chart.consumerReceivable, Chart.payable,
            Chart.suspense, Chart.reserved,
        ]
        return !lines.contains { others.contains($0.account.code) }
    }
}
