package import Casework
package import Database
package import Ledger

extension Transaction {
    /// The roster of a day as it was last set; nil while nobody has set one.
    package func roster(of day: Day) throws(DatabaseError) -> Roster? {
        let text = day.description
        guard
            let last = try first(
                """
                select revision, actor from roster where day = \(text)
                order by revision desc limit 1
                """)
        else { return nil }
        let revision = try last.integer(0)
        var entries: [Roster.Entry] = []
        for row in try rows(
            """
            select shift, person from roster_person
            where day = \(text) and revision = \(revision) order by place
            """)
        {
            let (shift, person) = (try row.text(0), try row.text(1))
            if let open = entries.last, open.shift == shift {
                entries[entries.count - 1] = Roster.Entry(
                    shift: shift, people: open.people + [person])
            } else {
                entries.append(Roster.Entry(shift: shift, people: [person]))
            }
        }
        return Roster(day: day, entries: entries, by: try last.text(1))
    }

    /// Takes the place of the day's roster; the ones before are kept.
    package func write(_ roster: Roster, at now: Moment) throws(DatabaseError) {
        let day = roster.day.description
        let last = try first("select max(revision) from roster where day = \(day)")
        let revision = (try last?.integerOrNil(0) ?? 0) + 1
        try put(
            """
            insert into roster (day, revision, actor, at_ms)
            values (\(day), \(revision), \(roster.by), \(now.ms))
            """)
        let people = roster.entries.flatMap { entry in entry.people.map { (entry.shift, $0) } }
        guard !people.isEmpty else { return }
        try insert(
            into: "roster_person", "day, revision, place, shift, person",
            rows: people.enumerated().map { place, each in
                [
                    .text(day), .integer(revision), .integer(Int64(place)), .text(each.0),
                    .text(each.1),
                ]
            })
    }
}
