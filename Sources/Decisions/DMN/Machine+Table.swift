extension Machine {
    mutating func decide(_ table: DecisionTable) -> Value {
        readInputs(of: table)
        if explanations != nil {
            let explanation = explanation(of: table)
            explanations?.append(explanation)
        }
        switch table.hitPolicy {
        case .first: return first(table)
        case .unique: return unique(table)
        default: return result(of: table, matching(table))
        }
    }

    private mutating func readInputs(of table: DecisionTable) {
        for column in table.inputs.indices {
            let slot = table.inputs[column].slot
            if case .slot(let source) = table.inputs[column].value {
                slots[slot] = slots[source]
            } else {
                let input = table.inputs[column]
                let outer = place
                place.column = input.text
                place.source = input.text
                slots[slot] = evaluate(input.value)
                place = outer
            }
            guard let allowed = table.inputs[column].allowed, !slots[slot].isNull else { continue }
            if allowed.values?.allows(slots[slot]) != true, !satisfies(slots[slot], allowed) {
                let outer = place
                place.column = table.inputs[column].text
                place.source = place.column
                _ = fail("\(slots[slot].brief) is not among the allowed values \(allowed.text)")
                place = outer
            }
        }
    }

    private mutating func first(_ table: DecisionTable) -> Value {
        var found = -1
        forEachMatch(in: table) { _, row in
            found = row
            return false
        }
        return found < 0 ? noMatch(table) : hit(table, found)
    }

    private mutating func unique(_ table: DecisionTable) -> Value {
        var (found, other) = (-1, -1)
        forEachMatch(in: table) { _, row in
            if found < 0 { found = row } else { other = row }
            return other < 0
        }
        if other >= 0 { return result(of: table, matching(table)) }
        return found < 0 ? noMatch(table) : hit(table, found)
    }

    private mutating func hit(_ table: DecisionTable, _ row: Int) -> Value {
        hits.append((table, row))
        return output(table, row)
    }

    private mutating func matching(_ table: DecisionTable) -> [Int] {
        var rows: [Int] = []
        forEachMatch(in: table) { _, row in
            rows.append(row)
            return true
        }
        return rows
    }

    /// Shows the rows that match to `visit`, from the first on, as long as it answers true.
    @inline(__always)
    private mutating func forEachMatch(
        in table: DecisionTable, _ visit: (inout Machine, Int) -> Bool
    ) {
        guard let index = table.index else { return scan(table, visit) }
        if index.words == 1 {
            guard var rest = index.word(in: slots) else { return scan(table, visit) }
            while rest != 0 {
                let row = rest.trailingZeroBitCount
                if passes(table, row, index.tried), !visit(&self, row) { return }
                rest &= rest - 1
            }
            return
        }
        var rows = takeWords(index.words)
        defer { giveBack(rows) }
        guard index.find(in: slots, rows: &rows) else { return scan(table, visit) }
        for word in 0..<index.words {
            var rest = rows[word]
            while rest != 0 {
                let row = word * 64 + rest.trailingZeroBitCount
                if passes(table, row, index.tried), !visit(&self, row) { return }
                rest &= rest - 1
            }
        }
    }

    private mutating func scan(
        _ table: DecisionTable, _ visit: (inout Machine, Int) -> Bool
    ) {
        for row in table.rules.indices where passes(table, row, table.inputs.indices) {
            if !visit(&self, row) { return }
        }
    }

    /// Whether the row's cells in `columns` hold. A cell that cannot be decided is noted, unless
    /// another one fails: then it does not matter.
    @inline(__always)
    private mutating func passes(
        _ table: DecisionTable, _ row: Int, _ columns: some Collection<Int>
    ) -> Bool {
        if columns.isEmpty { return true }
        var undecided: Int?
        for column in columns {
            let slot = table.inputs[column].slot
            switch holds(table.rules[row].tests[column], slot: slot) {
            case true?: continue
            case false?: return false
            case nil:
                // Where a cell of the column speaks of null, null is expected, and this is not it.
                if slots[slot].isNull, table.inputs[column].namesNull { return false }
                undecided = undecided ?? column
            }
        }
        guard let undecided else { return true }
        let input = table.inputs[undecided]
        let outer = place
        place.row = row + 1
        place.column = input.text
        place.source = table.rules[row].texts[undecided]
        _ = fail("the cell cannot be decided for \(slots[input.slot].brief)")
        place = outer
        return false
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

    /// The rule's output: a value, or a context where the table has several columns.
    private mutating func output(_ table: DecisionTable, _ row: Int) -> Value {
        if let result = table.results[row] { return result }
        return DecisionTable.result(
            values(of: table.rules[row], row, table.outputs), table.outputs.map(\.name))
    }

    /// What the rule gives in each of `outputs`.
    mutating func values(
        of rule: DecisionTable.Rule, _ row: Int, _ outputs: [DecisionTable.Output]
    ) -> [Value] {
        place.row = row + 1
        defer {
            place.row = nil
            place.column = nil
            place.source = nil
        }
        var values: [Value] = []
        for (column, output) in outputs.enumerated() {
            place.column = output.name.isEmpty ? "output" : output.name
            place.source = rule.outputTexts[column]
            let value = evaluate(rule.outputs[column])
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
        for row in rows { hits.append((table, row)) }
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
            let values = values(of: table.rules[row], row, table.outputs)
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
