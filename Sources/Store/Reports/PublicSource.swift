package import Casework
package import Database
package import Ledger

/// A case as publication takes it from the database.
package struct PublicSource: Sendable {
    package let record: ReportRecord
    package let pseudonym: String
    package let matter: String
    package let claimed: Money
    /// When it first went to a bureau.
    package let sentAt: Moment?
}

extension Transaction {
    /// A page of the cases that were registered by `last`, in the order of their numbers.
    ///
    /// - Parameter after: The number of the last one of the page before; empty for the first.
    /// - Returns: The page, and where the next one begins; nil after the last.
    package func publicSources(
        registeredBy last: Day, after: String, limit: Int
    ) throws(DatabaseError) -> (page: [PublicSource], next: String?) {
        let found = try rows(
            """
            select c.case_id, c.matter, c.claimed_fen, r.payload
            from case_row c join report_record r on r.record_id = c.case_id
            where c.case_id > \(after) and r.registered_day <= \(last.description)
            order by c.case_id limit \(limit)
            """)
        guard let end = try found.last?.text(0) else { return ([], nil) }
        var sent: [String: Moment] = [:]
        for row in try rows(
            """
            select case_id, min(at_ms) from case_event
            where case_id > \(after) and case_id <= \(end) and kind = 'forwarded'
            group by case_id
            """)
        {
            sent[try row.text(0)] = Moment(ms: try row.integer(1))
        }
        var page: [PublicSource] = []
        for row in found {
            let id = try row.text(0)
            page.append(
                PublicSource(
                    record: try fromJSON(
                        ReportRecord.self, row.text(3), at: "report_record \(id)"),
                    pseudonym: try pseudonym(of: id), matter: try row.text(1),
                    claimed: Money(fen: try row.integer(2)), sentAt: sent[id]))
        }
        return (page, found.count == limit ? end : nil)
    }
}
