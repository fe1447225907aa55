import FoundationEssentials

/// Writes values in the shape that is stored and answered: JSON with the keys of every object in the order of
/// their bytes, no space, slashes as they are.
///
/// The same bytes as Foundation's `JSONEncoder` with `.sortedKeys` and `.withoutEscapingSlashes`, and where it is
/// wanted `.convertToSnakeCase`, to which the tests hold it. Writing events was a quarter of the office's time: Foundation keeps a dictionary for
/// every object and a box for every value. See `docs/decisions/0010-stored-json.md`.
///
/// - Note: What Foundation writes in a way of its own (dates, data, fractions) is refused: nothing stored
///   holds any.
package enum SortedJSONEncoder {
    /// How the names of fields are written. Keys of dictionaries are data, and stay.
    package enum Names: Sendable { case asTheyAre, snakeCase }

    package static func bytes(
        of value: some Encodable, names: Names = .asTheyAre
    ) throws -> [UInt8] {
        let writer = JSONWriter(names: names)
        let piece = try writer.piece(of: value)
        return writer.sheet.text(of: piece)
    }
}

/// The encoder that values see: one for a whole text. What a value is made of is on the sheet when its
/// `encode(to:)` returns, and where it lies in `result`.
final class JSONWriter: Encoder {
    fileprivate(set) var sheet = JSONSheet()
    fileprivate var result: JSONSheet.Piece?
    /// What is being written, for `JSONObject.isRenamed`.
    private var type: any Encodable.Type = Never.self
    private let names: SortedJSONEncoder.Names

    init(names: SortedJSONEncoder.Names) { self.names = names }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func piece<T: Encodable>(of value: T) throws -> JSONSheet.Piece {
        if T.self == Date.self || T.self == Data.self || T.self == URL.self
            || T.self == Decimal.self
        {
            throw neverStored(value)
        }
        let outer = (result, type)
        (result, type) = (nil, T.self)
        defer { (result, type) = outer }
        try value.encode(to: self)
        return result ?? .node(sheet.open(isObject: true))
    }

    func container<Key>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            JSONObject<Key>(writer: self, node: node(isObject: true), isRenamed: renames()))
    }

    fileprivate func renames() -> Bool {
        names == .snakeCase && !(type is any KeyedByText.Type)
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArray(writer: self, node: node(isObject: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONLeaf(writer: self) }

    /// A value that asks twice for its container goes on with the same one.
    private func node(isObject: Bool) -> Int32 {
        if case .node(let open)? = result, sheet.isObject(open) == isObject { return open }
        let node = sheet.open(isObject: isObject)
        result = .node(node)
        return node
    }

    fileprivate func nested(
        isObject: Bool, under key: Range<Int32> = 0..<0, in node: Int32
    ) -> Int32 {
        let inner = sheet.open(isObject: isObject)
        sheet.add(.node(inner), under: key, to: node)
        return inner
    }
}

private func neverStored(_ value: Any) -> EncodingError {
    .invalidValue(
        value, .init(codingPath: [], debugDescription: "a \(type(of: value)) is never stored"))
}

/// A dictionary whose keys are texts: Foundation leaves those as they are, and no others.
private protocol KeyedByText {}
extension Dictionary: KeyedByText where Key == String, Value: Encodable {}

private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let node: Int32
    let isRenamed: Bool

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { add(key) { $0.leaf("null") } }
    func encode(_ value: Bool, forKey key: Key) {
        add(key) { $0.leaf(value ? "true" : "false") }
    }
    func encode(_ value: String, forKey key: Key) { add(key) { $0.leaf(quoting: value) } }
    func encode(_ value: Int, forKey key: Key) { add(key) { $0.leaf(value) } }
    func encode(_ value: Int64, forKey key: Key) { add(key) { $0.leaf(value) } }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        let key = name(key)
        let piece = try writer.piece(of: value)
        writer.sheet.add(piece, under: key, to: node)
    }

    private func name(_ key: Key) -> Range<Int32> {
        isRenamed
            ? writer.sheet.key(snakeCase: key.stringValue) : writer.sheet.key(key.stringValue)
    }

    private func add(_ key: Key, _ leaf: (inout JSONSheet) -> JSONSheet.Piece) {
        let key = name(key)
        let value = leaf(&writer.sheet)
        writer.sheet.add(value, under: key, to: node)
    }

    func nestedContainer<Inner>(
        keyedBy: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        let key = name(key)
        return KeyedEncodingContainer(
            JSONObject<Inner>(
                writer: writer, node: writer.nested(isObject: true, under: key, in: node),
                isRenamed: isRenamed))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let key = name(key)
        return JSONArray(
            writer: writer, node: writer.nested(isObject: false, under: key, in: node))
    }

    func superEncoder() -> any Encoder { preconditionFailure("nothing stored has a superclass") }
    func superEncoder(forKey: Key) -> any Encoder { superEncoder() }
}

private struct JSONArray: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let node: Int32

    var codingPath: [any CodingKey] { [] }
    var count: Int { writer.sheet.count(of: node) }

    func encodeNil() { add(writer.sheet.leaf("null")) }
    func encode(_ value: String) { add(writer.sheet.leaf(quoting: value)) }
    func encode<T: Encodable>(_ value: T) throws { add(try writer.piece(of: value)) }

    private func add(_ piece: JSONSheet.Piece) { writer.sheet.add(piece, to: node) }

    func nestedContainer<Inner>(keyedBy: Inner.Type) -> KeyedEncodingContainer<Inner> {
        KeyedEncodingContainer(
            JSONObject<Inner>(
                writer: writer, node: writer.nested(isObject: true, in: node),
                isRenamed: writer.renames()))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArray(writer: writer, node: writer.nested(isObject: false, in: node))
    }

    func superEncoder() -> any Encoder { preconditionFailure("nothing stored has a superclass") }
}

private struct JSONLeaf: SingleValueEncodingContainer {
    let writer: JSONWriter

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writer.result = writer.sheet.leaf("null") }
    func encode(_ value: Bool) { writer.result = writer.sheet.leaf(value ? "true" : "false") }
    func encode(_ value: String) { writer.result = writer.sheet.leaf(quoting: value) }
    func encode(_ value: Int) { number(value) }
    func encode(_ value: Int8) { number(value) }
    func encode(_ value: Int16) { number(value) }
    func encode(_ value: Int32) { number(value) }
    func encode(_ value: Int64) { number(value) }
    func encode(_ value: Int128) { number(value) }
    func encode(_ value: UInt) { number(value) }
    func encode(_ value: UInt8) { number(value) }
    func encode(_ value: UInt16) { number(value) }
    func encode(_ value: UInt32) { number(value) }
    func encode(_ value: UInt64) { number(value) }
    func encode(_ value: UInt128) { number(value) }
    func encode<T: Encodable>(_ value: T) throws {
        // It would come back here for ever: a fraction has no coding but this.
        if value is any BinaryFloatingPoint { throw neverStored(value) }
        writer.result = try writer.piece(of: value)
    }

    private func number(_ value: some FixedWidthInteger) {
        writer.result = writer.sheet.leaf(value)
    }
}
