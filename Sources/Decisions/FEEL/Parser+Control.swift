extension Parser {
    mutating func conditional() throws(SyntaxError) -> Node {
        advance()
        let condition = try expression()
        try expectWord("then")
        let yes = try expression()
        try expectWord("else")
        return .conditional(condition, yes, try expression(), isBoxed: false)
    }

    mutating func loop() throws(SyntaxError) -> Node {
        advance()
        scope.open()
        defer { scope.close() }
        let iterators = try iterators()
        let partial = scope.declare("partial")
        try expectWord("return")
        return .loop(Loop(iterators: iterators, partialSlot: partial, result: try expression()))
    }

    mutating func quantified() throws(SyntaxError) -> Node {
        let isUniversal = token.text == "every"
        advance()
        scope.open()
        defer { scope.close() }
        let iterators = try iterators()
        try expectWord("satisfies")
        let condition = try expression()
        return .quantified(
            Quantified(isUniversal: isUniversal, iterators: iterators, condition: condition))
    }

    private mutating func iterators() throws(SyntaxError) -> [LoopVariable] {
        var iterators: [LoopVariable] = []
        repeat {
            let name = try freshName { $0.isWord("in") }
            try expectWord("in")
            let (source, end) = try withRangeEnd(false) {
                parser throws(SyntaxError) -> (Node, Node?) in
                let source = try parser.expression()
                return (source, parser.takeSymbol("..") ? try parser.expression() : nil)
            }
            let slot = scope.declare(name)
            iterators.append(LoopVariable(slot: slot, source: source, end: end))
        } while takeSymbol(",")
        return iterators
    }

    /// A name being introduced: all tokens up to where `isEnd`.
    private mutating func freshName(_ isEnd: (Parser) -> Bool) throws(SyntaxError) -> String {
        let start = index
        while !isAtEnd, !isEnd(self) { advance() }
        guard index > start else { throw unexpected(.name) }
        return text(from: start, count: index - start)
    }

    /// `function(a: number, b) a + b`, `function(a) external {…}`.
    mutating func functionDefinition() throws(SyntaxError) -> Node {
        advance()
        try expectSymbol("(")
        scope.open()
        defer { scope.close() }
        var parameters: [Closure.Parameter] = []
        while !isSymbol(")") {
            let name = try freshName { $0.isSymbol(":") || $0.isSymbol(",") || $0.isSymbol(")") }
            let type = takeSymbol(":") ? try type() : .any
            let slot = scope.declare(name)
            parameters.append(Closure.Parameter(name: name, slot: slot, type: type))
            guard takeSymbol(",") else { break }
        }
        try expectSymbol(")")
        if takeWord("external") {
            let (native, problem) = scope.native(try expression())
            if let problem { report(problem) }
            return .function(
                Closure(parameters: parameters, resultType: .any, body: nil, native: native))
        }
        let body = try withRangeEnd(false) { parser throws(SyntaxError) in
            try parser.expression()
        }
        return .function(Closure(parameters: parameters, resultType: .any, body: body))
    }

    mutating func type() throws(SyntaxError) -> FEELType {
        if isWord("list") || isWord("range"), token(ahead: 1).text == "<" {
            let isList = isWord("list")
            advance(2)
            let element = try type()
            try expectSymbol(">")
            return isList ? .list(element) : .range(element)
        }
        if isWord("context"), token(ahead: 1).text == "<" { return try contextType() }
        if isWord("function"), token(ahead: 1).text == "<" { return try functionType() }
        if let (name, length) = scope.matchType(tokens, at: index),
            let type = scope.typeByName[name]
        {
            advance(length)
            return type
        }
        let near = nearestName(to: token.text, among: scope.typeByName.keys)
        throw error(.noType(token.text, near: near))
    }

    private mutating func contextType() throws(SyntaxError) -> FEELType {
        advance(2)
        var members: [(name: String, type: FEELType)] = []
        while !isSymbol(">") {
            guard let name = nameBeforeColon() else { throw unexpected(.nameAndColon) }
            members.append((name, try type()))
            guard takeSymbol(",") else { break }
        }
        try expectSymbol(">")
        return .context(members)
    }

    private mutating func functionType() throws(SyntaxError) -> FEELType {
        advance(2)
        var parameters: [FEELType] = []
        while !isSymbol(">") {
            parameters.append(try type())
            guard takeSymbol(",") else { break }
        }
        try expectSymbol(">")
        try expectSymbol("->")
        return .function(parameters, try type())
    }
}
