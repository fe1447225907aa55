package import Ledger

/// Which moments count for a bureau: calendar, office hours and zone.
///
/// Sums over all days are made once, so that each question costs a binary search over the days. A year
/// without data is refused, never guessed.
package struct WorkSchedule: Hashable, Sendable {
    package let calendar: WorkCalendar
    package let hours: OfficeHours
    package let zone: Zone
    /// A hash over calendar, hours and zone: by what a clock was set.
    package let edition: String
    /// Years without a gap between them; the earliest first.
    private let spans: [DaySums]

    package init(
        calendar: WorkCalendar, hours: OfficeHours, zone: Zone = .china
    ) throws(WorkCalendarError) {
        self.calendar = calendar
        self.hours = hours
        self.zone = zone
        var spans: [DaySums] = []
        var text = "\(zone.offsetMinutes)\n\(hours.canonicalText)\n"
        for year in calendar.coveredYears {
            if spans.last?.endYear != year { spans.append(DaySums(from: year)) }
            text += "\(year)"
            try spans[spans.count - 1].add(year, calendar, hours) { text += " " + $0 }
            text += "\n"
        }
        self.spans = spans
        edition = String(Hash(of: Array(text.utf8)).hex.prefix(16))
    }

    /// Whether a clock of `earlier` may go on by this one: it says the same of every year that one knew.
    package func extends(_ earlier: WorkSchedule) -> Bool {
        hours == earlier.hours && zone == earlier.zone && calendar.extends(earlier.calendar)
    }

    package static func == (a: WorkSchedule, b: WorkSchedule) -> Bool { a.edition == b.edition }
    package func hash(into hasher: inout Hasher) { hasher.combine(edition) }

    // MARK: Opening hours

    /// Milliseconds of opening hours from `start` to `end`; 0 when `end` is earlier.
    package func openMs(
        from start: Moment, to end: Moment
    ) throws(WorkCalendarError) -> Int64 {
        guard start < end else { return 0 }
        let (first, startMs) = place(start)
        let (last, endMs) = place(end)
        let sums = try self.sums(on: first)
        guard sums.contains(last) else { throw .yearMissing(sums.endYear) }
        return sums.openMs(before: last, endMs) - sums.openMs(before: first, startMs)
    }

    /// The first moment by which `ms` milliseconds of opening hours have passed since `start`.
    ///
    /// What ends as the office closes ends then, and not as it opens again.
    package func moment(
        openMs ms: Int64, after start: Moment
    ) throws(WorkCalendarError) -> Moment {
        guard ms > 0 else { return start }
        let (first, startMs) = place(start)
        let sums = try self.sums(on: first)
        let target = sums.openMs(before: first, startMs).held(adding: ms)
        guard let (day, time) = sums.place(openMs: target) else {
            throw .yearMissing(sums.endYear)
        }
        return zone.moment(of: .epoch.advanced(by: day)).advanced(byMs: time)
    }

    // MARK: Working days

    /// Working days later than `first`, up to `last` and with it. 0 when `last` is earlier.
    package func workingDays(after first: Day, through last: Day) throws(WorkCalendarError) -> Int {
        guard first < last else { return 0 }
        let sums = try self.sums(on: first.number)
        guard sums.contains(last.number) else { throw .yearMissing(sums.endYear) }
        return sums.workingDays(through: last.number) - sums.workingDays(through: first.number)
    }

    /// The working day that is the `count`th after `first`; `first` itself for 0.
    package func day(workingDays count: Int, after first: Day) throws(WorkCalendarError) -> Day {
        guard count > 0 else { return first }
        return try day(workingDays: count, after: first, in: sums(on: first.number))
    }

    /// `day` itself when it is worked, else the next day that is.
    package func workingDay(from day: Day) throws(WorkCalendarError) -> Day {
        try self.day(workingDays: 1, after: day.advanced(by: -1), in: sums(on: day.number))
    }

    private func day(
        workingDays count: Int, after first: Day, in sums: DaySums
    ) throws(WorkCalendarError) -> Day {
        let target = sums.workingDays(through: first.number) + count
        guard let day = sums.day(ofWorkingDay: target) else { throw .yearMissing(sums.endYear) }
        return .epoch.advanced(by: day)
    }

    /// When the office closes on `day`; 24:00 where it does not open at all.
    package func closing(of day: Day) throws(WorkCalendarError) -> Moment {
        let minute = try sums(on: day.number).openings(on: day.number).last?.to ?? 1_440
        return zone.moment(of: day, minutes: minute)
    }

    /// When the office opens on `day`; 0:00 where it does not.
    package func opening(of day: Day) throws(WorkCalendarError) -> Moment {
        let minute = try sums(on: day.number).openings(on: day.number).first?.from ?? 0
        return zone.moment(of: day, minutes: minute)
    }

    // MARK: Places

    /// Number of the day, and milliseconds since it began.
    private func place(_ moment: Moment) -> (day: Int, ms: Int64) {
        let day = zone.day(at: moment)
        return (day.number, zone.moment(of: day).distanceMs(to: moment))
    }

    private func sums(on day: Int) throws(WorkCalendarError) -> DaySums {
        for span in spans where span.contains(day) { return span }
        throw .yearMissing(Day.epoch.advanced(by: day).components.year)
    }
}
