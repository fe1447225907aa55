/// One thing known about a case, as a policy reads it.
///
/// Which facts there are, their types, units and allowed values is said by the edition's
/// `jurisdiction.yaml`; this type only carries them. Amounts and other fractions are text
/// (`"1200.00"`), so that nothing passes through floating point. A day is text `yyyy-MM-dd`, a
/// moment RFC 3339.
package enum Fact: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case flag(Bool)
    case list([Fact])
    case record([String: Fact])
}

/// What is known about a case, by the name of the fact.
package typealias Facts = [String: Fact]

extension Fact: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {  // The next shapes are tried in turn.
            self = .flag(flag)
        } else if let integer = try? container.decode(Int64.self) {  // As above.
            self = .integer(integer)
        } else if let text = try? container.decode(String.self) {  // As above.
            self = .text(text)
        } else if let list = try? container.decode([Fact].self) {  // As above.
            self = .list(list)
        } else if let record = try? container.decode([String: Fact].self) {  // As above.
            self = .record(record)
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "a fact is text, a whole number, true or false, a list or a record;"
                    + " write a fraction as text, such as \"12.50\"")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        case .record(let record): try container.encode(record)
        }
    }
}
