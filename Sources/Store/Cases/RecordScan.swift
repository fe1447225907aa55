package import Casework
package import Database
package import Ledger

/// Some events of one case as they are stored, not decoded.
package struct StoredRecord: Sendable {
    package let id: ID<Case>
    /// In order.
    package let events: [StoredEvent]

    package init(id: ID<Case>, events: [StoredEvent]) {
        self.id = id
        self.events = events
    }
}

package struct StoredEvent: Sendable {
    /// As `Event.kind` says it.
    package let kind: String
    package let payload: String
    package let at: Moment
}

extension Transaction {
    /// Every case's events of `kinds`, by case and in order, a batch of whole cases at a time.
    ///
    /// - Parameter kinds: As `Event.kind` says them. A case that has none of them is left out.
    package func forEachBatch(
        of kinds: [String], _ body: ([StoredRecord]) -> Void
    ) throws(DatabaseError) {
        let names = kinds.map { SQLValue.text($0) }
        let limit: Int64 = 2_000
        var (lastCase, lastPosition) = ("", Int64(-1))
        var batch: [StoredRecord] = []
        var (open, events) = ("", [StoredEvent]())
        func end() {
            if !events.isEmpty { batch.append(StoredRecord(id: ID(open), events: events)) }
            events = []
        }
        while true {
            let page = try rows(
                """
                select case_id, position, kind, payload, at_ms from case_event
                where kind in (\(list: names))
                    and (case_id, position) > (\(lastCase), \(lastPosition))
                order by case_id, position limit \(limit)
                """)
            for row in page {
                (lastCase, lastPosition) = (try row.text(0), try row.integer(1))
                if lastCase != open {
                    end()
                    open = lastCase
                }
                events.append(
                    StoredEvent(
                        kind: try row.text(2), payload: try row.text(3),
                        at: Moment(ms: try row.integer(4))))
            }
            // The page's last case may go on in the next.
            if page.count < limit { end() }
            if !batch.isEmpty { body(batch) }
            batch = []
            if page.count < limit { return }
        }
    }
}

extension StoredEvent {
    /// The event, decoded as a whole.
    package func decoded(of id: ID<Case>) throws(DatabaseError) -> Event {
        try fromJSON(Event.self, payload, at: "case_event \(id) \(kind)")
    }
}
