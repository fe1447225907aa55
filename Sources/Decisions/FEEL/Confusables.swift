/// Characters that people type for others: full-width punctuation, signs of other languages.
enum Confusables {
    /// What FEEL writes instead.
    static func replacement(_ text: String) -> String? {
        if let found = marks[text] { return found }
        guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first,
            0xFF01...0xFF5E ~= scalar.value
        else { return nil }
        return Unicode.Scalar(scalar.value - 0xFEE0).map { String(Character($0)) }
    }

    private static let marks: [String: String] = [
        "，": ",", "。": ".", "、": ",", "；": ",", "：": ":", "（": "(", "）": ")", "【": "[", "】": "]",
        "〔": "[", "〕": "]", "｛": "{", "｝": "}", "“": "\"", "”": "\"", "‘": "\"", "’": "\"",
        "「": "\"", "」": "\"", "『": "\"", "』": "\"", "《": "\"", "》": "\"", "＂": "\"", "'": "\"",
        "≥": ">=", "≤": "<=", "≠": "!=", "≧": ">=", "≦": "<=", "×": "*", "÷": "/", "—": "-",
        "–": "-",
        "−": "-", "…": "..", "～": "..", "&": "and", "|": "or", ";": ",", "!": "not(…)", "`": "\"",
    ]

    /// Words of other languages, and of Chinese, that have a FEEL word.
    static let words: [String: String] = [
        "是": "true", "否": "false", "真": "true", "假": "false", "且": "and", "并且": "and", "和": "and",
        "与": "and", "或": "or", "或者": "or", "非": "not(…)", "空": "null", "True": "true",
        "TRUE": "true",
        "False": "false", "FALSE": "false", "NULL": "null", "Null": "null", "None": "null",
        "nil": "null",
        "AND": "and", "OR": "or", "And": "and", "Or": "or", "IF": "if", "NOT": "not(…)",
        "Yes": "true",
        "yes": "true", "no": "false", "No": "false",
    ]

    /// Full-width digits as plain ones; nil for anything else.
    static func digits(_ text: String) -> String? {
        var plain = ""
        for scalar in text.unicodeScalars {
            guard 0xFF10...0xFF19 ~= scalar.value || scalar.value == 0xFF0E,
                let digit = Unicode.Scalar(scalar.value - 0xFEE0)
            else { return nil }
            plain.unicodeScalars.append(digit)
        }
        return plain.isEmpty ? nil : plain
    }
}
