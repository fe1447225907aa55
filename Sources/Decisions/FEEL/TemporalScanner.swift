/// Reads dates, times and durations from text, byte by byte. Answers nil for what is not one.
struct TemporalScanner {
    enum Duration {
        case days(DaysDuration)
        case months(MonthsDuration)
    }

    /// Longest text read, in bytes.
    private static let textLimit = 200
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: some StringProtocol) {
        let limit = Self.textLimit + 1
        let bytes =
            text.utf8.withContiguousStorageIfAvailable { Array($0.prefix(limit)) }
            ?? Array(text.utf8.prefix(limit))
        // What is too long has a byte that fits nowhere.
        self.bytes = bytes.count <= Self.textLimit ? bytes : [0]
    }

    var isAtEnd: Bool { index == bytes.count }
    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// At least one and at most `limit` digits.
    private mutating func digits(upTo limit: Int) -> (value: Int, count: Int)? {
        var (value, count) = (0, 0)
        while let byte = next, 48...57 ~= byte {
            guard count < limit else { return nil }
            value = value * 10 + Int(byte - 48)
            count += 1
            index += 1
        }
        return count == 0 ? nil : (value, count)
    }

    private mutating func twoDigits() -> Int? {
        guard let (value, count) = digits(upTo: 2), count == 2 else { return nil }
        return value
    }

    mutating func date() -> CalendarDate? {
        let isNegative = take("-")
        let start = index
        guard let (year, count) = digits(upTo: 9), count >= 4,
            count == 4 || bytes[start] != UInt8(ascii: "0"), take("-"), let month = twoDigits(),
            take("-"), let day = twoDigits()
        else { return nil }
        return CalendarDate(year: isNegative ? -year : year, month: month, day: day)
    }

    mutating func time() -> TimeOfDay? {
        guard let hour = twoDigits(), take(":"), let minute = twoDigits(), take(":"),
            let second = twoDigits()
        else { return nil }
        var nanosecond = 0
        if take(".") {
            guard let fraction = fraction() else { return nil }
            nanosecond = fraction
        }
        var timeOffset: TimeOffset?
        if !isAtEnd {
            guard let read = offset() else { return nil }
            timeOffset = read
        }
        return TimeOfDay(
            hour: hour, minute: minute, second: second, nanosecond: nanosecond, offset: timeOffset)
    }

    mutating func dateAndTime() -> DateAndTime? {
        guard let date = date() else { return nil }
        if isAtEnd { return DateAndTime(date, .midnight) }
        guard take("T") else { return nil }
        // 24:00:00 is the midnight that ends the day.
        let isEndOfDay = bytes[index...].starts(with: Array("24:00:00".utf8))
        if isEndOfDay { index += 2 }
        guard let time = isEndOfDay ? midnight() : time() else { return nil }
        let day = isEndOfDay ? CalendarDate(daysSinceEpoch: date.daysSinceEpoch + 1) : date
        return day.map { DateAndTime($0, time) }
    }

    /// The rest of `24:00:00` after its hour, with whatever zone follows.
    private mutating func midnight() -> TimeOfDay? {
        index += 6
        guard !isAtEnd else { return .midnight }
        return offset().map { TimeOfDay(nanosecondOfDay: 0, offset: $0) }
    }

    /// Nanoseconds, from digits after a point; those beyond the ninth are dropped.
    private mutating func fraction() -> Int? {
        var (value, count) = (0, 0)
        while let byte = next, 48...57 ~= byte {
            if count < 9 { value = value * 10 + Int(byte - 48) }
            count += 1
            index += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { value *= 10 }
        return value
    }

    private mutating func offset() -> TimeOffset? {
        // The standard's own examples write a small z.
        if take("Z") || take("z") { return .seconds(0) }
        if take("@") {
            let name = String(decoding: bytes[index...], as: UTF8.self)
            index = bytes.count
            return TimeOffset(zone: name)
        }
        let isWest = next == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = twoDigits(), take(":"),
            let minutes = twoDigits(), minutes < 60
        else { return nil }
        var seconds = hours * 3600 + minutes * 60
        if take(":") {
            guard let rest = twoDigits(), rest < 60 else { return nil }
            seconds += rest
        }
        return seconds <= 18 * 3600 ? .seconds(isWest ? -seconds : seconds) : nil
    }

    mutating func duration() -> Duration? {
        let isNegative = take("-")
        guard take("P"), !isAtEnd else { return nil }
        var parts = Parts()
        while !isAtEnd, next != UInt8(ascii: "T") {
            guard let (value, _) = digits(upTo: 15), parts.add(value, unit: next, isTime: false)
            else { return nil }
            index += 1
        }
        if take("T") {
            guard !isAtEnd else { return nil }
            while !isAtEnd {
                guard let (value, _) = digits(upTo: 15) else { return nil }
                if take(".") {
                    guard let rest = fraction(), next == UInt8(ascii: "S") else { return nil }
                    parts.nanoseconds = rest
                }
                guard parts.add(value, unit: next, isTime: true) else { return nil }
                index += 1
            }
        }
        return parts.duration(isNegative: isNegative)
    }

    /// What has been read of a duration; units come in order, each once.
    private struct Parts {
        var months = 0
        var seconds = 0
        var nanoseconds = 0
        private var rank = 0
        private var isMonths = false
        private var isDays = false

        /// False for a unit that is not one, comes too late, or makes too long a duration.
        mutating func add(_ value: Int, unit: UInt8?, isTime: Bool) -> Bool {
            let order: Int
            let isFitting: Bool
            switch (unit, isTime) {
            case (UInt8(ascii: "Y"), false): (order, isFitting) = (1, addMonths(value, 12))
            case (UInt8(ascii: "M"), false): (order, isFitting) = (2, addMonths(value, 1))
            case (UInt8(ascii: "D"), false): (order, isFitting) = (3, addSeconds(value, 86_400))
            case (UInt8(ascii: "H"), true): (order, isFitting) = (4, addSeconds(value, 3600))
            case (UInt8(ascii: "M"), true): (order, isFitting) = (5, addSeconds(value, 60))
            case (UInt8(ascii: "S"), true): (order, isFitting) = (6, addSeconds(value, 1))
            default: return false
            }
            guard order > rank, isFitting else { return false }
            rank = order
            if order <= 2 { isMonths = true } else { isDays = true }
            return true
        }

        private mutating func addMonths(_ value: Int, _ length: Int) -> Bool {
            // Values have at most 15 digits, so this cannot overflow.
            months += value * length
            return true
        }

        private mutating func addSeconds(_ value: Int, _ length: Int) -> Bool {
            let (product, overflow) = value.multipliedReportingOverflow(by: length)
            let (sum, excess) = seconds.addingReportingOverflow(product)
            seconds = sum
            return !overflow && !excess
        }

        func duration(isNegative: Bool) -> Duration? {
            if isMonths, !isDays {
                return MonthsDuration(months: isNegative ? -months : months).map(Duration.months)
            }
            guard isDays, !isMonths else { return nil }
            let length = Int128(seconds) * 1_000_000_000 + Int128(nanoseconds)
            return DaysDuration(nanoseconds: isNegative ? -length : length).map(Duration.days)
        }
    }
}
