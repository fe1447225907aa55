import Foundation
import Testing

@testable import Decisions

/// The tables of `Tables/feel.txt`, by heading.
private struct FEELTable: Sendable, CustomTestStringConvertible {
    let heading: String
    let lines: [String]

    var testDescription: String { heading }

    static let all: [FEELTable] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Tables/feel.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.components(separatedBy: "\n## ").dropFirst().map { section in
            let lines = section.split(separator: "\n").map(String.init)
            return FEELTable(heading: lines[0], lines: Array(lines.dropFirst()))
        }
    }()
}

@Suite struct FEELTableTests {
    @Test(arguments: FEELTable.all)
    private func `FEEL answers as the standard says`(_ table: FEELTable) {
        for line in table.lines {
            let sides = line.components(separatedBy: " → ")
            guard sides.count == 2 else {
                Issue.record("no arrow in \(line)")
                continue
            }
            let answer = evaluate(sides[0])
            #expect(answer == sides[1], "\(sides[0])")
        }
    }

    @Test func `the tables are all there`() {
        #expect(FEELTable.all.count == 12)
        #expect(FEELTable.all.map(\.lines.count).reduce(0, +) > 900)
    }

    private func evaluate(_ text: String) -> String {
        do throws(SyntaxError) {
            var parser = try Parser(text, scope: Scope())
            let node = try parser.expression()
            try parser.finish()
            var machine = Machine(program: .empty, mode: .lenient)
            machine.now = DateAndTime("2026-01-01T12:00:00Z")
            machine.slots = [Value](repeating: .null, count: parser.scope.slotCount)
            return machine.evaluate(node).description
        } catch {
            return "no FEEL: \(error.message)"
        }
    }
}
