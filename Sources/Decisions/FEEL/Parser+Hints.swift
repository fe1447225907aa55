/// What the writer most likely meant, where the text is no FEEL or means nothing.
extension Parser {
    /// For the token that is not expected here.
    var hint: Wording? {
        let found = token.text
        let before = index > 0 ? tokens[index - 1] : nil
        let touches = before?.end == token.start
        if touches, let before, before.kind == .symbol, token.kind == .symbol {
            switch before.text + found {
            case "==": return .oneEqualSign
            case "=>": return .typeInstead("=>", ">=")
            case "=<": return .typeInstead("=<", "<=")
            case "<>": return .typeInstead("<>", "!=")
            default: break
            }
        }
        if before?.text == "not", before?.kind == .word { return .notNeedsBrackets }
        if isAtEnd, tokens.count == 2, before?.text == "-" { return .dashAlone }
        guard token.kind == .symbol || token.kind == .word else { return nil }
        switch found {
        case "..": return .bracketedRange
        case "and": return .joinedTests
        case "%", "％": return .percent
        case "元", "¥", "￥", "$": return .unitOfMoney
        default: break
        }
        guard let wanted = Confusables.replacement(found) else {
            return Confusables.words[found].map { .typeInstead(found, $0) } ?? nearestNameHint
        }
        let isASCII = found.unicodeScalars.allSatisfy(\.isASCII)
        return isASCII ? .typeInstead(found, wanted) : .fullWidth(found, wanted)
    }

    /// For `claim amont`, where `claim` alone is a name.
    private var nearestNameHint: Wording? {
        var (start, end) = (index, index + 1)
        while start > 0, tokens[start - 1].kind == .word { start -= 1 }
        while end < tokens.count, tokens[end].kind == .word { end += 1 }
        guard token.kind == .word, end - start > 1 else { return nil }
        return nearestName(to: text(from: start, count: end - start), among: scope.names)
            .map(Wording.didYouMean)
    }

    /// Takes the words that stand here as one name that is not known.
    mutating func unknownName() -> Node {
        let start = index
        repeat {
            advance()
        } while token.kind == .word && !Self.keywords.contains(token.text)
            && scope.match(tokens, at: index) == nil
        let name = text(from: start, count: index - start)
        report(.unknownName(name, near: nearestName(to: name, among: scope.names)))
        return .unknown("the name \"\(name)\" is not known here")
    }

    private static let keywords: Set<String> = [
        "and", "or", "in", "between", "instance", "of", "then", "else", "return", "satisfies",
        "external", "if", "for", "some", "every", "function", "true", "false", "null",
    ]

    /// `2,000` is two numbers: nobody who writes three digits that begin with 0 means that.
    mutating func noteGrouping(after number: Token) {
        let next = self.token(ahead: 1)
        guard isSymbol(","), token.start == number.end, next.kind == .number,
            next.start == token.end, next.text.count == 3, next.text.first == "0",
            number.text.count <= 3
        else { return }
        report(.groupedNumber("\(number.text),\(next.text)"))
    }
}
