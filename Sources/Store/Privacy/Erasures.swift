package import Casework
package import Database
package import Ledger

/// A case or work order that ended, whose personal data is still there.
package struct EndedSubject: Hashable, Sendable {
    package let id: String
    package let closedAt: Moment

    package init(id: String, closedAt: Moment) {
        self.id = id
        self.closedAt = closedAt
    }
}

extension Transaction {
    /// Cases that ended before `end` and were not erased, by number.
    package func endedCases(
        before end: Moment, after: String, limit: Int
    ) throws(DatabaseError) -> [EndedSubject] {
        try ended(
            """
            select case_id, closed_ms from case_row r
            where case_id > \(after) and is_open = 0 and closed_ms < \(end.ms)
                and not exists (select 1 from erasure e where e.subject = r.case_id)
            order by case_id limit \(limit)
            """)
    }

    package func endedOrders(
        before end: Moment, after: String, limit: Int
    ) throws(DatabaseError) -> [EndedSubject] {
        try ended(
            """
            select order_id, closed_ms from order_row r
            where order_id > \(after) and is_open = 0 and closed_ms < \(end.ms)
                and not exists (select 1 from erasure e where e.subject = r.order_id)
            order by order_id limit \(limit)
            """)
    }

    private func ended(_ sql: SQL) throws(DatabaseError) -> [EndedSubject] {
        var found: [EndedSubject] = []
        for row in try rows(sql) {
            found.append(
                EndedSubject(id: try row.text(0), closedAt: Moment(ms: try row.integer(1))))
        }
        return found
    }

    /// Erases what is personal in a case: its key, what it is found by, its files that no other case holds.
    /// Events, vouchers, reports and the row of the queue stay.
    ///
    /// - Parameter rule: By which it was due, for the record.
    package func erase(
        _ file: Case, closedAt: Moment, kind: String, rule: String, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        let id = file.id.text
        try eraseEvents(of: id, at: now)
        try put("delete from case_key where case_id = \(id)")
        try put("update case_row set claimant = null where case_id = \(id)")
        try put("update commitment set tourist = 'erased' where case_id = \(id)")
        try eraseCommon(
            id, files: file.evidence.map(\.hash), closedAt, kind, rule, by: actor, at: now)
    }

    /// The same of a work order.
    package func erase(
        _ order: WorkOrder, closedAt: Moment, kind: String, rule: String, by actor: String,
        at now: Moment
    ) throws(DatabaseError) {
        let id = order.id.text
        try eraseEvents(of: id, at: now)
        try put("delete from order_key where order_id = \(id)")
        try put("update order_row set text = \(PersonalTexts.erased) where order_id = \(id)")
        let files = order.evidence.map(\.hash) + order.messages.flatMap(\.evidence)
        try eraseCommon(id, files: files, closedAt, kind, rule, by: actor, at: now)
    }

    private func eraseCommon(
        _ id: String, files: [String], _ closedAt: Moment, _ kind: String, _ rule: String,
        by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put("delete from tracking_code where case_id = \(id)")
        try put("delete from tourist_contact where case_id = \(id)")
        try put("delete from tourist_message where case_id = \(id)")
        try put("delete from idempotency where actor = \("tourist/" + id)")
        for hash in Set(files).sorted() where try !isHeld(hash) {
            for row in try rows("delete from evidence where hash = \(hash) returning size") {
                count(-1, .evidence)
                count(-Int(try row.integer(0)), .evidenceBytes)
            }
        }
        try put(
            """
            insert into erasure (subject, kind, closed_ms, rule, actor, at_ms)
            values (\(id), \(kind), \(closedAt.ms), \(rule), \(actor), \(now.ms))
            """)
    }

    /// Whether another case or work order has the file as evidence.
    private func isHeld(_ hash: String) throws(DatabaseError) -> Bool {
        let key = CaseKey.evidence(hash: hash)
        let ofCase = try first(
            """
            select 1 from case_key where kind = \(key.kind)
                and value in (\(list: try sought(key.value))) limit 1
            """)
        let ofOrder = try first(
            """
            select 1 from order_key where kind = 'evidence'
                and value in (\(list: try sought(hash))) limit 1
            """)
        return ofCase != nil || ofOrder != nil
    }

    /// Destroys the key; where there is none, the texts themselves are written over.
    private func eraseEvents(of id: String, at now: Moment) throws(DatabaseError) {
        if try eraseKey(of: id, at: now) { return }
        for row in try rows(
            "select position, payload from case_event where case_id = \(id) order by position")
        {
            try put(
                """
                update case_event set payload = \(try erased(row.text(1)))
                where case_id = \(id) and position = \(try row.integer(0))
                """)
        }
        for row in try rows(
            "select position, payload from order_event where order_id = \(id) order by position")
        {
            try put(
                """
                update order_event set payload = \(try erased(row.text(1)))
                where order_id = \(id) and position = \(try row.integer(0))
                """)
        }
    }

    private func erased(_ payload: String) throws(DatabaseError) -> String {
        try PersonalTexts.replaced(in: payload) { _ in Array(PersonalTexts.erased.utf8) }
    }

    /// Answers to repeated requests older than `end`: nobody repeats a request after so long.
    @discardableResult
    package func forgetAnswers(before end: Moment) throws(DatabaseError) -> Int {
        try run("delete from idempotency where at_ms < \(end.ms)")
    }
}

/// Which text on the use of personal data a case was filed under.
package struct ConsentRow: Hashable, Sendable {
    package let version: String
    /// SHA-256 of the text, hex.
    package let hash: String
    package let at: Moment
}

extension Transaction {
    package func writeConsent(
        _ version: String, hash: String, of subject: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into consent (subject, version, hash, at_ms)
            values (\(subject), \(version), \(hash), \(now.ms))
            """)
    }

    /// Nil where it was filed by telephone, or before there were versions.
    package func consent(of subject: String) throws(DatabaseError) -> ConsentRow? {
        try first("select version, hash, at_ms from consent where subject = \(subject)").map {
            row throws(DatabaseError) in
            ConsentRow(
                version: try row.text(0), hash: try row.text(1), at: Moment(ms: try row.integer(2)))
        }
    }
}
