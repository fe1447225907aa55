package import Database
package import Ledger

/// What is known of the failed log-ins to one account, as seen from one address.
package struct LogInFailures: Hashable, Sendable {
    /// From this address.
    package let here: Int64
    package let lastHere: Moment?
    /// From all addresses since the window began.
    package let everywhere: Int64
    package let lastElsewhere: Moment?
}

extension Transaction {
    /// - Parameter account: The SHA-256 of the name as typed.
    package func failures(
        of account: String, from address: String, since start: Moment
    ) throws(DatabaseError) -> LogInFailures {
        var (here, everywhere) = (Int64(0), Int64(0))
        var lastHere: Moment?
        var lastElsewhere: Moment?
        for row in try rows(
            """
            select address, failures, last_ms from log_in_failure
            where account = \(account) and last_ms >= \(start.ms)
            order by last_ms desc limit 200
            """)
        {
            let (failures, last) = (try row.integer(1), Moment(ms: try row.integer(2)))
            everywhere += failures
            if try row.text(0) == address {
                (here, lastHere) = (failures, last)
            } else {
                lastElsewhere = lastElsewhere ?? last
            }
        }
        return LogInFailures(
            here: here, lastHere: lastHere, everywhere: everywhere, lastElsewhere: lastElsewhere)
    }

    /// One more. Those before `start` are forgotten, this account's and all others'.
    package func writeFailure(
        of account: String, from address: String, at now: Moment, since start: Moment
    ) throws(DatabaseError) {
        try put("delete from log_in_failure where last_ms < \(start.ms)")
        try put(
            """
            insert into log_in_failure (account, address, failures, last_ms)
            values (\(account), \(address), 1, \(now.ms))
            on conflict (account, address) do update
            set failures = log_in_failure.failures + 1, last_ms = excluded.last_ms
            """)
    }

    /// - Parameter address: Nil for all of them.
    package func forgetFailures(
        of account: String, from address: String?
    ) throws(DatabaseError) {
        let here: SQL = address.map { "and address = \($0)" } ?? ""
        try put("delete from log_in_failure where account = \(account) \(sql: here)")
    }

    /// Whether the person logged in from there since `start`.
    package func isKnown(
        _ address: String, to id: ID<Person>, since start: Moment
    ) throws(DatabaseError) -> Bool {
        try first(
            """
            select address from known_address
            where person_id = \(id.text) and address = \(address) and last_ms >= \(start.ms)
            """) != nil
    }

    package func know(
        _ address: String, of id: ID<Person>, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into known_address (person_id, address, last_ms)
            values (\(id.text), \(address), \(now.ms))
            on conflict (person_id, address) do update set last_ms = excluded.last_ms
            """)
    }
}
