package import Ledger

/// A limit's time by calendar and office hours.
///
/// Hours run from the stated moment. Days are counted as they begin: the day on which a limit starts is
/// not counted (民法典 201), and each later one is used up from its first moment on. A last day on a day off
/// moves on to the next working day (民法典 203); it ends at 24:00, or when the office closes.
package struct ScheduledTime: Yardstick {
    package let schedule: WorkSchedule
    package let unit: Clock.Limit.Unit
    /// When a last day ends.
    package let dayEnd: ClockTerm.Hours

    package init(_ schedule: WorkSchedule, _ unit: Clock.Limit.Unit, dayEnd: ClockTerm.Hours) {
        self.schedule = schedule
        self.unit = unit
        self.dayEnd = dayEnd
    }

    package func ticks(from start: Moment, to end: Moment) throws(WorkCalendarError) -> Int64 {
        switch unit {
        case .minutes, .hours: return WallTime().ticks(from: start, to: end)
        case .workingMinutes, .workingHours: return try schedule.openMs(from: start, to: end)
        case .days:
            let days = schedule.zone.day(at: start).distance(to: schedule.zone.day(at: end))
            return Int64(max(0, days))
        case .workingDays:
            let (first, last) = (schedule.zone.day(at: start), schedule.zone.day(at: end))
            return Int64(try schedule.workingDays(after: first, through: last))
        }
    }

    package func end(of ticks: Int64, from start: Moment) throws(WorkCalendarError) -> Moment {
        switch unit {
        case .minutes, .hours: return start.advanced(byMs: ticks)
        case .workingMinutes, .workingHours:
            return try schedule.moment(openMs: ticks, after: start)
        case .days, .workingDays:
            let day = try lastDay(of: ticks, from: start)
            return max(
                start, dayEnd == .always ? midnight(after: day) : try schedule.closing(of: day))
        }
    }

    package func lateMs(from due: Moment, to end: Moment) throws(WorkCalendarError) -> Int64 {
        switch unit {
        case .workingMinutes, .workingHours: try schedule.openMs(from: due, to: end)
        case .minutes, .hours, .days, .workingDays: WallTime().ticks(from: due, to: end)
        }
    }

    /// The day on which a limit in days ends.
    private func lastDay(of ticks: Int64, from start: Moment) throws(WorkCalendarError) -> Day {
        let arrival = schedule.zone.day(at: start)
        guard ticks > 0 else { return arrival }
        let count = Int(clamping: ticks)
        guard unit == .days else { return try schedule.day(workingDays: count, after: arrival) }
        return try schedule.workingDay(from: arrival.advanced(by: count))
    }

    private func midnight(after day: Day) -> Moment {
        schedule.zone.moment(of: day.advanced(by: 1))
    }
}
