import Casework
import Ledger
import Randomness
import Testing

@Suite struct TermClockTests {
    static func term(
        _ count: Int, _ unit: Clock.Limit.Unit, _ hours: ClockTerm.Hours = .always,
        _ clock: OrderClock = .handling, warnings: [Int] = [], escalations: [Int] = []
    ) -> ClockTerm {
        ClockTerm(
            clock: clock, limit: Clock.Limit(count: count, unit: unit), hours: hours,
            startsAt: .registered,
            warnings: warnings.map { ClockTerm.Warning(percentLeft: $0, to: [.bureau]) },
            onBreach: [.supervisor],
            escalations: escalations.map {
                ClockTerm.Escalation(afterMinutes: $0, to: [.discipline])
            },
            clause: "1")
    }

    private static func start(
        _ term: ClockTerm, _ moment: String, _ schedule: WorkSchedule
    ) throws -> TermClock {
        try TermClock.start(term, at: local(moment), by: schedule)
    }

    @Test func `F10: a test of twenty days moves a limit of sixty days by twenty days`() throws {
        let schedule = try Calendars.office()
        let book = ScheduleBook(hotline: schedule)
        var clock = try Self.start(Self.term(60, .days), "2025-10-10T10:00", schedule)
        #expect(try clock.due(on: book) == local("2025-12-10T00:00"))
        clock.suspend("2025-11-03T10:00", "2025-11-23T15:00")
        // 29 December 2025 is a Monday.
        #expect(try clock.due(on: book) == local("2025-12-30T00:00"))
        let reading = try clock.reading(at: local("2025-11-23T15:00"), on: book)
        #expect(reading.used == 24)
        #expect(reading.left == 36)
    }

    @Test func `working time is given back in working time`() throws {
        let schedule = try Calendars.office()
        let book = ScheduleBook(hotline: schedule)
        var hours = try Self.start(Self.term(4, .hours, .office), "2025-03-10T09:00", schedule)
        #expect(try hours.due(on: book) == local("2025-03-10T14:00"))
        // From Monday 10:00 to Tuesday 10:00: a working day of seven hours.
        hours.suspend("2025-03-10T10:00", "2025-03-11T10:00")
        #expect(try hours.due(on: book) == local("2025-03-11T14:00"))
        // A night and a weekend take nothing, and give nothing back.
        hours.suspend("2025-03-11T12:00", "2025-03-11T13:00")
        #expect(try hours.due(on: book) == local("2025-03-11T14:00"))
        var days = try Self.start(Self.term(5, .workingDays), "2025-03-10T09:00", schedule)
        days.suspend("2025-03-14T16:00", "2025-03-17T09:00")
        #expect(try days.due(on: book) == local("2025-03-19T00:00"))
    }

    @Test(arguments: 1...30)
    func `however it is suspended, used and left are the budget, and due is where left ends`(
        seed: UInt64
    ) throws {
        let schedule = try Calendars.office()
        let book = ScheduleBook(hotline: schedule)
        var random = SeededRandom(seed: seed)
        let units = Clock.Limit.Unit.allCases
        for round in 0..<24 {
            let unit = units[round % units.count]
            let count = Int.random(in: 1...(unit.isDays ? 40 : 90), using: &random)
            let hours: ClockTerm.Hours = Bool.random(using: &random) ? .always : .office
            let term = Self.term(count, unit, hours)
            let yardstick = ScheduledTime(schedule, term.budget.unit, dayEnd: hours)
            var now = local("2024-01-02T00:00")
                .advanced(byMinutes: Int.random(in: 0...300_000, using: &random))
            var clock = try TermClock.start(term, at: now, by: schedule)
            var (used, wasOver) = (Int64(0), false)
            var shown: Int64 = 0
            for _ in 0..<Int.random(in: 0...14, using: &random) {
                let later = now.advanced(byMs: Int64.random(in: 0...200_000_000, using: &random))
                if !clock.deadline.isSuspended { used += try yardstick.ticks(from: now, to: later) }
                now = later
                let reading = try clock.reading(at: now, on: book)
                #expect(reading.used + reading.left == reading.budget)
                #expect(reading.used >= shown)
                shown = reading.used
                if reading.overrunMs > 0 { wasOver = true }
                if wasOver {
                    // Once late, late for ever, whatever stands still afterwards.
                    #expect(reading.overrunMs > 0)
                    #expect(reading.due != nil)
                } else {
                    #expect(reading.used == min(used, reading.budget))
                    if let due = reading.due, reading.left > 0 {
                        #expect(now < due)
                        let left = try yardstick.end(of: reading.left, from: now)
                        // A day that has begun ends with its own, a day off is rolled once.
                        #expect(left == due || unit == .days && left <= due)
                    }
                }
                if !wasOver, Int.random(in: 0..<8, using: &random) == 0 { clock.extend(by: 1) }
                if clock.deadline.isSuspended {
                    clock.resume(now)
                } else if Bool.random(using: &random) {
                    clock.suspend(now)
                }
            }
        }
    }

    @Test func `a machine's clock that goes back makes no interval overlap`() throws {
        let schedule = try Calendars.office()
        var random = SeededRandom(seed: 3)
        var clock = try Self.start(Self.term(20, .days), "2025-03-10T09:00", schedule)
        var now = local("2025-03-10T09:00")
        for _ in 0..<200 {
            now = now.advanced(byMs: Int64.random(in: -90_000_000...100_000_000, using: &random))
            if Bool.random(using: &random) { clock.suspend(now) } else { clock.resume(now) }
        }
        clock.stop(at: now)
        var last = clock.deadline.startedAt
        for suspension in clock.deadline.suspensions {
            let until = try #require(suspension.until)
            #expect(last <= suspension.from)
            #expect(suspension.from <= until)
            last = until
        }
        #expect(try #require(clock.deadline.stoppedAt) >= last)
    }

    @Test func `steps fire in due order, each once`() throws {
        let schedule = try Calendars.office()
        let book = ScheduleBook(hotline: schedule)
        var clock = try Self.start(
            Self.term(5, .workingDays, .office, warnings: [50, 20], escalations: [60, 1_440]),
            "2025-03-10T10:00", schedule)
        var steps: [String] = []
        while let next = try clock.next(on: book) {
            steps.append("\(next.step.key) \(next.at)")
            clock.fire(next.step)
            #expect(steps.count < 9)
        }
        #expect(
            steps == [
                // Three days are left from Thursday on, one on Monday.
                "warning-50 2025-03-13T09:00:00+08:00", "warning-20 2025-03-17T09:00:00+08:00",
                "breach 2025-03-17T17:00:00+08:00", "escalation-60 2025-03-17T18:00:00+08:00",
                "escalation-1440 2025-03-18T17:00:00+08:00",
            ])
    }

    @Test func `a warning on a day off waits for the next working day`() throws {
        let schedule = try Calendars.office()
        let book = ScheduleBook(hotline: schedule)
        let clock = try Self.start(
            Self.term(10, .days, warnings: [20]), "2025-09-24T10:00", schedule)
        // The last two of ten days begin on 3 October, within the holiday; the end moves to 9 October.
        #expect(try clock.due(on: book) == local("2025-10-10T00:00"))
        #expect(try clock.next(on: book)?.at == local("2025-10-09T09:00"))
    }

    @Test func `an escalation waits while the clock stands still, and the end stays`() throws {
        let schedule = try Calendars.office()
        let book = ScheduleBook(hotline: schedule)
        var clock = try Self.start(
            Self.term(30, .minutes, escalations: [60]), "2025-03-10T10:00", schedule)
        clock.fire(.breach)
        clock.suspend(local("2025-03-10T11:00"))
        #expect(try clock.next(on: book) == nil)
        #expect(try clock.due(on: book) == local("2025-03-10T10:30"))
        clock.resume(local("2025-03-10T12:00"))
        #expect(try clock.next(on: book)?.at == local("2025-03-10T12:30"))
        clock.stop(at: local("2025-03-10T12:10"))
        #expect(try clock.next(on: book) == nil)
        #expect(try clock.reading(at: local("2026-03-10T12:10"), on: book).overrunMs == 40 * 60_000)
    }

    @Test func `a changed calendar rewrites nothing that runs`() throws {
        let before = try Calendars.office()
        let clock = try Self.start(Self.term(5, .workingDays), "2025-09-26T10:00", before)
        let flat = try WorkCalendar(files: [
            2025: WorkCalendar.heading + "\n2025-01-01,holiday,元旦,n\n"
        ])
        let after = try WorkSchedule(calendar: flat, hours: .roundTheClock)
        let book = ScheduleBook(hotline: after, past: [before])
        #expect(try clock.due(on: book) == local("2025-10-11T00:00"))
        let fresh = try Self.start(Self.term(5, .workingDays), "2025-09-26T10:00", after)
        #expect(try fresh.due(on: book) == local("2025-10-04T00:00"))
        #expect(throws: OrderRefusal.scheduleMissing(edition: before.edition)) {
            try clock.due(on: ScheduleBook(hotline: after))
        }
    }

    @Test func `a limit below nothing is refused`() throws {
        let limit = Clock.Limit(count: -1, unit: .days)
        #expect(throws: WorkCalendarError.limitOutOfRange(limit)) {
            try Self.start(Self.term(-1, .days), "2025-03-10T10:00", Calendars.office())
        }
    }
}

/// A term clock moved by hand: `WorkOrder` moves it by events.
extension TermClock {
    fileprivate mutating func suspend(_ from: String, _ until: String) {
        suspend(local(from))
        resume(local(until))
    }

    fileprivate mutating func suspend(_ now: Moment) { suspend(at: now, reason: "test") }
    fileprivate mutating func resume(_ now: Moment) { resume(at: now) }
}
