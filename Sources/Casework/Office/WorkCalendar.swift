package import Ledger

/// Which days are working days, year by year, as the State Council's notices say.
///
/// A year without data is refused, never guessed: weekends alone would be wrong by the thirteen
/// statutory days and all that is moved around them.
package struct WorkCalendar: Hashable, Sendable {
    /// Days on which the week's rule does not hold, by day, for each year there is data for.
    private let years: [Int: [Day: Exception]]

    /// - Parameter files: The text of `policies/calendar/<year>.csv`, by year.
    package init(files: [Int: String]) throws(WorkCalendarError) {
        var years: [Int: [Day: Exception]] = [:]
        for (year, text) in files.sorted(by: { $0.key < $1.key }) {
            years[year] = try Self.exceptions(of: year, in: text)
        }
        self.years = years
    }

    /// A day on which the week's rule does not hold.
    package struct Exception: Hashable, Sendable {
        package let kind: Kind
        /// 春节, 国庆节 …; on a make-up day the holiday it makes up for.
        package let name: String
        /// The notice it comes from, `国办发明电〔2024〕12号`.
        package let notice: String

        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// A statutory holiday, or a day off moved to one.
            case holiday
            /// 调休上班日: a Saturday or Sunday that is worked.
            case makeup
        }
    }

    /// The years there is data for, in order.
    package var coveredYears: [Int] { years.keys.sorted() }

    /// Whether both say the same of every year that `earlier` covers.
    package func extends(_ earlier: WorkCalendar) -> Bool {
        earlier.years.allSatisfy { years[$0.key] == $0.value }
    }

    /// What a notice says of `day`; nil when it is an ordinary day of the week.
    package func exception(on day: Day) throws(WorkCalendarError) -> Exception? {
        guard let year = years[day.components.year] else {
            throw .yearMissing(day.components.year)
        }
        return year[day]
    }

    package func isWorkingDay(_ day: Day) throws(WorkCalendarError) -> Bool {
        switch try exception(on: day)?.kind {
        case .holiday: false
        case .makeup: true
        case nil: day.weekday <= 5
        }
    }

    /// `day` itself when it is worked, else the next day that is.
    package func workingDay(from day: Day) throws(WorkCalendarError) -> Day {
        var day = day
        while try !isWorkingDay(day) { day = day.advanced(by: 1) }
        return day
    }

    /// The last day of `limit` for what arrived on `arrival`.
    ///
    /// The day of arrival is not counted (民法典 201). A limit in natural days that would end on a day off
    /// ends on the next working day (民法典 203). A limit of 0 falls due on the day of arrival, working
    /// or not.
    ///
    /// - Parameter limit: 0…3,660 natural or 0…250 working days; a limit in minutes has no last day.
    package func dueDay(
        limit: Clock.Limit, after arrival: Day
    ) throws(WorkCalendarError) -> Day {
        switch limit.unit {
        case .days where (0...Self.daysLimit).contains(limit.count):
            if limit.count == 0 { return arrival }
            return try workingDay(from: arrival.advanced(by: limit.count))
        case .workingDays where (0...Self.workingDaysLimit).contains(limit.count):
            var day = arrival
            for _ in 0..<limit.count { day = try workingDay(from: day.advanced(by: 1)) }
            return day
        case .minutes, .hours, .workingMinutes, .workingHours, .days, .workingDays:
            throw .limitOutOfRange(limit)
        }
    }

    /// The end of the last day of `limit`: 24:00 in `zone` (民法典 203).
    package func due(
        limit: Clock.Limit, after arrival: Moment, in zone: Zone
    ) throws(WorkCalendarError) -> Moment {
        try zone.moment(of: dueDay(limit: limit, after: zone.day(at: arrival)).advanced(by: 1))
    }

    /// Ten years.
    package static let daysLimit = 3_660
    /// About a working year.
    package static let workingDaysLimit = 250
}

/// Why a calendar file was refused, or a calendar could not answer.
package enum WorkCalendarError: Error, Hashable {
    /// There is no data for this year; the notice for it comes in November of the year before.
    case yearMissing(Int)
    case limitOutOfRange(Clock.Limit)
    /// A line of a year's file, counted from 1, does not read as `WorkCalendar.heading` says.
    case badLine(year: Int, line: Int, LineFault)
    /// A file without any holiday is a file cut short.
    case noHolidays(year: Int)

    package enum LineFault: String, Error, Hashable {
        case heading, columnCount, day, kind, blankText
        /// The day is of another year than its file.
        case otherYear
        /// The days stand in order, each once.
        case order
        /// A make-up day is a Saturday or Sunday; a weekday is worked anyway.
        case makeupOnWeekday
    }
}

// MARK: - Reading

extension WorkCalendar {
    /// The first line of each file. No field holds a comma or a quotation mark.
    package static let heading = "day,kind,name,notice"

    private static func exceptions(
        of year: Int, in text: String
    ) throws(WorkCalendarError) -> [Day: Exception] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.isEmpty == true { lines.removeLast() }
        var exceptions: [Day: Exception] = [:]
        var last: Day?
        guard lines.first == heading[...] else { throw .badLine(year: year, line: 1, .heading) }
        for (index, line) in lines.enumerated().dropFirst() {
            do throws(WorkCalendarError.LineFault) {
                let (day, exception) = try read(line, of: year, after: last)
                exceptions[day] = exception
                last = day
            } catch {
                throw .badLine(year: year, line: index + 1, error)
            }
        }
        guard exceptions.values.contains(where: { $0.kind == .holiday }) else {
            throw .noHolidays(year: year)
        }
        return exceptions
    }

    private static func read(
        _ line: Substring, of year: Int, after last: Day?
    ) throws(WorkCalendarError.LineFault) -> (Day, Exception) {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 4 else { throw .columnCount }
        guard let day = Day(fields[0]) else { throw .day }
        guard day.components.year == year else { throw .otherYear }
        guard let kind = Exception.Kind(rawValue: String(fields[1])) else { throw .kind }
        let isBlank = fields[2...].contains { $0.allSatisfy(\.isWhitespace) }
        guard !isBlank else { throw .blankText }
        if let last, day <= last { throw .order }
        guard kind == .holiday || day.weekday > 5 else { throw .makeupOnWeekday }
        return (day, Exception(kind: kind, name: String(fields[2]), notice: String(fields[3])))
    }
}

extension WorkCalendar {
    /// Files from which it can be read again, by year: to keep the calendar that clocks were set by.
    package var files: [String: String] {
        var files: [String: String] = [:]
        for (year, exceptions) in years {
            let lines = exceptions.sorted { $0.key < $1.key }.map { day, exception in
                "\(day),\(exception.kind.rawValue),\(exception.name),\(exception.notice)"
            }
            files["\(year)"] = ([Self.heading] + lines).joined(separator: "\n") + "\n"
        }
        return files
    }
}
