import Casework
import Ledger
import Testing

@Suite struct OrderClockTests {
    private static let sent = "amy register\namy dispatch water\nbo acknowledge\n"

    @Test func `each limit starts with what sets it going, and stops when that is done`() {
        let table: [(script: String, running: [OrderClock])] = [
            ("amy register", [.acceptance, .dispatch, .handling]),
            ("amy register\namy accept", [.dispatch, .handling]),
            (
                "amy register\namy dispatch water",
                [.signing, .returning, .contact, .response, .handling]
            ),
            (Self.sent, [.returning, .contact, .response, .handling]),
            (Self.sent + "bo contact rang\nbo response there", [.returning, .handling]),
            (Self.sent + "bo return no", [.dispatch, .handling]),
            (
                Self.sent + "sam designate city unclear",
                [.signing, .returning, .contact, .response, .handling]
            ),
            (Self.sent + "bo finish solved done", [.followUp]),
            (Self.sent + "bo finish solved done\namy call unreachable", [.followUp]),
            (Self.sent + "bo finish solved done\namy call a", []),
            (
                Self.sent + "bo finish solved done\namy call c bureau",
                [.contact, .response, .handling]
            ),
            (Self.sent + "tourist withdraw settled", []),
            ("amy register\namy decline COURT pending", []),
            (
                "amy register\namy decline COURT pending\namy reopen it was dropped",
                [.acceptance, .dispatch, .handling]
            ),
            ("amy register\namy merge WH-25-0000009-1", []),
            ("amy register\n+ 2\namy emergency 120 0 1 2", []),
            ("amy register\namy answer yes", [.followUp]),
            (Self.sent + "bo finish solved done\namy reopen a wall fell", [.dispatch, .handling]),
        ]
        for (script, running) in table {
            let order = play(script).order
            let found = OrderClock.allCases.filter { order?.clocks[$0]?.isOver == false }
            #expect(found == running.sorted { $0.index < $1.index }, "\(script)")
        }
    }

    @Test func `what runs out is told to whom the edition says, once, and flows on by itself`() {
        let desk = play(
            Self.sent + """
                bo contact rang
                bo response there
                at 2025-03-17T00:00
                office fire handling warning-20    → ✗ clockNotDue
                at 2025-03-17T09:00
                amy fire handling warning-20       → ✗ notPermitted
                office fire handling breach        → ✗ clockNotDue
                office fire handling warning-20    → clockFired noticeDue noticeDue
                office fire handling warning-20    → ✗ clockNotDue
                at 2025-03-18T16:59
                office fire handling breach        → ✗ clockNotDue
                at 2025-03-19T17:00
                office fire handling escalation-1440 → ✗ clockNotDue
                office fire handling breach        → clockFired noticeDue noticeDue supervised
                office fire handling breach        → ✗ clockNotDue
                office fire handling escalation-1440 → clockFired noticeDue sentToDiscipline
                office fire handling escalation-1440 → ✗ clockNotDue
                """)
        #expect(desk.order?.isSupervised == true)
        #expect(desk.order?.isWithDiscipline == true)
        let notices = desk.recorded.compactMap { recorded -> String? in
            guard case .noticeDue(let to, let clock, let step, _) = recorded.event else {
                return nil
            }
            return "\(to) \(clock) \(step.key)"
        }
        #expect(
            notices == [
                "bureau handling warning-20", "receiver handling warning-20",
                "bureau handling breach", "supervision handling breach",
                "discipline handling escalation-1440",
            ])
    }

    @Test func `what was missed while the service was down is caught up in due order`() throws {
        var desk = play(Self.sent)
        desk.now = local("2025-03-25T09:00")
        var fired: [String] = []
        while let next = try desk.order?.nextSteps(on: desk.book).first, next.at <= desk.now {
            _ = try desk.perform(.fire(next.clock, next.step), by: .office)
            fired.append("\(next.clock) \(next.step.key)")
            #expect(fired.count < 20)
        }
        #expect(
            fired == [
                "response breach", "returning breach", "contact breach", "handling warning-20",
                "handling breach", "handling escalation-1440",
            ])
    }

    @Test func `reopening breaches nothing at once, and the old breach stays known`() throws {
        let desk = play(
            Self.sent + """
                at 2025-03-20T17:00
                office fire returning breach
                bo finish solved done
                amy reopen a second pipe           → reopened
                """)
        let order = try #require(desk.order)
        let past = try #require(order.pastClocks.last { $0.term.clock == .handling })
        // Two working days of office hours late, counted round the clock as days are.
        #expect(try past.reading(at: desk.now, on: desk.book).overrunMs == 48 * 3_600_000)
        let fresh = try #require(order.clocks[.handling])
        #expect(fresh.fired.isEmpty)
        #expect(try fresh.reading(at: desk.now, on: desk.book).overrunMs == 0)
        #expect(try fresh.due(on: desk.book) == local("2025-03-28T17:00"))
    }

    @Test func `a clock that starts while all stand still stands still with them`() throws {
        let desk = play(
            """
            amy register
            amy ask where
            + 600
            amy dispatch water
            + 600
            bo acknowledge                     → acknowledged signed
            tourist reply sms here
            """)
        let order = try #require(desk.order)
        #expect(order.clocks[.signing]?.isOver == true)
        let contact = try #require(order.clocks[.response])
        #expect(try contact.due(on: desk.book) == desk.now.advanced(byMinutes: 30))
    }

    @Test func `a clock is counted by the hours of whose it is`() throws {
        let early = try WorkSchedule(
            calendar: Calendars.read(),
            hours: OfficeHours(workingDays: [OfficeHours.Opening(from: 480, to: 960)]))
        var desk = OrderDesk()
        desk.book = ScheduleBook(hotline: try Calendars.office(), bureaus: ["water": early])
        desk = play("amy register\namy dispatch water", on: desk)
        #expect(desk.order?.clocks[.signing]?.deadline.schedule == early.edition)
        #expect(desk.order?.clocks[.handling]?.deadline.schedule != early.edition)
    }

    @Test func `a year without data is refused where it is needed, and nowhere else`() {
        var desk = OrderDesk()
        desk.now = local("2026-12-30T10:00")
        play("amy register → ✗ calendar", on: desk)
        let short = OrderSample.terms([OrderSample.term(.acceptance, 15, .minutes, .registered)])
        desk = OrderDesk(terms: short)
        desk.now = local("2026-12-30T10:00")
        play("amy register → registered\namy accept → accepted", on: desk)
    }

    @Test func `the calendar of a running clock must be at hand to judge it, not to end it`() throws
    {
        var desk = play(Self.sent)
        desk.book = ScheduleBook(hotline: try Calendars.roundTheClock())
        play(
            """
            bo return no                       → ✗ scheduleMissing
            bo contact rang                    → contacted
            bo finish solved done              → finished
            """, on: desk)
    }
}

extension OrderClock {
    fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
