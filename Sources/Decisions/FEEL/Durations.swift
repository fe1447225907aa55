/// A length in days, hours, minutes and seconds.
public struct DaysDuration: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Two words, for the reason given at Decimal128.
    private let high: Int64
    private let low: UInt64

    /// Below 10³⁰ in magnitude, so that sums never overflow.
    public var nanoseconds: Int128 { Int128(high) << 64 | Int128(low) }

    private static let limit = Int128(1_000_000_000_000_000) * 1_000_000_000_000_000

    /// Nil beyond about 10¹⁶ days.
    public init?(nanoseconds: Int128) {
        guard nanoseconds.magnitude < Self.limit.magnitude else { return nil }
        high = Int64(truncatingIfNeeded: nanoseconds >> 64)
        low = UInt64(truncatingIfNeeded: nanoseconds)
    }

    /// - Parameter days: within ±10¹⁵.
    public init(days: Int) {
        precondition(days.magnitude <= 1_000_000_000_000_000, "too many days: \(days)")
        let length = Int128(days) * Int128(TimeOfDay.nanosecondsPerDay)
        high = Int64(truncatingIfNeeded: length >> 64)
        low = UInt64(truncatingIfNeeded: length)
    }

    /// Reads `P3DT4H`, `-PT1.5S`.
    public init?(_ text: some StringProtocol) {
        var scanner = TemporalScanner(text)
        guard case .days(let duration)? = scanner.duration(), scanner.isAtEnd else { return nil }
        self = duration
    }

    public static func < (a: DaysDuration, b: DaysDuration) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// Whole seconds of the magnitude.
    private var wholeSeconds: UInt128 { nanoseconds.magnitude / 1_000_000_000 }
    /// The rest of nanoseconds of the magnitude.
    private var restNanoseconds: Int { Int(nanoseconds.magnitude % 1_000_000_000) }

    private func signed(_ part: UInt128) -> Int {
        let size = Int(clamping: part)
        return nanoseconds < 0 ? -size : size
    }

    var days: Int { signed(wholeSeconds / 86_400) }
    var hours: Int { signed(wholeSeconds / 3600 % 24) }
    var minutes: Int { signed(wholeSeconds / 60 % 60) }
    var seconds: Decimal128 {
        let rest = Int64(wholeSeconds % 60) * 1_000_000_000 + Int64(restNanoseconds)
        let value = Decimal128(integer: nanoseconds < 0 ? -rest : rest, scale: 9)
        return value.reduced(upTo: 0)
    }

    /// The length in seconds.
    var totalSeconds: Decimal128? {
        Decimal128.fitting(Wide(low: nanoseconds.magnitude), nanoseconds < 0, -9)?.reduced(upTo: 0)
    }

    /// Rounded to the nanosecond.
    init?(seconds: Decimal128) {
        guard let scaled = seconds.multiplied(by: Decimal128(1_000_000_000)),
            let whole = scaled.rounded(toPlaces: 0, .halfEven), whole.adjustedExponent < 30
        else { return nil }
        let power = Int(whole.exponent)
        guard power <= 34 else { return nil }
        self.init(nanoseconds: whole.coefficient * Int128(UInt128.tenToThe(max(0, power))))
    }

    public var description: String {
        let seconds = wholeSeconds
        let rest = restNanoseconds
        if seconds == 0, rest == 0 { return "PT0S" }
        let days = seconds / 86_400
        var text = nanoseconds < 0 ? "-P" : "P"
        if days > 0 { text += "\(days)D" }
        guard seconds % 86_400 > 0 || rest > 0 else { return text }
        text += "T"
        if seconds / 3600 % 24 > 0 { text += "\(seconds / 3600 % 24)H" }
        if seconds / 60 % 60 > 0 { text += "\(seconds / 60 % 60)M" }
        if seconds % 60 > 0 || rest > 0 { text += "\(seconds % 60)\(fractionText(rest))S" }
        return text
    }
}

/// A length in years and months.
public struct MonthsDuration: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Below 10¹² in magnitude.
    public let months: Int

    /// Nil beyond 10¹² months.
    public init?(months: Int) {
        guard months.magnitude < 1_000_000_000_000 else { return nil }
        self.months = months
    }

    public static func < (a: MonthsDuration, b: MonthsDuration) -> Bool { a.months < b.months }

    public var description: String {
        if months == 0 { return "P0M" }
        let size = Int(months.magnitude)
        let years = size / 12 > 0 ? "\(size / 12)Y" : ""
        let rest = size % 12 > 0 ? "\(size % 12)M" : ""
        return "\(months < 0 ? "-" : "")P\(years)\(rest)"
    }
}
