package import Ledger

/// 值班表: who is on which shift of a day, as it was last set.
package struct Roster: Hashable, Sendable {
    package let day: Day
    /// In the order in which they were written; no shift twice.
    package let entries: [Entry]
    package let by: String

    package init(day: Day, entries: [Entry], by: String) {
        self.day = day
        self.entries = entries
        self.by = by
    }

    package struct Entry: Hashable, Sendable {
        /// A code of the edition in force on the day.
        package let shift: String
        /// Names of actors, each once; the first one leads the shift (带班).
        package let people: [String]

        package init(shift: String, people: [String]) {
            self.shift = shift
            self.people = people
        }
    }

    /// Of all shifts of a day.
    package static let limit_shifts = 20
    /// Of one shift.
    package static let limit_people = 100
}
