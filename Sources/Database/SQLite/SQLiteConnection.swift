import GRDB
import GRDBSQLite

/// One connection of GRDB's, with rows read by SQLite's own calls: GRDB's rows cost twice as much.
struct SQLiteConnection: Connection {
    private let database: GRDB.Database

    /// - Parameter database: Valid as long as GRDB's closure that gave it, and so is this.
    init(_ database: GRDB.Database) { self.database = database }

    func rows(ofAll statements: [SQL]) throws(DatabaseError) -> [[Row]] {
        try statements.map { sql throws(DatabaseError) in try rows(sql.text, sql.values) }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> [Row] {
        let statement = try prepare(text, values)
        defer { reset(statement) }
        var rows: [Row] = []
        while try step(statement, text) {
            let columns = sqlite3_column_count(statement)
            var values: [SQLValue] = []
            values.reserveCapacity(Int(columns))
            for column in 0..<columns { values.append(try value(statement, column)) }
            rows.append(Row(values))
        }
        return rows
    }

    func each(
        _ text: String, _ values: [SQLValue],
        _ body: (any StandingRow) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        let statement = try prepare(text, values)
        defer { reset(statement) }
        let row = SQLiteRow(statement: statement)
        while try step(statement, text) { try body(row) }
    }

    func run(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> Int {
        let before = sqlite3_total_changes(database.sqliteConnection)
        let statement = try prepare(text, values)
        defer { reset(statement) }
        while try step(statement, text) {}
        // `changes` speaks of the last statement that changed anything, which may be an older one.
        let hasChanged = sqlite3_total_changes(database.sqliteConnection) != before
        return hasChanged ? Int(sqlite3_changes(database.sqliteConnection)) : 0
    }

    func put(_ text: String, _ values: [SQLValue]) throws(DatabaseError) {
        _ = try run(text, values)
    }

    func settle() {}

    func script(_ text: String) throws(DatabaseError) {
        do {
            try database.execute(sql: text)
        } catch {
            throw DatabaseError(sqlite: error, sql: text)
        }
    }

    func control(_ step: ControlStep) throws(DatabaseError) {
        let isInside = database.isInsideTransaction
        switch step {
        case .begin:
            if isInside { try script("rollback") }
            try execute("begin immediate")
        case .commit:
            do throws(DatabaseError) {
                try execute("commit")
            } catch {
                // The log may have reached the disk before it failed.
                if case .storage = error { throw .commitUnknown }
                throw error
            }
        // SQLite rolls back by itself when the disk is full or fails.
        case .rollback: if isInside { try execute("rollback") }
        case .savepoint: try execute("savepoint job")
        case .release: try execute("release job")
        case .undo:
            try execute("rollback to job")
            try execute("release job")
        }
    }

    /// Through GRDB, which follows where transactions begin and end.
    private func execute(_ text: String) throws(DatabaseError) {
        do {
            try database.cachedStatement(sql: text).execute()
        } catch {
            throw DatabaseError(sqlite: error, sql: text)
        }
    }

    private func prepare(
        _ text: String, _ values: [SQLValue]
    ) throws(DatabaseError) -> OpaquePointer {
        let statement: OpaquePointer
        do {
            statement = try database.cachedStatement(sql: text).sqliteStatement
        } catch {
            throw DatabaseError(sqlite: error, sql: text)
        }
        let count = Int(sqlite3_bind_parameter_count(statement))
        guard count == values.count else {
            throw .statement(sql: text, message: "\(count) parameters, \(values.count) values")
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, to: Int32(index + 1), of: statement)
            guard code == SQLITE_OK else { throw failure(code, text) }
        }
        return statement
    }

    private func bind(_ value: SQLValue, to index: Int32, of statement: OpaquePointer) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): sqlite3_bind_int64(statement, index, value)
        case .text(var value):
            value.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { bytes in
                    // SQLite takes no address as null: an empty text may have none.
                    sqlite3_bind_text64(
                        statement, index, bytes.baseAddress ?? emptyText, UInt64(bytes.count),
                        copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, index, 0)
        case .blob(let bytes):
            sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), copied)
        }
    }

    /// Answers whether there is a row.
    private func step(_ statement: OpaquePointer, _ text: String) throws(DatabaseError) -> Bool {
        let code = sqlite3_step(statement)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure(code, text)
        }
    }

    private func reset(_ statement: OpaquePointer) {
        // It answers with the error of the last step, which is known.
        _ = sqlite3_reset(statement)
        _ = sqlite3_clear_bindings(statement)
    }

    private func value(
        _ statement: OpaquePointer, _ column: Int32
    ) throws(DatabaseError) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(statement, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(
                String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = sqlite3_column_blob(statement, column) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
        default:
            throw .unexpectedColumn(
                Int(column), wanted: "integer, text or blob", found: "floating-point number")
        }
    }

    private func failure(_ code: Int32, _ text: String) -> DatabaseError {
        let message = sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) } ?? ""
        return DatabaseError(sqliteCode: code, message: message, sql: text)
    }
}

/// `SQLITE_TRANSIENT`: SQLite copies the bytes before the call returns.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

private nonisolated(unsafe) let emptyText: UnsafePointer<CChar> = {
    let start = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    start.initialize(to: 0)
    return UnsafePointer(start)
}()
