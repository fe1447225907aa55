package import Casework
import Decisions

/// Why a ruling came out as it did, in words for the tourist, the merchant and the auditor.
package struct Explanation: Hashable, Sendable {
    /// `sanya/2024-02-05`.
    package let edition: String
    /// The edition's name.
    package let title: Said
    /// Whether the edition's files are still those the ruling was made with. When they are not, the
    /// cited rules stand as they were recorded, and the conditions are shown as they read today.
    package let isUnchanged: Bool
    package let model: String
    /// Every table on the way, in the order of evaluation.
    package let tables: [Table]
    /// How the amounts came about, where the ruling gives any.
    package internal(set) var heads: [RefundHead] = []

    /// The rules that hit, in the order of evaluation.
    package var steps: [Step] { tables.flatMap(\.steps) }

    package struct Table: Hashable, Sendable {
        /// The decision whose table it is.
        package let name: String
        /// The table's own name, as its model labels it.
        package let label: Said
        package let steps: [Step]
        /// Rules that one more condition would have let hit, by row.
        package let nearMisses: [NearMiss]
    }

    package struct Step: Hashable, Sendable {
        package let rule: CitedRule
        /// The cells of the rule that say something; `-` is left out.
        package let conditions: [Condition]
    }

    package struct Condition: Hashable, Sendable {
        /// The column, as an expression: `payable <= quickPayLimit`.
        package let input: String
        /// The cell as written: `> 7`, `"platform","direct"`.
        package let cell: String
        /// What stood in the column, as FEEL writes it.
        package let actual: String
        /// The column in words: 诉求金额.
        package let subject: Said
        /// The cell in words: 大于 7.
        package let wanted: Said
        /// What stood there, in words.
        package let found: Said
        /// What the column was computed from, where it is more than one name.
        package let parts: [Part]
    }

    package struct Part: Hashable, Sendable {
        package let subject: Said
        package let value: Said
    }

    package struct NearMiss: Hashable, Sendable {
        package let rule: CitedRule
        /// The one condition that was not met.
        package let failed: Condition
    }
}

/// The same in both languages.
package struct Said: Hashable, Sendable, Codable {
    package let chinese: String
    package let english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

extension PolicyBook {
    /// Explains a ruling by its grounds, years later if need be.
    package func explain(_ grounds: Grounds) throws(PolicyError) -> Explanation {
        try edition(named: grounds.edition).explain(grounds)
    }

    /// Explains every ruling on a case that is kept with it, in the order in which they were given.
    package func explain(_ file: Case) throws(PolicyError) -> [Explanation] {
        var explanations: [Explanation] = []
        for grounds in [file.classification?.grounds, file.acceptance?.grounds].compactMap({ $0 }) {
            explanations.append(try explain(grounds))
        }
        if let determination = file.determination {
            var explanation = try explain(determination.grounds)
            explanation.heads = determination.outcome.heads
            explanations.append(explanation)
        }
        if let advance = file.advance { explanations.append(try explain(advance.grounds)) }
        return explanations
    }
}

extension Edition {
    package func explain(_ grounds: Grounds) throws(PolicyError) -> Explanation {
        let model = try model(grounds.model)
        let decision = Self.decision(of: model.name)
        let given = try values(of: grounds.inputs)
        let words = PolicyWords(
            self, model,
            known: given.merging(model.model.evaluate(decision, given: given).results) {
                given, _ in given
            })
        let tables = model.model.explain(decision, given: given).map { table in
            Explanation.Table(
                name: table.decision, label: words.label(of: table.decision),
                steps: grounds.rules.filter { $0.table == table.decision }.map { rule in
                    let hit = table.rules.first { $0.rule == rule.row }
                    return Explanation.Step(
                        rule: rule,
                        conditions: hit?.cells.filter { $0.condition != "-" }.map(words.condition)
                            ?? [])
                },
                nearMisses: table.rules.compactMap { rule in
                    guard rule.failed.count == 1, let failed = rule.failed.first else { return nil }
                    return Explanation.NearMiss(
                        rule: CitedRule(rule, of: table.decision), failed: words.condition(failed))
                })
        }
        return Explanation(
            edition: name, title: Said(chinese, english),
            isUnchanged: hash == grounds.editionHash, model: grounds.model, tables: tables)
    }

    /// Asks `decision` about given facts, and explains the answer.
    ///
    /// - Parameter decision: `acceptance`, `determination` (the matter names its model), `advance` …
    package func explain(
        _ decision: String, about facts: Facts
    ) throws(PolicyError) -> (outcome: String, explanation: Explanation) {
        var model = decision
        if decision == "determination" {
            guard case .text(let code)? = facts["matter"] else {
                throw .missingFacts(model: decision, ["matter"])
            }
            model += "-" + (try matter(code).rules)
        }
        let answer = try ask(model, Self.decision(of: model), facts)
        var explanation = try explain(answer.grounds)
        if decision == "determination" { explanation.heads = try answer.determination().heads }
        return (answer.evaluation.value.description, explanation)
    }
}

extension Edition {
    /// The decision that a model is asked for.
    static func decision(of model: String) -> String {
        switch model {
        case "order-classification": "classification"
        case "order-routing": "routing"
        case "order-limits": "orderTerms"
        default: model.hasPrefix("determination-") ? "determination" : model
        }
    }
}

extension CitedRule {
    fileprivate init(_ rule: TableExplanation.Rule, of table: String) {
        self.init(
            table: table, row: rule.rule, id: rule.id, clause: rule.annotations["clause"] ?? "",
            chinese: rule.annotations["zh"] ?? "", english: rule.annotations["en"] ?? "")
    }
}
