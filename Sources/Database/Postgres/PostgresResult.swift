import CPostgres

/// An answer of the server. It frees itself.
final class PostgresResult {
    private let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// `INSERT 0 3`, `COMMIT` and so on.
    var command: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

    /// How many rows were inserted, changed or deleted.
    var changes: Int {
        guard !command.hasPrefix("SELECT"), let count = PQcmdTuples(pointer) else { return 0 }
        return Int(String(cString: count)) ?? 0
    }

    func rows() throws(DatabaseError) -> [Row] {
        let width = PQnfields(pointer)
        let types = (0..<width).map { PQftype(pointer, $0) }
        var rows: [Row] = []
        for row in 0..<PQntuples(pointer) {
            var values: [SQLValue] = []
            values.reserveCapacity(types.count)
            for column in 0..<width {
                values.append(try value(row, column, types[Int(column)]))
            }
            rows.append(Row(values))
        }
        return rows
    }

    /// Hands `body` each row where it stands.
    func each(_ body: (any StandingRow) throws(DatabaseError) -> Void) throws(DatabaseError) {
        for row in 0..<PQntuples(pointer) { try body(PostgresRow(result: self, row: row)) }
    }

    /// What the server sent for a value, valid as long as this; nil for null and past the last column.
    func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
        guard column < PQnfields(pointer), PQgetisnull(pointer, row, column) == 0,
            let start = PQgetvalue(pointer, row, column)
        else { return nil }
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(pointer, row, column)))
    }

    func isText(_ column: Int32) -> Bool {
        switch PQftype(pointer, column) {
        case PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name: true
        default: false
        }
    }

    func value(_ row: Int32, _ column: Int32) throws(DatabaseError) -> SQLValue {
        try value(row, column, PQftype(pointer, column))
    }

    private func value(
        _ row: Int32, _ column: Int32, _ type: Oid
    ) throws(DatabaseError) -> SQLValue {
        guard let bytes = bytes(row, column) else { return .null }
        switch type {
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.numeric:
            guard let value = Int64(String(decoding: bytes, as: UTF8.self)) else {
                throw .unexpectedColumn(
                    Int(column), wanted: "integer", found: "number that is not whole or too large")
            }
            return .integer(value)
        case PostgresType.bool: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name:
            return .text(String(decoding: bytes, as: UTF8.self))
        case PostgresType.bytes:
            guard let value = decodedHex(bytes) else {
                throw .unexpectedColumn(Int(column), wanted: "blob", found: "bytes not in hex")
            }
            return .blob(value)
        default:
            throw .unexpectedColumn(
                Int(column), wanted: "integer, text or blob", found: "type \(type)")
        }
    }

    /// What went wrong, or nil.
    ///
    /// - Parameter isLost: Whether the connection is gone, which explains all else.
    func error(sql: String, isLost: Bool) -> DatabaseError? {
        switch status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return nil
        default: break
        }
        guard !isLost, let state = field("C") else { return .lost }
        return DatabaseError(
            postgresState: state, message: field("M") ?? "",
            constrained: field("n") ?? field("c") ?? "", sql: sql)
    }

    /// A field of an error, by the letter that the protocol gives it.
    private func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, Int32(letter.value)).map { String(cString: $0) }
    }
}

/// The bytes of `\x00ff`, or nil.
private func decodedHex(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count.isMultiple(of: 2), text.starts(with: "\\x".utf8) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for index in stride(from: 2, to: text.count, by: 2) {
        guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes
}

private func digit(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): letter - UInt8(ascii: "a") + 10
    default: nil
    }
}
