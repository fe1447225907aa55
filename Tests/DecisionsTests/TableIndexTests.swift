import Decisions
import Testing

/// Tables of every size and shape, asked with every kind of value: the index must find what trying
/// each rule finds. `explain` tries each rule.
@Suite struct TableIndexTests {
    @Test(arguments: [UInt64](1...60)) func `the index finds the rules that a scan finds`(
        seed: UInt64
    ) throws {
        var random = Random(seed: seed)
        let table = RandomTable(&random)
        let model = try Model(xml: Array(table.xml.utf8), file: "random.dmn")
        #expect(model.problems.isEmpty, "\(model.problems)")
        var query = try #require(Query("Answer", of: model))
        for _ in 0..<60 {
            let facts = table.facts(&random)
            let evaluation = model.evaluate("Answer", given: facts)
            let explanation = try #require(model.explain("Answer", given: facts).first)
            let scanned = explanation.rules.filter(\.matches).map(\.rule)
            switch table.policy {
            case "FIRST":
                #expect(evaluation.hits.map(\.rule) == Array(scanned.prefix(1)), "\(facts)")
            default: #expect(evaluation.hits.map(\.rule) == scanned, "\(facts)\n\(table.xml)")
            }
            query.clear()
            for (name, value) in facts.sorted(by: { $0.key < $1.key }) {
                query.give(value, as: name)
            }
            #expect(query.answer() == evaluation.value)
            #expect(query.hits == evaluation.hits)
            #expect(query.notes.map(\.message) == evaluation.notes.map(\.message))
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
        policy = random.pick(["FIRST", "UNIQUE", "RULE ORDER", "COLLECT", "ANY"])
        var types: [String] = []
        for _ in 0...random.below(4) { types.append(random.pick(Self.allTypes)) }
        self.types = types
        let count = random.pick([1, 3, 8, 64, 65, 200])
        var rules: [[String]] = []
        for _ in 0..<count { rules.append(types.map { Self.cell($0, &random) }) }
        xml = Self.xml(policy: policy, types: types, cells: rules)
    }

    func facts(_ random: inout Random) -> [String: Value] {
        var facts: [String: Value] = [:]
        for (index, type) in types.enumerated() where random.below(25) != 0 {
            facts["x\(index)"] = Self.value(random.below(15) == 0 ? "any" : type, &random)
        }
        return facts
    }

    private static func cell(_ type: String, _ random: inout Random) -> String {
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
        xml(policy: policy, types: types, cells: rules.map { [$0.0] + ($0.1.map { [$0] } ?? []) })
    }

    private static func xml(policy: String, types: [String], cells: [[String]]) -> String {
        let names = types.indices.map { "x\($0)" }
        let typeRefs = types.map {
            $0 == "any" ? "Any" : $0 == "days" ? "days and time duration" : $0
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
            // Every other result has to be evaluated; for ANY all are the same.
            let result = policy == "ANY" ? "7" : row % 2 == 0 ? "\(row + 1)" : "\(row) + 1"
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

/// SplitMix64.
private struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}
