package import Casework
internal import Decisions

/// Why a ruling came out as it did, in words for the tourist, the merchant and the auditor.
package struct Explanation: Hashable, Sendable {
    /// `sanya/2024-02-05`.
    package let edition: String
    package let chinese: String
    package let english: String
    /// Whether the edition's files are still those the ruling was made with. When they are not, the
    /// cited rules stand as they were recorded, and the conditions are shown as they read today.
    package let isUnchanged: Bool
    package let model: String
    /// The rules that hit, in the order of evaluation.
    package let steps: [Step]

    package struct Step: Hashable, Sendable {
        package let rule: CitedRule
        /// The table's own name, as its model labels it.
        package let tableLabel: String
        /// The cells of the rule that say something; `-` is left out.
        package let conditions: [Condition]
        /// Rules of the table that one more condition would have let hit, by row.
        package let nearMisses: [NearMiss]
    }

    package struct Condition: Hashable, Sendable {
        /// The column, as an expression: `payable <= quickPayLimit`.
        package let input: String
        /// The cell as written: `> 7`, `"platform","direct"`.
        package let cell: String
        /// What stood in the column, as FEEL writes it.
        package let actual: String
    }

    package struct NearMiss: Hashable, Sendable {
        /// 1-based.
        package let row: Int
        package let clause: String
        package let chinese: String
        package let english: String
        /// The one condition that was not met.
        package let failed: Condition
    }
}

extension PolicyBook {
    /// Explains a ruling by its grounds, years later if need be.
    package func explain(_ grounds: Grounds) throws(PolicyError) -> Explanation {
        try edition(named: grounds.edition).explain(grounds)
    }
}

extension Edition {
    package func explain(_ grounds: Grounds) throws(PolicyError) -> Explanation {
        let model = try model(grounds.model)
        let decision = model.name.hasPrefix("determination-") ? "determination" : model.name
        let tables = model.model.explain(decision, given: try values(of: grounds.inputs))
        let steps = grounds.rules.map { rule in
            let table = tables.first { $0.decision == rule.table }
            let hit = table?.rules.first { $0.rule == rule.row }
            return Explanation.Step(
                rule: rule,
                tableLabel: model.model.decisions.first { $0.name == rule.table }?.label
                    ?? rule.table,
                conditions: hit?.cells.filter { $0.condition != "-" }.map(
                    Explanation.Condition.init)
                    ?? [],
                nearMisses: table.map(Self.nearMisses) ?? [])
        }
        return Explanation(
            edition: name, chinese: chinese, english: english,
            isUnchanged: hash == grounds.editionHash, model: grounds.model, steps: steps)
    }

    private static func nearMisses(in table: TableExplanation) -> [Explanation.NearMiss] {
        table.rules.compactMap { rule in
            guard rule.failed.count == 1, let failed = rule.failed.first else { return nil }
            return Explanation.NearMiss(
                row: rule.rule, clause: rule.annotations["clause"] ?? "",
                chinese: rule.annotations["zh"] ?? "", english: rule.annotations["en"] ?? "",
                failed: Explanation.Condition(failed))
        }
    }
}

extension Explanation.Condition {
    fileprivate init(_ cell: TableExplanation.Cell) {
        self.init(input: cell.input, cell: cell.condition, actual: cell.actual.brief)
    }
}
