/// The identity of an `Entity`: a text that no other `Entity` of the office bears.
///
/// The type parameter keeps the id of one kind of thing from being handed in for another's.
public struct ID<Entity>: Hashable, Comparable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func < (a: ID, b: ID) -> Bool { a.text < b.text }
}

extension ID: CustomStringConvertible {
    public var description: String { text }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
