extension Machine {
    /// Three-valued equality: nil where the kinds cannot be compared.
    mutating func areEqual(_ a: Value, _ b: Value) -> Bool? {
        switch (a, b) {
        case (.null, .null): return true
        case (.null, _), (_, .null): return false
        case (.list(let a), .list(let b)): return areEqual(a, b)
        case (.context(let a), .context(let b)): return areEqual(a, b)
        case (.range(let a), .range(let b)):
            guard a.isLowClosed == b.isLowClosed, a.isHighClosed == b.isHighClosed,
                a.isComparison == b.isComparison
            else { return false }
            return areEqual(a.low, b.low) == true && areEqual(a.high, b.high) == true
        case (.list(let items), _) where items.count == 1: return areEqual(items[0], b)
        case (_, .list(let items)) where items.count == 1: return areEqual(a, items[0])
        case (.time(let a), .time(let b)):
            return (a.offset == nil) == (b.offset == nil)
                && isSameMoment(Int128(a.universal), Int128(b.universal))
        case (.dateTime(let a), .dateTime(let b)):
            return (a.time.offset == nil) == (b.time.offset == nil)
                && isSameMoment(a.nanosecondsSinceEpoch, b.nanosecondsSinceEpoch)
        case (.string(let a), .string(let b)):
            guard a.utf8.count == b.utf8.count else { return false }
            guard charge(a.utf8.count / 64) else { return nil }
            return a.hasSameScalars(as: b)
        case (.function, .function): return canCompare([a, b]) ? a == b : nil
        case (.number, .number), (.boolean, .boolean), (.date, .date),
            (.daysDuration, .daysDuration), (.yearsMonthsDuration, .yearsMonthsDuration):
            return a == b
        default: return nil
        }
    }

    /// Of moments in nanoseconds.
    ///
    /// By the letter of the standard `=` compares moments as whole seconds, though their order and
    /// their difference know fractions, and the compatibility kit asks for it ("value resolution is
    /// seconds"; issue DMN15-43 of the standard is open). So lenient mode does; strict mode compares
    /// what was written.
    private func isSameMoment(_ a: Int128, _ b: Int128) -> Bool {
        if mode == .strict { return a == b }
        let second = Int128(TimeOfDay.nanosecondsPerSecond)
        func whole(_ moment: Int128) -> Int128 {
            moment >= 0 ? moment / second : (moment - second + 1) / second
        }
        return whole(a) == whole(b)
    }

    private mutating func areEqual(_ a: [Value], _ b: [Value]) -> Bool? {
        guard a.count == b.count else { return false }
        for (x, y) in zip(a, b) {
            guard step(), let same = areEqual(x, y) else { return nil }
            if !same { return false }
        }
        return true
    }

    private mutating func areEqual(_ a: Context, _ b: Context) -> Bool? {
        guard a.count == b.count else { return false }
        for (name, value) in a.entries {
            guard let other = b[name] else { return false }
            guard step(), let same = areEqual(value, other) else { return nil }
            if !same { return false }
        }
        return true
    }

    /// −1, 0 or 1; nil where the kinds have no order between them.
    func order(_ a: Value, _ b: Value) -> Int? {
        switch (a, b) {
        case (.number(let a), .number(let b)): return a < b ? -1 : (a == b ? 0 : 1)
        case (.string(let a), .string(let b)):
            return a.hasSameScalars(as: b) ? 0 : (a.precedesByScalars(b) ? -1 : 1)
        case (.date(let a), .date(let b)): return a < b ? -1 : (a == b ? 0 : 1)
        case (.daysDuration(let a), .daysDuration(let b)): return a < b ? -1 : (a == b ? 0 : 1)
        case (.yearsMonthsDuration(let a), .yearsMonthsDuration(let b)):
            return a < b ? -1 : (a == b ? 0 : 1)
        case (.time(let a), .time(let b)):
            guard (a.offset == nil) == (b.offset == nil) else { return nil }
            return (a.universal - b.universal).signum()
        case (.dateTime(let a), .dateTime(let b)):
            guard (a.time.offset == nil) == (b.time.offset == nil) else { return nil }
            return Int((a.nanosecondsSinceEpoch - b.nanosecondsSinceEpoch).signum())
        default: return nil
        }
    }

    mutating func compare(_ sign: ComparisonOperator, _ a: Value, _ b: Value) -> Value {
        switch sign {
        case .equal, .notEqual:
            guard let same = areEqual(a, b) else {
                return fail("a \(a.kind) cannot be compared with a \(b.kind)")
            }
            return .boolean(same == (sign == .equal))
        default:
            guard charge(a.cost / 4) else { return .null }
            guard let order = order(a, b) else {
                return fail("\(a.brief) and \(b.brief) have no order")
            }
            return .boolean(sign.accepts(order))
        }
    }

    mutating func between(_ subject: Node, _ low: Node, _ high: Node) -> Value {
        let (value, least, most) = (evaluate(subject), evaluate(low), evaluate(high))
        guard let first = order(value, least), let second = order(value, most) else {
            return fail("\(value.brief) is not comparable with \(least.brief) and \(most.brief)")
        }
        return .boolean(first >= 0 && second <= 0)
    }

    /// A value as a test of another: equal to it, in the range, or in the list.
    mutating func matches(_ subject: Value, _ test: Value) -> Value {
        switch test {
        case .range(let interval):
            if case .range = subject { return .truth(areEqual(subject, test)) }
            return contains(interval, subject)
        case .list(let items):
            if case .list = subject, areEqual(subject, test) == true { return .boolean(true) }
            for item in items where matchesSilently(subject, item) { return .boolean(true) }
            return .boolean(false)
        case .function where subject.kind != "function":
            return .null
        default:
            guard let same = areEqual(subject, test) else {
                return fail("a \(subject.kind) cannot be compared with a \(test.kind)")
            }
            return .boolean(same)
        }
    }

    private mutating func matchesSilently(_ subject: Value, _ item: Value) -> Bool {
        switch item {
        case .range(let interval):
            if case .range = subject {
                areEqual(subject, item) == true
            } else {
                contains(interval, subject, isSilent: true).boolean == true
            }
        default: areEqual(subject, item) == true
        }
    }

    mutating func contains(_ interval: Interval, _ value: Value, isSilent: Bool = false) -> Value {
        var isInside = true
        if !interval.isComparison, interval.low.isNull || interval.high.isNull {
            return isSilent ? .null : fail("an end of the range is null")
        }
        if !interval.low.isNull {
            guard let order = order(value, interval.low) else {
                return isSilent
                    ? .null : fail("\(value.brief) and \(interval.low.brief) have no order")
            }
            isInside = order > 0 || order == 0 && interval.isLowClosed
        }
        if !interval.high.isNull {
            guard let order = order(value, interval.high) else {
                return isSilent
                    ? .null : fail("\(value.brief) and \(interval.high.brief) have no order")
            }
            isInside = isInside && (order < 0 || order == 0 && interval.isHighClosed)
        }
        return .boolean(isInside)
    }

    mutating func instance(_ value: Value, of type: FEELType) -> Value {
        if value.isNull {
            if case .null = type { return .boolean(true) }
            return .boolean(false)
        }
        ignoresConstraints = true
        defer { ignoresConstraints = false }
        return .boolean(conforms(value, to: type))
    }
}

extension ComparisonOperator {
    /// Whether the comparison holds for operands in this order (−1, 0, 1).
    func accepts(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

extension Node {
    /// Whether the node reads the slot: then it is a condition of its own, no value to compare with.
    func reads(_ slot: Int) -> Bool {
        func any(_ nodes: [Node]) -> Bool { nodes.contains { $0.reads(slot) } }
        func any(_ iterators: [LoopVariable]) -> Bool {
            iterators.contains { $0.source.reads(slot) || $0.end?.reads(slot) == true }
        }
        switch self {
        case .literal, .unknown: return false
        case .slot(let mine): return mine == slot
        case .itemMember(let item, _, let fallback):
            return item == slot || fallback?.reads(slot) == true
        case .path(let a, _), .negate(let a), .notTest(let a), .instanceOf(let a, _),
            .coerced(let a, _, _):
            return a.reads(slot)
        case .filter(let a, _, let b), .arithmetic(_, let a, let b), .comparison(_, let a, let b),
            .conjunction(let a, let b), .disjunction(let a, let b), .within(let a, _, let b),
            .interval(_, let a, let b, _, _):
            return a.reads(slot) || b.reads(slot)
        case .unaryTest(let a, let subject): return subject == slot || a.reads(slot)
        case .between(let a, let b, let c), .conditional(let a, let b, let c, _):
            return any([a, b, c])
        case .anyTest(let nodes), .list(let nodes), .builtinCall(_, let nodes, _):
            return any(nodes)
        case .call(let function, let nodes, _): return function.reads(slot) || any(nodes)
        case .loop(let loop): return any(loop.iterators) || loop.result.reads(slot)
        case .quantified(let quantified):
            return any(quantified.iterators) || quantified.condition.reads(slot)
        case .contextLiteral(let entries, let result):
            return any(entries.map(\.value)) || result?.reads(slot) == true
        case .function(let closure): return closure.body?.reads(slot) == true
        case .relation(_, let rows): return any(rows.flatMap { $0 })
        case .table: return false
        case .located(let node, _): return node.reads(slot)
        }
    }
}
