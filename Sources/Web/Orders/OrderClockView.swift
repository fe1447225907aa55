import Casework
import Ledger

/// One limit of a work order as it stands now: what the edition set, and what of it is used.
struct OrderClockView: Codable, Sendable {
    let name: String
    let zh: String
    let en: String
    let limitCount: Int
    let limitUnit: String
    /// `always` or `office`.
    let hours: String
    let clause: String
    let startedAt: Timestamp
    /// Nil while it stands still before its end, and where the calendar by which it was set is not at hand.
    let due: Timestamp?
    /// `days` or `ms`: what budget, used and left are counted in.
    let measure: String?
    let budget: Int64?
    let used: Int64?
    /// Negative when late.
    let left: Int64?
    /// Milliseconds by which it was late; 0 in time.
    let overrunMs: Int64?
    let isRunning: Bool
    let isSuspended: Bool
    let stoppedAt: Timestamp?
    /// In the unit of the limit, each that was granted.
    let extensions: [Int]
    let suspensions: [SuspensionView]
    /// `warning-20`, `breach`, `escalation-1440`.
    let fired: [String]

    init(_ clock: TermClock, _ zone: Zone, on book: ScheduleBook, at now: Moment) {
        let (term, deadline, phrase) = (clock.term, clock.deadline, Names.clock(clock.term.clock))
        name = term.clock.rawValue
        (zh, en) = (phrase.zh, phrase.en)
        limitCount = deadline.limit.count
        limitUnit = deadline.limit.unit.rawValue
        hours = term.hours.rawValue
        clause = term.clause
        startedAt = Timestamp(zone.text(deadline.startedAt))
        // An order whose calendar is missing is still shown; what follows from it is left out.
        let reading = try? clock.reading(at: now, on: book)
        due = reading?.due.map { Timestamp(zone.text($0)) }
        measure = reading.map { $0.isInDays ? "days" : "ms" }
        budget = reading?.budget
        used = reading?.used
        left = reading?.left
        overrunMs = reading?.overrunMs
        isRunning = deadline.isRunning
        isSuspended = deadline.isSuspended
        stoppedAt = deadline.stoppedAt.map { Timestamp(zone.text($0)) }
        extensions = deadline.extensions
        suspensions = deadline.suspensions.map {
            SuspensionView(
                from: Timestamp(zone.text($0.from)),
                until: $0.until.map { Timestamp(zone.text($0)) }, reason: $0.reason)
        }
        fired = clock.fired.map(\.key).sorted()
    }

    /// In the order of `OrderClock`.
    static func all(
        of order: WorkOrder, _ zone: Zone, on book: ScheduleBook, at now: Moment
    ) -> [OrderClockView] {
        OrderClock.allCases.compactMap { order.clocks[$0] }.map {
            OrderClockView($0, zone, on: book, at: now)
        }
    }
}

/// A limit that the edition sets for an order, whether it runs yet or not.
struct LimitView: Codable, Sendable {
    let clock: String
    let zh: String
    let en: String
    let count: Int
    let unit: String
    let hours: String
    /// `registered`, `dispatched`, `signed`, `finished`.
    let startsAt: String
    let clause: String
    /// Of one that runs.
    let due: Timestamp?

    init(_ term: ClockTerm, of clocks: [OrderClockView]) {
        let phrase = Names.clock(term.clock)
        clock = term.clock.rawValue
        (zh, en) = (phrase.zh, phrase.en)
        (count, unit) = (term.limit.count, term.limit.unit.rawValue)
        hours = term.hours.rawValue
        startsAt = term.startsAt.rawValue
        clause = term.clause
        due = clocks.first { $0.name == term.clock.rawValue }?.due
    }
}
