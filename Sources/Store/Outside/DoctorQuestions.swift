package import Database
package import Ledger

/// What `amends doctor` asks the database. Nothing here writes.
package enum SchemaState: Hashable, Sendable {
    /// There is no office in it yet.
    case empty
    case current
    /// These steps are missing: an older program was the last to open it.
    case behind([String])
    /// A newer program applied these.
    case ahead([String])
    /// This step was applied with another text than this program has.
    case edited(String)
}

extension Transaction {
    package func schemaState() throws(DatabaseError) -> SchemaState {
        var applied: [String: String] = [:]
        for row in try rows("select id, statements from schema_step") {
            applied[try row.text(0)] = try row.text(1)
        }
        if applied.isEmpty { return .empty }
        let known = Schema.steps.map(\.id)
        let ahead = applied.keys.filter { !known.contains($0) }.sorted()
        if !ahead.isEmpty { return .ahead(ahead) }
        if let edited = Schema.steps.first(where: {
            applied[$0.id] != nil && applied[$0.id] != $0.statements
        }) {
            return .edited(edited.id)
        }
        let behind = known.filter { applied[$0] == nil }
        return behind.isEmpty ? .current : .behind(behind)
    }

    /// What the database's own clock says, as it writes it: `2026-11-29 12:18:25` in SQLite, of UTC;
    /// `2026-11-29 20:18:25.123+08` in PostgreSQL.
    package func databaseClock() throws(DatabaseError) -> String {
        try first("select cast(current_timestamp as text)")?.text(0) ?? ""
    }

    /// When the last event of a case and the last voucher were recorded, whichever is later.
    package func lastRecorded() throws(DatabaseError) -> Moment? {
        let voucher = try first(
            "select max(recorded_ms) from voucher where number = (select max(number) from voucher)"
        )?.integerOrNil(0)
        let filed = try first("select max(filed_ms) from case_row")?.integerOrNil(0)
        return [voucher, filed].compactMap { $0 }.max().map { Moment(ms: $0) }
    }

    /// Payouts that were ordered before `cutoff` and of which nobody knows the end: at most `limit` numbers,
    /// the oldest first.
    package func unfinishedPayouts(
        before cutoff: Moment, limit: Int
    ) throws(DatabaseError) -> [String] {
        try rows(
            """
            select number from payout
            where state in ('ordered', 'underWay', 'unknown') and ordered_ms < \(cutoff.ms)
            order by ordered_ms, number limit \(limit)
            """
        ).map { row throws(DatabaseError) in try row.text(0) }
    }

    /// Messages that could have been sent before `cutoff`, and those that failed so often.
    package func stuckMessages(
        before cutoff: Moment, attempts: Int
    ) throws(DatabaseError) -> (unsent: Int64, failing: Int64, lastError: String?) {
        let unsent = try first(
            """
            select count(*) from outbox where done_ms is null and not_before_ms < \(cutoff.ms)
                and lease_until_ms < \(cutoff.ms)
            """)?.integer(0)
        let failing = try first(
            """
            select count(*), max(last_error) from outbox
            where done_ms is null and last_error is not null and attempts >= \(attempts)
            """)
        return (unsent ?? 0, try failing?.integer(0) ?? 0, try failing?.textOrNil(1))
    }

    /// Whether the office's own key opens with the data keys at hand.
    ///
    /// - Returns: False where there is no such key, or no data keys: nothing is made here.
    /// - Throws: What opening it met.
    package func opensOfficeKey() throws(DatabaseError) -> Bool {
        guard dataKeys != nil else { return false }
        return try hasOfficeKey()
    }
}
