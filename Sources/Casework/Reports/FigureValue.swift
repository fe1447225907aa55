/// What stands in a cell of a table.
package enum FigureValue: Hashable, Sendable {
    /// Of nothing there is no rate: it is neither 0 nor 100 %.
    case noData
    case count(Int64)
    case fen(Int64)
    case rate(Rate)
    /// Milliseconds for each.
    case meanMs(Rate)
    case mean(Rate)
    case percentile(Percentile)
    /// In millionths of the whole: a score, or the difference of two rates.
    case score(Int64)
    case points(Int64)
    /// By how much it grew, as a part of what it was.
    case growth(Rate)
    case text(Words)
}

extension FigureValue {
    /// As people read it, with the stated rounding: rates and growth in percent with two decimals, mean
    /// times in minutes with two, scores with two, percentiles in whole minutes rounded up.
    package var text: Words {
        switch self {
        case .noData: Words("无数据", "no data")
        case .count(let count): Words("\(count)", "\(count)")
        case .fen(let fen): same(decimalText(fen, decimals: 2))
        case .rate(let rate): same(rate.percent() + "%")
        case .meanMs, .mean, .percentile, .score: same(plain)
        case .points(let millionths): same(signed(rounded(millionths, times: 1, by: 100)))
        case .growth(let rate): same(signed(rate.scaled(4)) + "%")
        case .text(let words): words
        }
    }

    /// The number alone, as files and programs read it; empty where there is none.
    package var plain: String {
        switch self {
        case .noData: ""
        case .count(let count): "\(count)"
        case .fen(let fen): decimalText(fen, decimals: 2)
        case .rate(let rate), .growth(let rate): rate.percent()
        case .meanMs(let rate):
            decimalText(Self.minutes(rate), decimals: 2)
        case .mean(let rate): decimalText(rate.scaled(2), decimals: 2)
        case .percentile(let percentile):
            percentile.atMostMinutes.map { "\($0)" } ?? ">\(percentile.overMinutes)"
        case .score(let millionths), .points(let millionths):
            decimalText(rounded(millionths, times: 1, by: 100), decimals: 2)
        case .text(let words): words.chinese
        }
    }

    /// Whether a table sets it to the right, and JSON writes it without quotes.
    package var isNumber: Bool {
        switch self {
        case .noData, .text: false
        case .percentile(let percentile): percentile.atMostMinutes != nil
        case .count, .fen, .rate, .meanMs, .mean, .score, .points, .growth: true
        }
    }

    /// Hundredths of a minute for each.
    private static func minutes(_ rate: Rate) -> Int64 {
        // A hundredth of a minute is 600 ms; the mean's millisecond is rounded once, with it.
        let (divisor, overflow) = rate.denominator.multipliedReportingOverflow(by: 600)
        return overflow ? 0 : rounded(rate.numerator, times: 1, by: divisor)
    }

    private func same(_ text: String) -> Words { Words(text, text) }

    private func signed(_ hundredths: Int64) -> String {
        (hundredths > 0 ? "+" : "") + decimalText(hundredths, decimals: 2)
    }
}

extension Figure {
    /// What became of it since `before`: growth in percent of counts and sums, a difference in
    /// percentage points of rates; no data where either is missing or there was nothing before.
    package func change(since before: Figure) -> FigureValue {
        switch (value, before.value) {
        case (.rate(let now), .rate(let then)):
            return .points(now.scaled(6) - then.scaled(6))
        case (.count(let now), .count(let then)), (.fen(let now), .fen(let then)):
            return growth(now, then)
        case (.meanMs(let now), .meanMs(let then)): return growth(now.scaled(0), then.scaled(0))
        case (.mean(let now), .mean(let then)): return growth(now.scaled(4), then.scaled(4))
        default: return .noData
        }
    }

    private func growth(_ now: Int64, _ then: Int64) -> FigureValue {
        guard then > 0, let rate = Rate(now &- then, of: then) else { return .noData }
        return .growth(rate)
    }
}
