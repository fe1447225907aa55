/// How long the fund lasts at the rate of the last weeks, and what would be left if all that is promised
/// were paid (资金展望).
///
/// An estimate, and a plain one: thirteen whole weeks, what each of them took out of what may be promised,
/// without money granted to the fund. The range is that of the four heaviest and the four lightest weeks.
public struct FundOutlook: Hashable, Sendable {
    public static let weekCount = 13
    /// Weeks from which each end of the range is taken.
    public static let extremeCount = 4

    /// The last day that counts.
    public let day: Day
    public let currency: String
    /// What lies at the bank and the platform.
    public let cash: Money
    /// Of it: owed to tourists, not identified, set aside.
    public let payable: Money
    public let suspense: Money
    public let reserved: Money
    /// What each of the weeks before `day` took, the oldest first; negative where more came back.
    public let weeks: [Money]

    /// What may still be promised: cash, when every reservation is released and everything owed is paid.
    public var ifAllReleased: Money { cash.minus(payable).minus(suspense).minus(reserved) }

    /// The same when every reservation is returned to the pool instead.
    public var ifAllReturned: Money { cash.minus(payable).minus(suspense) }

    /// What a week took on average, and in the heaviest and the lightest weeks. Rounded down to the fen.
    public var weeklyRate: Money { mean(weeks) }
    public var heavyRate: Money { mean(weeks.sorted().suffix(Self.extremeCount)) }
    public var lightRate: Money { mean(weeks.sorted().prefix(Self.extremeCount)) }

    /// Whole weeks that the fund lasts at `rate`; nil when it does not run out at that rate.
    public func weeksLeft(at rate: Money) -> Int64? {
        guard rate.isPositive else { return nil }
        return max(0, ifAllReleased.fen) / rate.fen
    }

    /// Whole days that the fund lasts at a week's `rate`; nil when it does not run out at that rate.
    public func daysLeft(at rate: Money) -> Int64? {
        guard rate.isPositive else { return nil }
        return Int64(clamping: Int128(max(0, ifAllReleased.fen)) * 7 / Int128(rate.fen))
    }

    /// - Parameter vouchers: One fund's, from the first on.
    public init(of vouchers: some Sequence<Voucher>, on day: Day, chart: Chart, currency: String) {
        let movements = DailyMovements(of: vouchers)
        var totals: [String: Money] = [:]
        for (_, moved) in movements.moved.filter({ $0.key <= day }) {
            for (code, amount) in moved { totals[code] = (totals[code] ?? .zero).plus(amount) }
        }
        self.init(
            recent: movements, on: day, chart: chart, currency: currency
        ) { totals[$0] ?? .zero }
    }

    /// The same from what stands in the books and what moved in the last weeks alone.
    ///
    /// - Parameters:
    ///   - movements: At least those of the `weekCount` weeks up to `day`; older ones do not count.
    ///   - total: What stands in a code at the end of `day`, debit-positive.
    public init(
        recent movements: DailyMovements, on day: Day, chart: Chart, currency: String,
        total: (String) -> Money
    ) {
        var weeks = [Int128](repeating: 0, count: Self.weekCount)
        func take(_ amount: Int128, on date: Day) {
            let age = date.distance(to: day) / 7
            guard date <= day, age < Self.weekCount else { return }
            weeks[Self.weekCount - 1 - age] += amount
        }
        let guarded = Self.codes(of: chart)
        for (date, moved) in movements.moved {
            for code in guarded { take(-Int128((moved[code] ?? .zero).fen), on: date) }
        }
        // Money granted to the fund says nothing about how fast it is used.
        for (date, amount) in movements.granted { take(Int128(amount.fen), on: date) }
        self.day = day
        self.currency = currency
        cash = total(Chart.bank).plus(total(Chart.platform))
        payable = Money.zero.minus(total(Chart.payable))
        suspense = Money.zero.minus(total(Chart.suspense))
        reserved = Money.zero.minus(total(Chart.reserved))
        self.weeks = weeks.map { Money(clamping: $0) }
    }

    /// Of which movements are wanted: what may be promised is the sum of these.
    public static func codes(of chart: Chart) -> Set<String> {
        Set(chart.guards.first { $0.name == Chart.spendableGuard }.map(\.codes) ?? [])
    }

    private func mean(_ weeks: some Collection<Money>) -> Money {
        let sum = weeks.reduce(Int128(0)) { $0 + Int128($1.fen) }
        return Money(clamping: weeks.isEmpty ? 0 : sum / Int128(weeks.count))
    }
}
