import Casework
import Ledger
import Testing

@Suite struct OrderAuditTests {
    private static let script = """
        amy register
        amy dispatch water
        bo acknowledge
        bo contact rang
        bo ask where
        at 2025-03-12T10:00
        tourist reply sms here
        at 2025-03-14T09:00
        office fire returning breach
        office fire response breach
        bo askExtension 2 parts
        sam grantExtension
        bo finish solved mended
        """

    @Test func `the clocks of the events are those that were recorded`() throws {
        let desk = play(Self.script)
        let events = desk.recorded
        #expect(try audit(events, desk).isEmpty)
        #expect(try audit([], desk) == [.noOrder])
        #expect(try audit(Array(events.dropFirst()), desk) == [.noOrder])
    }

    @Test func `an end that was altered, a step that was not due and a stop of nothing are found`()
        throws
    {
        let desk = play(Self.script)
        var events = desk.recorded
        let index = try #require(
            events.firstIndex { if case .clockStarted = $0.event { true } else { false } })
        guard case .clockStarted(let term, let edition, let due) = events[index].event else {
            return
        }
        let later = due.advanced(byMinutes: 1)
        events[index] = copy(events[index], .clockStarted(term, schedule: edition, due: later))
        #expect(
            try audit(events, desk) == [
                .due(position: index, term.clock, recorded: later, derived: due)
            ])
        events = desk.recorded
        events.append(copy(events[events.count - 1], .clockFired(.handling, .breach)))
        events.append(copy(events[events.count - 1], .clockStopped(.handling)))
        let position = desk.recorded.count - 1
        #expect(
            try audit(events, desk) == [
                .fired(position: position, .handling, .breach),
                .stopped(position: position, .handling),
            ])
    }

    @Test func `a bad request always gets the first refusal that fits`() {
        // Each line has every later fault as well.
        play(
            """
            amy register
            bo return                          → ✗ outOfTurn
            amy dispatch water city
            aud return                         → ✗ notPermitted
            cy return                          → ✗ notYourBureau
            cy finish solved                   → ✗ notYourBureau
            bo finish solved                   → ✗ outOfTurn
            at 2025-03-19T00:00
            bo return                          → ✗ reasonMissing
            bo return no                       → ✗ limitPassed
            bo acknowledge
            bo finish solved                   → ✗ reasonMissing
            bo finish solved mended            → ✗ reportsMissing
            bo askExtension 0                  → ✗ reasonMissing
            bo askExtension 0 parts            → ✗ extensionOutOfRange
            bo askExtension 1 parts            → ✗ limitPassed
            cy report did
            bo finish solved mended            → finished
            amy close                          → ✗ fieldCheckWanted
            amy reopen                         → ✗ reasonMissing
            amy reopen 水管                    → ✗ nothingNew
            """)
    }

    private func audit(
        _ events: [RecordedOrder], _ desk: OrderDesk
    ) throws -> [ClockDifference] {
        try WorkOrder.auditClocks(of: desk.id, events, on: desk.book)
    }

    private func copy(_ recorded: RecordedOrder, _ event: OrderEvent) -> RecordedOrder {
        RecordedOrder(
            event, position: recorded.position, actor: recorded.actor, at: recorded.at,
            recordedAt: recorded.recordedAt)
    }
}
