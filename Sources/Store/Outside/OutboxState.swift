import Casework
package import Database
package import Ledger

/// A message that waits to be sent, and how it fares.
package struct WaitingMessage: Hashable, Sendable {
    package let message: Message
    /// Not sent before this; it is taken by itself then.
    package let notBefore: Moment
    /// What the last attempt met; nil before the first, or where it ended well so far.
    package let error: String?
}

/// How much there is of everything, for whoever runs the service.
package struct StoreCounts: Hashable, Sendable {
    package let cases: Int64
    package let caseEvents: Int64
    package let orders: Int64
    package let orderEvents: Int64
    package let vouchers: Int64
    package let evidence: Int64
    /// In bytes.
    package let evidenceSize: Int64
    /// Messages that wait, and those of them whose last attempt failed.
    package let waiting: Int64
    package let failed: Int64
    /// The schema's steps, by name, in their order.
    package let schema: [String]
}

extension Transaction {
    /// The longest waiting first.
    package func waitingMessages(limit: Int) throws(DatabaseError) -> [WaitingMessage] {
        var found: [WaitingMessage] = []
        for row in try rows(
            """
            select id, kind, case_id, payload, attempts, not_before_ms, last_error from outbox
            where done_ms is null order by not_before_ms, id limit \(limit)
            """)
        {
            let kind = try row.text(1)
            guard let kind = Message.Kind(rawValue: kind) else {
                throw .corrupt("outbox holds the unknown kind \(kind)")
            }
            found.append(
                WaitingMessage(
                    message: Message(
                        id: try row.text(0), kind: kind, caseID: ID(try row.text(2)),
                        payload: try row.text(3), attempts: Int(try row.integer(4))),
                    notBefore: Moment(ms: try row.integer(5)), error: try row.textOrNil(6)))
        }
        return found
    }

    package func storeCounts() throws(DatabaseError) -> StoreCounts {
        let counts = try storedCounts()
        func all(_ prefix: String) -> Int64 {
            counts.reduce(0) { $1.key.hasPrefix(prefix) ? $0 + $1.value : $0 }
        }
        return StoreCounts(
            cases: all("case/"), caseEvents: counts[Counted.caseEvents.name] ?? 0,
            orders: all("order/"), orderEvents: counts[Counted.orderEvents.name] ?? 0,
            // Numbers have no gaps: the last voucher of each fund says how many there are.
            vouchers: try number(
                "select cast(coalesce(sum(number), 0) as bigint) from ledger_head"),
            evidence: counts[Counted.evidence.name] ?? 0,
            evidenceSize: counts[Counted.evidenceBytes.name] ?? 0,
            waiting: try number("select count(*) from outbox where done_ms is null"),
            failed: try number(
                "select count(*) from outbox where done_ms is null and last_error is not null"),
            schema: try rows("select id from schema_step order by id").map {
                row throws(DatabaseError) in try row.text(0)
            })
    }

    private func number(_ sql: SQL) throws(DatabaseError) -> Int64 {
        try first(sql)?.integer(0) ?? 0
    }
}
