/// What values may be kept and compared: those that nest no deeper, and hold no more, than the limits.
extension Machine {
    /// The value, or null where it nests too deep to be kept and built upon.
    ///
    /// Values that wrap each other without end would overflow the stack when they are compared,
    /// written or let go.
    mutating func kept(_ value: Value) -> Value {
        !value.isNested || isShallow(value) ? value : .null
    }

    /// Whether a value may be kept; else there is a note.
    mutating func isShallow(_ value: Value) -> Bool {
        if isShallow(value, Limits.valueLevels) { return true }
        _ = fail("values nest at most \(Limits.valueLevels) levels")
        return false
    }

    /// Whether there is budget to go through all that the items hold.
    mutating func canCompare(_ items: [Value]) -> Bool {
        for item in items where !isShallow(item) { return false }
        return true
    }

    /// For each item the index of the first that is the same; nil when the budget is spent.
    mutating func firstEquals(_ items: [Value]) -> [Int]? {
        var buckets: [Int: [Int]] = [:]
        var firsts: [Int] = []
        firsts.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            let before = work
            guard isShallow(item) else { return nil }
            let size = work - before
            var first = index
            for candidate in buckets[item.hashValue] ?? [] {
                guard charge(1 + size) else { return nil }
                if items[candidate] == item {
                    first = candidate
                    break
                }
            }
            if first == index { buckets[item.hashValue, default: []].append(index) }
            firsts.append(first)
        }
        return firsts
    }

    /// What is shared is gone through every time it occurs, within the budget.
    private mutating func isShallow(_ value: Value, _ levels: Int) -> Bool {
        switch value {
        case .list(let items):
            guard levels > 0, charge(1 + items.count / 8) else { return false }
            for item in items where item.isNested && !isShallow(item, levels - 1) { return false }
            return true
        case .context(let context):
            guard levels > 0, charge(1 + context.count) else { return false }
            for value in context.values where value.isNested && !isShallow(value, levels - 1) {
                return false
            }
            return true
        case .range(let interval):
            return isShallow(interval.low, levels - 1) && isShallow(interval.high, levels - 1)
        case .function(let function):
            guard case .closure(_, let captured) = function.body else { return true }
            guard levels > 0, charge(1 + captured.count) else { return false }
            for value in captured where !isShallow(value, levels - 1) { return false }
            return true
        default: return true
        }
    }
}

extension Value {
    /// Whether it may hold other values.
    fileprivate var isNested: Bool {
        switch self {
        case .list, .context, .range, .function: true
        default: false
        }
    }
}
