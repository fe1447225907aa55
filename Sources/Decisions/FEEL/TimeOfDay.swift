import Foundation

/// A distance from UTC, or a named zone whose distance depends on the date. They are not equal values.
public enum TimeOffset: Hashable, Sendable, CustomStringConvertible {
    /// In seconds east, within ±18 hours.
    case seconds(Int)
    /// An IANA name, such as `Asia/Shanghai`.
    case zone(String)

    /// Nil for an unknown name.
    init?(zone name: String) {
        guard name == "Etc/UTC" || name.contains("/") || name == "UTC" || name == "GMT",
            TimeZone(identifier: name) != nil
        else { return nil }
        self = .zone(name)
    }

    /// Seconds east of UTC at a local moment, `local` seconds after 1970-01-01T00:00 on its own clock.
    ///
    /// An hour that the clocks show twice is the first of the two, and one that they leave out is
    /// counted on from before it, as Java and so most engines do; the standard does not say.
    func seconds(atLocal local: Int) -> Int {
        guard case .zone = self else { return seconds(atUTC: local) }
        let before = seconds(atUTC: local - 86_400)
        let after = seconds(atUTC: local + 86_400)
        if seconds(atUTC: local - before) == before { return before }
        return seconds(atUTC: local - after) == after ? after : before
    }

    /// Seconds east of UTC at an instant, in seconds after 1970-01-01T00:00Z.
    func seconds(atUTC instant: Int) -> Int {
        switch self {
        case .seconds(let seconds): seconds
        case .zone(let name):
            TimeZone(identifier: name)?
                .secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))) ?? 0
        }
    }

    public var description: String {
        switch self {
        case .zone(let name): return "@" + name
        case .seconds(0): return "Z"
        case .seconds(let seconds):
            let size = Int(seconds.magnitude)
            let rest = size % 60 == 0 ? "" : ":" + padded(size % 60, 2)
            return
                "\(seconds < 0 ? "-" : "+")\(padded(size / 3600, 2)):\(padded(size / 60 % 60, 2))\(rest)"
        }
    }
}

/// A time on the clock, with or without a zone.
public struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    /// 0 ..< 86,400 × 10⁹.
    public let nanosecondOfDay: Int
    public let offset: TimeOffset?

    static let nanosecondsPerSecond = 1_000_000_000
    static let nanosecondsPerDay = 86_400 * nanosecondsPerSecond

    public init?(
        hour: Int, minute: Int, second: Int, nanosecond: Int = 0, offset: TimeOffset? = nil
    ) {
        guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second,
            0..<Self.nanosecondsPerSecond ~= nanosecond
        else { return nil }
        if case .seconds(let seconds)? = offset, seconds.magnitude > 18 * 3600 { return nil }
        nanosecondOfDay =
            ((hour * 60 + minute) * 60 + second) * Self.nanosecondsPerSecond + nanosecond
        self.offset = offset
    }

    /// The caller vouches for the range.
    init(nanosecondOfDay: Int, offset: TimeOffset?) {
        self.nanosecondOfDay = nanosecondOfDay
        self.offset = offset
    }

    /// Reads `13:20:00`, `13:20:00.5Z`, `13:20:00+08:00`, `13:20:00@Asia/Shanghai`.
    public init?(_ text: some StringProtocol) {
        var scanner = TemporalScanner(text)
        guard let time = scanner.time(), scanner.isAtEnd else { return nil }
        self = time
    }

    static let midnight = TimeOfDay(nanosecondOfDay: 0, offset: nil)

    public var hour: Int { nanosecondOfDay / (3600 * Self.nanosecondsPerSecond) }
    public var minute: Int { nanosecondOfDay / (60 * Self.nanosecondsPerSecond) % 60 }
    public var second: Int { nanosecondOfDay / Self.nanosecondsPerSecond % 60 }
    public var nanosecond: Int { nanosecondOfDay % Self.nanosecondsPerSecond }

    /// Nanoseconds of the day in UTC (a named zone as of 1970), which may lie outside 0…24 h.
    var universal: Int {
        let local = nanosecondOfDay / Self.nanosecondsPerSecond
        return nanosecondOfDay - (offset?.seconds(atLocal: local) ?? 0) * Self.nanosecondsPerSecond
    }

    func adding(_ duration: DaysDuration) -> TimeOfDay {
        let day = Int128(Self.nanosecondsPerDay)
        let sum = (Int128(nanosecondOfDay) + duration.nanoseconds % day) % day
        return TimeOfDay(nanosecondOfDay: Int(sum < 0 ? sum + day : sum), offset: offset)
    }

    public var description: String {
        "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
            + fractionText(nanosecond) + (offset?.description ?? "")
    }
}

/// `.5` for half a second; nothing for a whole one.
func fractionText(_ nanoseconds: Int) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = Substring(padded(nanoseconds, 9))
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
}

/// A date with a time.
public struct DateAndTime: Hashable, Sendable, CustomStringConvertible {
    public let date: CalendarDate
    public let time: TimeOfDay

    public init(_ date: CalendarDate, _ time: TimeOfDay) {
        self.date = date
        self.time = time
    }

    /// Reads a date, `T` and a time; a date alone is midnight.
    public init?(_ text: some StringProtocol) {
        var scanner = TemporalScanner(text)
        guard let moment = scanner.dateAndTime(), scanner.isAtEnd else { return nil }
        self = moment
    }

    /// Seconds after 1970-01-01T00:00 on its own clock.
    private var localSeconds: Int {
        date.daysSinceEpoch * 86_400 + time.nanosecondOfDay / TimeOfDay.nanosecondsPerSecond
    }

    /// Nanoseconds after 1970-01-01T00:00Z; without a zone, on its own clock.
    var nanosecondsSinceEpoch: Int128 {
        let offset = time.offset?.seconds(atLocal: localSeconds) ?? 0
        return Int128(localSeconds - offset) * Int128(TimeOfDay.nanosecondsPerSecond)
            + Int128(time.nanosecond)
    }

    /// Seconds east of UTC, where a zone is given.
    var offsetSeconds: Int? { time.offset?.seconds(atLocal: localSeconds) }

    /// So much later; in a named zone by the instant, whatever its clocks did in between.
    func adding(_ duration: DaysDuration) -> DateAndTime? {
        if case .zone? = time.offset {
            return DateAndTime(
                nanosecondsSinceEpoch: nanosecondsSinceEpoch + duration.nanoseconds,
                offset: time.offset)
        }
        return addingOnTheClock(duration.nanoseconds)
    }

    /// The instant on the clocks of a zone; nil where the year has too many digits.
    init?(nanosecondsSinceEpoch instant: Int128, offset: TimeOffset?) {
        let second = Int128(TimeOfDay.nanosecondsPerSecond)
        let seconds = (instant >= 0 ? instant : instant - second + 1) / second
        guard let epoch = CalendarDate(daysSinceEpoch: 0), let whole = Int(exactly: seconds),
            let moment = DateAndTime(epoch, TimeOfDay(nanosecondOfDay: 0, offset: offset))
                .addingOnTheClock(instant + Int128(offset?.seconds(atUTC: whole) ?? 0) * second)
        else { return nil }
        self = moment
    }

    private func addingOnTheClock(_ nanoseconds: Int128) -> DateAndTime? {
        let day = Int128(TimeOfDay.nanosecondsPerDay)
        let sum =
            Int128(date.daysSinceEpoch) * day + Int128(time.nanosecondOfDay) + nanoseconds
        let days = sum >= 0 ? sum / day : (sum - day + 1) / day
        guard let number = Int(exactly: days), let newDate = CalendarDate(daysSinceEpoch: number)
        else { return nil }
        return DateAndTime(
            newDate, TimeOfDay(nanosecondOfDay: Int(sum - days * day), offset: time.offset))
    }

    public var description: String { "\(date)T\(time)" }
}
