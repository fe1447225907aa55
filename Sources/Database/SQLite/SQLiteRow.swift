import GRDBSQLite

/// The row a statement of SQLite's has stepped to.
struct SQLiteRow: StandingRow {
    let statement: OpaquePointer

    func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        guard type(column) == SQLITE_INTEGER else { throw unexpected(column, "integer") }
        return sqlite3_column_int64(statement, Int32(column))
    }

    func text(_ column: Int) throws(DatabaseError) -> String {
        guard type(column) == SQLITE_TEXT else { throw unexpected(column, "text") }
        guard let start = sqlite3_column_text(statement, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func withText(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(DatabaseError) {
        guard type(column) == SQLITE_TEXT else { throw unexpected(column, "text") }
        let start = sqlite3_column_text(statement, Int32(column))
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    func withBlob(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(DatabaseError) {
        guard type(column) == SQLITE_BLOB else { throw unexpected(column, "blob") }
        let start = sqlite3_column_blob(statement, Int32(column))
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    private func type(_ column: Int) -> Int32 { sqlite3_column_type(statement, Int32(column)) }

    private func unexpected(_ column: Int, _ wanted: String) -> DatabaseError {
        let found =
            switch type(column) {
            case SQLITE_INTEGER: "integer"
            case SQLITE_TEXT: "text"
            case SQLITE_BLOB: "blob"
            case SQLITE_NULL: "null"
            default: "floating-point number"
            }
        return .unexpectedColumn(column, wanted: wanted, found: found)
    }
}
