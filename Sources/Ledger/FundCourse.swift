/// How the fund's amounts went over the last weeks: what stood at the end of each.
///
/// By business date, counted back from what stands now: what moved in the weeks is enough.
public struct FundCourse: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public let day: Day
        public let spendable: Money
        public let reserved: Money
        /// Owed by merchants.
        public let receivable: Money
    }

    /// The oldest first, a week apart; the last is the day itself.
    public let points: [Point]

    /// - Parameters:
    ///   - movements: At least those of `FundOutlook.weekCount` weeks up to `day`; older ones do not count.
    ///   - total: What stands in a code at the end of `day`, debit-positive.
    public init(recent movements: DailyMovements, on day: Day, total: (String) -> Money) {
        let codes = Self.codes
        var standing = Dictionary(
            codes.map { ($0, Int128(total($0).fen)) }, uniquingKeysWith: { first, _ in first })
        var moved = [[String: Int128]](repeating: [:], count: FundOutlook.weekCount)
        for (date, amounts) in movements.moved where date <= day {
            let age = date.distance(to: day) / 7
            guard age < FundOutlook.weekCount else { continue }
            for code in codes {
                moved[age][code, default: 0] += Int128((amounts[code] ?? .zero).fen)
            }
        }
        var points: [Point] = []
        for age in 0...FundOutlook.weekCount {
            points.append(Self.point(day.advanced(by: -7 * age), standing))
            guard age < FundOutlook.weekCount else { break }
            for (code, amount) in moved[age] { standing[code, default: 0] -= amount }
        }
        self.points = points.reversed()
    }

    /// Of which movements are wanted.
    public static let codes = spendable + [Chart.receivable]

    private static let spendable = [
        Chart.bank, Chart.platform, Chart.payable, Chart.suspense, Chart.reserved,
    ]

    private static func point(_ day: Day, _ standing: [String: Int128]) -> Point {
        Point(
            day: day,
            spendable: Money(clamping: spendable.reduce(0) { $0 + (standing[$1] ?? 0) }),
            reserved: Money(clamping: -(standing[Chart.reserved] ?? 0)),
            receivable: Money(clamping: standing[Chart.receivable] ?? 0))
    }
}
