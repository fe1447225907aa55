/// What is wrong in a table whose cells can all be read: cells that never match, outputs that are not
/// listed, columns without a name.
extension Compiler {
    mutating func check(_ table: DecisionTable, _ element: XMLElement, _ scope: Scope) {
        defer { column = nil }
        if table.outputs.isEmpty { report(.noOutputs, "", element, nil) }
        if table.rules.isEmpty { report(.noRules, "", element, nil) }
        checkPolicy(table, element)
        let rules = element.children("rule")
        for (index, input) in table.inputs.enumerated() {
            column = input.text.isEmpty ? "\(index + 1)" : input.text
            if input.text.isEmpty {
                report(.noInputExpression, "", element.children("input")[index], nil)
            }
            let type = input.type.isAny ? self.type(of: input.value) : input.type
            for (row, rule) in table.rules.enumerated() {
                let cell = rules[row].children("inputEntry")[index]
                check(
                    rule.tests[index], type, input.allowed, rule.texts[index], cell, row + 1,
                    input.slot)
            }
        }
        checkOutputs(table, element, rules)
    }

    private mutating func checkPolicy(_ table: DecisionTable, _ element: XMLElement) {
        let policy = element.attributes["hitPolicy"] ?? "UNIQUE"
        if let aggregation = element.attributes["aggregation"] {
            if policy != "COLLECT" {
                report(.aggregationWithout(policy), aggregation, element, nil)
            } else if table.outputs.count != 1 {
                report(.aggregationOfSeveral, aggregation, element, nil)
            }
        }
        let ranks = table.hitPolicy == .priority || table.hitPolicy == .outputOrder
        if ranks, table.outputs.allSatisfy(\.priorities.isEmpty) {
            report(.noPriorities, policy, element, nil)
        }
    }

    private mutating func check(
        _ test: Test, _ type: FEELType?, _ allowed: Constraint?, _ text: String,
        _ cell: XMLElement, _ row: Int, _ slot: Int
    ) {
        switch test {
        case .any: return
        case .equals(let value):
            let before = problems.count
            check(value, type, text, cell, row)
            if problems.count > before { return }
            check(value, among: allowed ?? type?.constraint, text, cell, row)
        case .compare(_, let value): check(value, type, text, cell, row)
        case .inside(let interval):
            for end in [interval.low, interval.high] { check(end, type, text, cell, row) }
        case .oneOf(let tests):
            for test in tests { check(test, type, allowed, text, cell, row, slot) }
        case .not(let test): check(test, type, allowed, text, cell, row, slot)
        case .expression(.unaryTest(let node, slot)):
            guard let type, type.base.isPlain, type.base.name != "boolean", !node.reads(slot),
                case .boolean? = self.type(of: node)
            else { return }
            report(.conditionInCell, text, cell, row)
        case .expression: return
        }
    }

    private mutating func check(
        _ value: Value, _ type: FEELType?, _ text: String, _ cell: XMLElement, _ row: Int
    ) {
        guard let type = type?.base, type.isPlain, let own = FEELType.plain(value),
            own.name != type.name
        else { return }
        report(.neverMatches(own.name, type.name), text, cell, row)
    }

    private mutating func check(
        _ value: Value, among allowed: Constraint?, _ text: String, _ cell: XMLElement, _ row: Int
    ) {
        guard let allowed, FEELType.plain(value) != nil else { return }
        var machine = Machine(program: .empty, mode: .lenient)
        if !machine.satisfies(value, allowed) {
            report(.notListed(value.brief, allowed.text), text, cell, row)
        }
    }

    private mutating func checkOutputs(
        _ table: DecisionTable, _ element: XMLElement, _ rules: [XMLElement]
    ) {
        var names: Set<String> = []
        for (index, output) in table.outputs.enumerated() {
            column = output.name.isEmpty ? "output" : output.name
            if table.outputs.count > 1 {
                let outputElement = element.children("output")[index]
                if output.name.isEmpty {
                    report(.unnamedOutput, "", outputElement, nil)
                } else if !names.insert(output.name).inserted {
                    report(.duplicateOutput(output.name), "", outputElement, nil)
                }
            }
            for (row, rule) in table.rules.enumerated() {
                guard let value = rule.outputs[index].unlocated.constant,
                    let own = FEELType.plain(value)
                else { continue }
                let (cell, text) = (
                    rules[row].children("outputEntry")[index], rule.outputTexts[index]
                )
                if output.type.base.isPlain, own.name != output.type.base.name {
                    report(.wrongOutputType(own.name, output.type.base.name), text, cell, row + 1)
                } else {
                    check(
                        value, among: output.allowed ?? output.type.constraint, text, cell, row + 1)
                }
            }
        }
    }
}

extension FEELType {
    /// The test that its values must pass.
    fileprivate var constraint: Constraint? {
        if case .constrained(_, let constraint) = self { constraint } else { nil }
    }
}
