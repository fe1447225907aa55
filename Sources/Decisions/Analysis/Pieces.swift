extension Column {
    /// What the tests cut the values of the type into.
    static func pieces(of tests: [Test], type: FEELType, step: Decimal128?) -> [Piece] {
        if case .boolean = type.base { return truths }
        var named: [Value] = []
        var seen: Set<Value> = []
        for test in tests {
            for constant in test.constants where !constant.isNull && seen.insert(constant).inserted
            {
                named.append(constant)
            }
        }
        guard !named.isEmpty else {
            return [Piece(representative: anything(type), place: .between(nil, nil), group: 0)]
        }
        let asksOrder = tests.contains(where: \.asksOrder)
        var pieces: [Piece] = []
        for (group, cuts) in comparable(named).enumerated() {
            switch cuts[0] {
            case .boolean: pieces += truths
            case .string where !asksOrder:
                pieces += cuts.map { Piece(representative: $0, place: .at, group: nil) }
                pieces.append(
                    Piece(representative: other(than: seen), place: .other, group: nil))
            default: pieces += ordered(cuts, group, step)
            }
        }
        return pieces
    }

    private static let truths = [true, false].map {
        Piece(representative: .boolean($0), place: .at, group: nil)
    }

    private static func anything(_ type: FEELType) -> Value {
        switch type.base {
        case .number: .number(0)
        case .date: CalendarDate(year: 2000, month: 1, day: 1).map(Value.date) ?? .null
        default: .string("other")
        }
    }

    /// A text that no cell names; the allowed values, where there are any, exclude it.
    private static func other(than named: Set<Value>) -> Value {
        var text = "other"
        while named.contains(.string(text)) { text += "?" }
        return .string(text)
    }

    /// The values in groups that have an order among themselves, as they were named.
    private static func comparable(_ values: [Value]) -> [[Value]] {
        let machine = Machine(program: .empty, mode: .lenient)
        var groups: [[Value]] = []
        for value in values {
            let group = groups.firstIndex {
                machine.order($0[0], value) != nil || $0[0].kind == value.kind && value.isTruth
            }
            if let group {
                groups[group].append(value)
            } else {
                groups.append([value])
            }
        }
        return groups
    }

    /// Below the first cut, at it, between it and the next, … above the last.
    private static func ordered(_ named: [Value], _ group: Int, _ step: Decimal128?) -> [Piece] {
        let machine = Machine(program: .empty, mode: .lenient)
        let cuts = named.sorted { (machine.order($0, $1) ?? 0) < 0 }
        var pieces: [Piece] = []
        func add(_ value: Value?, _ low: Value?, _ high: Value?) {
            guard let value else { return }
            pieces.append(Piece(representative: value, place: .between(low, high), group: group))
        }
        add(cuts[0].neighbour(-1, step: step), nil, cuts[0])
        for (index, cut) in cuts.enumerated() {
            if step.map({ cut.number?.isMultiple(of: $0) ?? true }) ?? true {
                pieces.append(Piece(representative: cut, place: .at, group: group))
            }
            if index + 1 < cuts.count {
                add(.between(cut, cuts[index + 1], step: step), cut, cuts[index + 1])
            } else {
                add(cut.neighbour(1, step: step), cut, nil)
            }
        }
        return pieces
    }
}

extension Value {
    fileprivate var isTruth: Bool { if case .boolean = self { true } else { false } }
}

extension Test {
    /// Every constant the test names, in order.
    var constants: [Value] {
        switch self {
        case .any, .expression: []
        case .equals(let value), .compare(_, let value): [value]
        case .inside(let interval): [interval.low, interval.high]
        case .oneOf(let tests): tests.flatMap(\.constants)
        case .not(let test): test.constants
        }
    }

    /// Whether it asks what comes before and after, and not only what is equal.
    fileprivate var asksOrder: Bool {
        switch self {
        case .any, .expression, .equals, .compare(.equal, _), .compare(.notEqual, _): false
        case .compare, .inside: true
        case .oneOf(let tests): tests.contains(where: \.asksOrder)
        case .not(let test): test.asksOrder
        }
    }
}

extension Node {
    /// `? = floor(?)` and its like: the constraint admits whole numbers only.
    var demandsWholeNumbers: Bool {
        switch self {
        case .located(let node, _), .unaryTest(let node, _): node.demandsWholeNumbers
        case .conjunction(let a, let b): a.demandsWholeNumbers || b.demandsWholeNumbers
        case .comparison(.equal, let a, let b):
            a.roundsTheSubject && b.isSubject || b.roundsTheSubject && a.isSubject
        default: false
        }
    }

    private var isSubject: Bool {
        switch self {
        case .located(let node, _): node.isSubject
        case .slot(0): true
        default: false
        }
    }

    private var roundsTheSubject: Bool {
        guard case .builtinCall(let builtin, let arguments, _) = self else { return false }
        return ["floor", "ceiling"].contains(builtin.name) && arguments.count == 1
            && arguments[0].isSubject
    }
}
