import Decisions
import Randomness

/// Models made for measuring.
enum BenchModel {
    /// One decision, `Answer`: a table whose first matching rule counts.
    static func xml(
        inputs: [(name: String, type: String)], outputs: [String],
        rules: [(cells: [String], results: [String])]
    ) -> [UInt8] {
        var text = head
        for (name, type) in inputs {
            text += "<inputData id=\"i-\(name)\" name=\"\(name)\">"
            text += "<variable name=\"\(name)\" typeRef=\"\(type)\"/></inputData>\n"
        }
        text += "<decision id=\"d\" name=\"Answer\"><variable name=\"Answer\"/>\n"
        for (name, _) in inputs { text += requirement(name) }
        text += "<decisionTable hitPolicy=\"FIRST\">\n"
        for (name, type) in inputs {
            text += "<input><inputExpression typeRef=\"\(type)\"><text>\(name)</text>"
            text += "</inputExpression></input>\n"
        }
        for name in outputs { text += "<output name=\"\(name)\"/>\n" }
        for rule in rules {
            text += "<rule>"
            for cell in rule.cells {
                text += "<inputEntry><text>\(escaped(cell))</text></inputEntry>"
            }
            for result in rule.results {
                text += "<outputEntry><text>\(escaped(result))</text></outputEntry>"
            }
            text += "</rule>\n"
        }
        return Array((text + "</decisionTable></decision></definitions>").utf8)
    }

    /// One decision, `Answer`: a FEEL expression over untyped inputs.
    static func xml(inputs: [String], expression: String) -> [UInt8] {
        var text = head
        for name in inputs {
            text +=
                "<inputData id=\"i-\(name)\" name=\"\(name)\"><variable name=\"\(name)\"/></inputData>\n"
        }
        text += "<decision id=\"d\" name=\"Answer\"><variable name=\"Answer\"/>\n"
        for name in inputs { text += requirement(name) }
        text += "<literalExpression><text>\(escaped(expression))</text></literalExpression>"
        return Array((text + "</decision></definitions>").utf8)
    }

    private static let head = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench" \
        namespace="urn:amends:bench">

        """

    private static func requirement(_ name: String) -> String {
        "<informationRequirement><requiredInput href=\"#i-\(name)\"/></informationRequirement>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}

extension SeededRandom {
    /// 0 ..< `bound`; the bias is below one in 10¹².
    mutating func next(below bound: UInt64) -> UInt64 { next() % bound }
}
