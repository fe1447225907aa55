/// How the rules of a table that match make its result.
public enum HitPolicy: String, Sendable, Hashable {
    case unique = "U"
    case any = "A"
    case first = "F"
    case priority = "P"
    case ruleOrder = "R"
    case outputOrder = "O"
    case collect = "C"
    case sum = "C+"
    case minimum = "C<"
    case maximum = "C>"
    case count = "C#"

    init?(policy: String, aggregation: String?) {
        switch (policy, aggregation) {
        case ("UNIQUE", _): self = .unique
        case ("ANY", _): self = .any
        case ("FIRST", _): self = .first
        case ("PRIORITY", _): self = .priority
        case ("RULE ORDER", _): self = .ruleOrder
        case ("OUTPUT ORDER", _): self = .outputOrder
        case ("COLLECT", nil): self = .collect
        case ("COLLECT", "SUM"): self = .sum
        case ("COLLECT", "MIN"): self = .minimum
        case ("COLLECT", "MAX"): self = .maximum
        case ("COLLECT", "COUNT"): self = .count
        default: return nil
        }
    }
}

/// A compiled decision table.
final class DecisionTable: Sendable {
    struct Input: Sendable {
        /// The expression as written.
        let text: String
        let value: Node
        let slot: Int
        let type: FEELType
        let allowed: Constraint?
        /// A cell of the column speaks of null, so null there is expected.
        let namesNull: Bool
    }

    struct Output: Sendable {
        /// Empty for the only output of a table.
        let name: String
        let type: FEELType
        let allowed: Constraint?
        /// Values in their order of priority, the highest first.
        let priorities: [Value]
        let byDefault: Node?
    }

    struct Rule: Sendable {
        let id: String
        let tests: [Test]
        let texts: [String]
        let outputs: [Node]
        let outputTexts: [String]
        let annotations: [String: String]
    }

    /// The decision or business knowledge model it belongs to.
    let owner: String
    let hitPolicy: HitPolicy
    let inputs: [Input]
    let outputs: [Output]
    let rules: [Rule]
    /// Nil for a table that is scanned.
    let index: TableIndex?
    /// The result of each rule whose outputs are constants without fault; nil: evaluated each time.
    let results: [Value?]

    init(
        owner: String, hitPolicy: HitPolicy, inputs: [Input], outputs: [Output], rules: [Rule]
    ) {
        self.owner = owner
        self.hitPolicy = hitPolicy
        self.inputs = inputs
        self.outputs = outputs
        self.rules = rules
        index = TableIndex(inputs, rules)
        let names = outputs.map(\.name)
        results = rules.indices.map { row in
            guard rules[row].outputs.allSatisfy(\.isConstant) else { return nil }
            var machine = Machine(program: .empty, mode: .strict)
            let values = machine.values(of: rules[row], row, outputs)
            return machine.notes.isEmpty ? Self.result(values, names) : nil
        }
    }

    /// A value, or a context where the table has several outputs.
    static func result(_ values: [Value], _ names: [String]) -> Value {
        values.count == 1 ? values[0] : .context(Context(names: names, values: values))
    }
}

/// A cell of a table, in the shape that is quickest to decide.
indirect enum Test: Sendable {
    case any
    case equals(Value)
    case compare(ComparisonOperator, Value)
    case inside(Interval)
    case oneOf([Test])
    case not(Test)
    /// Anything else; reads the subject from its slot.
    case expression(Node)

    /// - Parameter slot: where the subject stands.
    init(_ node: Node, slot: Int) {
        switch node {
        case .literal(.boolean(true)): self = .any
        case .unaryTest(let value, slot):
            switch value.constant {
            case .range(let interval): self = .inside(interval)
            case .list?, .function?, .context?, nil: self = .expression(node)
            case let value?: self = .equals(value)
            }
        case .comparison(let sign, .slot(slot), let bound):
            switch bound.constant {
            case .list?, .function?, .context?, .range?, nil: self = .expression(node)
            case let value?: self = .compare(sign, value)
            }
        case .anyTest(let tests): self = .oneOf(tests.map { Test($0, slot: slot) })
        case .notTest(let test): self = .not(Test(test, slot: slot))
        default: self = .expression(node)
        }
    }

    var isAny: Bool { if case .any = self { true } else { false } }

    var isSimple: Bool {
        switch self {
        case .any, .equals, .compare, .inside: true
        case .oneOf(let tests): tests.allSatisfy(\.isSimple)
        case .not(let test): test.isSimple
        case .expression: false
        }
    }

    var namesNull: Bool {
        switch self {
        case .equals(.null), .compare(_, .null): true
        case .oneOf(let tests): tests.contains(where: \.namesNull)
        case .not(let test): test.namesNull
        default: false
        }
    }
}

extension Node {
    /// The value of an expression without variables: literals, ranges of them, temporal constructors.
    var constant: Value? {
        guard isConstant else { return nil }
        var machine = Machine(program: .empty, mode: .strict)
        let value = machine.evaluate(self)
        return machine.notes.isEmpty ? value : nil
    }

    var isConstant: Bool {
        switch self {
        case .literal: true
        case .located(let inner, _): inner.isConstant
        case .negate(let a): a.isConstant
        case .interval(_, let a, let b, _, _): a.isConstant && b.isConstant
        case .list(let items): items.allSatisfy(\.isConstant)
        case .builtinCall(let builtin, let arguments, _):
            ["date", "time", "date and time", "duration"].contains(builtin.name)
                && arguments.allSatisfy(\.isConstant)
        default: false
        }
    }
}
