import Decisions
import Testing

@Suite struct AnalysisProofTests {
    /// A payout of at most the cap by a table and two expressions.
    private func payout(_ amount: String, band: String = "> 2000") throws -> Model {
        try definitionsModel(
            """
            <itemDefinition name="tMoney"><typeRef>number</typeRef>
            <allowedValues><text>&gt;= 0</text></allowedValues></itemDefinition>
            <inputData id="c" name="claimed"><variable name="claimed" typeRef="tMoney"/></inputData>
            <inputData id="k" name="cap"><variable name="cap" typeRef="tMoney"/></inputData>
            <inputData id="e" name="proven"><variable name="proven" typeRef="boolean"/></inputData>
            <decision id="r" name="rate"><variable name="rate"/>
            <informationRequirement><requiredInput href="#c"/></informationRequirement>
            <informationRequirement><requiredInput href="#e"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE">
            <input><inputExpression><text>claimed</text></inputExpression></input>
            <input><inputExpression><text>proven</text></inputExpression></input><output/>
            <rule><inputEntry><text>&lt;= 2000</text></inputEntry>
            <inputEntry><text>-</text></inputEntry><outputEntry><text>100</text></outputEntry></rule>
            <rule><inputEntry><text>\(escaped(band))</text></inputEntry>
            <inputEntry><text>true</text></inputEntry><outputEntry><text>80</text></outputEntry></rule>
            <rule><inputEntry><text>\(escaped(band))</text></inputEntry>
            <inputEntry><text>false</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
            </decisionTable></decision>
            <decision id="p" name="payout"><variable name="payout"/>
            <informationRequirement><requiredInput href="#c"/></informationRequirement>
            <informationRequirement><requiredInput href="#k"/></informationRequirement>
            <informationRequirement><requiredDecision href="#r"/></informationRequirement>
            <literalExpression><text>\(escaped(amount))</text></literalExpression></decision>
            """)
    }

    private func check(
        _ property: Property, _ model: Model, _ expected: String,
        options: Analysis.Options = Analysis.Options(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let verdict = Analysis.prove(property, in: model, options: options).english
        #expect(verdict.hasPrefix(expected), "\(verdict)", sourceLocation: sourceLocation)
    }

    @Test func `an amount within its bounds is proved, one beyond them is refuted by facts`() throws
    {
        let sound = try payout("round half up(min(claimed, cap) * rate / 100, 2)")
        var fen = Analysis.Options()
        fen.steps = [
            "claimed": Decimal128(integer: 1, scale: 2), "cap": Decimal128(integer: 1, scale: 2),
        ]
        check(.atMost("payout", "claimed"), sound, "proved", options: fen)
        check(.atMost("payout", "cap"), sound, "proved", options: fen)
        // Half a fen would be rounded up beyond the claim.
        check(.atMost("payout", "claimed"), sound, "refuted")
        check(.always("payout >= 0"), sound, "proved")
        check(.atMost("payout", "cap"), try payout("claimed * rate / 100"), "refuted", options: fen)
    }

    @Test func `more evidence never pays less, but a larger claim may`() throws {
        let model = try payout("min(claimed, cap) * rate / 100")
        check(.monotone("payout", inInput: "proven"), model, "proved")
        check(.monotone("payout", inInput: "cap"), model, "proved")
        guard
            case .refuted(let refutation) = Analysis.prove(
                .monotone("payout", inInput: "claimed"), in: model)
        else {
            Issue.record("a claim above the band is paid at a lower rate")
            return
        }
        let changed = try #require(refutation.changed)
        let before = model.evaluate("payout", given: refutation.witness).value
        let after = model.evaluate("payout", given: changed).value
        guard case .number(let more) = before, case .number(let less) = after else {
            Issue.record("\(before) and \(after) are no amounts")
            return
        }
        #expect(less < more)
    }

    @Test func `a gap is found across decisions, and a null that comes of it`() throws {
        let model = try payout("claimed * rate", band: "> 2001")
        check(.onePath(decision: "payout"), model, "refuted: no rule of rate matches")
        check(.notNull(decision: "payout"), model, "refuted: payout is null")
        var whole = Analysis.Options()
        whole.steps = ["claimed": Decimal128(Int64(1000))]
        check(.onePath(decision: "payout"), model, "proved", options: whole)
        check(
            .onePath(decision: "payout"), try payout("claimed", band: "> 1000"), "refuted: rules 1")
    }

    @Test func `conditions given by the caller narrow the facts`() throws {
        let model = try payout("claimed")
        check(.atMost("payout", "cap"), model, "refuted")
        var options = Analysis.Options()
        options.given = ["claimed < cap"]
        check(.atMost("payout", "cap"), model, "proved", options: options)
    }

    @Test func `what cannot be decided is said, with the facts that were tried`() throws {
        let model = try payout("claimed * cap")
        check(.always("payout * payout + 1 > payout"), model, "not refuted on")
        check(.always("nothing > 0"), model, "not refuted on 0 boundary facts, not proved: always")
    }

    @Test func `properties asked together get the verdicts that each gets alone`() throws {
        let model = try payout("min(claimed, cap) * rate / 100", band: "> 2001")
        let properties: [Property] = [
            .onePath(decision: "payout"), .onePath(decision: "rate"), .notNull(decision: "payout"),
            .atMost("payout", "cap"), .always("no such name"), .always("claimed >= 0"),
            .monotone("payout", inInput: "proven"), .monotone("payout", inInput: "nothing"),
            .always("payout * payout >= 0"),
        ]
        let together = Analysis.prove(all: properties, in: model).map(\.english)
        let alone = properties.map { Analysis.prove($0, in: model).english }
        #expect(together == alone)
        #expect(Set(alone.map { $0.prefix(6) }) == ["proved", "refute", "not re"])
    }

    @Test func `every complaint of the published policies reaches exactly one path`() throws {
        let cases = [
            ("2023-04-27/acceptance.dmn", "acceptance"),
            ("2023-04-27/settlement.dmn", "settlement"),
            ("2023-04-27/classification.dmn", "classification"),
            ("2023-04-27/authority.dmn", "authority"), ("2023-04-27/routing.dmn", "routing"),
            ("2023-04-27/recovery.dmn", "recovery"), ("2023-04-27/advance.dmn", "advance"),
            ("2025-03-08/determination-hotel.dmn", "determination"),
        ]
        for (file, decision) in cases {
            let model = try policyModel("sanya/\(file)")
            check(.onePath(decision: decision), model, "proved")
            if decision != "advance" { check(.notNull(decision: decision), model, "proved") }
        }
    }

    @Test func `no advance is above the claim, and a hotel refund not above the price`() throws {
        check(
            .atMost("advance.amount", "claimed"), try policyModel("sanya/2024-02-05/advance.dmn"),
            "proved")
        var fen = Analysis.Options()
        fen.steps = ["pricePaid": Decimal128(integer: 1, scale: 2)]
        let hotel = try policyModel("sanya/2025-03-08/determination-hotel.dmn")
        check(
            .always("if hotelTier.gives then determination.heads[1].amount <= pricePaid else true"),
            hotel, "proved", options: fen)
        check(.monotone("hotelTier.percent", inInput: "daysBeforeCheckIn"), hotel, "proved")
    }
}
