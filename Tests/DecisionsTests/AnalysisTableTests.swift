import Decisions
import Testing

@Suite struct AnalysisTableTests {
    /// Findings as `kind rules: region, witness`, one a line.
    private func check(
        _ inputs: [String], policy: String = "UNIQUE", priorities: String = "", _ rules: String,
        options: Analysis.Options = Analysis.Options(), _ expected: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let model = try tableModel(inputs, policy: policy, priorities: priorities, rules: rules)
        let found = Analysis.findings(in: model, options: options).map(line).joined(separator: "\n")
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    private func line(_ finding: Finding) -> String {
        let rules =
            finding.rules.isEmpty ? "" : " \(finding.rules.map(String.init).joined(separator: ","))"
        let region = finding.regions.map { ": \($0.english)" }.joined()
        let witness = finding.witness.map { "\($0.input)=\($0.text)" }.joined(separator: " ")
        let cell = finding.cell ?? finding.column ?? ""
        return "\(finding.kind)\(rules)\(region)\(witness.isEmpty ? "" : " [\(witness)]")\(cell)"
    }

    private let two = ["amount:number", "kind:string \"hotel\",\"queue\""]

    @Test func `a table that covers everything once has no findings`() throws {
        try check(
            two,
            """
            <= 2000 | "hotel" => 1
            > 2000 | "hotel" => 2
            - | "queue" => 3
            """, "")
    }

    @Test func `a gap is an interval of facts with one that falls into it`() throws {
        let rules = """
            <= 2000 | "hotel" => 1
            > 2000.01 | "hotel" => 2
            - | "queue" => 3
            """
        try check(
            two, rules,
            "gap: amount = (2000..2000.01] and kind = \"hotel\" [amount=2000.005 kind=\"hotel\"]")
        var fen = Analysis.Options()
        fen.steps = ["amount": Decimal128(integer: 1, scale: 2)]
        try check(
            two, rules,
            options: fen,
            "gap: amount = 2000.01 and kind = \"hotel\" [amount=2000.01 kind=\"hotel\"]")
    }

    @Test func `what lies between two whole numbers is a gap unless they are whole`() throws {
        let rules = "<= 570 => 1\n>= 571 => 2"
        try check(["minute:number"], rules, "gap: minute = (570..571) [minute=570.5]")
        try check(["minute:number ? = floor(?)"], rules, "")
        var whole = Analysis.Options()
        whole.steps = ["minute": Decimal128(Int64(1))]
        try check(["minute:number"], rules, options: whole, "")
    }

    @Test func `gaps that touch are one box, and no box could be left out`() throws {
        try check(
            ["a:number [0..9]", "b:number [0..9]"],
            """
            < 3 | < 3 => 1
            >= 6 | >= 6 => 2
            """,
            """
            gap: a = [0..6) and b = [3..9] [a=0 b=3]
            gap: a = [3..9] and b = [0..6) [a=3 b=0]
            """)
    }

    @Test func `an overlap names both rules and what they share`() throws {
        let rules = """
            <= 2000 | "hotel" => 1
            >= 1500 | "hotel" => 2
            - | "queue" => 3
            """
        try check(
            two, rules,
            "overlap 1,2: amount = [1500..2000] and kind = \"hotel\" [amount=1500 kind=\"hotel\"]")
        try check(two, policy: "FIRST", rules, "")
        try check(two, policy: "COLLECT", rules, "")
    }

    @Test func `rules under ANY may meet where they agree`() throws {
        try check(["a:number"], policy: "ANY", "< 5 => 1\n> 3 => 1", "")
        try check(
            ["a:number"], policy: "ANY", "< 5 => 1\n> 3 => 2", "overlap 1,2: a = (3..5) [a=4]")
    }

    @Test func `a rule that one other covers is named with it, one that several cover alone`()
        throws
    {
        try check(two, policy: "FIRST", "- | - => 1\n> 5 | \"hotel\" => 2", "subsumed 2,1")
        try check(
            ["a:number"], policy: "FIRST", "< 5 => 1\n>= 5 => 2\n(3..7) => 3", "unreachable 3")
        try check(["a:number [0..9]"], "<= 9 => 1\n> 9 => 2", "unreachable 2")
        try check(
            ["a:number"], policy: "PRIORITY", priorities: "2, 1", "< 5 => 1\n- => 2",
            "subsumed 1,2")
    }

    @Test func `null is a fact where a cell names it or the caller allows it`() throws {
        try check(["a:boolean"], "true => 1\nfalse => 2", "")
        try check(["a:boolean"], "true => 1\nnull => 2", "gap: a = false [a=false]")
        var options = Analysis.Options()
        options.mayBeNull = ["a"]
        try check(
            ["a:boolean"], "true => 1\nfalse => 2", options: options, "gap: a = null [a=null]")
    }

    @Test func `a cell beyond the profile is named and the rest of its table is still checked`()
        throws
    {
        try check(
            two, "amount > 5 | - => 1\n<= 3 | - => 2",
            "unreadable 1amount > 5\nunreadkind")
        try check(
            two, "amount > 5 | \"hotel\" => 1\n<= 3 | - => 2",
            """
            unreadable 1amount > 5
            gap: amount > 3 and kind = "queue" [amount=4 kind="queue"]
            """)
    }

    @Test func `a column or an input that nothing asks for is named`() throws {
        try check(two, "<= 5 | - => 1\n> 5 | - => 2", "unreadkind")
        let model = try definitionsModel(
            """
            <inputData id="a" name="a"><variable name="a" typeRef="number"/></inputData>
            <decision id="d" name="d"><variable name="d"/>
            <informationRequirement><requiredInput href="#a"/></informationRequirement>
            <literalExpression><text>1</text></literalExpression></decision>
            """)
        #expect(Analysis.findings(in: model).map(\.english) == ["No decision reads the input a."])
    }

    @Test func `a rule without its clause is named where citations are asked for`() throws {
        var options = Analysis.Options()
        options.citation = "clause"
        try check(["a:boolean"], "true => 1\nfalse => 2", options: options, "uncited 1clause")
    }

    @Test func `texts compared by order have texts between them`() throws {
        try check(["a:string"], "< \"b\" => 1\n> \"b\" => 2", "gap: a = \"b\" [a=\"b\"]")
        try check(["a:string"], "\"x\" => 1", "gap: a = not(\"x\") [a=\"other\"]")
    }
}

/// Gaps of columns that are expressions over the inputs.
@Suite struct AnalysisCaseTests {
    private func model(_ second: String) throws -> Model {
        let rows = [("true", "-", "1"), ("false", "true", "2")].map {
            """
            <rule><inputEntry><text>\($0.0)</text></inputEntry>
            <inputEntry><text>\($0.1)</text></inputEntry>
            <outputEntry><text>\($0.2)</text></outputEntry></rule>
            """
        }.joined()
        return try definitionsModel(
            """
            <inputData id="a" name="a"><variable name="a" typeRef="number"/></inputData>
            <inputData id="b" name="b"><variable name="b" typeRef="number"/></inputData>
            <decision id="d" name="d"><variable name="d"/>
            <informationRequirement><requiredInput href="#a"/></informationRequirement>
            <informationRequirement><requiredInput href="#b"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE">
            <input><inputExpression typeRef="boolean"><text>a + b &lt;= 10</text></inputExpression>
            </input><input><inputExpression typeRef="boolean"><text>\(escaped(second))</text>
            </inputExpression></input><output/>\(rows)</decisionTable></decision>
            """)
    }

    @Test func `a gap is a test case for the inputs`() throws {
        let model = try model("a > 7")
        let gap = try #require(Analysis.findings(in: model).first)
        #expect(gap.kind == .gap && gap.isError)
        let facts = Dictionary(
            uniqueKeysWithValues: gap.facts.map {
                ($0.input, Value.number(Decimal128($0.text) ?? .zero))
            })
        #expect(facts.count == 2)
        #expect(model.evaluate("d", given: facts).notes.first?.message.contains("no rule") == true)
    }

    @Test func `a gap that no facts reach is no error`() throws {
        let found = Analysis.findings(in: try model("a + b > 9"))
        #expect(found.map(\.kind) == [.gap] && found.map(\.severity) == [.note])
    }
}

/// The bands of the island rule as published; handbook 2.4 lists what they leave out and say twice.
@Suite struct IslandQueueTests {
    private func findings(steps: Bool) throws -> [String] {
        var options = Analysis.Options()
        if steps { options.steps = ["queueStart": Decimal128(Int64(1))] }
        let model = try policyModel(
            "sanya/2025-02-02/published/island-queue-as-published.dmn")
        return Analysis.findings(in: model, options: options).map { finding in
            let region = finding.regions.map(\.english).joined()
            return
                "\(finding.kind) \(finding.rules.map(String.init).joined(separator: ",")) \(region)"
        }
    }

    @Test func `the published bands have their known gaps and overlaps and no others`() throws {
        #expect(
            try findings(steps: false) == [
                // 09:30–09:31 and 10:30–10:31, Xidao, outbound.
                "gap  site = \"xidao\" and direction = \"to\" and queueStart = (34200..34260)",
                "gap  site = \"xidao\" and direction = \"to\" and queueStart = (37800..37860)",
                // No band is published for after 16:00.
                "gap  direction = \"to\" and queueStart = (57600..86399]",
                // 12:00–12:01 and 15:00–15:01, Xidao, return.
                "gap  site = \"xidao\" and direction = \"from\" and queueStart = [43200..43260)",
                "gap  site = \"xidao\" and direction = \"from\" and queueStart = (54000..54060)",
                // Nor, back from Wuzhizhou, for after 19:00.
                "gap  site = \"wuzhizhou\" and queueStart = (68400..86399]",
                // Wuzhizhou at 10:00, 13:00 and 15:00.
                "overlap 7,8 site = \"wuzhizhou\" and direction = \"to\" and queueStart = 36000",
                "overlap 8,9 site = \"wuzhizhou\" and direction = \"to\" and queueStart = 46800",
                "overlap 10,11 site = \"wuzhizhou\" and direction = \"from\" and queueStart = 54000",
            ])
    }

    @Test func `in whole seconds the gaps begin and end a second inside`() throws {
        let found = try findings(steps: true)
        #expect(found.count == 9)
        #expect(found[0].hasSuffix("queueStart = [34201..34259]"))
        #expect(found[3].hasSuffix("queueStart = [43200..43259]"))
    }
}
