/// A piece of FEEL text. Names are made of several; which, only the parser knows.
struct Token: Sendable {
    enum Kind: Sendable { case word, number, string, temporal, symbol, end }

    let kind: Kind
    /// The text as written; for strings and temporal literals, without quotes and escapes.
    let text: String
    /// Code points from the start of the expression, of the first and after the last.
    let start: Int
    let end: Int
}

/// Why a text is not FEEL: where, and what to do.
public struct SyntaxError: Error, Hashable, Sendable {
    /// What is wrong, and how to mend it.
    public let wording: Wording
    /// 1-based, within the expression.
    public let line: Int
    /// 1-based, in code points.
    public let column: Int

    public var message: String { wording.english }
}

/// Cuts FEEL text into tokens; spaces and comments separate and vanish.
struct Lexer {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    static func tokens(of text: String) throws(SyntaxError) -> [Token] {
        var lexer = Lexer(text)
        guard lexer.scalars.count <= Limits.expressionScalars else {
            throw lexer.error(.tooLong, at: 0)
        }
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        let end = lexer.scalars.count
        tokens.append(Token(kind: .end, text: "", start: end, end: end))
        return tokens
    }

    /// The pieces of a name, as they would be met in an expression.
    static func pieces(ofName name: String) -> [String] {
        (try? tokens(of: name).dropLast().map(\.text)) ?? [name]  // an odd name is one piece
    }

    private func error(_ wording: Wording, at offset: Int) -> SyntaxError {
        SyntaxError.at(offset, of: scalars, wording)
    }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    private mutating func next() throws(SyntaxError) -> Token? {
        try skipSpace()
        guard let scalar = peek() else { return nil }
        let start = index
        if scalar == "\"" {
            return Token(kind: .string, text: try string(), start: start, end: index)
        }
        if scalar == "@", peek(1) == "\"" {
            index += 1
            return Token(kind: .temporal, text: try string(), start: start, end: index)
        }
        if scalar.isDigit || scalar == "." && peek(1)?.isDigit == true && !followsWordOrDot(start) {
            return number(from: start)
        }
        if scalar.startsWord {
            index += 1
            while let next = peek(), next.continuesWord { index += 1 }
            return token(.word, from: start)
        }
        index += 1
        if let next = peek(), Self.pairs.contains("\(scalar)\(next)") { index += 1 }
        return token(.symbol, from: start)
    }

    private static let pairs: Set<String> = ["**", "..", "<=", ">=", "!=", "->"]

    private func followsWordOrDot(_ offset: Int) -> Bool {
        offset > 0 && (scalars[offset - 1].continuesWord || scalars[offset - 1] == ".")
    }

    private func token(_ kind: Token.Kind, from start: Int) -> Token {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<index])
        return Token(kind: kind, text: String(text), start: start, end: index)
    }

    private mutating func skipSpace() throws(SyntaxError) {
        while let scalar = peek() {
            if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
                index += 1
            } else if scalar == "/", peek(1) == "/" {
                while let next = peek(), next != "\n" { index += 1 }
            } else if scalar == "/", peek(1) == "*" {
                let start = index
                index += 2
                while !(peek() == "*" && peek(1) == "/") {
                    guard peek() != nil else {
                        throw error(.unclosedComment, at: start)
                    }
                    index += 1
                }
                index += 2
            } else {
                return
            }
        }
    }

    private mutating func number(from start: Int) -> Token {
        while peek()?.isDigit == true { index += 1 }
        if peek() == ".", peek(1)?.isDigit == true {
            index += 1
            while peek()?.isDigit == true { index += 1 }
        }
        if let letter = peek(), letter == "e" || letter == "E" {
            let signed = peek(1) == "+" || peek(1) == "-" ? 2 : 1
            if peek(signed)?.isDigit == true {
                index += signed
                while peek()?.isDigit == true { index += 1 }
            }
        }
        return token(.number, from: start)
    }

    private mutating func string() throws(SyntaxError) -> String {
        let start = index
        index += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek() {
            index += 1
            if scalar == "\"" { return String(text) }
            if scalar == "\\" { text.append(contentsOf: escape()) } else { text.append(scalar) }
        }
        let isChinese = scalars.contains { $0 == "“" || $0 == "”" || $0 == "＂" }
        throw error(isChinese ? .unclosedChineseString : .unclosedString, at: start)
    }

    /// What stands after a backslash. An unknown escape is kept as written.
    private mutating func escape() -> [Unicode.Scalar] {
        guard let letter = peek() else { return ["\\"] }
        index += 1
        switch letter {
        case "n": return ["\n"]
        case "r": return ["\r"]
        case "t": return ["\t"]
        case "\"", "'", "\\": return [letter]
        case "u": return hexadecimal(4) ?? ["\\", letter]
        case "U": return hexadecimal(6) ?? ["\\", letter]
        default: return ["\\", letter]
        }
    }

    private mutating func hexadecimal(_ count: Int) -> [Unicode.Scalar]? {
        guard let code = code(count) else { return nil }
        index += count
        if 0xD800...0xDBFF ~= code, peek() == "\\", peek(1) == "u" {
            index += 2
            if let low = self.code(4), 0xDC00...0xDFFF ~= low {
                index += 4
                return Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)).map { [$0] }
            }
            index -= 2
        }
        return [Unicode.Scalar(code) ?? "\u{FFFD}"]
    }

    private func code(_ count: Int) -> UInt32? {
        guard index + count <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[index..<index + count] {
            guard let digit = Character(scalar).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}

extension SyntaxError {
    static func at(_ offset: Int, of scalars: [Unicode.Scalar], _ wording: Wording) -> SyntaxError {
        let before = scalars.prefix(offset)
        let line = before.count { $0 == "\n" } + 1
        let column = offset - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0) + 1
        return SyntaxError(wording: wording, line: line, column: column)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { "0"..."9" ~= self }

    /// Letters of any script, `_`, `?` and what the grammar lists beside them, emoji among them.
    fileprivate var startsWord: Bool {
        self == "_" || self == "?" || properties.isAlphabetic || value >= 0x1F000
            || value >= 0x80 && !properties.isWhitespace && !isPunctuation && !isDigit
                && !isFullWidthSign && !isMathematicalSign
    }

    fileprivate var continuesWord: Bool {
        startsWord && self != "?" || isDigit || properties.generalCategory == .nonspacingMark
            || value == 0x200D || value == 0xB7
    }

    /// `＜`, `＝`, `￥`: signs and no letters, whatever their category. Digits stay in words.
    private var isFullWidthSign: Bool {
        0xFF01...0xFF0F ~= value || 0xFF1A...0xFF20 ~= value || 0xFF3B...0xFF40 ~= value
            || 0xFF5B...0xFF65 ~= value || value == 0xFFE5 || value == 0xA5
    }

    /// `≥`, `×`: no letters.
    private var isMathematicalSign: Bool {
        0x2200...0x22FF ~= value || value == 0xD7 || value == 0xF7
    }

    private var isPunctuation: Bool {
        switch properties.generalCategory {
        case .openPunctuation, .closePunctuation, .otherPunctuation, .dashPunctuation,
            .initialPunctuation, .finalPunctuation:
            true
        default: false
        }
    }
}
