import Foundation
import GRDB

/// SQLite through GRDB: a pool in write-ahead mode for a file, one connection in memory.
final class SQLiteEngine: Engine {
    enum Place: Sendable {
        case file(String)
        case memory
    }

    /// Bytes of the file that are read through the page cache of the system.
    private static let mappedSize = 256 << 20
    /// Pages of the log that are collected before they are copied into the file.
    private static let checkpointPages = 4_000
    /// Bytes to which the log is cut back after it has grown.
    private static let logSizeLimit = 64 << 20
    /// `synchronous = FULL`: a commit is durable when it is answered.
    private static let fullSynchronous = 2

    let kind = EngineKind.sqlite
    let readers: Int
    private let database: any DatabaseWriter

    init(_ place: Place, options: Database.Options) throws(DatabaseError) {
        var configuration = Configuration()
        configuration.label = "database"
        configuration.busyMode = .timeout(Double(options.busyTimeoutMs) / 1_000)
        configuration.maximumReaderCount = options.readers
        // GRDB would trap at a transaction that could not be rolled back; `begin` ends it instead.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    pragma mmap_size = \(Self.mappedSize);
                    pragma wal_autocheckpoint = \(Self.checkpointPages);
                    pragma journal_size_limit = \(Self.logSizeLimit);
                    """)
        }
        do {
            switch place {
            case .memory:
                readers = 1
                database = try DatabaseQueue(configuration: configuration)
            case .file(let path):
                readers = options.readers
                let pool = try DatabasePool(path: path, configuration: configuration)
                try pool.writeWithoutTransaction(Self.makeDurable)
                database = pool
            }
        } catch {
            let path = if case .file(let path) = place { path } else { ":memory:" }
            throw .cannotOpen(path, why: "\((error as? GRDB.DatabaseError)?.message ?? "\(error)")")
        }
    }

    /// GRDB sets `synchronous = normal` itself when it opens a pool, after `prepareDatabase`: a
    /// commit could then be lost with the power.
    private static func makeDurable(_ database: GRDB.Database) throws {
        try database.execute(sql: "pragma synchronous = full")
        let level = try Int.fetchOne(database, sql: "pragma synchronous")
        guard level == fullSynchronous else {
            throw GRDB.DatabaseError(message: "synchronous stays at \(level ?? -1), not full")
        }
    }

    func writing<Success>(
        _ body: (any Connection) throws(DatabaseError) -> Success
    ) throws(DatabaseError) -> Success {
        try database.writeWithoutTransaction { database in
            Result { () throws(DatabaseError) in try body(SQLiteConnection(database)) }
        }.get()
    }

    func reading<Success>(
        _ body: (any Connection) throws(DatabaseError) -> Success
    ) throws(DatabaseError) -> Success {
        let result: Result<Success, DatabaseError>
        do {
            result = try database.read { database in
                Result { () throws(DatabaseError) in try body(SQLiteConnection(database)) }
            }
        } catch {
            throw DatabaseError(sqlite: error, sql: "begin")
        }
        return try result.get()
    }

    /// SQLite's own lock, which every step takes as it begins, is all that is needed.
    func migrating<Success>(
        _ body: (any Connection) throws(DatabaseError) -> Success
    ) throws(DatabaseError) -> Success {
        try writing(body)
    }

    func close() {
        // Readers are closed last, and may not fold the log into the file: who copies it then would lack what
        // is only there. It waits for nobody: another program at work on the file may keep a part of it back.
        try? database.writeWithoutTransaction {
            try $0.execute(sql: "pragma wal_checkpoint(passive)")
        }
        // It fails only while something still runs, and then closes when that lets go.
        try? database.close()
    }
}
