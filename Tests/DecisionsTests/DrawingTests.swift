import Decisions
import Foundation
import Testing

@Suite struct DrawingTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden")

    /// Holds `text` against a golden file. `UPDATE_GOLDEN=1` writes the file anew.
    private func check(_ text: String, _ name: String) throws {
        let file = Self.golden.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    }

    private var model: Model {
        get throws { try Model(xml: Array(BrokenModel.sound.utf8), file: "m.dmn") }
    }

    private let facts: [String: Value] = ["claim amount": .number(3000), "kind": .string("hotel")]

    @Test func `a table is drawn with its policy columns allowed values and rules`() throws {
        try check(try #require(try model.tableHTML(of: "Track")), "table.html")
    }

    @Test func `an explained table marks the rule that matched and the cells that failed`() throws {
        let explanation = try model.explain("Track", given: facts).first
        let html = try #require(try model.tableHTML(of: "Track", explained: explanation))
        #expect(html.contains("<tr class=\"dmn-hit\"><th scope=\"row\">2"))
        #expect(html.contains("<td class=\"dmn-failed\"><code>&lt;= 2000</code>"))
        try check(html, "table-explained.html")
    }

    @Test func `a graph shows what needs what and where rules matched`() throws {
        let hits = try model.evaluate("Track", given: facts).hits
        let svg = try model.graphSVG(hits: hits)
        #expect(svg.contains("class=\"dmn-decision dmn-hit\""))
        try check(svg, "graph.svg")
    }

    @Test func `text of a model is never markup`() throws {
        let xml = BrokenModel.sound
            .replacing("name=\"Track\"", with: "name=\"&lt;b>&quot;x'&amp;\"")
            .replacing("\"quick\"", with: "\"&lt;script>\"")
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        let html = try #require(model.tableHTML(of: "<b>\"x'&")) + model.graphSVG()
        #expect(!html.contains("<b>") && !html.contains("<script>"))
        #expect(html.contains("&lt;b&gt;&quot;x&#39;&amp;"))
    }

    @Test func `a decision without a table has no drawing of one`() throws {
        #expect(try model.tableHTML(of: "Sum") == nil)
        #expect(try model.tableHTML(of: "nothing") == nil)
    }

    /// `AMENDS_DRAWINGS` names a folder for pages with every table and graph of the policies.
    @Test func `every policy can be drawn`() throws {
        let policies = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "policies")
        let folder = ProcessInfo.processInfo.environment["AMENDS_DRAWINGS"].map {
            URL(filePath: $0)
        }
        let all = FileManager.default.enumerator(at: policies, includingPropertiesForKeys: nil)
        while let file = all?.nextObject() as? URL {
            guard file.pathExtension == "dmn" else { continue }
            let model = try Model(
                xml: [UInt8](Data(contentsOf: file)), file: file.lastPathComponent)
            let hits = model.decisions.filter(\.isTable).prefix(2).map {
                RuleHit(decision: $0.name, ruleID: "1", rule: 1, annotations: [:])
            }
            var page = "<!DOCTYPE html><meta charset=\"utf-8\"><style>\(DrawingStyle.stylesheet)"
            page += "</style>\n" + model.graphSVG(hits: hits)
            for decision in model.decisions where decision.isTable {
                let table = try #require(model.tableHTML(of: decision.name, hits: hits))
                page += "\n<p>\(table)</p>"
            }
            #expect(page.contains("dmn-decision"))
            guard let folder else { continue }
            let edition = file.deletingLastPathComponent().lastPathComponent
            let name = "\(edition)-\(file.deletingPathExtension().lastPathComponent).html"
            try page.write(
                to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
    }
}
