/// Which database stands behind a `Database`.
package enum EngineKind: String, Hashable, Sendable { case sqlite, postgres }

/// One connection to an engine: used by one thread at a time, one call after another.
protocol Connection {
    func rows(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> [Row]
    /// The rows of each of several statements that read. On a server they travel together.
    func rows(ofAll statements: [SQL]) throws(DatabaseError) -> [[Row]]
    /// Hands `body` each row where it stands, without copying it first.
    func each(
        _ text: String, _ values: [SQLValue],
        _ body: (any StandingRow) throws(DatabaseError) -> Void
    ) throws(DatabaseError)
    /// Answers how many rows were inserted, changed or deleted.
    func run(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> Int
    /// Runs a statement whose answer nobody needs. On a server it travels with the next one that is
    /// answered, and what it failed with is thrown there, or by `settle`.
    func put(_ text: String, _ values: [SQLValue]) throws(DatabaseError)
    /// Returns when all that was put is done.
    func settle() throws(DatabaseError)
    /// Runs several statements without values.
    func script(_ text: String) throws(DatabaseError)
    func control(_ step: ControlStep) throws(DatabaseError)
}

/// How a transaction begins and ends. `begin` is for writing, and serializable.
enum ControlStep: String {
    case begin, commit, rollback
    /// Sets the mark that `undo` goes back to.
    case savepoint
    /// Keeps what was done since the mark, and removes the mark.
    case release
    /// Drops what was done since the mark, and removes the mark.
    case undo
}

/// A database that hands out connections. All its calls block: they belong on threads of our own.
///
/// Two engines conform, `SQLiteEngine` and `PostgresEngine`.
protocol Engine: Sendable {
    var kind: EngineKind { get }
    /// How many reads can run beside each other.
    var readers: Int { get }

    /// Runs `body` with the connection that writes, outside any transaction.
    func writing<Result>(
        _ body: (any Connection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result

    /// Runs `body` in a read-only transaction: it sees one state of the database.
    func reading<Result>(
        _ body: (any Connection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result

    /// Runs `body` as `writing` does, while no other program migrates the same database.
    func migrating<Result>(
        _ body: (any Connection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result

    /// Lets go of files and connections. Nothing runs any more.
    func close()
}
