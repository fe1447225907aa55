/// A date of the proleptic Gregorian calendar.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Eight bytes, so that a `Value` stays small.
    private let yearNumber: Int32
    private let monthNumber: Int8
    private let dayNumber: Int8

    /// ±999,999,999.
    public var year: Int { Int(yearNumber) }
    public var month: Int { Int(monthNumber) }
    public var day: Int { Int(dayNumber) }

    static let yearLimit = 999_999_999

    /// Nil for a day that does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard year.magnitude <= Self.yearLimit, 1...12 ~= month, day >= 1,
            day <= Self.length(ofMonth: month, in: year)
        else { return nil }
        yearNumber = Int32(year)
        monthNumber = Int8(month)
        dayNumber = Int8(day)
    }

    /// Reads `2026-02-28`, `-0044-03-15`; years of four digits, or of more without a leading zero.
    public init?(_ text: some StringProtocol) {
        if let plain = text.utf8.withContiguousStorageIfAvailable(Self.plain), let date = plain {
            self = date
            return
        }
        var scanner = TemporalScanner(text)
        guard let date = scanner.date(), scanner.isAtEnd else { return nil }
        self = date
    }

    /// Reads ten bytes `2026-02-28`, as nearly all dates are written; nil for all others.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
            return nil
        }
        var digits = 0
        for index in 0..<10 where index != 4 && index != 7 {
            guard 48...57 ~= bytes[index] else { return nil }
            digits = digits * 10 + Int(bytes[index] - 48)
        }
        return CalendarDate(
            year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    }

    /// The date `days` days after 1970-01-01.
    init?(daysSinceEpoch days: Int) {
        guard days.magnitude < 400_000_000_000 else { return nil }
        // The algorithm of Howard Hinnant: years begin in March, eras have 400 years.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        self.init(
            year: yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), month: civilMonth,
            day: dayOfYear - (153 * month + 2) / 5 + 1)
    }

    var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    /// Monday is 1, Sunday 7.
    var weekday: Int { ((daysSinceEpoch % 7) + 10) % 7 + 1 }

    var dayOfYear: Int {
        daysSinceEpoch - (CalendarDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0) + 1
    }

    /// The week by ISO 8601: weeks begin on Monday, the first one holds the year's first Thursday.
    var weekOfYear: Int {
        let week = (dayOfYear - weekday + 10) / 7
        if week < 1 {
            return CalendarDate(year: year - 1, month: 12, day: 31)?.weekOfYear ?? 52
        }
        if week == 53, let last = CalendarDate(year: year, month: 12, day: 31), last.weekday < 4 {
            return 1
        }
        return week
    }

    /// The date `months` later; the day is drawn back to the end of a shorter month.
    func adding(months: Int) -> CalendarDate? {
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        if overflow { return nil }
        let newYear = (sum >= 0 ? sum : sum - 11) / 12
        let newMonth = sum - newYear * 12 + 1
        guard newYear.magnitude <= Self.yearLimit else { return nil }
        return CalendarDate(
            year: newYear, month: newMonth,
            day: min(day, Self.length(ofMonth: newMonth, in: newYear)))
    }

    static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public var description: String {
        "\(year < 0 ? "-" : "")\(padded(Int(year.magnitude), 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// `number` with zeros before it, at least `width` digits.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
