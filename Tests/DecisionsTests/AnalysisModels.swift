import Decisions
import Foundation

/// A model of one table, `Track`, from lines `cell | cell => output`.
///
/// - Parameter inputs: `name: type`, a type being one of FEEL's, or allowed values with a type before
///   them, such as `string "a","b"`.
func tableModel(
    _ inputs: [String], policy: String = "UNIQUE", priorities: String = "", rules: String
) throws -> Model {
    var definitions = ""
    var data = ""
    var requirements = ""
    var columns = ""
    for input in inputs {
        let parts = input.split(separator: ":", maxSplits: 1)
        let name = String(parts[0])
        let type = parts[1].split(separator: " ", maxSplits: 1).map(String.init)
        var reference = type[0]
        if type.count == 2 {
            reference = "t-\(name)"
            definitions += """
                <itemDefinition name="\(reference)"><typeRef>\(type[0])</typeRef>
                <allowedValues><text>\(escaped(type[1]))</text></allowedValues></itemDefinition>
                """
        }
        data += """
            <inputData id="\(name)" name="\(name)"><variable name="\(name)" typeRef="\(reference)"/>
            </inputData>
            """
        requirements += """
            <informationRequirement><requiredInput href="#\(name)"/></informationRequirement>
            """
        columns += "<input><inputExpression><text>\(name)</text></inputExpression></input>"
    }
    let rows = rules.split(separator: "\n").enumerated().map { index, line in
        let sides = line.split(separator: "=>")
        let cells = sides[0].split(separator: "|").map {
            "<inputEntry><text>\(escaped(trimmed($0)))</text></inputEntry>"
        }
        return """
            <rule id="r\(index + 1)">\(cells.joined())
            <outputEntry><text>\(escaped(trimmed(sides[1])))</text></outputEntry>
            <annotationEntry><text>\(index == 0 ? "" : "art. \(index + 1)")</text></annotationEntry>
            </rule>
            """
    }
    let values = priorities.isEmpty ? "" : "<outputValues><text>\(priorities)</text></outputValues>"
    return try definitionsModel(
        """
        \(definitions)\(data)
        <decision id="d" name="Track"><variable name="Track"/>\(requirements)
        <decisionTable hitPolicy="\(policy)">\(columns)
        <output>\(values)</output><annotation name="clause"/>
        \(rows.joined(separator: "\n"))
        </decisionTable></decision>
        """)
}

func definitionsModel(_ elements: String) throws -> Model {
    let xml = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
        \(elements)</definitions>
        """
    return try Model(xml: Array(xml.utf8), file: "m.dmn")
}

/// A model of the repository's own policies, by its path below `policies`.
func policyModel(_ path: String) throws -> Model {
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let file = repository.appending(path: "policies").appending(path: path)
    return try Model(xml: [UInt8](Data(contentsOf: file)), file: path)
}

func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
}

func trimmed(_ text: Substring) -> String { text.trimmingCharacters(in: .whitespaces) }
