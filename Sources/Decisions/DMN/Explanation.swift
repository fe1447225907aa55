/// A decision table as it was met in one evaluation: every cell of every rule, true or false.
public struct TableExplanation: Hashable, Sendable {
    public struct Cell: Hashable, Sendable {
        /// The input expression of the column.
        public let input: String
        /// The cell as written.
        public let condition: String
        public let actual: Value
        /// Nil where the condition cannot be decided for this value.
        public let holds: Bool?
    }

    public struct Rule: Hashable, Sendable {
        /// 1-based row.
        public let rule: Int
        public let id: String
        public let cells: [Cell]
        public let annotations: [String: String]

        public var matches: Bool { cells.allSatisfy { $0.holds == true } }
        /// The cells that kept the rule from matching, from left to right.
        public var failed: [Cell] { cells.filter { $0.holds != true } }
    }

    /// The decision or business knowledge model it belongs to.
    public let decision: String
    public let hitPolicy: HitPolicy
    /// All rules, in their order.
    public let rules: [Rule]

    /// Rules that did not match, those with the fewest failed cells first.
    public var nearMisses: [Rule] {
        rules.filter { !$0.matches }.enumerated()
            .sorted { ($0.element.failed.count, $0.offset) < ($1.element.failed.count, $1.offset) }
            .map(\.element)
    }
}

extension Model {
    /// Decides, and tells of every table on the way which condition of which rule held.
    ///
    /// - Returns: the tables in order of evaluation; a decision's own table comes after those it needs.
    public func explain(
        _ decision: String, given inputs: [String: Value], mode: Mode = .strict
    ) -> [TableExplanation] {
        var machine = Machine(program: program, mode: mode)
        machine.explanations = []
        _ = evaluate(decision, given: inputs, with: &machine)
        return machine.explanations ?? []
    }
}

extension Machine {
    /// The table with the values that now stand in its slots.
    mutating func explanation(of table: DecisionTable) -> TableExplanation {
        var rules: [TableExplanation.Rule] = []
        for (row, rule) in table.rules.enumerated() {
            var cells: [TableExplanation.Cell] = []
            for (column, input) in table.inputs.enumerated() {
                cells.append(
                    TableExplanation.Cell(
                        input: input.text, condition: rule.texts[column],
                        actual: slots[input.slot],
                        holds: holds(rule.tests[column], slot: input.slot)))
            }
            rules.append(
                TableExplanation.Rule(
                    rule: row + 1, id: rule.id, cells: cells, annotations: rule.annotations))
        }
        return TableExplanation(decision: table.owner, hitPolicy: table.hitPolicy, rules: rules)
    }
}
