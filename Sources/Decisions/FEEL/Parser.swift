/// Reads FEEL and compiles it in one pass: names become slots as they are met.
struct Parser {
    var scope: Scope
    let tokens: [Token]
    private let scalars: [Unicode.Scalar]
    var index = 0
    private var depth = 0
    /// Levels of the tree so far, at most, within the brackets open now.
    private var height = 0
    /// Inside the ends of a range `[` closes it, and is no filter.
    private var bracketEndsRange = false
    /// What can be read and yet means nothing: names that are not known, functions that are not there.
    private(set) var problems: [Wording] = []

    init(_ text: String, scope: Scope) throws(SyntaxError) {
        tokens = try Lexer.tokens(of: text)
        scalars = Array(text.unicodeScalars)
        self.scope = scope
    }

    // MARK: Tokens

    var token: Token { tokens[index] }
    var isAtEnd: Bool { token.kind == .end }

    func token(ahead distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    mutating func advance(_ count: Int = 1) { index = min(index + count, tokens.count - 1) }

    func isSymbol(_ text: String) -> Bool { token.kind == .symbol && token.text == text }
    func isWord(_ text: String) -> Bool { token.kind == .word && token.text == text }

    mutating func takeSymbol(_ text: String) -> Bool {
        guard isSymbol(text) else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ text: String) -> Bool {
        guard isWord(text) else { return false }
        advance()
        return true
    }

    mutating func expectSymbol(_ text: String) throws(SyntaxError) {
        guard takeSymbol(text) else { throw unexpected(.sign(text)) }
    }

    mutating func expectWord(_ text: String) throws(SyntaxError) {
        guard takeWord(text) else { throw unexpected(.sign(text)) }
    }

    func unexpected(_ wanted: Wording) -> SyntaxError {
        let wording = Wording.unexpected(isAtEnd ? nil : token.text, wanted: wanted)
        return error(wording.followed(by: hint))
    }

    func error(_ wording: Wording) -> SyntaxError {
        SyntaxError.at(token.start, of: scalars, wording)
    }

    mutating func finish() throws(SyntaxError) {
        guard isAtEnd else { throw unexpected(.operatorOrEnd) }
    }

    mutating func nested<T>(
        _ parse: (inout Parser) throws(SyntaxError) -> T
    ) throws(SyntaxError) -> T {
        guard depth < Limits.nestingLevels else {
            throw error(.tooNested)
        }
        depth += 1
        let outer = height
        height = 0
        defer {
            depth -= 1
            height = max(outer, height + 1)
        }
        return try parse(&self)
    }

    /// Parses with `[` after a value meaning what `isEnd` says.
    mutating func withRangeEnd<T>(
        _ isEnd: Bool, _ parse: (inout Parser) throws(SyntaxError) -> T
    ) throws(SyntaxError) -> T {
        let outer = bracketEndsRange
        bracketEndsRange = isEnd
        defer { bracketEndsRange = outer }
        return try parse(&self)
    }

    /// Counts the links of a chain of operators; each is a level of the tree.
    private mutating func count(_ links: inout Int) throws(SyntaxError) {
        links += 1
        height += 1
        guard links <= Limits.chainLinks else {
            throw error(.tooManyLinks)
        }
        guard height <= Limits.treeLevels else {
            throw error(.tooManyLevels)
        }
    }

    // MARK: Operators, the weakest first

    mutating func expression() throws(SyntaxError) -> Node {
        try nested { parser throws(SyntaxError) in try parser.disjunction() }
    }

    private mutating func disjunction() throws(SyntaxError) -> Node {
        var node = try conjunction()
        var links = 0
        while takeWord("or") {
            node = .disjunction(node, try conjunction())
            try count(&links)
        }
        return node
    }

    private mutating func conjunction() throws(SyntaxError) -> Node {
        var node = try comparison()
        var links = 0
        while takeWord("and") {
            node = .conjunction(node, try comparison())
            try count(&links)
        }
        return node
    }

    private mutating func comparison() throws(SyntaxError) -> Node {
        var node = try additive()
        var links = 0
        while true {
            if let comparator = comparator() {
                advance()
                node = .comparison(comparator, node, try additive())
            } else if takeWord("between") {
                let low = try additive()
                try expectWord("and")
                node = .between(node, low, try additive())
            } else if takeWord("in") {
                let slot = scope.declareAnonymous()
                node = .within(node, slot: slot, try inTests(slot))
            } else {
                return node
            }
            try count(&links)
        }
    }

    func comparator() -> ComparisonOperator? {
        token.kind == .symbol ? ComparisonOperator(rawValue: token.text) : nil
    }

    mutating func additive() throws(SyntaxError) -> Node {
        var node = try multiplicative()
        var links = 0
        while token.kind == .symbol, token.text == "+" || token.text == "-",
            let sign = ArithmeticOperator(rawValue: token.text)
        {
            advance()
            node = .arithmetic(sign, node, try multiplicative())
            try count(&links)
        }
        return node
    }

    private mutating func multiplicative() throws(SyntaxError) -> Node {
        var node = try power()
        var links = 0
        while token.kind == .symbol, token.text == "*" || token.text == "/",
            let sign = ArithmeticOperator(rawValue: token.text)
        {
            advance()
            node = .arithmetic(sign, node, try power())
            try count(&links)
        }
        return node
    }

    private mutating func power() throws(SyntaxError) -> Node {
        var node = try unary()
        var links = 0
        while takeSymbol("**") {
            node = .arithmetic(.power, node, try unary())
            try count(&links)
        }
        return node
    }

    private mutating func unary() throws(SyntaxError) -> Node {
        guard takeSymbol("-") else { return try instanceOf() }
        let operand = try nested { parser throws(SyntaxError) in try parser.unary() }
        if case .literal(.number(let number)) = operand { return .literal(.number(-number)) }
        return .negate(operand)
    }

    private mutating func instanceOf() throws(SyntaxError) -> Node {
        var node = try postfix()
        var links = 0
        while isWord("instance"), token(ahead: 1).text == "of" {
            advance(2)
            node = .instanceOf(node, try type())
            try count(&links)
        }
        return node
    }

    private mutating func postfix() throws(SyntaxError) -> Node {
        var node = try primary()
        var links = 0
        while true {
            if isSymbol(".") {
                advance()
                node = .path(node, try memberName())
            } else if isSymbol("["), !bracketEndsRange {
                advance()
                node = try withRangeEnd(false) { parser throws(SyntaxError) in
                    let slot = parser.scope.openFilter()
                    let condition = try parser.expression()
                    parser.scope.close()
                    try parser.expectSymbol("]")
                    return .filter(node, item: slot, condition)
                }
            } else if isSymbol("(") {
                node = try call(node)
            } else {
                return node
            }
            try count(&links)
        }
    }

    private mutating func memberName() throws(SyntaxError) -> String {
        if let (name, length) = scope.matchMember(tokens, at: index) {
            advance(length)
            return name
        }
        guard token.kind == .word else { throw unexpected(.component) }
        let name = token.text
        advance()
        return name
    }

    private mutating func call(_ function: Node) throws(SyntaxError) -> Node {
        try expectSymbol("(")
        return try withRangeEnd(false) { parser throws(SyntaxError) in
            var arguments: [Node] = []
            var names: [String] = []
            while !parser.isSymbol(")") {
                if let name = parser.nameBeforeColon() { names.append(name) }
                arguments.append(try parser.expression())
                guard parser.takeSymbol(",") else { break }
            }
            try parser.expectSymbol(")")
            guard names.isEmpty || names.count == arguments.count else {
                throw parser.error(.mixedArguments)
            }
            let namesOrNil = names.isEmpty ? nil : names
            if case .literal(.function(let value)) = function,
                case .builtin(let builtin) = value.body
            {
                return .builtinCall(builtin, arguments, names: namesOrNil)
            }
            return .call(function, arguments, names: namesOrNil)
        }
    }

    /// Takes `some name:` if that is what comes.
    mutating func nameBeforeColon() -> String? {
        var distance = 0
        while token(ahead: distance).kind == .word || distance > 0 && isNamePiece(distance) {
            distance += 1
        }
        let colon = token(ahead: distance)
        guard distance > 0, colon.kind == .symbol, colon.text == ":" else { return nil }
        let name = text(from: index, count: distance)
        advance(distance + 1)
        return name
    }

    private func isNamePiece(_ distance: Int) -> Bool {
        let piece = token(ahead: distance)
        switch piece.kind {
        case .word, .number: return true
        case .symbol: return ["/", "-", "'", "+", "*", "."].contains(piece.text)
        default: return false
        }
    }

    /// The tokens as a name: one space where there was any.
    func text(from start: Int, count: Int) -> String {
        var name = ""
        for offset in start..<start + count {
            if offset > start, tokens[offset - 1].end < tokens[offset].start { name += " " }
            name += tokens[offset].text
        }
        return name
    }

    mutating func report(_ problem: Wording) { problems.append(problem) }
}
