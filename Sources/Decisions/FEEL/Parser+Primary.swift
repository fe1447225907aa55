extension Parser {
    mutating func primary() throws(SyntaxError) -> Node {
        let current = token
        switch current.kind {
        case .string:
            advance()
            return .literal(.string(current.text))
        case .temporal:
            advance()
            guard let value = Value(temporal: current.text) else {
                report(.noTemporal(current.text))
                return .unknown("@\"\(current.text)\" is no date, time or duration")
            }
            return .literal(value)
        case .number:
            advance()
            guard let number = Decimal128(current.text) else {
                report(.hugeNumber(current.text))
                return .unknown("\(current.text) is beyond the range of numbers")
            }
            noteGrouping(after: current)
            return .literal(.number(number))
        case .word: return try word()
        case .symbol: return try symbol()
        case .end: throw unexpected(.value)
        }
    }

    private mutating func symbol() throws(SyntaxError) -> Node {
        switch token.text {
        case "(": return try parenthesis()
        case "[", "]": return try listOrInterval()
        case "{": return try contextLiteral()
        default: throw unexpected(.value)
        }
    }

    private mutating func word() throws(SyntaxError) -> Node {
        switch token.text {
        case "if": return try conditional()
        case "for": return try loop()
        case "some", "every": return try quantified()
        case "function" where token(ahead: 1).text == "(": return try functionDefinition()
        default: break
        }
        let match = scope.match(tokens, at: index)
        if match == nil || match?.length == 1 {
            switch token.text {
            case "null": advance(); return .literal(.null)
            case "true": advance(); return .literal(.boolean(true))
            case "false": advance(); return .literal(.boolean(false))
            default: break
            }
        }
        return try name(match)
    }

    /// A variable, a builtin, or an entry of the item of a filter around.
    private mutating func name(_ match: Scope.Match?) throws(SyntaxError) -> Node {
        let member = scope.itemSlots.isEmpty ? nil : scope.matchMember(tokens, at: index)
        if let member, member.length > match?.length ?? 0 {
            advance(member.length)
            return itemMember(member.name, scope.itemSlots, fallback: nil)
        }
        guard let match else {
            if scope.itemSlots.isEmpty { return unknownName() }
            let name = token.text
            advance()
            return itemMember(name, scope.itemSlots, fallback: nil)
        }
        advance(match.length)
        switch match.binding {
        case .slot(let slot) where match.name == "item" && scope.itemSlots.contains(slot):
            // The item itself, unless it has an entry of that name.
            return .itemMember(slot: slot, name: "item", fallback: .slot(slot))
        case .slot(let slot):
            return itemMember(match.name, match.innerItems, fallback: .slot(slot))
        case .builtin(let builtin):
            let function = Function(
                body: .builtin(builtin), name: builtin.name,
                parameters: builtin.signatures.first?.parameters ?? [])
            if isSymbol("(") { return .literal(.function(function)) }
            return itemMember(match.name, match.innerItems, fallback: .literal(.function(function)))
        }
    }

    private func itemMember(_ name: String, _ slots: [Int], fallback: Node?) -> Node {
        var node = fallback
        if name != "item", name != "?" {
            for slot in slots.reversed() {
                node = .itemMember(slot: slot, name: name, fallback: node)
            }
        }
        return node ?? .unknown("the name \"\(name)\" is not known here")
    }

    /// `(a)`, `(a..b)`, `(< 5)`.
    private mutating func parenthesis() throws(SyntaxError) -> Node {
        try expectSymbol("(")
        if comparator() != nil {
            let node = try comparisonAsInterval()
            try expectSymbol(")")
            return node
        }
        if let interval = try interval(isLowClosed: false) { return interval }
        let node = try withRangeEnd(false) { parser throws(SyntaxError) in try parser.expression() }
        try expectSymbol(")")
        return node
    }

    /// `< 5` as the range it stands for.
    private mutating func comparisonAsInterval() throws(SyntaxError) -> Node {
        let comparator = comparator()
        advance()
        let bound = try bound(bracketEndsRange: false)
        let none = Node.literal(.null)
        switch comparator {
        case .less:
            return .interval(
                isLowClosed: false, none, bound, isHighClosed: false, isComparison: true)
        case .lessOrEqual:
            return .interval(
                isLowClosed: false, none, bound, isHighClosed: true, isComparison: true)
        case .greater:
            return .interval(
                isLowClosed: false, bound, none, isHighClosed: false, isComparison: true)
        case .greaterOrEqual:
            return .interval(
                isLowClosed: true, bound, none, isHighClosed: false, isComparison: true)
        case .notEqual:
            // Everything but the bound: no one range is that; a list of two is compared as one.
            return .list([
                .interval(isLowClosed: false, none, bound, isHighClosed: false, isComparison: true),
                .interval(isLowClosed: false, bound, none, isHighClosed: false, isComparison: true),
            ])
        default:
            return .interval(
                isLowClosed: true, bound, bound, isHighClosed: true, isComparison: true)
        }
    }

    /// The range after its opening bracket, or nil (and nothing taken) where none is written.
    private mutating func interval(isLowClosed: Bool) throws(SyntaxError) -> Node? {
        guard hasRangeDots() else { return nil }
        let low = try bound(bracketEndsRange: true)
        try expectSymbol("..")
        let high = try bound(bracketEndsRange: true)
        guard isSymbol("]") || isSymbol(")") || isSymbol("[") else {
            throw unexpected(.rangeEnd)
        }
        let isHighClosed = isSymbol("]")
        advance()
        return .interval(
            isLowClosed: isLowClosed, low, high, isHighClosed: isHighClosed, isComparison: false)
    }

    /// No whole expression, but counted like one: `[1..[1..[1..` and `(<(<(<` would nest without an end.
    private mutating func bound(bracketEndsRange isEnd: Bool) throws(SyntaxError) -> Node {
        try nested { parser throws(SyntaxError) in
            try parser.withRangeEnd(isEnd) { parser throws(SyntaxError) in try parser.additive() }
        }
    }

    /// Whether `..` comes before this bracket closes and before any comma.
    private func hasRangeDots() -> Bool {
        var level = 0
        for offset in index..<tokens.count where tokens[offset].kind == .symbol {
            switch tokens[offset].text {
            case "(", "[", "{": level += 1
            case ")", "]", "}":
                if level == 0 { return false }
                level -= 1
            case "," where level == 0: return false
            case ".." where level == 0: return true
            default: break
            }
        }
        return false
    }

    private mutating func listOrInterval() throws(SyntaxError) -> Node {
        if takeSymbol("]") {
            guard let interval = try interval(isLowClosed: false) else {
                throw unexpected(.value)
            }
            return interval
        }
        advance()
        if let interval = try interval(isLowClosed: true) { return interval }
        return try withRangeEnd(false) { parser throws(SyntaxError) in
            var items: [Node] = []
            while !parser.isSymbol("]") {
                items.append(try parser.expression())
                guard parser.takeSymbol(",") else { break }
            }
            try parser.expectSymbol("]")
            return .list(items)
        }
    }

    private mutating func contextLiteral() throws(SyntaxError) -> Node {
        advance()
        return try withRangeEnd(false) { parser throws(SyntaxError) in
            parser.scope.open()
            var entries: [ContextEntry] = []
            while !parser.isSymbol("}") {
                let name = try parser.key()
                parser.scope.declareMember(name)
                let value = try parser.expression()
                let slot = parser.scope.declare(name)
                guard !entries.contains(where: { $0.name == name }) else {
                    throw parser.error(.duplicateEntry(name))
                }
                entries.append(ContextEntry(name: name, slot: slot, value: value))
                guard parser.takeSymbol(",") else { break }
            }
            try parser.expectSymbol("}")
            parser.scope.close()
            return .contextLiteral(entries, result: nil)
        }
    }

    private mutating func key() throws(SyntaxError) -> String {
        if token.kind == .string {
            let name = token.text
            advance()
            try expectSymbol(":")
            return name
        }
        guard let name = nameBeforeColon() else { throw unexpected(.nameAndColon) }
        return name
    }
}
