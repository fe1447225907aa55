package import Ledger

/// 办理时限: one limit that runs, with every interval in which it stood still.
///
/// Due time, time used and time left are derived from these; nothing derived is kept. They are counted
/// in *ticks* of the limit's own measure: milliseconds for minutes and hours, days for days. A
/// suspension gives exactly its ticks back, however often the limit is suspended; for days that are the
/// days that began while it stood still. What is suspended after the end moves the end no more.
package struct Deadline: Hashable, Sendable, Codable {
    package let limit: Clock.Limit
    package let startedAt: Moment
    /// Where the limit ended when it was set, before any suspension, by the calendar of that day.
    package let firstDue: Moment
    /// The edition of the calendar and office hours it was set by; nil: from `startedAt` to `firstDue` by
    /// the wall clock, whatever the limit's unit.
    package let schedule: String?
    /// What was granted on top, in the limit's unit.
    package private(set) var extensions: [Int] = []
    /// In order, without overlap; the last may still be open.
    package private(set) var suspensions: [Suspension] = []
    /// When what it waits for was done; nil while it runs.
    package private(set) var stoppedAt: Moment?

    package init(
        limit: Clock.Limit, startedAt: Moment, firstDue: Moment, schedule: String? = nil
    ) {
        self.limit = limit
        self.startedAt = startedAt
        self.firstDue = firstDue
        self.schedule = schedule
    }

    package struct Suspension: Hashable, Sendable, Codable {
        package let from: Moment
        package var until: Moment?
        package let reason: String
    }

    package var isSuspended: Bool { suspensions.last.map { $0.until == nil } ?? false }
    package var isRunning: Bool { stoppedAt == nil && !isSuspended }

    /// The whole limit with what was granted on top, in ticks.
    package var budget: Int64 {
        let more = limit.unit.ticks(extensions.reduce(0) { $0 &+ $1 })
        guard schedule != nil else { return startedAt.distanceMs(to: firstDue).held(adding: more) }
        return limit.unit.ticks(limit.count).held(adding: more)
    }

    package mutating func suspend(at now: Moment, reason: String) {
        guard isRunning else { return }
        // Where the machine's clock went back, no interval may overlap the one before.
        suspensions.append(Suspension(from: max(now, latest), until: nil, reason: reason))
    }

    package mutating func resume(at now: Moment) {
        guard stoppedAt == nil, isSuspended else { return }
        let last = suspensions.count - 1
        suspensions[last].until = max(now, suspensions[last].from)
    }

    package mutating func stop(at now: Moment) {
        guard stoppedAt == nil else { return }
        resume(at: now)
        stoppedAt = max(now, latest)
    }

    /// - Parameter count: In the limit's unit, at least 0.
    package mutating func extend(by count: Int) {
        guard stoppedAt == nil, count > 0 else { return }
        extensions.append(count)
    }

    /// The last moment the ledger knows of.
    private var latest: Moment { suspensions.last.map { $0.until ?? $0.from } ?? startedAt }
}

/// What a deadline's time is measured with.
package protocol Yardstick {
    associatedtype Failure: Error
    /// Ticks that pass from `start` to `end`; 0 when `end` is earlier.
    func ticks(from start: Moment, to end: Moment) throws(Failure) -> Int64
    /// Where a limit of `ticks` that began at `start` ends.
    func end(of ticks: Int64, from start: Moment) throws(Failure) -> Moment
    /// Milliseconds of lateness from the end to a later moment.
    func lateMs(from due: Moment, to end: Moment) throws(Failure) -> Int64
}

/// The wall clock: nights and holidays count, a tick is a millisecond.
package struct WallTime: Yardstick {
    package init() {}

    package func ticks(from start: Moment, to end: Moment) -> Int64 {
        max(0, start.distanceMs(to: end))
    }

    package func end(of ticks: Int64, from start: Moment) -> Moment {
        start.advanced(byMs: ticks)
    }

    package func lateMs(from due: Moment, to end: Moment) -> Int64 { ticks(from: due, to: end) }
}

extension Clock.Limit.Unit {
    /// `count` of this unit: milliseconds, or days.
    package func ticks(_ count: Int) -> Int64 {
        let (ticks, overflow) = Int64(count).multipliedReportingOverflow(by: tickCount)
        return overflow ? (count < 0 ? .min : .max) : ticks
    }

    private var tickCount: Int64 {
        switch self {
        case .minutes, .workingMinutes: 60_000
        case .hours, .workingHours: 3_600_000
        case .days, .workingDays: 1
        }
    }

    package var isDays: Bool { self == .days || self == .workingDays }
}

extension Int64 {
    /// The sum, held at the ends of the range instead of overflowing.
    func held(adding other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
