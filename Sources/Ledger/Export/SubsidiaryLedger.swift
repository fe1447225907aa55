/// The subsidiary ledger (明细账) of one account: every line that moved it, by business date, with the
/// balance it left.
public struct SubsidiaryLedger: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public let day: Day
        public let number: Int64
        public let reason: String
        public let side: Side
        public let amount: Money
        /// Debit-positive, after this line.
        public let balance: Money
    }

    public let account: Account
    public let currency: String
    /// Debit-positive, of all that happened before the first day.
    public let opening: Money
    /// By business day, then number, then line: a voucher that was dated back stands where it belongs.
    public let rows: [Row]

    public var debits: Money { total(.debit) }
    public var credits: Money { total(.credit) }
    /// Debit-positive.
    public var closing: Money { rows.last?.balance ?? opening }

    /// One ledger for each account that was ever moved up to the last day, in order.
    ///
    /// - Parameter code: Those under this code alone; nil for all.
    public static func all(
        of vouchers: some Sequence<Voucher>, days: ClosedRange<Day>, code: String? = nil,
        currency: String = "CNY"
    ) -> [SubsidiaryLedger] {
        var opening: [Account: Money] = [:]
        var moves: [Account: [Row]] = [:]
        for voucher in vouchers where voucher.draft.businessDate <= days.upperBound {
            for line in voucher.lines where code == nil || line.account.code == code {
                if voucher.draft.businessDate < days.lowerBound {
                    opening.add(line)
                } else {
                    moves[line.account, default: []].append(
                        Row(
                            day: voucher.draft.businessDate, number: voucher.number,
                            reason: voucher.draft.reason, side: line.side, amount: line.amount,
                            balance: .zero))
                }
            }
        }
        return Set(opening.keys).union(moves.keys).sorted().map { account in
            SubsidiaryLedger(
                account, currency, opening: opening[account] ?? .zero, moves[account] ?? [])
        }
    }

    private init(_ account: Account, _ currency: String, opening: Money, _ moves: [Row]) {
        self.account = account
        self.currency = currency
        self.opening = opening
        var balance = opening
        // Stable: lines of one voucher keep their order.
        let order = moves.indices.sorted { a, b in
            (moves[a].day, moves[a].number, a) < (moves[b].day, moves[b].number, b)
        }
        rows = order.map { index in
            let move = moves[index]
            balance =
                move.side == .debit ? balance.plus(move.amount) : balance.minus(move.amount)
            return Row(
                day: move.day, number: move.number, reason: move.reason, side: move.side,
                amount: move.amount, balance: balance)
        }
    }

    /// RFC 4180: the opening balance, a row for each line, and the turnover of the range.
    public static func csv(of ledgers: [SubsidiaryLedger], chart: Chart) -> String {
        var csv = CSVText(["科目", "名称", "日期", "凭证号", "摘要", "借方", "贷方", "方向", "余额"])
        for ledger in ledgers {
            let (account, currency) = (ledger.account, ledger.currency)
            let name = chart[account.code]?.chinese ?? ""
            func row(
                _ day: String, _ number: String, _ reason: String, _ debit: Money?,
                _ credit: Money?, _ balance: Money
            ) {
                csv.append([
                    .text(account.description), .text(name), .exact(day), .exact(number),
                    .text(reason), .exact(debit?.text(in: currency) ?? ""),
                    .exact(credit?.text(in: currency) ?? ""), .exact(balance.direction),
                    .exact(balance.magnitude(in: currency)),
                ])
            }
            row("", "", "期初余额", nil, nil, ledger.opening)
            for move in ledger.rows {
                row(
                    move.day.description, String(move.number), move.reason,
                    move.side == .debit ? move.amount : nil,
                    move.side == .credit ? move.amount : nil, move.balance)
            }
            row("", "", "本期合计", ledger.debits, ledger.credits, ledger.closing)
        }
        return csv.text
    }

    private func total(_ side: Side) -> Money {
        rows.reduce(Money.zero) { $1.side == side ? $0.plus($1.amount) : $0 }
    }
}
