import Casework
import Ledger
import Randomness
import Testing

@Suite struct WorkScheduleTests {
    @Test func `budgets end when the law and the office hours say`() throws {
        let schedule = try Calendars.office()
        typealias Unit = Clock.Limit.Unit
        let cases: [(name: String, from: String, Int, Unit, ClockTerm.Hours, due: String)] = [
            ("F01", "2025-09-26T10:00", 5, .workingDays, .always, "2025-10-11T00:00"),
            ("F02", "2025-09-26T10:00", 7, .workingDays, .always, "2025-10-14T00:00"),
            ("F04", "2025-10-10T10:00", 60, .days, .always, "2025-12-10T00:00"),
            ("E36", "2025-05-01T10:00", 30, .days, .always, "2025-06-04T00:00"),
            ("E41", "2025-09-22T10:00", 5, .workingDays, .always, "2025-09-29T00:00"),
            (
                "ends with the office", "2025-09-26T10:00", 5, .workingDays, .office,
                "2025-10-10T17:00"
            ),
            ("hours run at once", "2025-09-30T16:30", 2, .hours, .always, "2025-09-30T18:30"),
            (
                "opening hours wait for the morning", "2025-09-30T16:30", 60, .workingMinutes,
                .office, "2025-10-09T09:30"
            ),
            (
                "ends as the office closes", "2025-09-30T16:30", 30, .workingMinutes, .office,
                "2025-09-30T17:00"
            ),
            ("over lunch", "2025-03-10T11:30", 1, .workingHours, .office, "2025-03-10T13:30"),
            (
                "begins before the office", "2025-03-10T03:00", 2, .workingHours, .office,
                "2025-03-10T11:00"
            ),
            (
                "a make-up Sunday is open", "2025-09-27T12:00", 3, .workingHours, .office,
                "2025-09-28T12:00"
            ),
            (
                "nothing is due at once", "2025-10-01T02:00", 0, .workingHours, .office,
                "2025-10-01T02:00"
            ),
            (
                "no days: on the day itself", "2025-10-01T02:00", 0, .days, .always,
                "2025-10-02T00:00"
            ),
            (
                "arrived after closing", "2025-03-10T20:00", 0, .workingDays, .office,
                "2025-03-10T20:00"
            ),
            (
                "over a year's end", "2025-12-31T16:00", 2, .workingHours, .office,
                "2026-01-04T10:00"
            ),
        ]
        for (name, from, count, unit, dayEnd, due) in cases {
            let yardstick = ScheduledTime(schedule, unit, dayEnd: dayEnd)
            let end = try yardstick.end(of: unit.ticks(count), from: local(from))
            #expect(end == local(due), "\(name)")
        }
    }

    @Test func `round the clock every minute counts`() throws {
        let schedule = try Calendars.roundTheClock()
        let (start, end) = (local("2025-09-30T16:30"), local("2025-10-08T03:07"))
        #expect(try schedule.openMs(from: start, to: end) == start.distanceMs(to: end))
        #expect(try schedule.moment(openMs: start.distanceMs(to: end), after: start) == end)
    }

    @Test(arguments: 1...8)
    func `counting there and back agree, and with counting minute by minute`(seed: UInt64) throws {
        let schedule = try Calendars.office()
        var random = SeededRandom(seed: seed)
        for _ in 0..<60 {
            let start = local("2024-01-01T00:00")
                .advanced(byMinutes: Int.random(in: 0...1_000_000, using: &random))
            let span = Int.random(in: 0...20_000, using: &random)
            let end = start.advanced(byMinutes: span)
            let counted = try schedule.openMs(from: start, to: end)
            var minutes = 0
            for minute in 0..<span where try isOpen(start.advanced(byMinutes: minute), schedule) {
                minutes += 1
            }
            #expect(counted == Int64(minutes) * 60_000)
            let back = try schedule.moment(openMs: counted, after: start)
            #expect(back <= end || counted == 0)
            #expect(try schedule.openMs(from: start, to: back) == counted)
            // Splitting an interval splits its sum.
            let middle = start.advanced(byMinutes: Int.random(in: 0...span, using: &random))
            #expect(
                try schedule.openMs(from: start, to: middle)
                    + schedule.openMs(from: middle, to: end) == counted)
        }
    }

    @Test func `working days are those of the calendar`() throws {
        let (schedule, calendar) = (try Calendars.office(), try Calendars.read())
        var random = SeededRandom(seed: 7)
        for _ in 0..<200 {
            let day = Day("2023-01-01")!.advanced(by: Int.random(in: 0...1_000, using: &random))
            let count = Int.random(in: 0...90, using: &random)
            let limit = Clock.Limit(count: count, unit: .workingDays)
            let due = try calendar.dueDay(limit: limit, after: day)
            #expect(try schedule.day(workingDays: count, after: day) == due)
            if count > 0 { #expect(try schedule.workingDays(after: day, through: due) == count) }
            #expect(try schedule.workingDay(from: day) == calendar.workingDay(from: day))
        }
    }

    @Test func `a year without data is refused, never guessed`() throws {
        let schedule = try Calendars.office()
        let (before, last) = (local("2022-12-31T23:59"), local("2026-12-31T16:00"))
        #expect(throws: WorkCalendarError.yearMissing(2022)) {
            try schedule.openMs(from: before, to: last)
        }
        #expect(throws: WorkCalendarError.yearMissing(2027)) {
            try schedule.moment(openMs: 2 * 3_600_000, after: last)
        }
        #expect(throws: WorkCalendarError.yearMissing(2027)) {
            try schedule.openMs(from: last, to: local("2027-01-01T00:00"))
        }
        #expect(throws: WorkCalendarError.yearMissing(2027)) {
            try schedule.day(workingDays: 1, after: Day("2026-12-31")!)
        }
        #expect(try schedule.moment(openMs: 3_600_000, after: last) == local("2026-12-31T17:00"))
    }

    @Test func `a gap between the years is no bridge`() throws {
        let text = WorkCalendar.heading
        let calendar = try WorkCalendar(files: [
            2023: text + "\n2023-01-02,holiday,元旦,n\n", 2025: text + "\n2025-01-01,holiday,元旦,n\n",
        ])
        let schedule = try WorkSchedule(calendar: calendar, hours: Calendars.officeHours())
        #expect(throws: WorkCalendarError.yearMissing(2024)) {
            try schedule.openMs(from: local("2023-12-29T09:00"), to: local("2025-01-02T09:00"))
        }
        #expect(try schedule.workingDay(from: Day("2025-01-01")!) == Day("2025-01-02"))
    }

    @Test func `another calendar, other hours or another zone is another edition`() throws {
        let schedule = try Calendars.office()
        #expect(try Calendars.office().edition == schedule.edition)
        let others = [
            try Calendars.roundTheClock(), try Calendars.office(2023...2025),
            try WorkSchedule(
                calendar: Calendars.read(), hours: Calendars.officeHours(),
                zone: Zone(offsetMinutes: 540)!),
        ]
        #expect(Set(others.map(\.edition) + [schedule.edition]).count == 4)
        #expect(schedule.extends(others[1]))
        #expect(!others[1].extends(schedule))
        #expect(!schedule.extends(others[0]))
        let book = ScheduleBook(hotline: schedule, past: [others[1], others[0]])
        // A clock of an earlier edition goes on into the years that joined it; nothing else changes.
        #expect(book.schedule(of: others[1].edition) == schedule)
        #expect(book.schedule(of: others[0].edition) == others[0])
        #expect(book.schedule(of: "unknown") == nil)
    }

    @Test func `office hours that cannot be are refused`() {
        typealias Opening = OfficeHours.Opening
        let day = [Opening(from: 540, to: 1_020)]
        let cases: [([[Opening]], OfficeHoursFault)] = [
            ([day], .notSevenDays(1)),
            (Array(repeating: [], count: 7), .neverOpen),
            (Array(repeating: [Opening(from: 60, to: 60)], count: 7), .outOfOrder(index: 0)),
            (Array(repeating: [Opening(from: 60, to: 1_441)], count: 7), .outOfOrder(index: 0)),
            (
                Array(repeating: day, count: 6) + [
                    [Opening(from: 60, to: 90), Opening(from: 80, to: 99)]
                ],
                .outOfOrder(index: 6)
            ),
            (Array(repeating: [Opening(from: -1, to: 9)], count: 7), .outOfOrder(index: 0)),
        ]
        for (week, fault) in cases {
            #expect(throws: fault) { try OfficeHours(week: week, makeup: day) }
        }
    }

    private func isOpen(_ moment: Moment, _ schedule: WorkSchedule) throws -> Bool {
        guard try schedule.calendar.isWorkingDay(Zone.china.day(at: moment)) else { return false }
        let minute = Zone.china.minuteOfDay(at: moment)
        return (540..<720).contains(minute) || (780..<1_020).contains(minute)
    }
}

/// `2025-03-10T09:00` on the office's clock.
func local(_ text: String) -> Moment { Moment(text + ":00+08:00")! }
