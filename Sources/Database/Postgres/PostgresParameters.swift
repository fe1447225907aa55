import CPostgres

/// The types of the subset, and those that come back for them, as `pg_type` numbers them.
enum PostgresType {
    static let bool: Oid = 16
    static let bytes: Oid = 17
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let bpchar: Oid = 1042
    static let varchar: Oid = 1043
    static let numeric: Oid = 1700
    /// The server takes the type from where the parameter stands.
    static let inferred: Oid = 0
}

/// The values of a statement in libpq's shape: integers and texts as text, bytes as they are.
struct PostgresParameters {
    private(set) var types: [Oid] = []
    /// All values one after another, each with a zero behind it.
    private var bytes: [UInt8] = []
    /// Where each value begins; nil for null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) {
        types.reserveCapacity(values.count)
        starts.reserveCapacity(values.count)
        for value in values { append(value) }
    }

    private mutating func append(_ value: SQLValue) {
        let start = bytes.count
        var format: Int32 = 0
        switch value {
        case .null: types.append(PostgresType.inferred)
        case .integer(let value):
            types.append(PostgresType.int8)
            bytes += String(value).utf8
        case .text(let value):
            types.append(PostgresType.inferred)
            bytes += value.utf8
        case .blob(let value):
            types.append(PostgresType.bytes)
            bytes += value
            format = 1
        }
        starts.append(value == .null ? nil : start)
        lengths.append(Int32(clamping: bytes.count - start))
        formats.append(format)
        bytes.append(0)
    }

    /// Asks the server to run the prepared statement `name`. Answers whether it could be sent.
    func send(_ name: String, to handle: OpaquePointer) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
                let pointers = starts.map { start in
                    start.flatMap { start in buffer.baseAddress.map { $0 + start } }
                }
                return PQsendQueryPrepared(
                    handle, name, Int32(pointers.count), pointers, lengths, formats, 0) == 1
            }
        }
    }
}
