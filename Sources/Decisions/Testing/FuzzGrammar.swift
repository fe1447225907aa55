import Randomness

/// Writes random FEEL: every construct, builtins with fitting and unfitting arguments, values at the
/// edges, and now and then a stray piece that is no FEEL at all.
struct ExpressionGrammar {
    private var random: SeededRandom
    private var depth = 0
    /// Names that loops and functions around have opened.
    private var names: [String] = ExpressionGrammar.facts.map(\.name)

    /// Constructs inside each other.
    private static let depthLimit = 7

    init(_ random: SeededRandom) { self.random = random }

    /// What the expressions may name; `?` is the tested value.
    static let facts: [(name: String, value: Value)] = [
        ("?", .number(5)), ("n", .number(42)), ("text", .string("投诉 hotel 😀")),
        ("items", .list([.number(3), .number(1), .null, .number(2)])),
        (
            "person",
            .context(Context([("a", .number(1)), ("full name", .string("张三")), ("b", .list([]))]))
        ),
        ("day", CalendarDate("2024-02-29").map(Value.date) ?? .null),
        ("nothing", .null), ("yes", .boolean(true)),
        ("full name", .string("x")),
    ]

    mutating func unaryTests() -> String {
        switch random.number(below: 6) {
        case 0: return "-"
        case 1: return "not(\(tests()))"
        default: return tests()
        }
    }

    private mutating func tests() -> String {
        (0...random.number(below: 3)).map { _ in test() }.joined(separator: ", ")
    }

    private mutating func test() -> String {
        switch random.number(below: 4) {
        case 0: return "\(comparator()) \(expression())"
        case 1: return range()
        default: return expression()
        }
    }

    mutating func expression() -> String {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit || random.isOne(in: 4) { return atom() }
        if random.isOne(in: 300) { return random.pick(Self.strays) }
        switch random.number(below: 24) {
        case 0...3:
            return "\(expression()) \(random.pick(Self.operators)) \(expression())"
        case 4: return "(\(expression()))"
        case 5: return "-\(expression())"
        case 6: return "if \(expression()) then \(expression()) else \(expression())"
        case 7: return loop()
        case 8: return quantified()
        case 9: return "[\(arguments(5))]"
        case 10: return context()
        case 11: return range()
        case 12: return "\(expression())[\(expression())]"
        case 13: return "\(expression()).\(random.pick(Self.members))"
        case 14: return "\(expression()) between \(expression()) and \(expression())"
        case 15: return "\(expression()) in \(random.isOne(in: 2) ? range() : "(\(tests()))")"
        case 16: return "\(expression()) instance of \(random.pick(Self.types))"
        case 17: return function()
        case 18: return "(\(function()))(\(arguments(3)))"
        case 19: return exhausting()
        default: return builtinCall()
        }
    }

    private mutating func comparator() -> String { random.pick(["=", "!=", "<", "<=", ">", ">="]) }

    private mutating func arguments(_ limit: Int) -> String {
        (0..<random.number(below: limit + 1)).map { _ in expression() }.joined(separator: ", ")
    }

    private mutating func range() -> String {
        let (open, close) = (random.pick(["[", "(", "]"]), random.pick(["]", ")", "["]))
        return "\(open)\(expression())..\(expression())\(close)"
    }

    private mutating func withName(_ body: (inout Self, String) -> String) -> String {
        let name = random.pick(["x", "y", "i", "item", "partial", "loop name", "投诉"])
        names.append(name)
        defer { names.removeLast() }
        return body(&self, name)
    }

    private mutating func loop() -> String {
        let source =
            random.isOne(in: 2)
            ? "\(loopEnd())..\(loopEnd())" : expression()
        return withName { grammar, name in
            "for \(name) in \(source) return \(grammar.expression())"
        }
    }

    private mutating func quantified() -> String {
        let (word, source) = (random.pick(["some", "every"]), expression())
        return withName { grammar, name in
            "\(word) \(name) in \(source) satisfies \(grammar.expression())"
        }
    }

    private mutating func context() -> String {
        let entries = (0..<random.number(below: 4)).map { index in
            "\(random.pick(["a", "b", "full name", "\"odd key\"", "k\(index)"])): \(expression())"
        }
        return "{\(entries.joined(separator: ", "))}"
    }

    private mutating func function() -> String {
        let type = random.isOne(in: 3) ? ": \(random.pick(Self.types))" : ""
        return withName { grammar, name in
            grammar.random.isOne(in: 2)
                ? "function(\(name)\(type)) \(grammar.expression())"
                : "function(\(name)\(type), z) \(grammar.expression())"
        }
    }

    private mutating func builtinCall() -> String {
        let builtin = random.pick(Builtin.all)
        if random.isOne(in: 6), let signature = builtin.signatures.randomElement(using: &random) {
            let named = signature.parameters.map { "\($0): \(expression())" }
            return "\(builtin.name)(\(named.joined(separator: ", ")))"
        }
        if random.isOne(in: 4) { return "\(builtin.name)(\(arguments(5)))" }
        let count = random.pick(builtin.signatures).parameters.count
        let fitting = (0..<count).map { _ in expression() }.joined(separator: ", ")
        return "\(builtin.name)(\(fitting))"
    }

    private mutating func atom() -> String {
        switch random.number(below: 10) {
        case 0, 1: return random.pick(names)
        case 2: return random.pick(["true", "false", "null"])
        case 3: return Value.quoted(random.pick(Self.texts))
        case 4: return "@\"\(random.pick(Self.moments))\""
        case 5: return "date(\(edgeInteger()), \(edgeInteger()), \(edgeInteger()))"
        case 6: return edgeInteger()
        default: return random.pick(Self.numbers)
        }
    }

    /// Most often near: loops inside each other would take all the time.
    private mutating func loopEnd() -> String {
        random.isOne(in: 100) ? edgeInteger() : "\(random.number(below: 12) - 3)"
    }

    /// One of `items`, or most often nil.
    mutating func picked(_ items: [String], oneIn rarity: Int) -> String? {
        random.isOne(in: rarity) ? random.pick(items) : nil
    }

    private mutating func edgeInteger() -> String {
        random.isOne(in: 3) ? random.pick(Self.numbers) : "\(random.number(below: 40) - 10)"
    }
}
