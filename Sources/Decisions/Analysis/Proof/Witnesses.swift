/// Facts that lead along a path, as values of the model's inputs.
struct Witnesses {
    let model: Model
    let symbols: Symbols
    let options: Analysis.Options
    /// Texts the model names, for lists of them.
    private let texts: [Value]

    /// Halvings of a number between two steps before it is left between them.
    static let branchLimit = 40

    init(_ model: Model, _ symbols: Symbols, _ options: Analysis.Options) {
        (self.model, self.symbols, self.options) = (model, symbols, options)
        var texts: Set<Value> = []
        func look(_ node: Node) {
            node.walk { if case .literal(.string(let text)) = $0 { texts.insert(.string(text)) } }
        }
        for decision in model.program.decisions { (decision.logic?.body).map(look) }
        self.texts = texts.sorted { $0.description < $1.description }
    }

    /// Candidates in the order in which they should be tried; each fits the path where it is exact.
    ///
    /// - Parameter mark: "′" for the second world.
    func facts(_ path: Path, mark: String = "") -> [[String: Value]] {
        guard let numbers = numbers(path) else { return [] }
        let lists: [Value] = [.list([]), .list(texts)]
        return lists.map { list in
            var facts: [String: Value] = [:]
            for input in model.program.inputs {
                let isMarked = symbols.index(input.name + mark) != nil
                facts[input.name] = value(
                    input.name + (isMarked ? mark : ""), input.name, input.type, path, numbers,
                    list)
            }
            return facts
        }
    }

    /// Numbers for all number symbols, on their steps where they have one.
    private func numbers(_ path: Path) -> [Int: Fraction]? {
        var open = [path]
        for _ in 0..<Self.branchLimit {
            guard var path = open.popLast() else { return nil }
            guard path.recheck() else { continue }
            let solution = path.simplex.solution()
            var numbers: [Int: Fraction] = [:]
            var broken: (symbol: Int, below: Fraction, above: Fraction)?
            for (symbol, variable) in path.variables {
                let value = solution[variable]
                numbers[symbol] = value
                guard let step = symbols.all[symbol].step, broken == nil else { continue }
                let steps = value / step
                if !steps.isWhole {
                    broken = (symbol, steps.floor * step, (steps.floor + .one) * step)
                }
            }
            guard let broken else { return numbers }
            for (limit, sign) in [(broken.below, 1), (broken.above, -1)] {
                var next = path
                let part = (Linear(symbol: broken.symbol) - Linear(limit)) * Fraction(sign)
                if next.add(part, .lessOrEqual, symbols) { open.append(next) }
            }
        }
        return nil
    }

    private func value(
        _ text: String, _ name: String, _ type: FEELType, _ path: Path, _ numbers: [Int: Fraction],
        _ list: Value
    ) -> Value {
        if path.answers["\(text) = null"] == 0 { return .null }
        if case .context(let members) = type.base, !members.isEmpty {
            return .context(
                Context(
                    members.map {
                        (
                            $0.name,
                            value(
                                "\(text).\($0.name)", "\(name).\($0.name)", $0.type, path, numbers,
                                list)
                        )
                    }))
        }
        if let symbol = symbols.index(text) {
            if let number = numbers[symbol], let unit = symbols.all[symbol].unit {
                return unit.value(number) ?? .null
            }
            let choice = path.choice(symbol)
            let values = choice.values.sorted { $0.description < $1.description }
            if !choice.isExcluded, let first = values.first { return first }
            if case .string = type.base {
                var other = "other"
                while choice.values.contains(.string(other)) { other += "?" }
                return .string(other)
            }
        }
        return allowed(type, list, step: options.steps[name])
    }

    /// Some value of the type, for an input that does not matter.
    private func allowed(_ type: FEELType, _ list: Value, step: Decimal128?) -> Value {
        var tests: [Test] = []
        if case .constrained(_, let constraint) = type {
            tests.append(Test(constraint.test, slot: 0))
        }
        switch type.base {
        case .list(let element):
            if case .number = element.base { return .list([.number(100)]) }
            return list
        case .number, .string, .boolean, .date, .time, .dateTime, .daysDuration,
            .yearsMonthsDuration:
            var machine = Machine(program: .empty, mode: .lenient)
            for piece in Column.pieces(of: tests, type: type, step: step) {
                machine.slots = [piece.representative]
                if tests.allSatisfy({ machine.holds($0, slot: 0) == true }) {
                    return piece.representative
                }
            }
            return .null
        default: return list
        }
    }
}
