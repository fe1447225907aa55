import Decisions

/// Which rules the cases of an edition hit, and which cells they show to matter.
struct Coverage {
    private(set) var hit: Set<PolicyTestReport.Row> = []
    /// Cells by which alone their rule failed in some case.
    private var decisive: Set<Place> = []
    /// The columns of each table that was met, as expressions.
    private var columns: [String: [String]] = [:]

    private struct Place: Hashable {
        let row: PolicyTestReport.Row
        let column: Int
    }

    mutating func add(_ cases: TestCases, on model: PolicyModel) {
        for testCase in cases.cases {
            let evaluation = model.model.evaluate(
                testCase.decision, given: testCase.inputs, mode: .strict)
            for reached in evaluation.hits {
                hit.insert(.init(file: model.file, table: reached.decision, row: reached.rule))
            }
            for table in model.model.explain(testCase.decision, given: testCase.inputs) {
                add(table, of: model)
            }
        }
    }

    private mutating func add(_ table: TableExplanation, of model: PolicyModel) {
        for rule in table.rules {
            let key = model.file + "/" + table.decision
            if columns[key] == nil { columns[key] = rule.cells.map(\.input) }
            let failed = rule.cells.indices.filter { rule.cells[$0].holds != true }
            guard failed.count == 1 else { continue }
            let row = PolicyTestReport.Row(
                file: model.file, table: table.decision, row: rule.rule)
            decisive.insert(Place(row: row, column: failed[0]))
        }
    }

    func bareCells(of model: PolicyModel) -> [PolicyTestReport.Cell] {
        model.model.decisions.flatMap { decision in
            let inputs = columns[model.file + "/" + decision.name] ?? []
            return decision.rules.flatMap { rule in
                let row = PolicyTestReport.Row(
                    file: model.file, table: decision.name, row: rule.rule)
                let isHit = hit.contains(row)
                return rule.conditions.enumerated().compactMap {
                    column, condition -> PolicyTestReport.Cell? in
                    let isShown = isHit && decisive.contains(Place(row: row, column: column))
                    guard condition != "-", !isShown else { return nil }
                    return PolicyTestReport.Cell(
                        row: row,
                        input: inputs.indices.contains(column) ? inputs[column] : "\(column + 1)",
                        condition: condition, isHit: isHit)
                }
            }
        }
    }
}
