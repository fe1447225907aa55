/// Facts at and beside the values a model names, in a fixed, mixed order.
struct BoundarySearch {
    /// Facts tried for one property.
    static let limit = 3_000

    /// By input.
    private(set) var values: [String: [Value]] = [:]
    private(set) var tried = 0
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private let names: [String]

    init(_ model: Model, _ options: Analysis.Options) {
        names = model.program.inputs.map(\.name)
        var numbers: Set<Decimal128> = [.zero]
        var texts: Set<Value> = []
        func look(_ value: Value) {
            switch value {
            case .number(let number): numbers.insert(number)
            case .string: texts.insert(value)
            default: break
            }
        }
        for table in model.tables {
            for rule in table.rules { for test in rule.tests { test.constants.forEach(look) } }
        }
        for decision in model.program.decisions {
            decision.logic?.body.walk { if case .literal(let value) = $0 { look(value) } }
        }
        let words = Array(texts).sorted { $0.description < $1.description }
        for input in model.program.inputs {
            values[input.name] = Self.values(
                input.type, numbers.sorted(), words, options.steps[input.name])
            if options.mayBeNull.contains(input.name) { values[input.name]?.append(.null) }
        }
    }

    private static func values(
        _ type: FEELType, _ numbers: [Decimal128], _ words: [Value], _ step: Decimal128?
    ) -> [Value] {
        var tests: [Test] = []
        if case .constrained(_, let constraint) = type {
            tests.append(Test(constraint.test, slot: 0))
        }
        var candidates = Column.pieces(of: tests, type: type, step: step).map(\.representative)
        switch type.base {
        case .number:
            for number in numbers {
                let value = Value.number(number)
                candidates += [
                    value.neighbour(-1, step: step), value, value.neighbour(1, step: step),
                ]
                .compactMap { $0 }
            }
        case .string: candidates += words
        case .list(let element):
            if case .number = element.base {
                let numbers = numbers.prefix(6).map(Value.number)
                return [.list([])] + numbers.map { .list([$0]) } + [.list(numbers)]
            }
            return [.list([]), .list(words)] + words.map { .list([$0]) }
        default: break
        }
        var machine = Machine(program: .empty, mode: .lenient)
        return candidates.filter { value in
            machine.slots = [value]
            return tests.allSatisfy { machine.holds($0, slot: 0) == true }
        }
    }

    /// The next facts, or nil when there were enough.
    mutating func next() -> [String: Value]? {
        guard tried < Self.limit else { return nil }
        tried += 1
        var facts: [String: Value] = [:]
        for name in names {
            guard let choices = values[name], !choices.isEmpty else { continue }
            facts[name] = choices[Int(random() % UInt64(choices.count))]
        }
        return facts
    }

    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
