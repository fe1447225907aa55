import GRDB

/// Makes a SQLite file whole by itself: what its log holds goes into it, and the log is gone.
///
/// - Precondition: Nobody else has it open; else it throws `busy`.
package func foldLog(ofFile path: String) throws(DatabaseError) {
    do {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "pragma wal_checkpoint(truncate)")
            // Leaving the mode fails while a part of the log is not in the file.
            try database.execute(sql: "pragma journal_mode = delete")
        }
        try queue.close()
    } catch {
        throw DatabaseError(sqlite: error, sql: "pragma journal_mode = delete")
    }
}
