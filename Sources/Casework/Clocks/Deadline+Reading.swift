package import Ledger

/// What follows from a deadline's intervals, by the yardstick it was set with.
extension Deadline {
    /// When it ends; nil while it stands still before its end, since that is then not known.
    package func due<Y: Yardstick>(by yardstick: Y) throws(Y.Failure) -> Moment? {
        try due(of: budget, by: yardstick)
    }

    /// When `ticks` of it are used up; nil while it stands still before then.
    package func due<Y: Yardstick>(of ticks: Int64, by yardstick: Y) throws(Y.Failure) -> Moment? {
        var ticks = ticks
        var due = try yardstick.end(of: ticks, from: startedAt)
        for suspension in suspensions where suspension.from < due {
            guard let until = suspension.until else { return nil }
            ticks = ticks.held(
                adding: try yardstick.ticks(from: suspension.from, to: until))
            due = try yardstick.end(of: ticks, from: startedAt)
        }
        return due
    }

    /// Ticks used up at `now`, suspensions left out; fixed once stopped.
    ///
    /// Until it is overdue never more than the budget, though a last day on a day off moves the end on.
    package func used<Y: Yardstick>(at now: Moment, by yardstick: Y) throws(Y.Failure) -> Int64 {
        let end = stoppedAt ?? now
        var used = try yardstick.ticks(from: startedAt, to: end)
        for suspension in suspensions where suspension.from < end {
            let until = min(suspension.until ?? end, end)
            used -= try yardstick.ticks(from: suspension.from, to: until)
        }
        guard used > budget, try overrunMs(at: now, by: yardstick) == 0 else { return max(0, used) }
        return max(0, budget)
    }

    /// Ticks left at `now`; negative when it is overdue.
    package func left<Y: Yardstick>(at now: Moment, by yardstick: Y) throws(Y.Failure) -> Int64 {
        budget.held(adding: -(try used(at: now, by: yardstick)))
    }

    /// Milliseconds by which it was late, stopped or at `now`, suspensions left out; 0 when in time.
    ///
    /// The end itself is in time (民法典 1259: 以内 includes).
    package func overrunMs<Y: Yardstick>(
        at now: Moment, by yardstick: Y
    ) throws(Y.Failure) -> Int64 {
        let end = stoppedAt ?? now
        guard let due = try due(by: yardstick), due < end else { return 0 }
        var late = try yardstick.lateMs(from: due, to: end)
        for suspension in suspensions where suspension.from >= due && suspension.from < end {
            let until = min(suspension.until ?? end, end)
            late -= try yardstick.lateMs(from: suspension.from, to: until)
        }
        return max(0, late)
    }

    /// `moment` moved on by what it stood still since its end: an escalation waits with it.
    ///
    /// Nil while it stands still.
    func afterSuspensions(since due: Moment, _ moment: Moment) -> Moment? {
        var moment = moment
        for suspension in suspensions where suspension.from >= due && suspension.from < moment {
            guard let until = suspension.until else { return nil }
            moment = moment.advanced(byMs: suspension.from.distanceMs(to: until))
        }
        return moment
    }
}
