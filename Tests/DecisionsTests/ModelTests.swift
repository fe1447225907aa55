import Decisions
import Testing

/// A model of one table, `Track`, over `amount` (number), `kind` (two texts) and `note` (text).
private func model(
    policy: String = "UNIQUE", rules: String, aggregation: String = "", output: String = ""
) throws -> Model {
    let rows = rules.split(separator: "\n").enumerated().map { index, line in
        let cells = line.split(separator: "|").map {
            String($0).replacing("<", with: "&lt;").trimmed
        }
        return """
            <rule id="r\(index + 1)">
            <inputEntry><text>\(cells[0])</text></inputEntry>
            <inputEntry><text>\(cells[1])</text></inputEntry>
            <outputEntry><text>\(cells[2])</text></outputEntry>
            <annotationEntry><text>"art. \(index + 1)"</text></annotationEntry>
            </rule>
            """
    }
    let xml = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
        <itemDefinition name="tKind"><typeRef>string</typeRef>
        <allowedValues><text>"hotel", "queue"</text></allowedValues></itemDefinition>
        <inputData id="a" name="amount"><variable name="amount" typeRef="number"/></inputData>
        <inputData id="k" name="kind"><variable name="kind" typeRef="tKind"/></inputData>
        <decision id="d" name="Track"><variable name="Track"/>
        <informationRequirement><requiredInput href="#a"/></informationRequirement>
        <informationRequirement><requiredInput href="#k"/></informationRequirement>
        <decisionTable hitPolicy="\(policy)" \(aggregation)>
        <input><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
        <input><inputExpression><text>kind</text></inputExpression></input>
        <output>\(output)</output>
        <annotation name="clause"/>
        \(rows.joined(separator: "\n"))
        </decisionTable></decision></definitions>
        """
    return try Model(xml: Array(xml.utf8), file: "m.dmn")
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

private let sound = """
    <= 2000 | "hotel" | "quick"
    > 2000 | "hotel" | "reserve"
    - | "queue" | "mediate"
    """

@Suite struct ModelTests {
    private func facts(_ amount: String, _ kind: String) throws -> [String: Value] {
        ["amount": .number(try #require(Decimal128(amount))), "kind": .string(kind)]
    }

    @Test func `a decision comes with the rules that hit and their clauses`() throws {
        let evaluation = try model(rules: sound).evaluate(
            "Track", given: facts("2000.00", "hotel"))
        #expect(evaluation.value == .string("quick"))
        #expect(evaluation.isSound)
        #expect(
            evaluation.hits == [
                RuleHit(
                    decision: "Track", ruleID: "r1", rule: 1, annotations: ["clause": "art. 1"])
            ])
        #expect(evaluation.results == ["Track": .string("quick")])
    }

    @Test func `a missing input is an error in strict mode and a warning in lenient`() throws {
        let model = try model(rules: sound)
        let strict = model.evaluate("Track", given: ["kind": .string("hotel")])
        #expect(!strict.isSound)
        #expect(strict.notes.contains { $0.message.contains("\"amount\" is missing") })
        let lenient = model.evaluate("Track", given: ["kind": .string("hotel")], mode: .lenient)
        #expect(lenient.value.isNull)
        #expect(lenient.isSound)
        #expect(!lenient.notes.isEmpty)
    }

    @Test func `a value that is not allowed never matches in silence`() throws {
        let evaluation = try model(rules: sound).evaluate("Track", given: facts("1", "taxi"))
        #expect(evaluation.value.isNull)
        #expect(!evaluation.isSound)
        #expect(evaluation.notes.first?.message.contains("allowed values") == true)
        #expect(evaluation.notes.first?.element == "kind")
    }

    @Test(arguments: [
        ("UNIQUE", "", "null"), ("ANY", "", "null"), ("FIRST", "", "3"), ("PRIORITY", "", "1"),
        ("RULE ORDER", "", "[3, 1, 2]"), ("OUTPUT ORDER", "", "[1, 2, 3]"),
        ("COLLECT", "", "[3, 1, 2]"), ("COLLECT", "SUM", "6"), ("COLLECT", "MIN", "1"),
        ("COLLECT", "MAX", "3"), ("COLLECT", "COUNT", "3"),
    ])
    func `each hit policy makes its result of three matching rules`(
        _ policy: String, _ aggregation: String, _ result: String
    ) throws {
        let model = try model(
            policy: policy, rules: "- | - | 3\n> 0 | - | 1\n- | \"hotel\" | 2",
            aggregation: aggregation.isEmpty ? "" : "aggregation=\"\(aggregation)\"",
            output: "<outputValues><text>1, 2, 3</text></outputValues>")
        let evaluation = model.evaluate("Track", given: try facts("1", "hotel"))
        #expect(evaluation.value.description == result)
        #expect(evaluation.isSound == (result != "null"))
    }

    @Test func `an explanation names the conditions that failed`() throws {
        let tables = try model(rules: sound).explain("Track", given: facts("3000", "hotel"))
        let table = try #require(tables.first)
        #expect(table.rules.map(\.matches) == [false, true, false])
        let near = try #require(table.nearMisses.first)
        #expect(near.rule == 1)
        #expect(near.failed.map(\.condition) == ["<= 2000"])
        #expect(near.failed.map(\.actual.description) == ["3000"])
        #expect(near.annotations == ["clause": "art. 1"])
    }

    @Test(arguments: [
        ("<definitions", "not well-formed XML"), ("<a/>", "the root is <a>"),
        ("<!DOCTYPE a><a/>", "remove the <!DOCTYPE"),
        ("<definitions xmlns=\"urn:x\"/>", "it must be <definitions> of DMN"),
    ])
    func `a file that is no model says how to mend it`(_ xml: String, _ part: String) {
        let error = #expect(throws: ModelError.self) {
            try Model(xml: Array(xml.utf8), file: "bad.dmn")
        }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("bad.dmn") == true)
    }

    @Test func `a cell that is no FEEL is a problem with its row`() throws {
        let model = try model(rules: "<= | - | 1")
        #expect(model.problems.count == 1)
        #expect(model.problems.first?.row == 1)
        #expect(model.problems.first?.element == "Track")
        #expect(!model.evaluate("Track", given: try facts("1", "hotel")).isSound)
    }
}

@Suite struct LimitTests {
    @Test func `a knowledge model that calls itself for ever ends in null with a note`() throws {
        let xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
            <businessKnowledgeModel id="b" name="f"><variable name="f"/>
            <encapsulatedLogic><formalParameter name="n" typeRef="number"/>
            <literalExpression><text>if n &gt; 0 then f(n + 1) + 1 else 0</text></literalExpression>
            </encapsulatedLogic>
            <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
            </businessKnowledgeModel></definitions>
            """
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        let evaluation = model.evaluate("f", given: ["n": .number(1)])
        #expect(evaluation.value.isNull)
        #expect(evaluation.notes.contains { $0.message.contains("nested deeper") })
        #expect(model.evaluate("f", given: ["n": .number(0)]).value == .number(0))
    }

    @Test func `decisions that need each other are refused with the circle`() {
        let decision = { (id: String, other: String) in
            """
            <decision id="\(id)" name="\(id)"><variable name="\(id)"/>
            <informationRequirement><requiredDecision href="#\(other)"/></informationRequirement>
            <literalExpression><text>\(other)</text></literalExpression></decision>
            """
        }
        let xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
            \(decision("a", "b"))\(decision("b", "a"))</definitions>
            """
        #expect(throws: ModelError.circle(file: "m.dmn", decisions: ["a", "b", "a"])) {
            try Model(xml: Array(xml.utf8), file: "m.dmn")
        }
    }
}
