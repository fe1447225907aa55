/// Text for markup: escaped, measured roughly, cut into lines.
enum DrawnText {
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            // Control characters may stand in no document.
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Width in em: a Chinese character is 1, others a little over half.
    static func width(_ text: some StringProtocol) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x2E80...0xFFEF, 0x1F000...0x3FFFF: 1
        case 0x41...0x5A, 0x40, 0x25, 0x26: 0.68
        case 0x20, 0x21, 0x27...0x29, 0x2C...0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x74: 0.33
        default: 0.56
        }
    }

    /// Lines of at most `limit` em: between words, before any Chinese character, else anywhere.
    ///
    /// - Parameter lineLimit: further text is cut off with an ellipsis.
    static func lines(_ text: String, limit: Double, lineLimit: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text, limit) {
            let isSpace = piece.allSatisfy(\.isWhitespace)
            if !line.isEmpty, width(line) + width(piece) > limit {
                lines.append(line.trimmingSpaces)
                line = ""
            }
            if !(isSpace && line.isEmpty) { line += piece }
        }
        if !line.trimmingSpaces.isEmpty { lines.append(line.trimmingSpaces) }
        guard lines.count > lineLimit else { return lines }
        return lines.prefix(lineLimit - 1) + ["\(lines[lineLimit - 1].dropLast())…"]
    }

    /// Pieces that stay together: words, single Chinese characters.
    private static func pieces(_ text: String, _ limit: Double) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            let isWide = character.unicodeScalars.first.map { width($0) >= 1 } ?? false
            if isWide || character.isWhitespace || width(word) + 1 > limit {
                if !word.isEmpty { pieces.append(word) }
                word = ""
            }
            if isWide || character.isWhitespace {
                pieces.append(String(character))
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? pieces : pieces + [word]
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var rest = self[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
