package import Ledger

extension TermClock {
    /// Started now, by the schedule in force.
    ///
    /// - Throws: A year without data, or a limit below 0.
    package static func start(
        _ term: ClockTerm, at now: Moment, by schedule: WorkSchedule
    ) throws(WorkCalendarError) -> TermClock {
        guard term.limit.count >= 0 else { throw .limitOutOfRange(term.limit) }
        let unit = term.budget.unit
        let yardstick = ScheduledTime(schedule, unit, dayEnd: term.hours)
        let due = try yardstick.end(of: unit.ticks(term.limit.count), from: now)
        return TermClock(term, startedAt: now, firstDue: due, schedule: schedule.edition)
    }

    /// - Throws: `scheduleMissing`, when the clock's own edition is not at hand.
    package func yardstick(on book: ScheduleBook) throws(OrderRefusal) -> ScheduledTime {
        let edition = deadline.schedule ?? ""
        guard let schedule = book.schedule(of: edition) else {
            throw .scheduleMissing(edition: edition)
        }
        return ScheduledTime(schedule, deadline.limit.unit, dayEnd: term.hours)
    }

    /// When the limit ends; nil while it stands still before its end.
    package func due(on book: ScheduleBook) throws(OrderRefusal) -> Moment? {
        let yardstick = try yardstick(on: book)
        do { return try deadline.due(by: yardstick) } catch { throw .calendar(error) }
    }

    /// All that is derived, in the clock's own unit.
    package func reading(
        at now: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) -> ClockReading {
        let yardstick = try yardstick(on: book)
        do {
            return ClockReading(
                isInDays: deadline.limit.unit.isDays, budget: deadline.budget,
                used: try deadline.used(at: now, by: yardstick),
                due: try deadline.due(by: yardstick),
                overrunMs: try deadline.overrunMs(at: now, by: yardstick))
        } catch {
            throw .calendar(error)
        }
    }

    /// The next step to fire and when; nil when stopped, standing still before its end, or all have fired.
    ///
    /// Where several were missed they come in the order in which they were due.
    package func next(on book: ScheduleBook) throws(OrderRefusal) -> (step: Step, at: Moment)? {
        guard deadline.stoppedAt == nil else { return nil }
        let yardstick = try yardstick(on: book)
        do {
            var next: (step: Step, at: Moment)?
            for (step, at) in try steps(by: yardstick) where !fired.contains(step) {
                if let found = next, found.at <= at { continue }
                next = (step, at)
            }
            return next
        } catch {
            throw .calendar(error)
        }
    }

    /// Those whose moment is known.
    private func steps(
        by yardstick: ScheduledTime
    ) throws(WorkCalendarError) -> [(step: Step, at: Moment)] {
        var steps: [(Step, Moment)] = []
        // After the end nobody is warned of it.
        if !fired.contains(.breach), deadline.isRunning {
            for warning in term.warnings {
                if let at = try moment(of: warning, by: yardstick) {
                    steps.append((.warning(percentLeft: warning.percentLeft), at))
                }
            }
        }
        guard let due = try deadline.due(by: yardstick) else { return steps }
        steps.append((.breach, due))
        for escalation in term.escalations {
            let at = due.advanced(byMinutes: max(0, escalation.afterMinutes))
            guard let later = deadline.afterSuspensions(since: due, at) else { continue }
            steps.append((.escalation(afterMinutes: escalation.afterMinutes), later))
        }
        return steps
    }

    /// In days: as the office opens on the first day from which only so many are left, this one included;
    /// on a day off nobody reads it, and it waits for the next working day.
    private func moment(
        of warning: ClockTerm.Warning, by yardstick: ScheduledTime
    ) throws(WorkCalendarError) -> Moment? {
        let percent = Int64(min(max(0, warning.percentLeft), 100))
        let budget = deadline.budget
        let left = (budget * percent + 99) / 100
        guard deadline.limit.unit.isDays else {
            return try deadline.due(of: budget - left, by: yardstick)
        }
        guard let end = try deadline.due(of: budget - max(1, left) + 1, by: yardstick) else {
            return nil
        }
        let day = yardstick.schedule.zone.day(at: end.advanced(byMs: -1))
        return max(deadline.startedAt, try yardstick.schedule.opening(of: day))
    }
}

/// What a clock says at a moment.
package struct ClockReading: Hashable, Sendable {
    /// Whether budget and used are days; else milliseconds.
    package let isInDays: Bool
    package let budget: Int64
    package let used: Int64
    /// Nil while it stands still before its end.
    package let due: Moment?
    /// Milliseconds by which it was late; 0 in time.
    package let overrunMs: Int64

    package var left: Int64 { budget - used }
}
