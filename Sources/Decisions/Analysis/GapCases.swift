/// Finds input data that lead into a gap of a table.
struct GapCases {
    private let model: Model
    private let options: Analysis.Options

    init(_ model: Model, _ options: Analysis.Options) {
        self.model = model
        var options = options
        options.pathLimit = min(options.pathLimit, 2_000)
        self.options = options
    }

    /// The gap with a test case; as a note where the columns cannot all be so at once.
    func completed(_ gap: Finding) -> Finding {
        guard let index = model.program.decisionByName[gap.table],
            let logic = model.program.decisions[index].logic,
            let table = model.tables.first(where: { $0.owner == gap.table }),
            let tests = tests(gap, table),
            let explorer = try? Explorer(model, options)  // no FEEL: no case
        else { return gap }
        let witnesses = Witnesses(model, explorer.symbols, options)
        var facts: [String: Value]?
        var isOpen = false
        let needed = logic.bindings.compactMap { binding -> Int? in
            if case .decision(let index) = binding.requirement { index } else { nil }
        }
        let paths = try? explorer.run(through: needed) {  // too deep: no test case
            walker throws(Walker.Stop) in
            var frame = [Term](repeating: .null, count: logic.slots)
            for binding in logic.bindings {
                frame[binding.slot] = try walker.value(of: binding.requirement)
            }
            walker.slots = frame
            for (input, test) in tests {
                let subject = try walker.evaluate(input.value)
                if try walker.holds(test, subject) != true { return true }
            }
            for candidate in witnesses.facts(walker.path) where facts == nil {
                if isGap(candidate, table) { facts = candidate }
            }
            isOpen = true
            return facts == nil
        }
        var gap = gap
        if let facts {
            gap.facts = model.program.inputs.compactMap { input in
                facts[input.name].map { Finding.Fact(input: input.name, text: $0.literal) }
            }
        } else if paths != nil, !isOpen {
            gap.severity = .note
            gap.english += " No facts lead there: the columns hang together."
            gap.chinese += "（各列相互关联，没有事实会落入此处。）"
        }
        return gap
    }

    /// The columns that matter with their tests; nil where a test cannot be read back.
    private func tests(
        _ gap: Finding, _ table: DecisionTable
    ) -> [(input: DecisionTable.Input, test: Test)]? {
        var tests: [(input: DecisionTable.Input, test: Test)] = []
        for condition in gap.regions.first?.conditions ?? [] {
            guard let input = table.inputs.first(where: { $0.text == condition.input }),
                var parser = try? Parser(condition.test, scope: Scope()),  // our own text
                let node = try? parser.unaryTests(input.slot)
            else { return nil }
            let test = Test(node, slot: input.slot)
            guard test.isSimple else { return nil }
            tests.append((input, test))
        }
        return tests
    }

    private func isGap(_ facts: [String: Value], _ table: DecisionTable) -> Bool {
        model.explain(table.owner, given: facts, mode: .lenient).contains {
            $0.decision == table.owner && $0.rules.allSatisfy { !$0.matches }
        }
    }
}
