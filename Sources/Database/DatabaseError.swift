/// Why the database did not do what was asked. Unless a case says otherwise, nothing was changed.
package enum DatabaseError: Error, Equatable, Sendable {
    /// `database` (a path, or a URL without its password) cannot be opened.
    case cannotOpen(String, why: String)
    /// A constraint of the schema refused the statement.
    ///
    /// `name` is what the engine calls it: SQLite names columns (`case_file.number`), PostgreSQL the
    /// constraint (`case_file_number_key`). Branch on the kind alone.
    case constraint(Constraint, name: String, sql: String)
    /// The engine refused the statement for any other reason.
    case statement(sql: String, message: String)
    /// A read tried to write.
    case readOnly(sql: String)
    /// A text to be kept contains U+0000.
    case nulInText(sql: String)
    /// A column is missing or holds another type than the reader wanted. Also for a floating-point
    /// number, or a column type of PostgreSQL that is not in our subset.
    case unexpectedColumn(Int, wanted: String, found: String)
    /// Too much waits already, or another process holds the database. Trying later can help.
    case busy
    /// Other transactions won each of the reruns. Trying later can help.
    case conflict
    /// The disk, or the quota on it, is full.
    case full
    /// The engine could not read or write its files.
    case storage(String)
    /// The file is damaged, or is no database.
    case corrupt(String)
    /// The server cannot be reached.
    case lost
    /// The connection or the disk failed during COMMIT: it may or may not have happened. Read first.
    case commitUnknown
    /// The database was closed.
    case closed
    /// The database has the schema step `id`, which this program does not know: it is too old.
    case schemaAhead(String)
    /// The schema step `id` was applied with another text than this program has.
    case schemaEdited(String)

    package enum Constraint: Hashable, Sendable {
        case unique, foreignKey, notNull, check
        /// For example a text in an integer column of a strict table.
        case other
    }
}

extension DatabaseError {
    /// Whether the transaction as a whole failed, and with it the closures that share its commit.
    var endsTransaction: Bool {
        switch self {
        case .busy, .conflict, .full, .storage, .corrupt, .lost, .commitUnknown, .cannotOpen,
            .closed:
            true
        case .constraint, .statement, .readOnly, .nulInText, .unexpectedColumn, .schemaAhead,
            .schemaEdited:
            false
        }
    }

    /// Whether the same work may succeed at once when done again.
    var isPassing: Bool { self == .conflict || self == .lost }
}
