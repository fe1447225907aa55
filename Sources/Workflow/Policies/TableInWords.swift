package import Decisions

/// A decision table as people read it: its cells in words, with the names and codes of its edition.
package struct TableInWords: Hashable, Sendable {
    package let name: String
    package let label: Said
    package let question: String?
    package let hitPolicy: HitPolicy
    package let columns: [Said]
    /// One empty name where there is only one output.
    package let outputs: [String]
    package let rules: [Rule]

    package struct Rule: Hashable, Sendable {
        /// 1-based row.
        package let number: Int
        package let conditions: [Said]
        /// The conditions as the model writes them.
        package let written: [String]
        package let outputs: [String]
        /// What it does, in both languages, and the clause it rests on.
        package let effect: Said
        package let clause: String
    }
}

extension Edition {
    /// The tables of a model, in its order.
    package func tablesInWords(of model: PolicyModel) -> [TableInWords] {
        let words = PolicyWords(self, model, known: [:])
        return model.model.decisions.compactMap { decision in
            guard let policy = decision.hitPolicy,
                let heading = model.model.heading(of: decision.name)
            else { return nil }
            return TableInWords(
                name: decision.name, label: words.label(of: decision.name),
                question: decision.question, hitPolicy: policy,
                columns: heading.inputs.map { words.column($0) }, outputs: heading.outputs,
                rules: decision.rules.map { rule in
                    TableInWords.Rule(
                        number: rule.rule,
                        conditions: zip(rule.conditions, heading.inputs).map {
                            words.cell($0, of: $1)
                        },
                        written: rule.conditions, outputs: rule.outputs,
                        effect: Said(
                            rule.annotations["zh"] ?? "", rule.annotations["en"] ?? ""),
                        clause: rule.annotations["clause"] ?? "")
                })
        }
    }
}
