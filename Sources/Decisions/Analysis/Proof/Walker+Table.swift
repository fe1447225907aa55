extension Walker {
    /// A table on this path. A column is evaluated when the first cell asks for it.
    mutating func decide(_ table: DecisionTable) throws(Stop) -> Term {
        var columns = [Term?](repeating: nil, count: table.inputs.count)
        var matched: [Int] = []
        for row in table.rules.indices {
            if isDead(table, row, columns) { continue }
            if try matches(table, row, &columns) {
                matched.append(row)
                if table.hitPolicy == .first { break }
            }
        }
        return try result(of: table, matched)
    }

    /// Whether a cell is already known not to hold.
    private mutating func isDead(_ table: DecisionTable, _ row: Int, _ columns: [Term?]) -> Bool {
        for (column, test) in table.rules[row].tests.enumerated() {
            guard let subject = columns[column], test.isSimple else { continue }
            if case .any = test { continue }
            if isRefuted(test, subject) { return true }
        }
        return false
    }

    private mutating func matches(
        _ table: DecisionTable, _ row: Int, _ columns: inout [Term?]
    ) throws(Stop) -> Bool {
        for (column, test) in table.rules[row].tests.enumerated() {
            if case .any = test { continue }
            let input = table.inputs[column]
            if columns[column] == nil {
                let outer = source
                source = input.text
                columns[column] = try evaluate(input.value)
                source = outer
            }
            guard let subject = columns[column] else { continue }
            if test.isSimple {
                if try holds(test, subject) != true { return false }
            } else if case .expression(let node) = test {
                slots[input.slot] = subject
                source = table.rules[row].texts[column]
                if try truth(try evaluate(node)) != true { return false }
            } else {
                let text = "\(symbols.text(of: subject)) meets \(table.rules[row].texts[column])"
                if try open(text) != 0 { return false }
            }
        }
        return true
    }

    private mutating func result(of table: DecisionTable, _ rows: [Int]) throws(Stop) -> Term {
        guard let first = rows.first else {
            if table.outputs.contains(where: { $0.byDefault != nil }) {
                var terms: [Term] = []
                for output in table.outputs {
                    terms.append(
                        try output.byDefault.map { node throws(Stop) in try evaluate(node) }
                            ?? .null)
                }
                return joined(table, terms)
            }
            switch table.hitPolicy {
            case .collect, .ruleOrder, .outputOrder: return .list([])
            case .count: return .value(.number(0))
            default:
                events.append(.noRule(table: table.owner))
                return .null
            }
        }
        switch table.hitPolicy {
        case .first: return try output(table, first)
        case .unique:
            if rows.count > 1 { return several(table, rows) }
            return try output(table, first)
        case .any:
            let term = try output(table, first)
            for row in rows.dropFirst()
            where table.rules[row].outputTexts != table.rules[first].outputTexts {
                return several(table, [first, row])
            }
            return term
        case .priority:
            let ranked = rows.map { (row: $0, rank: table.rank($0)) }
            guard ranked.allSatisfy({ $0.rank != nil }) else {
                return unknown("\(table.owner) by priority of rules \(rows.map { $0 + 1 })")
            }
            let best = ranked.min { ($0.rank ?? []).lexicographicallyPrecedes($1.rank ?? []) }
            return try output(table, best?.row ?? first)
        case .ruleOrder, .collect:
            var terms: [Term] = []
            for row in rows { terms.append(try output(table, row)) }
            return .list(terms)
        case .count: return .value(.number(rows.count))
        case .sum:
            var sum = Linear(.zero)
            for row in rows {
                guard let part = try number(try output(table, row)) else { return .null }
                sum = sum + part
            }
            return .number(sum, .number)
        case .minimum, .maximum, .outputOrder:
            var texts: [String] = []
            for row in rows { texts.append(symbols.text(of: try output(table, row))) }
            return unknown("\(table.owner) of \(texts.joined(separator: ", "))")
        }
    }

    private mutating func several(_ table: DecisionTable, _ rows: [Int]) -> Term {
        events.append(.severalRules(table: table.owner, rows.map { $0 + 1 }))
        return .null
    }

    private mutating func output(_ table: DecisionTable, _ row: Int) throws(Stop) -> Term {
        var terms: [Term] = []
        for (node, output) in zip(table.rules[row].outputs, table.outputs) {
            terms.append(try coerced(try evaluate(node), to: output.type))
        }
        return joined(table, terms)
    }

    private func joined(_ table: DecisionTable, _ terms: [Term]) -> Term {
        if terms.count == 1 { return terms[0] }
        return .context(zip(table.outputs, terms).map { (name: $0.name, term: $1) })
    }
}
