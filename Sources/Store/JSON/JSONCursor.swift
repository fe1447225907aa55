package import Database

/// Reads a stored JSON text from front to back and makes only what is asked for.
///
/// For reports over every case: decoding a whole event costs some 100 µs, and most of it is about
/// things that the report does not read. Whoever reads an object consumes or skips each value.
///
/// - Note: It reads what `jsonText` wrote. Another text is either refused or read as JSON means it; a
///   number with a fraction is refused, as none is ever stored.
package struct JSONCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    /// Objects and arrays around what is read.
    private var depth = 0
    /// Deeper is nothing that was stored.
    private static let depthLimit = 64

    /// Runs `body` with a cursor at the first byte of `text`; the cursor ends with it.
    package static func read<T>(
        _ text: String, at place: String, _ body: (inout JSONCursor) throws(Malformed) -> T
    ) throws(DatabaseError) -> T {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(Malformed) in
                var cursor = JSONCursor(bytes)
                return try body(&cursor)
            }
        }
        do throws(Malformed) {
            return try result.get()
        } catch {
            throw .corrupt("\(place) cannot be read at byte \(error.byte)")
        }
    }

    /// The text is not as it must be here.
    package struct Malformed: Error, Hashable {
        package let byte: Int
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    // MARK: Values

    /// Runs `body` for each entry; it must consume the entry's value.
    package mutating func object(
        _ body: (inout JSONCursor, _ key: String) throws(Malformed) -> Void
    ) throws(Malformed) {
        try enter("{")
        defer { depth -= 1 }
        if take("}") { return }
        repeat {
            let key = try string()
            try expect(":")
            try body(&self, key)
        } while take(",")
        try expect("}")
    }

    /// Runs `body` for each item; it must consume the item.
    package mutating func array(
        _ body: (inout JSONCursor) throws(Malformed) -> Void
    ) throws(Malformed) {
        try enter("[")
        defer { depth -= 1 }
        if take("]") { return }
        repeat { try body(&self) } while take(",")
        try expect("]")
    }

    package mutating func string() throws(Malformed) -> String {
        try expect("\"")
        let start = at
        while let byte = peek, byte != quote, byte != backslash { at += 1 }
        if peek == quote {
            defer { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        return try escaped(from: start)
    }

    package mutating func integer() throws(Malformed) -> Int64 {
        blank()
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let start = at
        var value: Int64 = 0
        while let byte = peek, (48...57).contains(byte) {
            let (shifted, over) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - 48)
            let (next, under) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
            if over || under { throw malformed }
            value = next
            at += 1
        }
        if at == start || peek == UInt8(ascii: ".") || peek.map({ $0 | 32 }) == UInt8(ascii: "e") {
            throw malformed
        }
        return value
    }

    package mutating func flag() throws(Malformed) -> Bool {
        if takeWord("true") { return true }
        if takeWord("false") { return false }
        throw malformed
    }

    /// Consumes a null, if one stands here.
    package mutating func takeNull() -> Bool { takeWord("null") }

    package enum Kind { case object, array, string, number, flag, null }

    /// What stands here.
    package mutating func kind() throws(Malformed) -> Kind {
        blank()
        guard let byte = peek else { throw malformed }
        switch byte {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case quote: return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), 48...57: return .number
        default: throw malformed
        }
    }

    /// Passes over one value of any kind.
    package mutating func skip() throws(Malformed) {
        var depth = 0
        repeat {
            blank()
            switch peek {
            case quote: try skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > Self.depthLimit { throw malformed }
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { throw malformed }
                at += 1
            case nil: throw malformed
            default:
                // A control character is no part of any value, and would stay where it is for ever.
                guard let byte = peek, !isMark(byte) else { throw malformed }
                while let byte = peek, !isMark(byte) { at += 1 }
            }
        } while depth > 0
        if depth < 0 { throw malformed }
    }

    // MARK: Bytes

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }
    private var malformed: Malformed { Malformed(byte: at) }

    private mutating func blank() {
        while let byte = peek, byte == 32 || (9...13).contains(byte) { at += 1 }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        blank()
        guard peek == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(Malformed) {
        if !take(mark) { throw malformed }
    }

    /// Whoever enters leaves by taking one from `depth`; nothing was entered when it throws.
    private mutating func enter(_ mark: Unicode.Scalar) throws(Malformed) {
        try expect(mark)
        if depth == Self.depthLimit { throw malformed }
        depth += 1
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        blank()
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[at + offset] != word.utf8Start[offset] { return false }
        at += count
        return true
    }

    private func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"), 0...32,
            quote:
            true
        default: false
        }
    }

    private mutating func skipString() throws(Malformed) {
        at += 1
        while let byte = peek {
            at += byte == backslash ? 2 : 1
            if byte == quote { return }
        }
        throw malformed
    }

    /// A string with escapes: rare, so it is read again by the library.
    private mutating func escaped(from start: Int) throws(Malformed) -> String {
        at = start - 1
        try skipString()
        let literal = String(decoding: bytes[(start - 1)..<min(at, bytes.count)], as: UTF8.self)
        do {
            return try fromJSON(String.self, literal, at: "a string")
        } catch {
            throw Malformed(byte: start)
        }
    }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
