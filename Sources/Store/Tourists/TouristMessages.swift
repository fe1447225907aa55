package import Casework
package import Database
package import Ledger

/// A short text to a tourist's telephone. Whoever sends it does so at least once, until it is of no use.
package struct TouristMessage: Hashable, Sendable {
    package let id: String
    package let caseID: ID<Case>
    package let phone: Personal<String>
    package let text: Personal<String>
    /// Afterwards it is of no use.
    package let ends: Moment
    package let attempts: Int

    package init(
        id: String, caseID: ID<Case>, phone: Personal<String>, text: Personal<String>, ends: Moment,
        attempts: Int = 0
    ) {
        self.id = id
        self.caseID = caseID
        self.phone = phone
        self.text = text
        self.ends = ends
        self.attempts = attempts
    }

    /// What is sealed of it.
    fileprivate struct Content: Codable {
        let phone: String
        let text: String
    }
}

extension Transaction {
    /// Keeps a message for whoever sends them; those that are of no use any more go.
    package func enqueue(_ message: TouristMessage, at now: Moment) throws(DatabaseError) {
        try run("delete from tourist_message where ends_ms <= \(now.ms)")
        let content = TouristMessage.Content(
            phone: message.phone.revealed, text: message.text.revealed)
        let payload = try sealed(
            jsonText(["message": content]), of: message.caseID.text, position: 1,
            at: "tourist_message \(message.id)", now)
        try run(
            """
            insert into tourist_message (id, case_id, payload, made_ms, ends_ms, attempts,
                not_before_ms, lease_until_ms)
            values (\(message.id), \(message.caseID.text), \(payload), \(now.ms),
                \(message.ends.ms), 0, \(now.ms), 0)
            """)
    }

    /// Takes up to `limit` messages that are due for `leaseMs`; another server finds them again after it.
    package func leaseMessages(
        at now: Moment, leaseMs: Int64, limit: Int
    ) throws(DatabaseError) -> [TouristMessage] {
        var messages: [TouristMessage] = []
        for row in try rows(
            """
            update tourist_message
            set lease_until_ms = \(now.advanced(byMs: leaseMs).ms), attempts = attempts + 1
            where id in (
                select id from tourist_message
                where done_ms is null and not_before_ms <= \(now.ms)
                    and lease_until_ms <= \(now.ms) and ends_ms > \(now.ms)
                order by not_before_ms, id limit \(limit))
            returning id, case_id, payload, ends_ms, attempts
            """)
        {
            let (id, caseID) = (try row.text(0), ID<Case>(try row.text(1)))
            let text = try opened(try row.text(2), of: caseID.text, at: "tourist_message \(id)")
            guard
                let content = try fromJSON(
                    [String: TouristMessage.Content].self, text, at: "tourist_message \(id)")[
                        "message"]
            else { throw .corrupt("tourist_message \(id) holds no message") }
            messages.append(
                TouristMessage(
                    id: id, caseID: caseID, phone: Personal(content.phone),
                    text: Personal(content.text), ends: Moment(ms: try row.integer(3)),
                    attempts: Int(try row.integer(4))))
        }
        return messages
    }

    /// It was sent; what it said is forgotten.
    package func finishMessage(_ id: String, at now: Moment) throws(DatabaseError) {
        try run(
            """
            update tourist_message set done_ms = \(now.ms), payload = '', last_error = null
            where id = \(id)
            """)
    }

    /// Gives the message back, to be taken again from `later` on.
    package func postponeMessage(
        _ id: String, until later: Moment, because error: String
    ) throws(DatabaseError) {
        try run(
            """
            update tourist_message
            set lease_until_ms = 0, not_before_ms = \(later.ms), last_error = \(error)
            where id = \(id) and done_ms is null
            """)
    }
}
