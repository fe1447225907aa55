/// Where and why a text is not JSON.
struct MalformedJSON: Error, Hashable {
    /// Both from 1; columns in bytes.
    let line: Int
    let column: Int
    let reason: Phrase
}

/// Reads strict JSON (RFC 8259): no comments, no trailing commas, no name twice in one object, no NUL.
struct JSONReader {
    static let depthLimit = 32

    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0

    static func read(_ bytes: [UInt8]) throws(MalformedJSON) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw reader.malformed("不是UTF-8文本", "the body is not UTF-8")
        }
        reader.skipSpace()
        let value = try reader.value()
        reader.skipSpace()
        guard reader.at == bytes.count else {
            throw reader.malformed("JSON之后还有多余内容", "something follows the JSON value; remove it")
        }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private func malformed(_ zh: String, _ en: String) -> MalformedJSON {
        let before = bytes[..<min(at, bytes.count)]
        let line = before.count { $0 == 10 } + 1
        let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
        return MalformedJSON(line: line, column: at - start + 1, reason: Phrase(zh, en))
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { at += 1 }
    }

    private mutating func take(_ word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private mutating func value() throws(MalformedJSON) -> JSONValue {
        switch next {
        case UInt8(ascii: "{"):
            return try nested { reader throws(MalformedJSON) in try reader.object() }
        case UInt8(ascii: "["):
            return try nested { reader throws(MalformedJSON) in try reader.array() }
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t") where take("true"): return .flag(true)
        case UInt8(ascii: "f") where take("false"): return .flag(false)
        case UInt8(ascii: "n") where take("null"): return .null
        case nil: throw malformed("JSON没有写完", "the JSON ends too early")
        case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte):
            return try number()
        default: throw malformed("此处应为一个JSON值", "a JSON value is expected here")
        }
    }

    private mutating func nested(
        _ body: (inout JSONReader) throws(MalformedJSON) -> JSONValue
    ) throws(MalformedJSON) -> JSONValue {
        guard depth < Self.depthLimit else {
            throw malformed(
                "嵌套超过\(Self.depthLimit)层", "nested deeper than \(Self.depthLimit) levels")
        }
        depth += 1
        at += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(MalformedJSON) -> JSONValue {
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if next == UInt8(ascii: "}") { at += 1; return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else {
                throw malformed("此处应为带引号的字段名", "a quoted name is expected here")
            }
            let name = try string()
            guard names.insert(name).inserted else {
                throw malformed("字段\(name)写了两次", "the name \(name) is written twice")
            }
            skipSpace()
            guard next == UInt8(ascii: ":") else {
                throw malformed("此处应为冒号", "a colon is expected here")
            }
            at += 1
            skipSpace()
            members.append(JSONValue.Member(name: name, value: try value()))
            if try ends(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array() throws(MalformedJSON) -> JSONValue {
        var values: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") { at += 1; return .array(values) }
        while true {
            skipSpace()
            values.append(try value())
            if try ends(with: UInt8(ascii: "]")) { return .array(values) }
        }
    }

    /// Steps over a comma, or over the end.
    private mutating func ends(with end: UInt8) throws(MalformedJSON) -> Bool {
        skipSpace()
        guard let byte = next, byte == end || byte == UInt8(ascii: ",") else {
            throw malformed(
                "此处应为逗号或\(Character(Unicode.Scalar(end)))",
                "a comma or \(Character(Unicode.Scalar(end))) is expected here")
        }
        at += 1
        return byte == end
    }

    private mutating func number() throws(MalformedJSON) -> JSONValue {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let whole = digits()
        guard whole.count >= 1, whole.count == 1 || bytes[whole.lowerBound] != UInt8(ascii: "0")
        else {
            throw malformed("数字写法不对", "this is not how JSON writes a number")
        }
        if next == UInt8(ascii: ".") {
            at += 1
            guard !digits().isEmpty else {
                throw malformed("小数点后缺数字", "digits are missing after the point")
            }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard !digits().isEmpty else {
                throw malformed("指数缺数字", "digits are missing in the exponent")
            }
        }
        return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func digits() -> Range<Int> {
        let start = at
        while let byte = next, (48...57).contains(byte) { at += 1 }
        return start..<at
    }

    private mutating func string() throws(MalformedJSON) -> String {
        at += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                at += 1
                text += Array(String(try escape()).utf8)
            case 0..<0x20:
                throw malformed("文本中的控制字符应转义", "control characters in a text must be escaped")
            default:
                text.append(byte)
                at += 1
            }
        }
        throw malformed("文本缺少结尾的引号", "the text has no closing quote")
    }

    private mutating func escape() throws(MalformedJSON) -> Unicode.Scalar {
        let plain: [UInt8: Unicode.Scalar] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
            UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
            UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
        ]
        guard let byte = next else { throw malformed("JSON没有写完", "the JSON ends too early") }
        if let scalar = plain[byte] { at += 1; return scalar }
        guard byte == UInt8(ascii: "u") else { throw malformed("未知的转义", "an unknown escape") }
        let high = try unit()
        guard high != 0 else {
            throw malformed("文本不能含U+0000", "a text must not contain U+0000; remove it")
        }
        guard (0xD800..<0xE000).contains(high) else {
            if let scalar = Unicode.Scalar(high) { return scalar }
            throw malformed("不是字符", "not a character")
        }
        if high < 0xDC00, next == UInt8(ascii: "\\"),
            bytes[at...].dropFirst().first == UInt8(ascii: "u")
        {
            at += 1
            let low = try unit()
            if (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                return scalar
            }
        }
        throw malformed("代理项不成对", "half of a surrogate pair stands alone")
    }

    /// Four hexadecimal digits, standing at the `u` before them.
    private mutating func unit() throws(MalformedJSON) -> UInt32 {
        let end = at + 5
        guard end <= bytes.count,
            bytes[at + 1..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: bytes[at + 1..<end], as: UTF8.self), radix: 16)
        else { throw malformed("\\u之后应为四位十六进制数", "four hexadecimal digits must follow \\u") }
        at = end
        return unit
    }
}
