import Casework
import Decisions

/// Puts the cells of a model's tables into words, with the names and codes of its edition.
struct PolicyWords {
    private let edition: Edition
    private let model: PolicyModel
    /// What the inputs and the decisions on the way came to.
    private let known: [String: Value]
    private let labels: [String: Said]

    init(_ edition: Edition, _ model: PolicyModel, known: [String: Value]) {
        self.edition = edition
        self.model = model
        self.known = known
        var labels: [String: Said] = [:]
        for decision in model.model.decisions {
            labels[decision.name] = decision.label.map(Self.halves)
        }
        for input in model.model.inputs { labels[input.name] = input.label.map(Self.halves) }
        for kind in edition.factSchema { labels[kind.name] = Said(kind.chinese, kind.english) }
        self.labels = labels
    }

    /// What a column asks for.
    func column(_ expression: String) -> Said { subject(expression) }

    /// A cell of the column that asks for `input`.
    func cell(_ text: String, of input: String) -> Said { tests(text, edition.factKind(input)) }

    func label(of name: String) -> Said { labels[name] ?? Said(name, name) }

    func condition(_ cell: TableExplanation.Cell) -> Explanation.Condition {
        let kind = edition.factKind(cell.input)
        let names = Self.names(in: cell.input)
        let isOne = names.count == 1 && names[0] == cell.input
        return Explanation.Condition(
            input: cell.input, cell: cell.condition, actual: cell.actual.brief,
            subject: subject(cell.input), wanted: tests(cell.condition, kind),
            found: value(cell.actual.brief, kind),
            parts: isOne
                ? []
                : names.compactMap { name in
                    known[name].map {
                        Explanation.Part(
                            subject: label(of: name),
                            value: value($0.brief, edition.factKind(name)))
                    }
                })
    }

    /// An expression with names for its identifiers: 可赔金额 ≤ 小额快赔上限.
    private func subject(_ expression: String) -> Said {
        var (zh, en) = ("", "")
        for piece in Self.pieces(of: expression) {
            let said = labels[piece] ?? Self.signs[piece] ?? Said(piece, piece)
            zh += said.chinese
            en += said.english
        }
        return Said(zh, en)
    }

    // MARK: Cells

    /// A cell's unary tests: alternatives divided by commas.
    private func tests(_ cell: String, _ kind: FactKind?) -> Said {
        let text = cell.trimmed
        if text == "-" { return Said("不限", "anything") }
        if text.hasPrefix("not("), text.hasSuffix(")") {
            let inner = tests(String(text.dropFirst(4).dropLast()), kind)
            return Said("不是（\(inner.chinese)）", "not (\(inner.english))")
        }
        let all = Self.alternatives(text).map { test($0, kind) }
        return Said(
            all.map(\.chinese).joined(separator: "或"), all.map(\.english).joined(separator: " or "))
    }

    private func test(_ text: String, _ kind: FactKind?) -> Said {
        for (sign, words) in Self.comparisons where text.hasPrefix(sign) {
            let bound = bound(String(text.dropFirst(sign.count)).trimmed, kind)
            return Said("\(words.chinese)\(bound.chinese)", "\(words.english) \(bound.english)")
        }
        if let interval = interval(text, kind) { return interval }
        return bound(text, kind)
    }

    private func interval(_ text: String, _ kind: FactKind?) -> Said? {
        guard let first = text.first, let last = text.last, "[(]".contains(first),
            "])[".contains(last), let dots = text.firstRange(of: "..")
        else { return nil }
        let low = bound(String(text[text.index(after: text.startIndex)..<dots.lowerBound]), kind)
        let high = bound(String(text[dots.upperBound..<text.index(before: text.endIndex)]), kind)
        let (isLow, isHigh) = (first == "[", last == "]")
        return Said(
            "\(low.chinese)\(isLow ? "" : "（不含）")至\(high.chinese)\(isHigh ? "" : "（不含）")",
            "from \(low.english)\(isLow ? "" : " (excluded)") to \(high.english)\(isHigh ? "" : " (excluded)")"
        )
    }

    /// A literal, or an expression.
    private func bound(_ text: String, _ kind: FactKind?) -> Said {
        Self.isLiteral(text.trimmed) ? value(text.trimmed, kind) : subject(text.trimmed)
    }

    private func value(_ text: String, _ kind: FactKind?) -> Said {
        switch text {
        case "true": return Said("是", "yes")
        case "false": return Said("否", "no")
        case "null": return Said("不知", "unknown")
        default: break
        }
        let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return Said(text, text) }
        var (zh, en) = ("", "")
        for (index, piece) in pieces.enumerated() {
            let choice = index % 2 == 1 ? kind?.values?.first { $0.code == piece } : nil
            zh += choice?.chinese ?? String(piece)
            en += choice?.english ?? String(piece)
        }
        return Said(zh, en)
    }

    // MARK: Text

    private static let signs: [String: Said] = [
        "<=": Said("≤", "≤"), ">=": Said("≥", "≥"), "!=": Said("≠", "≠"), "-": Said("−", "−"),
        "*": Said("×", "×"), "/": Said("÷", "÷"), "and": Said("且", "and"), "or": Said("或", "or"),
        "true": Said("是", "yes"), "false": Said("否", "no"), "null": Said("不知", "unknown"),
    ]

    private static let comparisons: [(sign: String, words: Said)] = [
        ("<=", Said("不超过", "at most")), (">=", Said("不少于", "at least")),
        ("<", Said("少于", "less than")), (">", Said("多于", "more than")),
    ]

    private static func isLiteral(_ text: String) -> Bool {
        guard let first = text.first else { return true }
        return first == "\"" || first == "-" || first.isNumber
            || ["true", "false", "null"].contains(text)
    }

    private static func isWord(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
    }

    /// Identifiers, two-letter signs, texts, and single characters, in order; nothing is lost.
    private static func pieces(of expression: String) -> [String] {
        var pieces: [String] = []
        var rest = expression[...]
        while let first = rest.first {
            var piece = Substring()
            if isWord(first) {
                piece = rest.prefix(while: isWord)
            } else if first == "\"" {
                piece = rest.prefix(1) + rest.dropFirst().prefix { $0 != "\"" } + "\""
            } else {
                let two = rest.prefix(2)
                piece = ["<=", ">=", "!="].contains(String(two)) ? two : rest.prefix(1)
            }
            pieces.append(String(piece))
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }

    /// Each identifier once, in the order in which they stand.
    private static func names(in expression: String) -> [String] {
        var names: [String] = []
        for piece in pieces(of: expression)
        where piece.first?.isLetter == true && !names.contains(piece) {
            names.append(piece)
        }
        return names
    }

    /// Divides at commas that stand in no text, bracket or parenthesis.
    private static func alternatives(_ text: String) -> [String] {
        var parts = [""]
        var (depth, isText) = (0, false)
        for character in text {
            if character == "\"" { isText.toggle() }
            if !isText, "([{".contains(character) { depth += 1 }
            if !isText, ")]}".contains(character) { depth -= 1 }
            if character == ",", depth == 0, !isText {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map(\.trimmed)
    }

    /// `重大 major`: the Chinese ends with its last character beyond Latin script.
    private static func halves(_ label: String) -> Said {
        let end = label.lastIndex { $0.unicodeScalars.contains { $0.value > 0x2E7F } }
        guard let end else { return Said(label, label) }
        let (zh, en) = (String(label[...end]), String(label[label.index(after: end)...]).trimmed)
        return Said(zh, en.isEmpty ? zh : en)
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
