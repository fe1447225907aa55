/// What is about to happen on the way to the engine, or has just happened.
package enum Passage: Hashable, Sendable {
    /// A transaction that reads is about to begin.
    case reading
    /// A transaction that writes is about to begin.
    case begin
    /// A statement within one that writes.
    case statement
    case commit
    /// It is durable, and nobody has been told.
    case committed
}

/// Called on the database's own threads. What it throws is taken for the engine's own error, so the
/// statement, or the commit, is not made; after `committed`, throw `commitUnknown`.
///
/// `commitUnknown` before a commit rolls back first, as the connection would have gone with the work undone.
package typealias Watch = @Sendable (Passage) throws(DatabaseError) -> Void

/// An engine with somebody in the way, to try what no engine does on demand: a full disk, a connection that
/// goes, an end at any statement.
struct WatchedEngine: Engine {
    let engine: any Engine
    let watch: Watch

    var kind: EngineKind { engine.kind }
    var readers: Int { engine.readers }

    func writing<Result>(
        _ body: (any Connection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        // Before the engine's own lock is taken: whoever watches may let another server work meanwhile.
        try watch(.begin)
        return try engine.writing { connection throws(DatabaseError) in
            try body(WatchedConnection(connection: connection, watch: watch))
        }
    }

    func reading<Result>(
        _ body: (any Connection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try watch(.reading)
        return try engine.reading(body)
    }

    func migrating<Result>(
        _ body: (any Connection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try engine.migrating { connection throws(DatabaseError) in
            try body(WatchedConnection(connection: connection, watch: watch))
        }
    }

    func close() { engine.close() }
}

private struct WatchedConnection: Connection {
    let connection: any Connection
    let watch: Watch

    func rows(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> [Row] {
        try watch(.statement)
        return try connection.rows(text, values)
    }

    func rows(ofAll statements: [SQL]) throws(DatabaseError) -> [[Row]] {
        for _ in statements { try watch(.statement) }
        return try connection.rows(ofAll: statements)
    }

    func each(
        _ text: String, _ values: [SQLValue],
        _ body: (any StandingRow) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        try watch(.statement)
        try connection.each(text, values, body)
    }

    func run(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> Int {
        try watch(.statement)
        return try connection.run(text, values)
    }

    func put(_ text: String, _ values: [SQLValue]) throws(DatabaseError) {
        try watch(.statement)
        try connection.put(text, values)
    }

    func settle() throws(DatabaseError) { try connection.settle() }

    func script(_ text: String) throws(DatabaseError) {
        try watch(.statement)
        try connection.script(text)
    }

    func control(_ step: ControlStep) throws(DatabaseError) {
        guard step == .commit else { return try connection.control(step) }
        do throws(DatabaseError) {
            try watch(.commit)
        } catch {
            if error == .commitUnknown { try connection.control(.rollback) }
            throw error
        }
        try connection.control(.commit)
        try watch(.committed)
    }
}
