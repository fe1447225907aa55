extension Parser {
    /// The cell of a decision table or a constraint: `-`, `not(…)`, or tests with commas between.
    ///
    /// - Parameter slot: where the tested value stands, named `?`.
    mutating func unaryTests(_ slot: Int) throws(SyntaxError) -> Node {
        if isSymbol("-"), token(ahead: 1).kind == .end {
            advance()
            return .literal(.boolean(true))
        }
        if isAtEnd { return .literal(.boolean(true)) }
        if isWord("not"), token(ahead: 1).text == "(", closesAtEnd(from: index + 1) {
            advance(2)
            let tests = try testList(slot, until: ")")
            try expectSymbol(")")
            try finish()
            return .notTest(tests)
        }
        let tests = try testList(slot, until: nil)
        try finish()
        return tests
    }

    /// Whether the parenthesis at `start` is closed by the last token.
    private func closesAtEnd(from start: Int) -> Bool {
        var level = 0
        for offset in start..<tokens.count where tokens[offset].kind == .symbol {
            if tokens[offset].text == "(" { level += 1 }
            if tokens[offset].text == ")" { level -= 1 }
            if level == 0 { return offset == tokens.count - 2 }
        }
        return false
    }

    private mutating func testList(_ slot: Int, until end: String?) throws(SyntaxError) -> Node {
        var tests: [Node] = []
        repeat { tests.append(try unaryTest(slot)) } while takeSymbol(",")
        return tests.count == 1 ? tests[0] : .anyTest(tests)
    }

    private mutating func unaryTest(_ slot: Int) throws(SyntaxError) -> Node {
        if let comparator = comparator() {
            advance()
            let bound = try withRangeEnd(false) { parser throws(SyntaxError) in
                try parser.additive()
            }
            return .comparison(comparator, .slot(slot), bound)
        }
        let value = try withRangeEnd(false) { parser throws(SyntaxError) in
            try parser.expression()
        }
        return .unaryTest(value, slot: slot)
    }

    /// What stands after `in`: one test, or several in parentheses.
    mutating func inTests(_ slot: Int) throws(SyntaxError) -> Node {
        if isSymbol("("), !isIntervalAhead() {
            advance()
            return try withRangeEnd(false) { parser throws(SyntaxError) in
                let tests = try parser.testList(slot, until: ")")
                try parser.expectSymbol(")")
                return tests
            }
        }
        if let comparator = comparator() {
            advance()
            return .comparison(comparator, .slot(slot), try additive())
        }
        return .unaryTest(try additive(), slot: slot)
    }

    /// Whether the parenthesis here opens a range `(a..b)`.
    private func isIntervalAhead() -> Bool {
        var level = 0
        for offset in index..<tokens.count where tokens[offset].kind == .symbol {
            switch tokens[offset].text {
            case "(", "[", "{": level += 1
            case ")", "]", "}":
                level -= 1
                if level == 0 { return false }
            case "," where level == 1: return false
            case ".." where level == 1: return true
            default: break
            }
        }
        return false
    }
}
