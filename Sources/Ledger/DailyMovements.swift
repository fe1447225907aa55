/// What moved in a fund's accounts on each business day, and what was granted to it.
public struct DailyMovements: Hashable, Sendable {
    /// By day and code, debit-positive.
    public private(set) var moved: [Day: [String: Money]] = [:]
    /// Granted and topped up (拨付、补充), less what was taken back.
    public private(set) var granted: [Day: Money] = [:]

    public init() {}

    /// - Parameter vouchers: One fund's, from the first on: what one of them reverses must be among them.
    public init(of vouchers: some Sequence<Voucher>) {
        var statement = FundStatement(of: [])
        for voucher in vouchers {
            let day = voucher.draft.businessDate
            for line in voucher.lines {
                move(
                    Money(clamping: line.side.signed(line.amount)), in: line.account.code, on: day)
            }
            grant(statement.share(of: voucher).appropriated, on: day)
        }
    }

    public mutating func move(_ amount: Money, in code: String, on day: Day) {
        moved[day, default: [:]][code, default: .zero] =
            (moved[day]?[code] ?? .zero).plus(amount)
    }

    public mutating func grant(_ amount: Money, on day: Day) {
        guard amount != .zero else { return }
        granted[day] = (granted[day] ?? .zero).plus(amount)
    }
}
