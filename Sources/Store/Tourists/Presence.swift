package import Casework
package import Database
package import Ledger

/// Someone whose page of a case is open.
package struct Presence: Hashable, Sendable {
    /// The name they log in with.
    package let person: String
    package let displayName: String

    package init(person: String, displayName: String) {
        self.person = person
        self.displayName = displayName
    }
}

extension Transaction {
    /// Who looks at the case, seen since `start`, by name.
    package func present(
        at id: ID<Case>, since start: Moment
    ) throws(DatabaseError) -> [Presence] {
        var found: [Presence] = []
        for row in try rows(
            """
            select person, display_name from presence
            where case_id = \(id.text) and seen_ms >= \(start.ms) order by person
            """)
        {
            found.append(Presence(person: try row.text(0), displayName: try row.text(1)))
        }
        return found
    }

    /// Those not seen since `start` go, whatever they looked at.
    package func see(
        _ presence: Presence, at id: ID<Case>, at now: Moment, since start: Moment
    ) throws(DatabaseError) {
        try put("delete from presence where seen_ms < \(start.ms)")
        try put(
            """
            insert into presence (case_id, person, display_name, seen_ms)
            values (\(id.text), \(presence.person), \(presence.displayName), \(now.ms))
            on conflict (case_id, person) do update
            set display_name = excluded.display_name, seen_ms = excluded.seen_ms
            """)
    }

    package func leave(_ person: String, _ id: ID<Case>) throws(DatabaseError) {
        try put("delete from presence where case_id = \(id.text) and person = \(person)")
    }
}
