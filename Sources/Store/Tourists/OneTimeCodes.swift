package import Casework
package import Database
package import Ledger

/// A code that was sent to a tourist, as kept: never the code itself.
package struct OneTimeCode: Hashable, Sendable {
    /// Keyed by a key that is not in the database.
    package let hash: String
    package let ends: Moment
    /// How often it was tried in vain.
    package let tries: Int

    package init(hash: String, ends: Moment, tries: Int = 0) {
        self.hash = hash
        self.ends = ends
        self.tries = tries
    }
}

extension Transaction {
    /// Counts one more time that a code was asked for.
    ///
    /// - Parameters:
    ///   - hash: Of number and telephone as typed.
    ///   - window_ms: How long a time counts.
    /// - Returns: The milliseconds to wait, and then nothing is counted; nil while fewer than `limit` were asked.
    package func countAsk(
        of hash: String, limit: Int64, within window_ms: Int64, at now: Moment
    ) throws(DatabaseError) -> Int64? {
        try put("delete from code_ask where from_ms <= \(now.ms - window_ms)")
        let row = try first("select asks, from_ms from code_ask where hash = \(hash)")
        if let row, try row.integer(0) >= limit {
            return max(1, try row.integer(1) + window_ms - now.ms)
        }
        try put(
            """
            insert into code_ask (hash, asks, from_ms) values (\(hash), 1, \(now.ms))
            on conflict (hash) do update set asks = code_ask.asks + 1
            """)
        return nil
    }

    package func oneTimeCode(of id: ID<Case>) throws(DatabaseError) -> OneTimeCode? {
        guard
            let row = try first(
                "select hash, ends_ms, tries from one_time_code where case_id = \(id.text)")
        else { return nil }
        return OneTimeCode(
            hash: try row.text(0), ends: Moment(ms: try row.integer(1)),
            tries: Int(try row.integer(2)))
    }

    /// Takes the place of the one before.
    package func write(_ code: OneTimeCode, of id: ID<Case>) throws(DatabaseError) {
        try put(
            """
            insert into one_time_code (case_id, hash, ends_ms, tries)
            values (\(id.text), \(code.hash), \(code.ends.ms), \(code.tries))
            on conflict (case_id) do update
            set hash = excluded.hash, ends_ms = excluded.ends_ms, tries = excluded.tries
            """)
    }

    package func removeOneTimeCode(of id: ID<Case>) throws(DatabaseError) {
        try put("delete from one_time_code where case_id = \(id.text)")
    }

    /// The code from now on; the one before opens nothing any more.
    package func replaceTrackingCode(hash: String, of id: ID<Case>) throws(DatabaseError) {
        try put("delete from tracking_code where case_id = \(id.text)")
        try writeTrackingCode(hash: hash, of: id)
    }
}
