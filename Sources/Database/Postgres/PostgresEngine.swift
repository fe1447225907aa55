import Synchronization

/// PostgreSQL through libpq: one connection that writes, a few that read.
final class PostgresEngine: Engine {
    /// Names the lock that a migrating program holds, among the advisory locks of the database.
    private static let migrationLock: Int64 = 0x616d_656e_6473

    let kind = EngineKind.postgres
    let readers: Int
    private let url: String
    private let waitMs: Int
    /// Known once the schema was looked at: the lock that makes writers take turns is on a table of its.
    private let takesTurns = Atomic(false)
    private let writers = Mutex<[PostgresConnection]>([])
    private let idleReaders = Mutex<[PostgresConnection]>([])

    init(_ url: String, options: Database.Options) throws(DatabaseError) {
        self.url = url
        readers = options.readers
        waitMs = options.busyTimeoutMs
        let connection = try PostgresConnection(url)
        try connection.refuseUnfitDatabase()
        try connection.limitWaiting(ms: waitMs)
        writers.withLock { $0.append(connection) }
    }

    func writing<Success>(
        _ body: (any Connection) throws(DatabaseError) -> Success
    ) throws(DatabaseError) -> Success {
        let idle = writers.withLock { $0.popLast() }
        let connection = if let idle { idle } else { try makeWriter() }
        connection.takesTurns = takesTurns.load(ordering: .relaxed)
        defer { if connection.isFit { writers.withLock { $0.append(connection) } } }
        return try body(connection)
    }

    func reading<Success>(
        _ body: (any Connection) throws(DatabaseError) -> Success
    ) throws(DatabaseError) -> Success {
        let connection = try idleReaders.withLock { $0.popLast() }.orConnected(to: url)
        defer { if connection.isFit { idleReaders.withLock { $0.append(connection) } } }
        do throws(DatabaseError) {
            try connection.beginReading()
            let value = try body(connection)
            // A refused closure may leave a failed transaction, which cannot commit.
            try connection.control(connection.isFailed ? .rollback : .commit)
            return value
        } catch {
            // The error that matters is at hand; a connection that is still inside is dropped.
            try? connection.control(.rollback)
            throw error == .commitUnknown ? .lost : error
        }
    }

    func migrating<Success>(
        _ body: (any Connection) throws(DatabaseError) -> Success
    ) throws(DatabaseError) -> Success {
        // The lock belongs to the session, and goes when this connection does.
        let connection = try PostgresConnection?.none.orConnected(to: url)
        try connection.script(
            "set lock_timeout = '60s'; select pg_advisory_lock(\(Self.migrationLock))")
        let value = try body(connection)
        takesTurns.store(true, ordering: .relaxed)
        return value
    }

    private func makeWriter() throws(DatabaseError) -> PostgresConnection {
        let connection = try PostgresConnection?.none.orConnected(to: url)
        try connection.limitWaiting(ms: waitMs)
        return connection
    }

    func close() {
        writers.withLock { $0 = [] }
        idleReaders.withLock { $0 = [] }
    }
}

extension PostgresConnection? {
    /// This connection, or a new one in place of one that was lost.
    fileprivate func orConnected(to url: String) throws(DatabaseError) -> PostgresConnection {
        if let self { return self }
        do throws(DatabaseError) {
            return try PostgresConnection(url)
        } catch {
            throw .lost
        }
    }
}
