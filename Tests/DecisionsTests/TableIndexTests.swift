import Decisions
import Randomness
import Testing

/// Tables of every size and shape, asked with every kind of value: the index must find what trying
/// each rule finds. `explain` tries each rule.
@Suite struct TableIndexTests {
    @Test(arguments: [UInt64](1...60)) func `the index finds the rules that a scan finds`(
        seed: UInt64
    ) throws {
        var random = Random(seed: seed)
        try check(RandomTable(&random), questions: 60, &random)
    }

    /// More places than a column keeps lines for: what a line shows has to be looked at.
    @Test(arguments: [UInt64](1...4)) func `so it does where columns have hundreds of values`(
        seed: UInt64
    ) throws {
        var random = Random(seed: seed)
        let policy = ["FIRST", "UNIQUE", "RULE ORDER", "FIRST"][Int(seed) - 1]
        let table = RandomTable(
            policy, types: ["wide", "boolean"], rules: 500, isPlain: seed != 4, &random)
        try check(table, questions: 40, &random)
    }

    /// Asked in every way, the index answers as a scan does.
    private func check(_ table: RandomTable, questions: Int, _ random: inout Random) throws {
        let model = try Model(xml: Array(table.xml.utf8), file: "random.dmn")
        #expect(model.problems.isEmpty, "\(model.problems)")
        var query = try #require(Query("Answer", of: model))
        for _ in 0..<questions {
            let facts = table.facts(&random)
            let evaluation = model.evaluate("Answer", given: facts)
            let explanation = try #require(model.explain("Answer", given: facts).first)
            let scanned = explanation.rules.filter(\.matches).map(\.rule)
            switch table.policy {
            case "FIRST":
                #expect(evaluation.hits.map(\.rule) == Array(scanned.prefix(1)), "\(facts)")
            default: #expect(evaluation.hits.map(\.rule) == scanned, "\(facts)\n\(table.xml)")
            }
            let named = facts.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
            let inputs = try named.map { try #require(query.input($0.name)) }
            let ways: [(inout Query) -> Value] = [
                { $0.answer(given: named) },
                { $0.answer(given: named.map(\.value), as: inputs) },
                { query in
                    query.clear()
                    for (name, value) in named { query.give(value, as: name) }
                    return query.answer()
                },
            ]
            for way in ways {
                #expect(way(&query) == evaluation.value)
                #expect(query.hits == evaluation.hits)
                #expect(query.notes.map(\.message) == evaluation.notes.map(\.message))
            }
        }
    }

    @Test func `a question sees nothing of the one before`() throws {
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["number", "string"], rules: [("< 5", "\"a\""), ("-", "-")])
        var query = try #require(Query("Answer", of: Model(xml: Array(xml.utf8), file: "m.dmn")))
        query.give(.number(1), as: "x0")
        query.give(.string("a"), as: "x1")
        #expect(query.answer() == .number(1))
        query.clear()
        query.give(.string("a"), as: "x1")
        _ = query.answer()
        #expect(query.notes.first?.message == "the input \"x0\" is missing")
        query.clear()
        query.give(.number(9), as: "x0")
        query.give(.string("b"), as: "x1")
        #expect(query.answer() == .number(2))
        #expect(query.isSound)
    }

    @Test func `a fact given after a whole question belongs to the next one`() throws {
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["number", "string"], rules: [("< 5", "\"a\""), ("-", "-")])
        var query = try #require(Query("Answer", of: Model(xml: Array(xml.utf8), file: "m.dmn")))
        for _ in 0..<2 {
            #expect(
                query.answer(given: [("x0", .number(1)), ("x1", .string("a"))]) == .number(1))
            query.give(.number(1), as: "x0")
            _ = query.answer()
            #expect(query.notes.first?.message == "the input \"x1\" is missing")
            #expect(query.answer(given: [("x1", .string("a"))]).isNull == false)
            #expect(query.notes.first?.message == "the input \"x0\" is missing")
        }
    }

    @Test func `a fact given twice counts as given last`() throws {
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["number"], rules: [("< 5", nil), ("-", nil)])
        var query = try #require(Query("Answer", of: Model(xml: Array(xml.utf8), file: "m.dmn")))
        #expect(query.answer(given: [("x0", .number(9)), ("x0", .number(1))]) == .number(1))
        #expect(query.answer(given: [("x0", .number(1)), ("x0", .number(9))]) == .number(2))
    }

    @Test func `a name is found wherever its text stands, and no other`() throws {
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["string"],
            rules: [("\"K, and more than sixteen bytes\"", nil), ("\"K\"", nil), ("-", nil)])
        var query = try #require(Query("Answer", of: Model(xml: Array(xml.utf8), file: "m.dmn")))
        for (text, row) in [
            ("K, and more than sixteen bytes", 1), ("\u{212A}, and more than sixteen bytes", 3),
            ("K", 2), ("\u{212A}", 3), ("", 3),
        ] {
            let elsewhere = String(decoding: Array(text.utf8), as: UTF8.self)
            for text in [text, elsewhere] {
                #expect(query.answer(given: [("x0", .string(text))]) == .number(row), "\(text)")
            }
        }
        #expect(query.input("\u{212A}0") == nil)
    }

    @Test func `a value off the list of its type is noted however it is asked`() throws {
        let type = """
            <itemDefinition name="tKind"><typeRef>string</typeRef>
            <allowedValues><text>"a", "b"</text></allowedValues></itemDefinition><inputData
            """
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["tKind"], rules: [("\"a\"", nil), ("-", nil)]
        ).replacing("<inputData", with: type, maxReplacements: 1)
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        var query = try #require(Query("Answer", of: model))
        for value in [Value.string("a"), .string("b"), .string("c"), .number(1), .null] {
            let evaluation = model.evaluate("Answer", given: ["x0": value])
            #expect(query.answer(given: [("x0", value)]) == evaluation.value)
            #expect(query.notes == evaluation.notes)
            #expect(query.isSound == [.string("a"), .string("b"), .null].contains(value))
        }
    }

    @Test func `a query does not tire of being asked`() throws {
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["any"], rules: [("< 5", nil), ("-", nil)])
        var query = try #require(Query("Answer", of: Model(xml: Array(xml.utf8), file: "m.dmn")))
        // Each costs 200 units of work, of which one evaluation may do five million.
        for _ in 0..<26_000 { _ = query.answer(given: []) }
        #expect(
            query.notes.map(\.message) == [
                "the input \"x0\" is missing", "the cell cannot be decided for null",
            ])
    }

    @Test(arguments: [
        ("-0.05", "[-0.05..0]", true), ("-0.0500001", "[-0.05..0]", false),
        ("0.00000000000000000001", "<= 0", false), ("-1E-40", "< 0", true), ("0", "< 0", false),
        ("1E+30", "> 999999999999999", true), ("-1E+30", "> 999999999999999", false),
        ("1.10", "1.1", true), ("1.1000000000000000000000001", "1.1", false),
        ("9999999999999999999999999999999999", "not(1)", true), ("5", "not(5, 6)", false),
        ("5.5", "(5..6), (7..8)", true), ("6", "(5..6), (7..8)", false),
    ]) func `numbers fall where they belong`(number: String, cell: String, matches: Bool) throws {
        let xml = RandomTable.xml(
            policy: "FIRST", types: ["number"], rules: [(cell, nil), ("-", nil)])
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        let value = Value.number(try #require(Decimal128(number)))
        #expect(model.evaluate("Answer", given: ["x0": value]).value == .number(matches ? 1 : 2))
    }
}

private struct RandomTable {
    let policy: String
    let types: [String]
    let xml: String

    static let allTypes = ["number", "string", "boolean", "date", "days", "any"]

    init(_ random: inout Random) {
        let policy = random.pick(["FIRST", "UNIQUE", "RULE ORDER", "COLLECT", "ANY"])
        var types: [String] = []
        for _ in 0...random.below(4) { types.append(random.pick(Self.allTypes)) }
        let count = random.pick([1, 3, 8, 64, 65, 200])
        let isPlain = random.below(2) == 0
        self.init(policy, types: types, rules: count, isPlain: isPlain, &random)
    }

    /// - Parameter isPlain: all results are constants; else every other has to be evaluated.
    init(
        _ policy: String, types: [String], rules count: Int, isPlain: Bool, _ random: inout Random
    ) {
        (self.policy, self.types) = (policy, types)
        var rules: [[String]] = []
        for _ in 0..<count { rules.append(types.map { Self.cell($0, &random) }) }
        xml = Self.xml(policy: policy, types: types, cells: rules, isPlain: isPlain)
    }

    func facts(_ random: inout Random) -> [String: Value] {
        var facts: [String: Value] = [:]
        for (index, type) in types.enumerated() where random.below(25) != 0 {
            facts["x\(index)"] = Self.value(random.below(15) == 0 ? "any" : type, &random)
        }
        return facts
    }

    private static func cell(_ type: String, _ random: inout Random) -> String {
        if type == "wide" {
            let low = random.below(3000), length = random.pick([0, 0, 1, 50])
            return "[\(Double(low) / 10)..\(Double(low + length) / 10)]"
        }
        let kind = type == "any" ? random.pick(["number", "string", "boolean"]) : type
        let a = literal(kind, &random), b = literal(kind, &random)
        switch random.below(11) {
        case 0, 1: return "-"
        case 2 where kind != "boolean" && kind != "string": return "[\(a)..\(b)]"
        case 3 where kind != "boolean" && kind != "string": return "(\(a)..\(b))"
        case 4 where kind != "boolean": return "< \(a)"
        case 5 where kind != "boolean": return ">= \(a)"
        case 6: return "\(a), \(b)"
        case 7: return "not(\(a))"
        case 8: return random.below(3) == 0 ? "null" : a
        case 9: return random.below(3) == 0 ? "\(a), null" : a
        case 10 where kind == "number": return "? * 2 > \(a)"
        default: return a
        }
    }

    private static func literal(_ kind: String, _ random: inout Random) -> String {
        switch kind {
        case "number": random.pick(["0", "1", "2.5", "-3", "10", "10.00", "99.99", "1000"])
        case "string":
            random.pick([
                "\"\"", "\"a\"", "\"b\"", "\"海岛\"", "\"a rather long text of more than sixteen\"",
            ])
        case "boolean": random.pick(["true", "false"])
        case "date": random.pick(["@\"2025-03-08\"", "@\"2024-02-29\"", "date(\"2026-01-01\")"])
        default: random.pick(["@\"P3D\"", "@\"PT72H\"", "duration(\"PT1.5S\")"])
        }
    }

    private static func value(_ type: String, _ random: inout Random) -> Value {
        switch type {
        case "number":
            return .number(
                Decimal128(
                    random.pick(["0", "1", "1.0", "2.5", "2.50001", "-3", "10", "99.99", "5000"]))!)
        case "wide":
            return .number(Decimal128(integer: Int64(random.below(6000)) * 5, scale: 2))
        case "string":
            return .string(
                random.pick(["", "a", "b", "c", "海岛", "a rather long text of more than sixteen"]))
        case "boolean": return .boolean(random.below(2) == 0)
        case "date":
            return .date(CalendarDate(random.pick(["2025-03-08", "2024-02-28", "2026-01-02"]))!)
        case "days": return .daysDuration(DaysDuration(random.pick(["P3D", "PT1.5S", "P4D"]))!)
        default:
            return random.pick([
                .null, .number(1), .string("a"), .boolean(true), .list([.number(1)]),
                .list([.string("a"), .string("b")]),
            ])
        }
    }

    static func xml(policy: String, types: [String], rules: [(String, String?)]) -> String {
        xml(
            policy: policy, types: types, cells: rules.map { [$0.0] + ($0.1.map { [$0] } ?? []) },
            isPlain: true)
    }

    private static func xml(
        policy: String, types: [String], cells: [[String]], isPlain: Bool
    ) -> String {
        let names = types.indices.map { "x\($0)" }
        let typeRefs = types.map {
            ["any": "Any", "days": "days and time duration", "wide": "number"][$0] ?? $0
        }
        let inputs = zip(names, typeRefs).map { name, type in
            "<inputData id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"\(type)\"/></inputData>"
        }
        let requirements = names.map {
            "<informationRequirement><requiredInput href=\"#\($0)\"/></informationRequirement>"
        }
        let columns = names.map {
            "<input><inputExpression><text>\($0)</text></inputExpression></input>"
        }
        let rows = cells.enumerated().map { row, cells in
            let entries = cells.map { "<inputEntry><text>\(escaped($0))</text></inputEntry>" }
            // For ANY all are the same.
            let number = isPlain || row % 2 == 0 ? "\(row + 1)" : "\(row) + 1"
            let result = policy == "ANY" ? "7" : number
            return
                "<rule>\(entries.joined())<outputEntry><text>\(result)</text></outputEntry></rule>"
        }
        return """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
            \(inputs.joined(separator: "\n"))
            <decision id="d" name="Answer"><variable name="Answer"/>\(requirements.joined())
            <decisionTable hitPolicy="\(policy)">\(columns.joined())<output/>
            \(rows.joined(separator: "\n"))
            </decisionTable></decision></definitions>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "<" ? "&lt;" : $0 == "&" ? "&amp;" : String($0) }.joined()
    }
}

/// Numbers as these tables have always been made from.
private struct Random {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed &* SeededRandom.step) }

    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}
