import Casework
import Ledger
import Randomness
import Testing

@Suite struct ClockTests {
    static let start = Moment("2025-03-10T09:00:00+08:00")!

    @Test func `a suspension gives exactly its time back`() {
        var clock = Clock(.audit, minutes: 30, startingAt: Self.start)
        #expect(clock.due == Self.start.advanced(byMinutes: 30))
        clock.suspend(at: Self.start.advanced(byMinutes: 10), reason: "evidence")
        #expect(clock.due == nil)
        #expect(clock.next == nil)
        #expect(clock.usedMs(at: Self.start.advanced(byMinutes: 500)) == 10 * 60_000)
        clock.resume(at: Self.start.advanced(byMinutes: 70))
        #expect(clock.due == Self.start.advanced(byMinutes: 90))
        #expect(clock.next?.step == .warning)
        #expect(clock.next?.at == Self.start.advanced(byMinutes: 84))
        #expect(clock.usedMs(at: Self.start.advanced(byMinutes: 80)) == 20 * 60_000)
    }

    @Test func `a clock warns once, breaches once and then is silent`() {
        var clock = Clock(.audit, minutes: 30, startingAt: Self.start)
        #expect(clock.next?.step == .warning)
        #expect(clock.next?.at == Self.start.advanced(byMinutes: 24))
        clock.fire(.warning)
        #expect(clock.next?.step == .breach)
        #expect(clock.next?.at == Self.start.advanced(byMinutes: 30))
        clock.fire(.breach)
        #expect(clock.next == nil)
        #expect(clock.overrunMs(at: Self.start.advanced(byMinutes: 31)) == 60_000)
    }

    @Test func `a stopped clock keeps what it used and never runs again`() {
        var clock = Clock(.audit, minutes: 30, startingAt: Self.start)
        clock.suspend(at: Self.start.advanced(byMinutes: 5), reason: "evidence")
        clock.stop(at: Self.start.advanced(byMinutes: 15))
        #expect(clock.usedMs(at: Self.start.advanced(byMinutes: 999)) == 5 * 60_000)
        clock.resume(at: Self.start.advanced(byMinutes: 20))
        clock.suspend(at: Self.start.advanced(byMinutes: 25), reason: "again")
        clock.stop(at: Self.start.advanced(byMinutes: 40))
        #expect(clock.stoppedAt == Self.start.advanced(byMinutes: 15))
        #expect(clock.next == nil)
        #expect(clock.overrunMs(at: Self.start.advanced(byMinutes: 999)) == 0)
    }

    @Test func `a machine's clock that goes back takes no time away`() {
        var clock = Clock(.audit, minutes: 30, startingAt: Self.start)
        clock.suspend(at: Self.start.advanced(byMinutes: 10), reason: "evidence")
        clock.resume(at: Self.start.advanced(byMinutes: 4))
        #expect(clock.due == Self.start.advanced(byMinutes: 30))
        clock.suspend(at: Self.start.advanced(byMinutes: 6), reason: "overlaps")
        clock.resume(at: Self.start.advanced(byMinutes: 12))
        #expect(clock.due == Self.start.advanced(byMinutes: 32))
        #expect(clock.usedMs(at: Self.start.advanced(byMinutes: -5)) == 0)
    }

    @Test(arguments: 1...20)
    func `however it is suspended, due moves by what was suspended before it`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let minutes = Int.random(in: 0...3_000, using: &random)
            var clock = Clock(.closing, minutes: minutes, startingAt: Self.start)
            var (now, suspendedMs, isSuspended) = (Self.start, Int64(0), false)
            // What is suspended after the end moves the end no more.
            var (expected, isOver) = (Self.start.advanced(byMinutes: minutes), false)
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let span = Int64.random(in: 0...10_000_000, using: &random)
                if isSuspended {
                    suspendedMs += span
                    if !isOver { expected = expected.advanced(byMs: span) }
                }
                now = now.advanced(byMs: span)
                if Bool.random(using: &random) {
                    if !isSuspended { isOver = now >= expected }
                    clock.suspend(at: now, reason: "test")
                    isSuspended = true
                } else {
                    clock.resume(at: now)
                    isSuspended = false
                }
                #expect(clock.isSuspended == isSuspended)
                #expect(clock.due == (isSuspended && !isOver ? nil : expected))
                #expect(clock.usedMs(at: now) == Self.start.distanceMs(to: now) - suspendedMs)
                guard let due = clock.due else { continue }
                #expect(clock.overrunMs(at: due) == 0)
                #expect(
                    clock.overrunMs(at: now)
                        == max(0, clock.usedMs(at: now) - Int64(minutes) * 60_000))
                guard !isSuspended else { continue }
                #expect(clock.next.map { $0.at <= due } ?? false)
            }
        }
    }

    @Test func `no moment and no limit is too far for a clock`() {
        for due in [Moment(ms: .min), Moment(ms: .max), Moment(ms: 0)] {
            for started in [Moment(ms: .min), Moment(ms: .max), Self.start] {
                let limit = Clock.Limit(count: 7, unit: .days)
                var clock = Clock(.response, limit: limit, startedAt: started, firstDue: due)
                clock.suspend(at: Moment(ms: .min), reason: "test")
                clock.resume(at: Moment(ms: .max))
                clock.suspend(at: Moment(ms: .max), reason: "test")
                clock.resume(at: Moment(ms: .max))
                _ = clock.next
                #expect(clock.usedMs(at: Moment(ms: .max)) >= 0)
                #expect(clock.overrunMs(at: Moment(ms: .min)) >= 0)
            }
        }
        let terms = Terms(
            edition: "e", editionHash: "h", standing: .none, acceptMinutes: .max,
            auditMinutes: .min,
            closingMinutes: -1, freezeMinutes: .max, reissueLimit: .min)
        check(
            "amy file\noffice classify\noffice accept\noffice determine 800\n"
                + "office propose reserve 800 automatic\noffice commit", on: Desk(terms: terms))
    }
}
