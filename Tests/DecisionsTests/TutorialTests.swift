import Decisions
import Foundation
import Testing

/// The tutorial of `Decisions` as code: what stands between the marks is what the article shows.
@Suite struct TutorialTests {
    @Test func `the tutorial does what it says`() throws {
        // tutorial
        let xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="pay" namespace="urn:pay">
            <inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
            <decision id="d" name="Track"><variable name="Track" typeRef="string"/>
            <informationRequirement><requiredInput href="#i"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE">
            <input><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
            <output/><annotation name="clause"/>
            <rule id="r1"><inputEntry><text>&lt;= 1000</text></inputEntry>
            <outputEntry><text>"quick"</text></outputEntry>
            <annotationEntry><text>"art. 3"</text></annotationEntry></rule>
            <rule id="r2"><inputEntry><text>&gt; 1000</text></inputEntry>
            <outputEntry><text>"reserve"</text></outputEntry>
            <annotationEntry><text>"art. 4"</text></annotationEntry></rule>
            </decisionTable></decision></definitions>
            """
        let model = try Model(xml: Array(xml.utf8), file: "pay.dmn")

        let amount = try #require(Decimal128("717.00"))
        let evaluation = model.evaluate("Track", given: ["amount": .number(amount)])
        let track = evaluation.value
        let clause = evaluation.hits.first?.annotations["clause"]

        let unknown = model.evaluate("Track", given: [:])
        let why = unknown.notes.map(\.description)
        // end

        #expect(model.problems.isEmpty)
        #expect(track == .string("quick") && clause == "art. 3" && evaluation.isSound)
        #expect(unknown.value.isNull && !why.isEmpty)
    }

    @Test func `the article shows the code that is tested`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/Decisions/Decisions.docc/DecideByPolicy.md"),
            encoding: .utf8)
        let shown = article.components(separatedBy: "```").enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .flatMap { lines(of: String($0.element.dropFirst("swift".count))) }
        let test = try String(contentsOfFile: #filePath, encoding: .utf8)
        let start = try #require(test.range(of: "// tutorial\n"))
        let end = try #require(test.range(of: "// end\n"))
        #expect(shown == lines(of: String(test[start.upperBound..<end.lowerBound])))
    }

    /// Without indentation and blank lines: the formatter has its own view of both.
    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}
