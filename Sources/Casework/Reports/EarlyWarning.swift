import Ledger

/// When a number is out of the ordinary: a rule an office can read and set.
///
/// It compares with the same weekdays or weeks or months of earlier times, so that a weekend or a
/// festival's month is not held against an ordinary one.
package struct WarningRule: Hashable, Sendable {
    package let baseline: Baseline
    /// How many standard deviations above the mean, in tenths: 20 is two.
    package let deviationTenths: Int64
    /// Fewer items than this never warn.
    package let minimum: Int64

    /// - Parameter deviationTenths: 0…100.
    package init(_ baseline: Baseline, deviationTenths: Int64, minimum: Int64) {
        self.baseline = baseline
        self.deviationTenths = min(max(deviationTenths, 0), 100)
        self.minimum = minimum
    }

    /// Two standard deviations over eight weeks, at least ten: a beginning, for the office to change.
    package static let usual = WarningRule(
        .precedingWeeks(8), deviationTenths: 20, minimum: 10)

    package enum Baseline: Hashable, Sendable {
        /// A day beside the same weekday of so many weeks before.
        case sameWeekday(weeks: Int)
        /// A week beside the weeks just before it.
        case precedingWeeks(Int)
        /// A week beside the weeks 52, 104 … weeks before.
        case sameWeekOfYears(Int)
        /// A month beside the same month of earlier years.
        case sameMonthOfYears(Int)

        package var name: Words {
            switch self {
            case .sameWeekday(let weeks):
                Words("前\(weeks)周的同一星期日子", "the same weekday of the \(weeks) weeks before")
            case .precedingWeeks(let weeks): Words("前\(weeks)周", "the \(weeks) weeks before")
            case .sameWeekOfYears(let years):
                Words("前\(years)年的同一周", "the same week of the \(years) years before")
            case .sameMonthOfYears(let years):
                Words("前\(years)年的同一月份", "the same month of the \(years) years before")
            }
        }

        /// The periods that `period` is held against, the latest first; none where it does not fit.
        package func periods(before period: ReportPeriod) -> [ReportPeriod] {
            switch (self, period) {
            case (.sameWeekday(let weeks), .day(let day)):
                return (1...max(1, weeks)).map { .day(day.advanced(by: -7 * $0)) }
            case (.precedingWeeks(let weeks), .week(let monday)):
                return (1...max(1, weeks)).map { .week(monday.advanced(by: -7 * $0)) }
            case (.sameWeekOfYears(let years), .week(let monday)):
                return (1...max(1, years)).map { .week(monday.advanced(by: -364 * $0)) }
            case (.sameMonthOfYears(let years), .month(let year, let month)):
                return (1...max(1, years)).map { .month(year: year - $0, month) }
            default: return []
            }
        }
    }

    /// The rule in words, as it stands above the warnings.
    package var words: Words {
        let times = decimalText(deviationTenths, decimals: 1)
        return Words(
            "某类诉求本期登记量高于\(baseline.name.chinese)的平均值加\(times)倍标准差，且不少于\(minimum)件的，予以预警。",
            "A category is warned of when its items exceed the mean of \(baseline.name.english) plus"
                + " \(times) standard deviations, and are at least \(minimum).")
    }

    /// - Parameter samples: The same category's items in the baseline's periods; at least three, or
    ///   nothing can be said.
    package func judge(_ code: String, now: Int64, samples: [Int64]) -> EarlyWarning? {
        let count = Int64(samples.count)
        // Counts above this would not fit the squares, and no office has as many in a week.
        let limit: Int64 = 100_000_000
        guard count >= 3, now >= minimum, now <= limit, samples.allSatisfy({ $0 <= limit }) else {
            return nil
        }
        let sum = samples.reduce(0, +)
        let squares = samples.reduce(0) { $0 + $1 * $1 }
        // n·now − Σ > K·√(n·Σ² − (Σ)²): no root is taken, so nothing is rounded. The deviation is
        // that of the baseline as a whole (divided by n), as it is all there is of it.
        let excess = count * now - sum
        let spread = Int128(count) * Int128(squares) - Int128(sum) * Int128(sum)
        guard excess > 0,
            Int128(excess) * Int128(excess) * 100
                > Int128(deviationTenths) * Int128(deviationTenths) * spread
        else { return nil }
        let deviation = Int64(clamping: root(of: spread * 10_000 / Int128(count * count)))
        return EarlyWarning(
            code: code, now: now, mean: Rate(sum, of: count),
            deviation: Rate(deviation, of: 100).map { .mean($0) } ?? .noData)
    }
}

/// A category that is out of the ordinary, with what it was held against.
package struct EarlyWarning: Hashable, Sendable {
    package let code: String
    package let now: Int64
    package let mean: Rate?
    /// Rounded down to a hundredth, for print only; the rule itself takes no root.
    package let deviation: FigureValue
}

/// The largest whole number whose square is at most `square`.
private func root(of square: Int128) -> Int128 {
    guard square > 1 else { return max(0, square) }
    var guess = square
    var better = (guess + 1) / 2
    while better < guess {
        guess = better
        better = (guess + square / guess) / 2
    }
    return guess
}
