import Randomness
import Testing

@testable import Decisions

/// Tables of many rules and columns: what is looked for is found, and to the end.
@Suite struct AnalysisSizeTests {
    /// Rules that share all facts out among them, a stretch of each number to each, made by cutting.
    private func partition(rules: Int, columns: Int, seed: UInt64) -> [[Range<Int>]] {
        var random = SeededRandom(seed: seed, index: 0)
        var boxes = [[Range<Int>](repeating: 0..<1000, count: columns)]
        while boxes.count < rules {
            let (box, column) = (random.number(below: boxes.count), random.number(below: columns))
            let side = boxes[box][column]
            guard side.count > 1 else { continue }
            let cut = side.lowerBound + 1 + random.number(below: side.count - 1)
            var other = boxes[box]
            boxes[box][column] = side.lowerBound..<cut
            other[column] = cut..<side.upperBound
            boxes.append(other)
        }
        return boxes
    }

    private func findings(_ boxes: [[Range<Int>]]) throws -> [Finding] {
        let rules = boxes.enumerated().map { row, box in
            box.map { "[\($0.lowerBound)..\($0.upperBound))" }.joined(separator: " | ")
                + " => \(row)"
        }
        let inputs = boxes[0].indices.map { "c\($0):number [0..1000)" }
        return Analysis.findings(
            in: try tableModel(inputs, rules: rules.joined(separator: "\n")))
    }

    @Test func `three rules taken out of many leave three gaps, each found whole`() throws {
        for columns in [5, 7] {
            var boxes = partition(rules: 150, columns: columns, seed: 7)
            #expect(try findings(boxes).isEmpty)
            let taken = [120, 60, 5].map { boxes.remove(at: $0) }
            let found = try findings(boxes)
            #expect(found.map(\.kind) == [.gap, .gap, .gap])
            for box in taken {
                // A gap that touches another may reach beyond its own rule, never fall short of it.
                let isThere = found.contains { finding in
                    zip(box.indices, box).allSatisfy { column, side in
                        let test = finding.regions[0].conditions.first { $0.input == "c\(column)" }
                        return test == nil || test?.test == text(side)
                    }
                }
                #expect(isThere, "\(box)")
            }
        }
    }

    private func text(_ side: Range<Int>) -> String { "[\(side.lowerBound)..\(side.upperBound))" }

    @Test func `a rule widened into its neighbours overlaps with them, and nothing is left out`()
        throws
    {
        var boxes = partition(rules: 150, columns: 5, seed: 11)
        let side = boxes[40][2]
        boxes[40][2] = max(0, side.lowerBound - 1)..<min(1000, side.upperBound + 1)
        let found = try findings(boxes)
        #expect(!found.isEmpty)
        for finding in found {
            #expect([.overlap, .subsumed].contains(finding.kind) && finding.rules.contains(41))
        }
    }
}
