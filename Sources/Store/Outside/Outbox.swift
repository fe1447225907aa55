package import Casework
package import Database
package import Ledger

/// Something that must reach outside. Sent after the commit that enqueued it, at least once; what it
/// does outside happens once, because its number stays the same.
package struct Message: Hashable, Sendable {
    /// Derives from the case and the step: enqueued twice, it is one message.
    package let id: String
    package let kind: Kind
    package let caseID: ID<Case>
    /// The payout's number.
    package let payload: String
    package let attempts: Int

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Order a payout, or query it when it may have been ordered already.
        case payout
        /// Ask again how a confirmed payout stands, in case it bounces.
        case payoutCheck
    }

    package init(id: String, kind: Kind, caseID: ID<Case>, payload: String, attempts: Int = 0) {
        self.id = id
        self.kind = kind
        self.caseID = caseID
        self.payload = payload
        self.attempts = attempts
    }
}

extension Transaction {
    package func enqueue(_ message: Message, notBefore: Moment) throws(DatabaseError) {
        try put(
            """
            insert into outbox (id, kind, case_id, payload, attempts, not_before_ms, lease_until_ms)
            values (\(message.id), \(message.kind.rawValue), \(message.caseID.text),
                \(message.payload), 0, \(notBefore.ms), 0)
            on conflict (id) do nothing
            """)
    }

    /// Takes up to `limit` messages that are due for `leaseMs`; another server finds them again after it.
    package func lease(
        at now: Moment, leaseMs: Int64, limit: Int
    ) throws(DatabaseError) -> [Message] {
        var messages: [Message] = []
        for row in try rows(
            """
            update outbox set lease_until_ms = \(now.advanced(byMs: leaseMs).ms), attempts = attempts + 1
            where id in (
                select id from outbox
                where done_ms is null and not_before_ms <= \(now.ms) and lease_until_ms <= \(now.ms)
                order by not_before_ms, id limit \(limit))
            returning id, kind, case_id, payload, attempts
            """)
        {
            let kind = try row.text(1)
            guard let kind = Message.Kind(rawValue: kind) else {
                throw .corrupt("outbox holds the unknown kind \(kind)")
            }
            messages.append(
                Message(
                    id: try row.text(0), kind: kind, caseID: ID(try row.text(2)),
                    payload: try row.text(3), attempts: Int(try row.integer(4))))
        }
        return messages
    }

    package func finish(_ message: String, at now: Moment) throws(DatabaseError) {
        try put("update outbox set done_ms = \(now.ms), last_error = null where id = \(message)")
    }

    /// Gives the message back, to be taken again from `later` on.
    package func postpone(
        _ message: String, until later: Moment, because error: String?
    ) throws(DatabaseError) {
        try put(
            """
            update outbox set lease_until_ms = 0, not_before_ms = \(later.ms), last_error = \(error)
            where id = \(message) and done_ms is null
            """)
    }

    /// When the next message may be sent; nil when none waits.
    package func nextMessageTime() throws(DatabaseError) -> Moment? {
        let row = try first(
            """
            select min(case when lease_until_ms > not_before_ms then lease_until_ms
                else not_before_ms end) from outbox where done_ms is null
            """)
        return try row?.integerOrNil(0).map { Moment(ms: $0) }
    }
}
