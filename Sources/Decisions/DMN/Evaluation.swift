/// What a decision came to, and how.
public struct Evaluation: Sendable {
    public var value: Value
    /// What was null or failed, where and why.
    public var notes: [Note]
    /// Rules that matched, of every table on the way, in order of evaluation.
    public var hits: [RuleHit]
    /// Every decision evaluated on the way, by name.
    public var results: [String: Value]

    /// Whether nothing went wrong that the result could hide.
    public var isSound: Bool { !notes.contains { $0.severity == .error } }

    init(value: Value, machine: Machine) {
        self.value = value
        notes = machine.notes
        hits = machine.hits.map(RuleHit.init)
        results = [:]
        let decided = machine.known.dropFirst(machine.program.inputs.count)
        for (decision, known) in zip(machine.program.decisions, decided) {
            if case .value(let value) = known { results[decision.name] = value }
        }
    }
}

/// A rule of a table that matched.
public struct RuleHit: Hashable, Sendable, Codable {
    /// The decision or business knowledge model the table belongs to.
    public let decision: String
    public let ruleID: String
    /// 1-based row.
    public let rule: Int
    /// By the name of the annotation column; string literals without their quotes.
    public let annotations: [String: String]

    public init(decision: String, ruleID: String, rule: Int, annotations: [String: String]) {
        self.decision = decision
        self.ruleID = ruleID
        self.rule = rule
        self.annotations = annotations
    }

    init(table: DecisionTable, row: Int) {
        let rule = table.rules[row]
        self.init(
            decision: table.owner, ruleID: rule.id, rule: row + 1, annotations: rule.annotations)
    }
}
