extension Analysis {
    /// Where two models answer differently.
    ///
    /// Both are followed at once with the same unknown facts, inputs being the same where their names
    /// are. A path on which the answers differ gives a region: a test for each input that matters,
    /// conditions between inputs, facts that lie in it, and both answers. Regions with the same
    /// answers that differ in one input are merged.
    ///
    /// What has no exact form (see ``prove(_:in:options:)``) is compared by its text; a difference is
    /// listed only when running both models on the witness shows it.
    ///
    /// - Parameter decision: a decision both have; its whole outcome is compared.
    public static func difference(
        of old: Model, and new: Model, decision: String, options: Options = Options()
    ) -> Difference {
        var difference = Difference(
            decision: decision, changes: Difference.changes(from: old, to: new))
        guard old.program.decisionByName[decision] != nil,
            new.program.decisionByName[decision] != nil
        else {
            difference.openQuestions = ["only one of the models has the decision \(decision)"]
            return difference
        }
        do throws(SyntaxError) {
            let explorer = try Explorer(old, options)
            var comparison = Comparison(old, new, decision, explorer, options)
            comparison.run()
            difference.regions = comparison.merged()
            difference.paths = comparison.paths
            difference.openQuestions = comparison.openQuestions
        } catch {
            difference.openQuestions = ["\(error.message) (column \(error.column))"]
        }
        return difference
    }
}

/// What differs between two models.
public struct Difference: Sendable {
    public struct Part: Hashable, Sendable, Codable {
        public var region: Region
        /// Facts in the region, by input.
        public let witness: [Finding.Fact]
        /// The answers there, in the old and in the new model; in terms of the inputs.
        public let old: String
        public let new: String
        /// The answers for the witness.
        public let oldAnswer: String
        public let newAnswer: String
    }

    /// Something only one model has, or that was rewritten.
    public struct Change: Hashable, Sendable, Codable {
        public enum Kind: String, Sendable, Codable {
            case added, removed, changed
        }

        public let kind: Kind
        /// `input`, `decision`, `table` or `rule`.
        public let element: String
        public let name: String
        public let english: String
        public let chinese: String
    }

    public let decision: String
    public let changes: [Change]
    public internal(set) var regions: [Part] = []
    /// Ways through both models that were compared.
    public internal(set) var paths = 0
    /// Why the list may not be complete; empty when it is.
    public internal(set) var openQuestions: [String] = []

    init(decision: String, changes: [Change]) {
        self.decision = decision
        self.changes = changes
    }
}

extension Difference {
    /// Inputs, decisions and rules by name and id, as written.
    static func changes(from old: Model, to new: Model) -> [Change] {
        var changes: [Change] = []
        changes += compare(
            "input", "输入",
            old.inputs.map { ($0.name, "\($0.typeRef ?? "") \($0.allowedValues ?? "")") },
            new.inputs.map { ($0.name, "\($0.typeRef ?? "") \($0.allowedValues ?? "")") })
        changes += compare(
            "decision", "决策", old.decisions.map { ($0.name, $0.hitPolicy?.rawValue ?? "") },
            new.decisions.map { ($0.name, $0.hitPolicy?.rawValue ?? "") })
        for decision in new.decisions {
            guard let before = old.decisions.first(where: { $0.name == decision.name }) else {
                continue
            }
            changes += compare(
                "rule", "规则", before.rules.map { ("\(decision.name) \($0.id)", text($0)) },
                decision.rules.map { ("\(decision.name) \($0.id)", text($0)) })
        }
        return changes
    }

    private static func text(_ rule: Model.RuleSummary) -> String {
        "\(rule.conditions.joined(separator: " | ")) => \(rule.outputs.joined(separator: " | "))"
    }

    private static func compare(
        _ element: String, _ chinese: String, _ old: [(name: String, text: String)],
        _ new: [(name: String, text: String)]
    ) -> [Change] {
        let before = Dictionary(old.map { ($0.name, $0.text) }) { first, _ in first }
        let after = Dictionary(new.map { ($0.name, $0.text) }) { first, _ in first }
        var changes: [Change] = []
        for (name, text) in old where after[name] == nil {
            changes.append(
                Change(
                    kind: .removed, element: element, name: name,
                    english: "The \(element) \(name) is gone: \(text)",
                    chinese: "\(chinese)“\(name)”已删除：\(text)"))
        }
        for (name, text) in new {
            guard let was = before[name] else {
                changes.append(
                    Change(
                        kind: .added, element: element, name: name,
                        english: "The \(element) \(name) is new: \(text)",
                        chinese: "\(chinese)“\(name)”新增：\(text)"))
                continue
            }
            if was != text {
                changes.append(
                    Change(
                        kind: .changed, element: element, name: name,
                        english: "The \(element) \(name) was \(was), and is \(text)",
                        chinese: "\(chinese)“\(name)”由 \(was) 改为 \(text)"))
            }
        }
        return changes
    }
}
