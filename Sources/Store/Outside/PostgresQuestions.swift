package import Database

/// What only PostgreSQL can be asked, about the server rather than the office. Nothing here writes, and none of
/// it is asked of SQLite: these statements are outside the subset of both engines.
extension Transaction {
    /// Tells this database from every other, by whatever address it was opened.
    package func databaseIdentity() throws(DatabaseError) -> String {
        try first(
            """
            select cast(system_identifier as text) || '/' || current_database() || '/' || current_schema()
            from pg_control_system()
            """
        )?.text(0) ?? ""
    }

    /// Whether this user sees what others do: it is a superuser, or a member of pg_monitor.
    package func seesWholeServer() throws(DatabaseError) -> Bool {
        try first("select cast(pg_has_role(current_user, 'pg_monitor', 'usage') as int)")?
            .integer(0) == 1
    }

    package func archiverState() throws(DatabaseError) -> ArchiverState {
        guard
            let row = try first(
                """
                select cast(current_setting('archive_mode') <> 'off' as int), archived_count, failed_count,
                    coalesce(last_failed_wal, ''),
                    cast(coalesce(last_failed_time > coalesce(last_archived_time, 'epoch'), false) as int),
                    cast(extract(epoch from now() - coalesce(last_archived_time, stats_reset)) as bigint)
                from pg_stat_archiver
                """)
        else { return ArchiverState() }
        return ArchiverState(
            isOn: try row.integer(0) == 1, archived: try row.integer(1),
            failed: try row.integer(2), failedFile: try row.text(3),
            isFailing: try row.integer(4) == 1, silent_seconds: try row.integerOrNil(5) ?? 0)
    }

    /// Slots that nobody reads, with how much of the log each holds back.
    package func idleSlots() throws(DatabaseError) -> [IdleSlot] {
        try rows(
            """
            select slot_name, coalesce(wal_status, ''), cast(coalesce(pg_wal_lsn_diff(
                case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end,
                restart_lsn), 0) as bigint)
            from pg_replication_slots where not active order by slot_name
            """
        ).map { row throws(DatabaseError) in
            IdleSlot(
                name: try row.text(0), isLost: try row.text(1) == "lost",
                held_bytes: try row.integer(2))
        }
    }

    package func standbys() throws(DatabaseError) -> StandbyState {
        guard
            let row = try first(
                """
                select current_setting('synchronous_standby_names'), count(pid),
                    cast(coalesce(sum(case when sync_state in ('sync', 'quorum') then 1 else 0 end), 0) as bigint),
                    cast(coalesce(max(case when pg_is_in_recovery() then 0
                        else pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn) end), 0) as bigint)
                from pg_stat_replication where state = 'streaming'
                """)
        else { return StandbyState() }
        return StandbyState(
            wanted: try row.text(0), streaming: try row.integer(1),
            synchronous: try row.integer(2), behind_bytes: try row.integer(3))
    }

    /// How many transactions ago the oldest row of any database of the server may have been written.
    package func oldestTransactionAge() throws(DatabaseError) -> Int64 {
        try first("select cast(max(age(datfrozenxid)) as bigint) from pg_database")?.integer(0) ?? 0
    }

    /// How many are connected, and how many may be beside those kept for superusers.
    package func connectionUse() throws(DatabaseError) -> (used: Int64, limit: Int64) {
        guard
            let row = try first(
                """
                select cast(sum(numbackends) as bigint), cast(current_setting('max_connections') as bigint)
                    - cast(current_setting('superuser_reserved_connections') as bigint)
                    - cast(coalesce(nullif(current_setting('reserved_connections', true), ''), '0') as bigint)
                from pg_stat_database
                """)
        else { return (0, 0) }
        return (try row.integer(0), try row.integer(1))
    }

    /// Transactions of this database that began so many minutes ago or earlier, and those that were prepared
    /// and never ended, the oldest first.
    package func longTransactions(
        minutes: Int64, limit: Int
    ) throws(DatabaseError) -> [LongTransaction] {
        try rows(
            """
            select who, seconds from (
                select 'process ' || pid || ' of ' || coalesce(usename, '') || ' (' || coalesce(state, '') || ')'
                    as who, cast(extract(epoch from now() - xact_start) as bigint) as seconds
                from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                union all
                select 'prepared transaction ' || gid, cast(extract(epoch from now() - prepared) as bigint)
                from pg_prepared_xacts where database = current_database()
            ) as open
            where seconds >= cast(\(minutes) as bigint) * 60
            order by seconds desc, who limit \(limit)
            """
        ).map { row throws(DatabaseError) in
            LongTransaction(who: try row.text(0), minutes: try row.integer(1) / 60)
        }
    }

    package func databaseSize_bytes() throws(DatabaseError) -> Int64 {
        try first("select pg_database_size(current_database())")?.integer(0) ?? 0
    }
}

/// How the server's log is put away.
package struct ArchiverState: Hashable, Sendable {
    package var isOn = false
    package var archived: Int64 = 0
    package var failed: Int64 = 0
    /// The file that failed last; empty where none did.
    package var failedFile = ""
    /// Whether the last attempt failed.
    package var isFailing = false
    /// Since a file was put away, or since counting began.
    package var silent_seconds: Int64 = 0
}

package struct IdleSlot: Hashable, Sendable {
    package let name: String
    /// What it would have held was removed: its reader cannot go on.
    package let isLost: Bool
    package let held_bytes: Int64
}

package struct StandbyState: Hashable, Sendable {
    /// The setting `synchronous_standby_names`.
    package var wanted = ""
    package var streaming: Int64 = 0
    package var synchronous: Int64 = 0
    /// How far the last of them is behind.
    package var behind_bytes: Int64 = 0
}

package struct LongTransaction: Hashable, Sendable {
    package let who: String
    package let minutes: Int64
}
