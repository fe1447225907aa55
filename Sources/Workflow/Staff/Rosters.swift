package import Casework
package import Ledger
import Store

/// The roster of a day beside the shifts of the edition in force on it.
package struct DayRoster: Sendable {
    package let day: Day
    package let shifts: [Shift]
    /// Nil while nobody has set one.
    package let roster: Roster?
}

extension Work {
    /// Sets who is on which shift of a day, in place of what was set before. What was is not rewritten:
    /// the day may not be over.
    @discardableResult
    package func setRoster(
        _ entries: [Roster.Entry], of day: Day, by actor: Actor
    ) throws -> DayRoster {
        try permit(.setRoster, actor)
        let edition = try office.hotlinePolicies.edition(inForceOn: day)
        let shifts = edition.hotline.shifts
        var problems: [WorkflowError.Problem] = []
        if day < today {
            problems.append(
                .init(field: "day", chinese: "这一天已过去", english: "is over"))
        }
        let known = shifts.map(\.code)
        if !entries.map(\.shift).allSatisfy(known.contains) {
            problems.append(.oneOf("shifts.shift", known))
        }
        problems += edition.calendar.problems(with: entries, on: day, shifts)
        if Set(entries.map(\.shift)).count != entries.count {
            problems.append(
                .init(field: "shifts", chinese: "同一班次只写一次", english: "names a shift twice"))
        }
        for entry in entries
        where entry.people.isEmpty || Set(entry.people).count != entry.people.count
            || entry.people.contains(where: { $0.allSatisfy(\.isWhitespace) })
        {
            problems.append(
                .init(
                    field: "shifts.people", chinese: "\(entry.shift)：至少一人，且不重复",
                    english: "of \(entry.shift) must name at least one, and nobody twice"))
        }
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        let roster = Roster(day: day, entries: entries, by: actor.name)
        try transaction.write(roster, at: now)
        return DayRoster(day: day, shifts: shifts, roster: roster)
    }
}

extension WorkCalendar {
    /// Shifts of working days are not for days off, nor the other way round; make-up days are working days.
    fileprivate func problems(
        with entries: [Roster.Entry], on day: Day, _ shifts: [Shift]
    ) -> [WorkflowError.Problem] {
        let isWorkingDay: Bool
        do {
            isWorkingDay = try self.isWorkingDay(day)
        } catch {
            return [
                .init(
                    field: "day", chinese: "尚无\(day.components.year)年的工作日历",
                    english: "lies in \(day.components.year), whose calendar is not at hand")
            ]
        }
        return entries.compactMap { entry in
            guard let shift = shifts.first(where: { $0.code == entry.shift }) else { return nil }
            switch (shift.days, isWorkingDay) {
            case (.everyDay, _), (.workingDays, true), (.daysOff, false): return nil
            case (.workingDays, false):
                return .init(
                    field: "shifts.shift", chinese: "\(day)是休息日，\(shift.chinese)只排在工作日",
                    english: "\(shift.code) is of working days, and \(day) is a day off")
            case (.daysOff, true):
                return .init(
                    field: "shifts.shift", chinese: "\(day)是工作日，\(shift.chinese)只排在休息日",
                    english: "\(shift.code) is of days off, and \(day) is a working day")
            }
        }
    }
}

extension Office {
    package func roster(of day: Day) async throws -> DayRoster {
        let shifts = try hotlinePolicies.edition(inForceOn: day).hotline.shifts
        let roster = try await read { try $0.roster(of: day) }
        return DayRoster(day: day, shifts: shifts, roster: roster)
    }
}
