/// One statement: its text with `$1, $2 …`, and the values for them.
///
/// Written by string interpolation, so that no value ever becomes part of the text:
/// `"select stage from case_file where id = \(id) and due_ms < \(cutoffMs)"`. The text must stay in
/// the subset that both engines read alike (`docs/ARCHITECTURE.md`, "Two engines, one SQL").
package struct SQL: Sendable, Hashable {
    /// The literal parts around the values: always one more than there are values.
    private(set) var parts: [String]
    /// In the order of their numbers.
    package private(set) var values: [SQLValue]

    /// The text as both engines read it, values numbered in order from `$1`.
    package var text: String {
        guard parts.count > 1 else { return parts[0] }
        var text = ""
        text.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 4 })
        text += parts[0]
        for number in 1..<parts.count {
            text += "$"
            text += String(number)
            text += parts[number]
        }
        return text
    }

    /// A statement made of parts and the values between them.
    ///
    /// - Precondition: There is one more part than there are values.
    init(parts: [String], values: [SQLValue]) {
        precondition(
            parts.count == values.count + 1, "\(parts.count) parts, \(values.count) values")
        self.parts = parts
        self.values = values
    }
}

/// A value as both engines keep it. There are no floating-point numbers and no booleans.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    /// Without U+0000, which PostgreSQL cannot keep: a statement with one is refused.
    case text(String)
    case blob([UInt8])
}

extension SQLValue {
    package init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
    package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    package init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
    package init(_ value: [UInt8]?) { self = value.map(SQLValue.blob) ?? .null }
}

extension SQL: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        parts = [text]
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
        values = stringInterpolation.values
    }

    /// Collects literal text and values. Other targets add overloads for their own types, each of
    /// which ends in `appendInterpolation(SQLValue)`.
    package struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var parts: [String] = [""]
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            // Assigned where possible: a literal then stays what it is, and nothing is copied.
            if parts[parts.count - 1].isEmpty {
                parts[parts.count - 1] = literal
            } else {
                parts[parts.count - 1] += literal
            }
        }

        package mutating func appendInterpolation(_ value: SQLValue) {
            values.append(value)
            parts.append("")
        }

        package mutating func appendInterpolation(_ value: Int64?) {
            appendInterpolation(SQLValue(value))
        }

        package mutating func appendInterpolation(_ value: Int?) {
            appendInterpolation(SQLValue(value))
        }

        package mutating func appendInterpolation(_ value: String?) {
            appendInterpolation(SQLValue(value))
        }

        package mutating func appendInterpolation(_ value: [UInt8]?) {
            appendInterpolation(SQLValue(value))
        }

        /// Text of our own sources, such as a list of columns. It cannot come from outside.
        package mutating func appendInterpolation(raw text: StaticString) {
            appendLiteral(text.description)
        }

        /// Another statement's text and values, numbered on from here.
        package mutating func appendInterpolation(sql: SQL) {
            appendLiteral(sql.parts[0])
            for (value, part) in zip(sql.values, sql.parts.dropFirst()) {
                appendInterpolation(value)
                appendLiteral(part)
            }
        }

        /// The values with commas between: `where id in (\(list: ids))`. No values give `null`.
        ///
        /// The last value is repeated up to a power of two, which changes no `in`, so that the
        /// engines see few different texts and keep the statements prepared. At most 2,048 values:
        /// a statement takes `Transaction.valueLimit`.
        package mutating func appendInterpolation(list: [SQLValue]) {
            guard let last = list.last else { return appendLiteral("null") }
            var count = 1
            while count < list.count { count *= 2 }
            for index in 0..<count {
                if index > 0 { appendLiteral(", ") }
                appendInterpolation(index < list.count ? list[index] : last)
            }
        }
    }
}
