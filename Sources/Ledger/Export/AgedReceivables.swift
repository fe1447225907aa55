/// What is owed to the fund, by debtor and by age (账龄分析), exact to the fen.
///
/// A debt is as old as the business date of the voucher it came from. What is paid settles the oldest
/// debt of the debtor first. A voucher that was reversed counts as little as its reversal, so that a
/// repayment that bounced leaves the debt as old as it was.
public struct AgedReceivables: Hashable, Sendable {
    /// By days since the debt arose.
    public enum Age: Int, Hashable, Sendable, CaseIterable {
        case upTo30, upTo90, upTo180, upTo365, upToThreeYears, older

        /// A debt dated after the day asked for counts as new.
        public init(days: Int) {
            switch days {
            case ...30: self = .upTo30
            case ...90: self = .upTo90
            case ...180: self = .upTo180
            case ...365: self = .upTo365
            case ...1_095: self = .upToThreeYears
            default: self = .older
            }
        }

        public var chinese: String {
            switch self {
            case .upTo30: "0-30天"
            case .upTo90: "31-90天"
            case .upTo180: "91-180天"
            case .upTo365: "181-365天"
            case .upToThreeYears: "1-3年"
            case .older: "3年以上"
            }
        }
    }

    public struct Row: Hashable, Sendable {
        /// The sub-account: a merchant, a case.
        public let debtor: String
        /// What is still owed; ages without any are left out.
        public let amounts: [Age: Money]
        /// Paid beyond all debts of the day; nothing, while the books let nobody overpay.
        public let overpaid: Money
        /// The business date of the oldest debt that is not settled.
        public let oldest: Day?

        /// As the account stands: what is owed less what is overpaid.
        public var total: Money {
            amounts.values.reduce(Money.zero) { $0.plus($1) }.minus(overpaid)
        }
    }

    public let code: String
    public let day: Day
    public let currency: String
    /// By debtor; those who owe nothing are left out.
    public let rows: [Row]

    public var total: Money { rows.reduce(Money.zero) { $0.plus($1.total) } }

    public func total(_ age: Age) -> Money {
        rows.reduce(Money.zero) { $0.plus($1.amounts[age] ?? .zero) }
    }

    /// - Parameters:
    ///   - vouchers: One fund's, from the first on, in any order.
    ///   - code: An asset account; the merchants' receivables unless another is named.
    ///   - day: The last business day that counts, and the one ages are counted to.
    public init(
        of vouchers: some Sequence<Voucher>, on day: Day, code: String = Chart.receivable,
        currency: String = "CNY"
    ) {
        self.code = code
        self.day = day
        self.currency = currency
        let counted = vouchers.filter { $0.draft.businessDate <= day }
        let undone = Self.undone(counted)
        var moves: [String: [(day: Day, number: Int64, fen: Int64)]] = [:]
        for voucher in counted where !undone.contains(voucher.number) {
            for line in voucher.lines where line.account.code == code {
                let fen = line.side == .debit ? line.amount.fen : -line.amount.fen
                moves[line.account.sub ?? "", default: []].append(
                    (voucher.draft.businessDate, voucher.number, fen))
            }
        }
        rows = moves.sorted { $0.key < $1.key }.compactMap { debtor, moves in
            Row(debtor, moves.sorted { ($0.day, $0.number) < ($1.day, $1.number) }, on: day)
        }
    }

    /// The numbers of the vouchers that were reversed, and of their reversals. A reversal that was itself
    /// reversed undoes nothing.
    private static func undone(_ vouchers: [Voucher]) -> Set<Int64> {
        let reversing = vouchers.filter { $0.draft.reverses != nil }
        guard !reversing.isEmpty else { return [] }
        var numbers: [ID<Voucher>: Int64] = [:]
        for voucher in vouchers { numbers[voucher.id] = voucher.number }
        var undone: Set<Int64> = []
        for voucher in reversing.sorted(by: { $0.number > $1.number })
        where !undone.contains(voucher.number) {
            guard let reversed = voucher.draft.reverses.flatMap({ numbers[$0] }) else { continue }
            undone.formUnion([voucher.number, reversed])
        }
        return undone
    }

    /// RFC 4180: a row for each debtor, and the totals.
    public var csv: String {
        var csv = CSVText(["对象"] + Age.allCases.map(\.chinese) + ["多付", "合计", "最早日期"])
        for row in rows {
            csv.append(
                [.text(row.debtor)]
                    + Age.allCases.map { .exact((row.amounts[$0] ?? .zero).text(in: currency)) }
                    + [
                        .exact(row.overpaid.text(in: currency)),
                        .exact(row.total.text(in: currency)),
                        .exact(row.oldest?.description ?? ""),
                    ])
        }
        let overpaid = rows.reduce(Money.zero) { $0.plus($1.overpaid) }
        csv.append(
            [.text("合计")] + Age.allCases.map { .exact(total($0).text(in: currency)) }
                + [
                    .exact(overpaid.text(in: currency)), .exact(total.text(in: currency)),
                    .exact(""),
                ])
        return csv.text
    }
}

extension AgedReceivables.Row {
    /// Nil when nothing is owed nor overpaid.
    fileprivate init?(
        _ debtor: String, _ moves: [(day: Day, number: Int64, fen: Int64)], on day: Day
    ) {
        var paid = moves.reduce(Int128(0)) { $1.fen < 0 ? $0 - Int128($1.fen) : $0 }
        var amounts: [AgedReceivables.Age: Money] = [:]
        var oldest: Day?
        for move in moves where move.fen > 0 {
            let settled = min(paid, Int128(move.fen))
            paid -= settled
            let left = Money(clamping: Int128(move.fen) - settled)
            guard left.isPositive else { continue }
            oldest = oldest ?? move.day
            let age = AgedReceivables.Age(days: move.day.distance(to: day))
            amounts[age] = (amounts[age] ?? .zero).plus(left)
        }
        guard oldest != nil || paid > 0 else { return nil }
        self.init(
            debtor: debtor, amounts: amounts, overpaid: Money(clamping: paid), oldest: oldest)
    }
}
