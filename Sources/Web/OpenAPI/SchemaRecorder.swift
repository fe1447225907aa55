import Casework
import Ledger

/// The JSON Schema of a view, told by its own synthesised `Decodable`: it is asked to decode itself, and
/// what it asks for is written down. So the document cannot say anything else than the code does.
enum ViewSchema {
    /// - Returns: The schema of `type`, a reference where it is a view; each view met is added to `components`.
    static func schema(of type: any Decodable.Type, _ components: inout [String: JSONValue])
        -> JSONValue
    {
        if let leaf = leaf(type) { return leaf }
        if let optional = type as? any OptionalType.Type {
            return schema(of: optional.wrapped, &components)
        }
        if let array = type as? any ArrayType.Type {
            return .object(["type": "array", "items": schema(of: array.element, &components)])
        }
        if let dictionary = type as? any StringDictionaryType.Type {
            return .object([
                "type": "object",
                "additionalProperties": schema(of: dictionary.element, &components),
            ])
        }
        let name = String(describing: type)
        let reference: JSONValue = .object(["$ref": .text("#/components/schemas/\(name)")])
        if components[name] != nil { return reference }
        // Stands while the view is read, so that one that holds itself ends.
        components[name] = .null
        let recorder = Recorder()
        // A view is only looked at: what it makes of the placeholders does not matter.
        _ = try? type.init(from: recorder)
        var properties: [JSONValue.Member] = []
        for field in recorder.fields {
            properties.append(
                .init(name: snakeCase(field.name), value: schema(of: field.type, &components)))
        }
        let required = recorder.fields.filter { !$0.isOptional }.map {
            JSONValue.text(snakeCase($0.name))
        }
        components[name] = .object([
            "type": "object", "properties": .object(properties), "required": .array(required),
        ])
        return reference
    }

    private static func leaf(_ type: any Decodable.Type) -> JSONValue? {
        switch type {
        case is String.Type: ["type": "string"]
        case is Bool.Type: ["type": "boolean"]
        case is Int.Type, is Int64.Type: ["type": "integer", "format": "int64"]
        case is Money.Type: ["type": "integer", "format": "int64", "description": "分 / fen"]
        case is Timestamp.Type: ["type": "string", "format": "date-time"]
        case is Day.Type: ["type": "string", "format": "date"]
        case is Fact.Type:
            ["description": "文本、整数、true/false、列表或对象 / text, integer, flag, list or object"]
        default: nil
        }
    }

    /// As `JSONEncoder.KeyEncodingStrategy.convertToSnakeCase` writes our names.
    static func snakeCase(_ name: String) -> String {
        var text = ""
        for character in name {
            if character.isUppercase {
                text += "_" + character.lowercased()
            } else {
                text.append(character)
            }
        }
        return text
    }
}

private protocol OptionalType { static var wrapped: any Decodable.Type { get } }
extension Optional: OptionalType where Wrapped: Decodable {
    static var wrapped: any Decodable.Type { Wrapped.self }
}

private protocol ArrayType { static var element: any Decodable.Type { get } }
extension Array: ArrayType where Element: Decodable {
    static var element: any Decodable.Type { Element.self }
}

private protocol StringDictionaryType { static var element: any Decodable.Type { get } }
extension Dictionary: StringDictionaryType where Key == String, Value: Decodable {
    static var element: any Decodable.Type { Value.self }
}

/// A decoder that decodes nothing and notes what it is asked for. It answers with placeholders made by
/// the same trick, so that the asking goes on to the last field.
private final class Recorder: Decoder {
    struct Field {
        let name: String
        let type: any Decodable.Type
        let isOptional: Bool
    }

    var fields: [Field] = []
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Container<Key>(recorder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotAView() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NotAView() }

    struct NotAView: Error {}

    static func placeholder<T: Decodable>(_ type: T.Type) throws -> T {
        let simple: Any? =
            switch type {
            case is String.Type: ""
            case is Bool.Type: false
            case is Int.Type: 0
            case is Int64.Type: Int64(0)
            case is Money.Type: Money.zero
            case is Timestamp.Type: Timestamp("")
            case is Day.Type: Day.epoch
            case is Fact.Type: Fact.flag(false)
            default: nil
            }
        if let simple = simple as? T { return simple }
        if let array = [Never]() as? T { return array }
        if let dictionary = [String: Never]() as? T { return dictionary }
        return try T(from: Recorder())
    }
}

private struct Container<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: Recorder
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    private func note(_ key: Key, _ type: any Decodable.Type, isOptional: Bool) {
        recorder.fields.append(.init(name: key.stringValue, type: type, isOptional: isOptional))
    }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { true }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        note(key, type, isOptional: false)
        return try Recorder.placeholder(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        note(key, type, isOptional: true)
        return nil
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        note(key, type, isOptional: true)
        return nil
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        note(key, type, isOptional: true)
        return nil
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        note(key, type, isOptional: true)
        return nil
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        note(key, type, isOptional: true)
        return nil
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try noted(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try noted(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { throw Recorder.NotAView() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { throw Recorder.NotAView() }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try noted(type, key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { throw Recorder.NotAView() }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { throw Recorder.NotAView() }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { throw Recorder.NotAView() }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try noted(type, key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { throw Recorder.NotAView() }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { throw Recorder.NotAView() }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { throw Recorder.NotAView() }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { throw Recorder.NotAView() }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { throw Recorder.NotAView() }

    private func noted<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
        note(key, type, isOptional: false)
        return try Recorder.placeholder(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> { throw Recorder.NotAView() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw Recorder.NotAView()
    }
    func superDecoder() throws -> any Decoder { throw Recorder.NotAView() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Recorder.NotAView() }
}
