import GRDB
import GRDBSQLite

extension DatabaseError {
    /// What GRDB threw, in our words.
    init(sqlite error: any Error, sql: String) {
        if let error = error as? GRDB.DatabaseError {
            self.init(
                sqliteCode: error.extendedResultCode.rawValue,
                message: error.message ?? "\(error.extendedResultCode)", sql: sql)
        } else {
            self = .statement(sql: sql, message: "\(error)")
        }
    }

    /// - Parameter sqliteCode: Extended, as SQLite gives it: the kind is in the lower 8 bits.
    init(sqliteCode code: Int32, message: String, sql: String) {
        self =
            switch code & 0xff {
            case SQLITE_CONSTRAINT:
                .constraint(
                    Constraint(sqliteCode: code), name: constrained(message), sql: sql)
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_FULL: .full
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(message)
            case SQLITE_READONLY: .readOnly(sql: sql)
            case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL: .storage(message)
            case SQLITE_CANTOPEN: .cannotOpen("its files", why: message)
            default: .statement(sql: sql, message: message)
            }
    }
}

extension DatabaseError.Constraint {
    /// The constants of these are macros that do not reach Swift.
    fileprivate init(sqliteCode code: Int32) {
        self =
            switch code >> 8 {
            case 1: .check
            case 3: .foreignKey
            case 5: .notNull
            case 6, 8, 10: .unique  // primary key, unique, rowid
            default: .other
            }
    }
}

/// What follows the colon in `UNIQUE constraint failed: case_file.number`.
private func constrained(_ message: String) -> String {
    guard let colon = message.firstRange(of: ": ") else { return "" }
    return String(message[colon.upperBound...])
}
