import Casework

/// Markup that can only be made from literals and values: what is interpolated is escaped, unless it is
/// markup itself. There is no way in for a raw string.
///
/// Attributes are written in double quotes: `<a href="\(link)">\(name)</a>`.
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: String) { text = value }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
    private init(text: String) { self.text = text }

    /// The inside of a bulletin's page, which `Casework` writes and escapes itself.
    init(_ bulletin: Bulletin, _ language: ReportLanguage) { text = bulletin.html(language) }

    static let empty: HTML = ""
    static func + (a: HTML, b: HTML) -> HTML { HTML(text: a.text + b.text) }

    /// Each piece on a line of its own.
    static func lines(_ parts: [HTML]) -> HTML {
        HTML(text: parts.map(\.text).joined(separator: "\n"))
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var text: String

        init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
        mutating func appendInterpolation(_ markup: HTML?) { text += markup?.text ?? "" }
        mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { text += part.text }
        }
        mutating func appendInterpolation(_ link: Link) { escape(link.text) }
        mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
        mutating func appendInterpolation(_ value: some StringProtocol) { escape(value) }

        private mutating func escape(_ value: some StringProtocol) {
            var plain = String(value)
            // Most of what pages show has nothing to escape.
            guard plain.withUTF8({ $0.contains { Self.escape(of: $0) != nil } }) else {
                text += plain
                return
            }
            plain.withUTF8 { bytes in
                var escaped: [UInt8] = []
                escaped.reserveCapacity(bytes.count + 16)
                for byte in bytes {
                    if let escape = Self.escape(of: byte) {
                        escaped += escape.utf8
                    } else {
                        escaped.append(byte)
                    }
                }
                text += String(decoding: escaped, as: UTF8.self)
            }
        }

        private static func escape(of byte: UInt8) -> String? {
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            default: nil
            }
        }
    }
}
