/// The walk through all combinations of a table's pieces.
struct Sweep {
    private let table: DecisionTable
    private let columns: [Column]
    /// By column and live rules; each is entered once.
    private var seen: Set<State> = []
    private var gaps: [Finding] = []
    private var overlaps: [[Int]: Finding] = [:]
    private var deciding: Set<Int> = []
    private var isUnfinished = false

    private struct State: Hashable {
        let column: Int
        let alive: RuleSet
    }

    init(_ table: DecisionTable, _ columns: [Column]) {
        self.table = table
        self.columns = columns
    }

    mutating func findings() -> [Finding] {
        var witness: [Finding.Fact] = []
        visit(0, RuleSet.all(count: table.rules.count), &witness)
        var findings = gaps
        findings += overlaps.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .prefix(Analysis.findingLimit).map(\.value)
        if isUnfinished {
            findings.append(.unfinished(table.owner, Analysis.stateLimit))
        } else {
            for row in table.rules.indices where !deciding.contains(row) {
                findings.append(.unreachable(table.owner, row + 1))
            }
        }
        return findings
    }

    private mutating func visit(_ column: Int, _ alive: RuleSet, _ witness: inout [Finding.Fact]) {
        if alive.isEmpty { return gap(witness) }
        guard column < columns.count else { return decide(alive, witness) }
        guard seen.count < Analysis.stateLimit else {
            isUnfinished = true
            return
        }
        guard seen.insert(State(column: column, alive: alive)).inserted else { return }
        let pieces = columns[column].pieces
        var met: Set<RuleSet> = []
        for piece in pieces {
            let rest = alive.intersection(piece.rules)
            // Pieces that leave the same rules are one for what follows.
            guard met.insert(rest).inserted else { continue }
            let matters = pieces.contains { alive.intersection($0.rules) != rest }
            if matters {
                witness.append(Finding.Fact(input: columns[column].name, text: piece.text))
            }
            visit(column + 1, rest, &witness)
            if matters { witness.removeLast() }
        }
    }

    private mutating func gap(_ witness: [Finding.Fact]) {
        switch table.hitPolicy {
        case .collect, .ruleOrder, .outputOrder, .count: return
        default: break
        }
        if table.outputs.contains(where: { $0.byDefault != nil }) { return }
        if gaps.count < Analysis.findingLimit { gaps.append(.gap(table.owner, witness)) }
    }

    private mutating func decide(_ alive: RuleSet, _ witness: [Finding.Fact]) {
        let rows = alive.rows
        switch table.hitPolicy {
        case .first:
            if let first = rows.first { deciding.insert(first) }
        case .unique:
            deciding.formUnion(rows)
            note(rows, witness) { _, _ in true }
        case .any:
            deciding.formUnion(rows)
            note(rows, witness) { [table] in
                table.rules[$0].outputTexts != table.rules[$1].outputTexts
            }
        default: deciding.formUnion(rows)
        }
    }

    private mutating func note(
        _ rows: [Int], _ witness: [Finding.Fact], _ conflict: (Int, Int) -> Bool
    ) {
        for (index, first) in rows.enumerated() {
            for second in rows[(index + 1)...] where conflict(first, second) {
                let pair = [first + 1, second + 1]
                if overlaps[pair] == nil, overlaps.count < Analysis.stateLimit {
                    overlaps[pair] = .overlap(table.owner, pair, witness)
                }
            }
        }
    }
}
