import Decisions
import Testing

@testable import Workflow

/// Which cells the cases of an edition show to matter.
@Suite struct CoverageTests {
    @Test func `a cell is exercised by a case that hits and one that fails by it alone`() throws {
        // row 1 is hit; nothing misses it alone. Row 2 is missed alone, by its first cell, and never hit.
        try check(
            [("5", "false")],
            bare: ["1 n < 10", "1 hurt false", "2 n >= 10", "2 hurt false", "3 hurt true"])
        try check(
            [("5", "false"), ("20", "false")],
            bare: ["1 hurt false", "2 hurt false", "3 hurt true"])
        try check([("5", "false"), ("20", "false"), ("5", "true")], bare: ["2 hurt false"])
        try check([("5", "false"), ("20", "false"), ("5", "true"), ("20", "true")], bare: [])
    }

    private func check(
        _ cases: [(n: String, hurt: String)], bare: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var coverage = Coverage()
        let model = PolicyModel(
            name: "size", file: "size.dmn",
            model: try Model(xml: Array(Self.model.utf8), file: "size.dmn"))
        let tests = cases.enumerated().map { index, each in
            """
            <testCase id="\(index)">
              <inputNode name="n"><value xsi:type="xsd:decimal">\(each.n)</value></inputNode>
              <inputNode name="hurt"><value xsi:type="xsd:boolean">\(each.hurt)</value></inputNode>
              <resultNode name="size"><expected><value>x</value></expected></resultNode>
            </testCase>
            """
        }
        let xml = """
            <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:xsd="http://www.w3.org/2001/XMLSchema">
            <modelName>size.dmn</modelName>\(tests.joined())</testCases>
            """
        coverage.add(try TestCases(xml: Array(xml.utf8), file: "size.xml"), on: model)
        let found = coverage.bareCells(of: model).map {
            "\($0.row.row) \($0.input) \($0.condition)"
        }
        #expect(found == bare, sourceLocation: sourceLocation)
    }

    private static let model = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:x" id="x" name="x">
          <inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
          <inputData id="hurt" name="hurt"><variable name="hurt" typeRef="boolean"/></inputData>
          <decision id="size" name="size"><variable name="size" typeRef="string"/>
            <informationRequirement><requiredInput href="#n"/></informationRequirement>
            <informationRequirement><requiredInput href="#hurt"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE">
              <input><inputExpression typeRef="number"><text>n</text></inputExpression></input>
              <input><inputExpression typeRef="boolean"><text>hurt</text></inputExpression></input>
              <output/>
              <rule><inputEntry><text>&lt; 10</text></inputEntry><inputEntry><text>false</text></inputEntry>
                <outputEntry><text>"small"</text></outputEntry></rule>
              <rule><inputEntry><text>>= 10</text></inputEntry><inputEntry><text>false</text></inputEntry>
                <outputEntry><text>"large"</text></outputEntry></rule>
              <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>true</text></inputEntry>
                <outputEntry><text>"urgent"</text></outputEntry></rule>
            </decisionTable>
          </decision>
        </definitions>
        """
}
