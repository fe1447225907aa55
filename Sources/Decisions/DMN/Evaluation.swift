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
        hits = machine.hits
        results = [:]
        let first = machine.program.inputs.count
        for (key, value) in machine.known where key >= first {
            results[machine.program.decisions[key - first].name] = value
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
}
