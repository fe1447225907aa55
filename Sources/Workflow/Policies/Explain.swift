package import Casework
internal import Decisions

/// Why a ruling came out as it did, in words for the tourist, the merchant and the auditor.
package struct Explanation: Hashable, Sendable {
    /// Of the edition: name in both languages, and whether its files are still those of the ruling.
    package let edition: String
    package let editionChinese: String
    package let editionEnglish: String
    package let isUnchanged: Bool
    package let model: String
    package let steps: [Step]

    /// A rule that hit.
    package struct Step: Hashable, Sendable {
        package let rule: CitedRule
        /// The table's own name, as its model labels it.
        package let tableLabel: String
        package let conditions: [Condition]
        /// Rules of the same table that one more condition would have let hit, nearest row first.
        package let nearMisses: [NearMiss]
    }

    package struct Condition: Hashable, Sendable {
        /// The cell as written: `> 7`, `"platform","direct"`.
        package let cell: String
    }

    package struct NearMiss: Hashable, Sendable {
        package let row: Int
        package let chinese: String
        package let english: String
        /// The one cell that was not met.
        package let cell: String
    }
}

extension PolicyBook {
    /// Explains a ruling by its grounds, years later if need be.
    package func explain(_ grounds: Grounds) throws(PolicyError) -> Explanation {
        let edition = try edition(named: grounds.edition)
        return try edition.explain(grounds)
    }
}

extension Edition {
    package func explain(_ grounds: Grounds) throws(PolicyError) -> Explanation {
        let model = try model(grounds.model)
        let steps = grounds.rules.map { rule in
            let table = model.model.decisions.first { $0.name == rule.table }
            let summary = table?.rules.first { $0.rule == rule.row }
            return Explanation.Step(
                rule: rule, tableLabel: table?.label ?? rule.table,
                conditions: summary?.conditions.map { Explanation.Condition(cell: $0) } ?? [],
                nearMisses: [])
        }
        return Explanation(
            edition: name, editionChinese: chinese, editionEnglish: english,
            isUnchanged: hash == grounds.editionHash, model: grounds.model, steps: steps)
    }
}
