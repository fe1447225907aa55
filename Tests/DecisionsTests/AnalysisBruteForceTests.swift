import Decisions
import Randomness
import Testing

/// Small random tables, looked at by the analysis and fact by fact.
@Suite struct AnalysisBruteForceTests {
    private static let columns = [
        "n:number [0..3]", "k:string \"a\",\"b\",\"c\"", "t:boolean", "m:number",
    ]
    /// Every value at, between and beyond the constants that cells name.
    private static let values: [[Value]] = [
        (0...6).map { .number(Decimal128(integer: Int64($0) * 5, scale: 1)) },
        ["a", "b", "c"].map(Value.string), [.boolean(true), .boolean(false)],
        (-2...10).map { .number(Decimal128(integer: Int64($0) * 5, scale: 1)) },
    ]

    private func cell(_ column: Int, _ random: inout SeededRandom) -> String {
        if Int.random(in: 0..<3, using: &random) == 0 { return "-" }
        let (a, b) = (Int.random(in: 0...3, using: &random), Int.random(in: 0...3, using: &random))
        switch column {
        case 1:
            return ["\"a\"", "\"b\", \"c\"", "not(\"a\")", "\"c\""].randomElement(using: &random)!
        case 2: return Bool.random(using: &random) ? "true" : "false"
        default:
            return [
                "< \(a)", ">= \(a)", "\(a)", "[\(min(a, b))..\(max(a, b))]",
                "(\(min(a, b))..\(max(a, b) + 1))", "not(< \(a))", "< \(a), > \(b)",
            ].randomElement(using: &random)!
        }
    }

    private func facts(_ count: Int) -> [[Value]] {
        Self.values.prefix(count).reduce([[]]) { partial, values in
            partial.flatMap { facts in values.map { facts + [$0] } }
        }
    }

    @Test(arguments: [UInt64](1...60))
    func `the analysis and every fact agree`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let width = Int.random(in: 1...4, using: &random)
        let policy = ["UNIQUE", "FIRST", "ANY"].randomElement(using: &random)!
        let rules = (0..<Int.random(in: 1...6, using: &random)).map { row in
            let cells = (0..<width).map { cell($0, &random) }
            return "\(cells.joined(separator: " | ")) => \(policy == "ANY" ? row / 2 : row)"
        }
        let text = rules.joined(separator: "\n")
        let inputs = Array(Self.columns.prefix(width))
        let names = inputs.map { String($0.prefix(1)) }
        let model = try tableModel(inputs, policy: policy, rules: text)
        let findings = Analysis.findings(in: model)
        let regions = try findings.filter { !$0.regions.isEmpty }.map {
            (finding: $0, test: try Self.asking($0.regions[0]))
        }
        // Matches are asked for under COLLECT, which has no opinion of them.
        let asked = try tableModel(
            inputs, policy: "COLLECT",
            rules: rules.enumerated().map { row, rule in
                "\(rule.split(separator: "=>")[0]) => \(row)"
            }.joined(separator: "\n"))
        var pairs: Set<[Int]> = []
        var deciding: Set<Int> = []
        for facts in facts(width) {
            let given = Dictionary(uniqueKeysWithValues: zip(names, facts))
            let hits = asked.evaluate("Track", given: given).hits.map(\.rule)
            let inside = regions.filter {
                $0.test.evaluate("Track", given: given, mode: .lenient).value == .number(1)
            }.map(\.finding)
            let gaps = inside.filter { $0.kind == .gap }
            #expect(gaps.isEmpty != hits.isEmpty, "seed \(seed), \(given)\n\(text)")
            if let first = hits.first { deciding.insert(first) }
            for a in hits { for b in hits where a < b { pairs.insert([a, b]) } }
            for finding in findings where finding.kind == .overlap {
                #expect(
                    inside.contains(finding) == Set(finding.rules).isSubset(of: hits),
                    "seed \(seed)\n\(text)")
            }
        }
        if policy == "FIRST" {
            let idle = findings.filter { $0.kind == .unreachable || $0.kind == .subsumed }
            #expect(
                Set(idle.compactMap(\.rules.first)) == Set(1...rules.count).subtracting(deciding),
                "seed \(seed)\n\(text)")
        } else {
            let conflicts = pairs.filter {
                policy == "UNIQUE" || ($0[0] - 1) / 2 != ($0[1] - 1) / 2
            }
            #expect(
                Set(findings.filter { $0.kind == .overlap }.map(\.rules)) == conflicts,
                "seed \(seed)\n\(text)")
        }
    }

    /// A model that answers 1 inside the region.
    private static func asking(_ region: Region) throws -> Model {
        let tests = columns.map { column in
            region.conditions.first { $0.input == column.prefix(1) }?.test ?? "-"
        }
        return try tableModel(
            ["n:number", "k:string", "t:boolean", "m:number"], policy: "FIRST",
            rules: "\(tests.joined(separator: " | ")) => 1\n- | - | - | - => 0")
    }
}
