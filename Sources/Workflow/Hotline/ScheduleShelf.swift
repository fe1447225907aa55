import Casework
import Database
import Ledger
import Store
import Synchronization

/// The calendars and office hours of the editions, and every earlier one that a clock may still run by.
final class ScheduleShelf: Sendable {
    private let held = Mutex(Held())

    private struct Held {
        /// By the edition's name and hash.
        var books: [String: ScheduleBook] = [:]
        var kept: [String: WorkSchedule] = [:]
    }

    /// Reads again what the database keeps.
    func reload(_ transaction: Transaction) throws(DatabaseError) {
        let schedules = try transaction.keptSchedules()
        held.withLock { held in
            for schedule in schedules { held.kept[schedule.edition] = schedule }
            held.books = [:]
        }
    }

    /// By what a clock under `edition` is set, and any other is counted.
    func book(for edition: Edition) throws -> ScheduleBook {
        let key = "\(edition.name) \(edition.hash)"
        if let book = held.withLock({ $0.books[key] }) { return book }
        let kept = held.withLock { Array($0.kept.values) }
        let book = try edition.scheduleBook(past: kept)
        held.withLock { $0.books[key] = book }
        return book
    }

    func isKept(_ edition: String) -> Bool { held.withLock { $0.kept[edition] != nil } }

    /// After the commit that kept it; a commit that was lost keeps it again.
    func note(_ schedule: WorkSchedule) {
        held.withLock { $0.kept[schedule.edition] = schedule }
    }
}

extension Edition {
    /// The line's and the bureaus' hours with the calendar, as this edition says them.
    ///
    /// - Throws: `OfficeHoursFault` or `WorkCalendarError`, where hours or calendar cannot be used.
    func scheduleBook(past: [WorkSchedule]) throws -> ScheduleBook {
        func schedule(_ hours: OpeningHours) throws -> WorkSchedule {
            try WorkSchedule(
                calendar: calendar, hours: OfficeHours(hours), zone: jurisdiction.zone)
        }
        // A limit in office hours is the bureaus' matter; where they have none, the line's hours count.
        let common = try schedule(hotline.officeHours ?? hotline.lineHours)
        return ScheduleBook(
            hotline: common, bureaus: try hotline.bureauHours.mapValues(schedule), past: past)
    }
}

extension OfficeHours {
    /// The week that `hours` describe.
    fileprivate init(_ hours: OpeningHours) throws {
        guard case .spans(let days, let spans) = hours else {
            self = .roundTheClock
            return
        }
        let open = spans.map { Opening(from: $0.opens, to: $0.closes) }
        switch days {
        case .workingDays: try self.init(workingDays: open)
        case .everyDay:
            try self.init(
                week: Array(repeating: open, count: 7), makeup: open, holiday: open)
        case .daysOff:
            try self.init(
                week: Array(repeating: [], count: 5) + [open, open], makeup: [], holiday: open)
        }
    }
}
