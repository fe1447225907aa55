import CPostgres

/// One row of an answer of the server.
struct PostgresRow: StandingRow {
    let result: PostgresResult
    let row: Int32

    func isNull(_ column: Int) -> Bool { result.bytes(row, Int32(column)) == nil }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        guard case .integer(let value) = try result.value(row, Int32(column)) else {
            throw unexpected(column, "integer")
        }
        return value
    }

    func text(_ column: Int) throws(DatabaseError) -> String {
        guard result.isText(Int32(column)), let bytes = result.bytes(row, Int32(column)) else {
            throw unexpected(column, "text")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func withText(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(DatabaseError) {
        guard result.isText(Int32(column)), let bytes = result.bytes(row, Int32(column)) else {
            throw unexpected(column, "text")
        }
        body(bytes)
    }

    /// The server sends bytes as hexadecimal digits.
    func withBlob(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(DatabaseError) {
        guard case .blob(let bytes) = try result.value(row, Int32(column)) else {
            throw unexpected(column, "blob")
        }
        bytes.withUnsafeBytes { body($0) }
    }

    private func unexpected(_ column: Int, _ wanted: String) -> DatabaseError {
        let found =
            switch try? result.value(row, Int32(column)) {  // Its own error would say no more.
            case .integer: "integer"
            case .text: "text"
            case .blob: "blob"
            case .null: "null"
            case nil: "another type"
            }
        return .unexpectedColumn(column, wanted: wanted, found: found)
    }
}
