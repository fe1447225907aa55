package import Casework
package import Database
package import Ledger

/// An attempt to do alone what takes another person, or with a role one does not hold. It was refused.
package struct ControlAttempt: Hashable, Sendable {
    /// In the order in which they were refused, from 1.
    package let number: Int64
    package let actor: String
    /// Those the actor held then.
    package let roles: [String]
    package let command: String
    /// `separation_of_duties` or `approval_not_wanted`.
    package let rule: String
    package let caseID: ID<Case>?
    package let at: Moment
}

extension Transaction {
    package func writeAttempt(
        by actor: Actor, command: String, rule: String, on id: ID<Case>?, at now: Moment
    ) throws(DatabaseError) {
        let number = try next("control_attempt")
        let roles = actor.roles.map(\.rawValue).sorted().joined(separator: ",")
        try put(
            """
            insert into control_attempt (number, actor, roles, command, rule, case_id, at_ms)
            values (\(number), \(actor.name), \(roles), \(command), \(rule), \(id?.text), \(now.ms))
            """)
    }

    /// A page of attempts, the newest first.
    ///
    /// - Parameters:
    ///   - before: Those with a smaller number; nil for the first page.
    ///   - actor: Of this person only.
    ///   - limit: 1…200.
    package func attempts(
        before: Int64? = nil, by actor: String? = nil, limit: Int
    ) throws(DatabaseError) -> [ControlAttempt] {
        var sql: SQL = """
            select number, actor, roles, command, rule, case_id, at_ms from control_attempt
            where number < \(before ?? .max)
            """
        if let actor { sql = "\(sql: sql) and actor = \(actor)" }
        var found: [ControlAttempt] = []
        let page = min(max(limit, 1), 200)
        for row in try rows("\(sql: sql) order by number desc limit \(page)") {
            found.append(
                ControlAttempt(
                    number: try row.integer(0), actor: try row.text(1),
                    roles: try row.text(2).split(separator: ",").map(String.init),
                    command: try row.text(3), rule: try row.text(4),
                    caseID: try row.textOrNil(5).map { ID($0) },
                    at: Moment(ms: try row.integer(6))))
        }
        return found
    }

    /// Whether `actor` moved money by hand since `start`: a payout sent again, a payment file, a grant, a
    /// transfer.
    package func hasMovedMoney(
        _ actor: String, since start: Moment, in fund: String
    ) throws(DatabaseError) -> Bool {
        try write(OpenBooks.self)
        let payout = try first(
            "select 1 from payout where ordered_by = \(actor) and ordered_ms >= \(start.ms) limit 1"
        )
        if payout != nil { return true }
        let file = try first(
            """
            select 1 from payment_file where fund = \(fund) and state <> 'withdrawn'
                and (prepared_by = \(actor) and prepared_ms >= \(start.ms)
                    or decided_by = \(actor) and decided_ms >= \(start.ms)) limit 1
            """)
        if file != nil { return true }
        let voucher = try first(
            """
            select 1 from voucher where fund = \(fund) and maker = \(actor)
                and recorded_ms >= \(start.ms)
                and (source >= 'grant/' and source < 'grant0'
                    or source >= 'transfer/' and source < 'transfer0') limit 1
            """)
        return voucher != nil
    }
}
