import Decisions
import Foundation
import Testing

@Suite struct AnalysisDifferenceTests {
    private let inputs = ["amount:number >= 0", "kind:string \"hotel\",\"queue\",\"shop\""]

    private func check(
        _ old: String, _ new: String, _ expected: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try tableModel(inputs, policy: "FIRST", rules: old)
        let after = try tableModel(inputs, policy: "FIRST", rules: new)
        let difference = Analysis.difference(of: before, and: after, decision: "Track")
        let found = difference.regions.map {
            "\($0.region.english): \($0.oldAnswer) -> \($0.newAnswer)"
        }.sorted().joined(separator: "\n")
        #expect(found == expected, sourceLocation: sourceLocation)
        #expect(difference.openQuestions == [], sourceLocation: sourceLocation)
    }

    @Test func `two models that say the same in other words do not differ`() throws {
        try check(
            "< 5 | \"hotel\" => 1\n- | - => 2",
            ">= 5 | - => 2\n- | \"queue\", \"shop\" => 2\n- | - => 1", "")
    }

    @Test func `a limit that moved gives the facts between, with both answers`() throws {
        try check(
            "<= 2000 | \"hotel\" => \"quick\"\n- | - => \"slow\"",
            "<= 3000 | \"hotel\" => \"quick\"\n- | - => \"slow\"",
            "amount = (2000..3000] and kind = \"hotel\": \"slow\" -> \"quick\"")
    }

    @Test func `values with the same change are one region`() throws {
        try check(
            "- | \"hotel\" => 1\n- | - => 2", "- | - => 3",
            "kind = \"hotel\": 1 -> 3\nkind = \"queue\", \"shop\": 2 -> 3")
    }

    @Test func `amounts are compared as sums of the facts`() throws {
        try check("< 10 | - => amount\n- | - => 10", "- | - => min(amount, 10)", "")
        try check(
            "- | - => min(amount, 20)", "- | - => min(amount, 10)",
            "amount = (10..20]: 10.5 -> 10\namount > 20: 20 -> 10")
    }

    @Test func `what was added, removed and rewritten is named`() throws {
        let old = try tableModel(["a:number"], rules: "< 5 => 1\n>= 5 => 2")
        let new = try tableModel(["a:number", "b:boolean"], rules: "< 6 | - => 1")
        let changes = Analysis.difference(of: old, and: new, decision: "Track").changes
        #expect(
            changes.map { "\($0.kind) \($0.element) \($0.name)" } == [
                "added input b", "removed rule Track r2", "changed rule Track r1",
            ])
    }

    @Test func `a model does not differ from itself`() throws {
        let old = try policyModel("sanya/2023-04-27/settlement.dmn")
        let same = Analysis.difference(of: old, and: old, decision: "settlement")
        #expect(same.regions.isEmpty && same.openQuestions.isEmpty && same.paths > 5)
    }
}

@Suite struct FindingExchangeTests {
    private func findings() throws -> [Finding] {
        var options = Analysis.Options()
        options.file = "track.dmn"
        return Analysis.findings(
            in: try tableModel(["a:number"], rules: "< 5 => 1\n> 5 => 2\n> 7 => 3"),
            options: options)
    }

    @Test func `a finding survives JSON`() throws {
        let findings = try findings()
        let data = try JSONEncoder().encode(findings)
        #expect(try JSONDecoder().decode([Finding].self, from: data) == findings)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("\"rule\":\"gap\"") && text.contains("\"severity\":\"error\""))
    }

    @Test func `a SARIF log names the rule, the file and the row in both languages`() throws {
        let findings = try findings()
        for language in [SARIF.Language.english, .chinese] {
            let log = SARIF(findings, language: language, toolVersion: "1.0")
            let data = try JSONEncoder().encode(log)
            let root = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(root["version"] as? String == "2.1.0")
            let run = try #require(log.runs.first)
            #expect(run.tool.driver.rules.count == Finding.Kind.allCases.count)
            let overlap = try #require(run.results.first { $0.ruleId == "amends/overlap" })
            #expect(run.tool.driver.rules[overlap.ruleIndex].id == overlap.ruleId)
            #expect(overlap.level == "error")
            #expect(overlap.locations[0].physicalLocation?.artifactLocation.uri == "track.dmn")
            #expect(
                overlap.locations[0].logicalLocations?.map(\.fullyQualifiedName)
                    == ["Track/2", "Track/3"])
            #expect(overlap.message.text.contains("规则") == (language == .chinese))
        }
    }
}
