extension Machine {
    mutating func decide(_ table: DecisionTable) -> Value {
        let outer = place
        defer { place = outer }
        for input in table.inputs {
            place.column = input.text
            place.source = input.text
            let value = evaluate(input.value)
            slots[input.slot] = value
            if let allowed = input.allowed, !value.isNull, !satisfies(value, allowed) {
                _ = fail("\(value.brief) is not among the allowed values \(allowed.text)")
            }
        }
        place.column = nil
        place.source = nil
        if explanations != nil {
            let explanation = explanation(of: table)
            explanations?.append(explanation)
        }
        return table.hitPolicy == .first ? first(table) : result(of: table, matching(table))
    }

    private mutating func first(_ table: DecisionTable) -> Value {
        for row in table.rules.indices where matches(table, row) {
            record(table, row)
            return output(table, row)
        }
        return noMatch(table)
    }

    private mutating func matching(_ table: DecisionTable) -> [Int] {
        var rows: [Int] = []
        for row in table.rules.indices where matches(table, row) { rows.append(row) }
        return rows
    }

    private mutating func matches(_ table: DecisionTable, _ row: Int) -> Bool {
        let rule = table.rules[row]
        for column in rule.tests.indices {
            let input = table.inputs[column]
            if holds(rule.tests[column], slot: input.slot) == true { continue }
            if holds(rule.tests[column], slot: input.slot) == nil {
                let isNull = slots[input.slot].isNull
                if !isNull || !input.namesNull {
                    place.row = row + 1
                    place.column = input.text
                    place.source = rule.texts[column]
                    _ = fail(
                        "the cell cannot be decided for \(slots[input.slot].brief)")
                    place.row = nil
                    place.column = nil
                    place.source = nil
                }
            }
            return false
        }
        return true
    }

    /// Three-valued, and silent.
    mutating func holds(_ test: Test, slot: Int) -> Bool? {
        let subject = slots[slot]
        switch test {
        case .any: return true
        case .equals(let value): return equals(subject, value)
        case .compare(.equal, let value): return equals(subject, value)
        case .compare(.notEqual, let value): return equals(subject, value).map { !$0 }
        case .compare(let sign, let value): return order(subject, value).map(sign.accepts)
        case .inside(let interval): return contains(interval, subject, isSilent: true).boolean
        case .oneOf(let tests):
            var isUnknown = false
            for test in tests {
                let answer = holds(test, slot: slot)
                if answer == true { return true }
                if answer == nil { isUnknown = true }
            }
            return isUnknown ? nil : false
        case .not(let test): return holds(test, slot: slot).map { !$0 }
        case .expression(let node): return evaluate(node).boolean
        }
    }

    private mutating func equals(_ subject: Value, _ value: Value) -> Bool? {
        switch (subject, value) {
        case (.string(let a), .string(let b)): a.hasSameScalars(as: b)
        case (.number(let a), .number(let b)): a == b
        case (.boolean(let a), .boolean(let b)): a == b
        case (.list(let items), _) where items.count != 1:
            // A list meets a single value when the value is in it.
            items.contains(value)
        default: areEqual(subject, value)
        }
    }

    private mutating func record(_ table: DecisionTable, _ row: Int) {
        let rule = table.rules[row]
        hits.append(
            RuleHit(
                decision: table.owner, ruleID: rule.id, rule: row + 1,
                annotations: rule.annotations))
    }

    /// The rule's output: a value, or a context where the table has several columns.
    private mutating func output(_ table: DecisionTable, _ row: Int) -> Value {
        let values = columns(table, row)
        if table.outputs.count == 1, table.outputs[0].name.isEmpty || values.count == 1 {
            return values.first ?? .null
        }
        return .context(Context(Array(zip(table.outputs.map(\.name), values))))
    }

    private mutating func columns(_ table: DecisionTable, _ row: Int) -> [Value] {
        place.row = row + 1
        defer {
            place.row = nil
            place.column = nil
            place.source = nil
        }
        var values: [Value] = []
        for (column, output) in table.outputs.enumerated() {
            place.column = output.name.isEmpty ? "output" : output.name
            place.source = table.rules[row].outputTexts[column]
            let value = evaluate(table.rules[row].outputs[column])
            let fitted = coerced(value, to: output.type, subject: "the output")
            if let allowed = output.allowed, !fitted.isNull, !satisfies(fitted, allowed) {
                _ = fail("\(fitted.brief) is not among the output values \(allowed.text)")
            }
            values.append(fitted)
        }
        return values
    }

    private mutating func noMatch(_ table: DecisionTable) -> Value {
        if table.outputs.contains(where: { $0.byDefault != nil }) {
            let values = table.outputs.map { output in
                output.byDefault.map { evaluate($0) } ?? .null
            }
            return table.outputs.count == 1
                ? values[0] : .context(Context(Array(zip(table.outputs.map(\.name), values))))
        }
        switch table.hitPolicy {
        case .collect, .ruleOrder, .outputOrder: return .list([])
        case .count: return .number(0)
        default:
            let facts = table.inputs.map { "\($0.text) = \(slots[$0.slot].brief)" }
            return fail("no rule matches \(facts.joined(separator: ", "))")
        }
    }

    private mutating func result(of table: DecisionTable, _ rows: [Int]) -> Value {
        guard let first = rows.first else { return noMatch(table) }
        for row in rows { record(table, row) }
        switch table.hitPolicy {
        case .unique, .first:
            if rows.count > 1 {
                return fail(
                    "rules \(rows.map { String($0 + 1) }.joined(separator: ", ")) match; only one may"
                )
            }
            return output(table, first)
        case .any:
            let value = output(table, first)
            for row in rows.dropFirst() where output(table, row) != value {
                return fail("rules \(first + 1) and \(row + 1) match with different outputs")
            }
            return value
        case .priority, .outputOrder:
            let ranked = ranked(table, rows)
            return table.hitPolicy == .priority ? ranked[0] : .list(ranked)
        case .ruleOrder, .collect: return .list(rows.map { output(table, $0) })
        case .count: return .number(rows.count)
        case .sum, .minimum, .maximum:
            return aggregate(table.hitPolicy, rows.map { output(table, $0) })
        }
    }

    /// Outputs by the order in which the output values are listed, column after column.
    private mutating func ranked(_ table: DecisionTable, _ rows: [Int]) -> [Value] {
        var entries: [(rank: [Int], value: Value)] = []
        for row in rows {
            let values = columns(table, row)
            let rank = zip(table.outputs, values).map { output, value in
                output.priorities.firstIndex(of: value) ?? Int.max
            }
            entries.append((rank, output(table, row)))
        }
        // Stable: Swift's sort keeps the order of rules among equals.
        entries.sort { $0.rank.lexicographicallyPrecedes($1.rank) }
        return entries.map(\.value)
    }

    private mutating func aggregate(_ policy: HitPolicy, _ values: [Value]) -> Value {
        var result = values[0]
        if result.isNull { return fail("an output is null, so there is no aggregate") }
        for value in values.dropFirst() {
            switch policy {
            case .sum: result = arithmetic(.add, result, value)
            default:
                guard let order = order(value, result) else {
                    return fail("\(value.brief) and \(result.brief) have no order")
                }
                if policy == .minimum ? order < 0 : order > 0 { result = value }
            }
            if result.isNull { return .null }
        }
        return result
    }
}
