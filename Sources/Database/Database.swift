import Dispatch
import Synchronization

/// A database that runs the same SQL text on SQLite or PostgreSQL, with group commit.
///
/// Closures run on threads of the database, never on Swift's cooperative pool. A caller that is
/// cancelled while it waits is answered all the same.
package final class Database: Sendable {
    package struct Options: Sendable {
        /// How many reads run beside each other. A SQLite database in memory has one connection.
        package var readers = 4
        /// How many writes may wait, and how many reads, before more are refused as `busy`.
        package var waitingLimit = 10_000
        /// How long a write waits for another program that writes, in milliseconds.
        package var busyTimeoutMs = 5_000
        /// Sees every step on the way to the engine, and may refuse it; for programs that try faults.
        package var watch: Watch?

        package init() {}
    }

    package var engine: EngineKind { driver.kind }

    /// How many durable commits `write` made: with many callers, far fewer than it had closures.
    package var commits: Int { groupCommit.commits.load(ordering: .relaxed) }

    /// How many writes wait for their turn.
    package var waitingWrites: Int { writes.count }

    /// How many reads wait for theirs.
    package var waitingReads: Int { reads.count }

    let driver: any Engine
    private let groupCommit: GroupCommit
    private let writes: BoundedQueue<Job>
    private let reads: BoundedQueue<Job>
    /// The threads that still work.
    private let running = DispatchGroup()

    /// Opens the database at `url`, and creates the file if it is SQLite's and missing.
    ///
    /// - Parameter url: `sqlite:/path/file.db`, `sqlite::memory:`, or `postgres://…`,
    ///   `postgresql://…` as libpq reads it.
    /// - Parameter companion: What each transaction has at hand: see `Transaction.companion`.
    package static func open(
        _ url: String, options: Options = Options(), companion: (any Sendable)? = nil
    ) async throws(DatabaseError) -> Database {
        precondition(options.readers > 0, "a database needs readers: \(options.readers)")
        let driver = try await onThread("database-open") { () throws(DatabaseError) in
            let engine = try makeEngine(url, options: options)
            return options.watch.map { WatchedEngine(engine: engine, watch: $0) } ?? engine
        }
        return Database(driver: driver, options: options, companion: companion)
    }

    private init(driver: any Engine, options: Options, companion: (any Sendable)?) {
        self.driver = driver
        let measures = Measures()
        let groupCommit = GroupCommit(engine: driver, companion: companion, measures: measures)
        let writes = BoundedQueue<Job>(limit: options.waitingLimit)
        let reads = BoundedQueue<Job>(limit: options.waitingLimit)
        let running = running
        for _ in 0...driver.readers { running.enter() }
        startThread("database-write") {
            groupCommit.serve(writes)
            running.leave()
        }
        for number in 1...driver.readers {
            startThread("database-read-\(number)") {
                serveReads(reads, engine: driver, companion: companion, measures: measures)
                running.leave()
            }
        }
        (self.groupCommit, self.writes, self.reads) = (groupCommit, writes, reads)
    }

    deinit {
        // Threads hold the lines and the engine, not this object: they end when the lines do.
        writes.close()
        reads.close()
    }

    /// Runs `body` serializably, and answers when what it did is durable.
    ///
    /// Closures that wait together share one commit. An error that `body` throws undoes that body
    /// alone and is thrown here.
    ///
    /// - Parameter body: May run more than once, when another transaction or a neighbour in its
    ///   commit was in the way: it must have no effect but through its transaction.
    @discardableResult
    package func write<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        try await enqueue(body, in: writes)
    }

    /// Runs `body` on one state of the database, read-only. It sees every write answered before.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        try await enqueue(body, in: reads)
    }

    /// Refuses new work, finishes what waits, and lets go of files and connections.
    package func close() async {
        writes.close()
        reads.close()
        await withCheckedContinuation { continuation in
            running.notify(queue: .global()) { continuation.resume() }
        }
        driver.close()
    }

    private func enqueue<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T, in line: BoundedQueue<Job>
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                work: { transaction in
                    let value = try body(transaction)
                    return { continuation.resume(returning: value) }
                },
                refuse: { continuation.resume(throwing: $0) })
            do throws(DatabaseError) {
                try line.append(job)
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}

private func makeEngine(
    _ url: String, options: Database.Options
) throws(DatabaseError) -> any Engine {
    if url == "sqlite::memory:" {
        try SQLiteEngine(.memory, options: options)
    } else if url.hasPrefix("sqlite:") {
        try SQLiteEngine(.file(String(url.dropFirst("sqlite:".count))), options: options)
    } else if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
        try PostgresEngine(url, options: options)
    } else {
        throw .cannotOpen(url, why: "it begins neither with sqlite: nor with postgres://")
    }
}
