/// Loops and quantifiers.
extension Machine {
    mutating func run(_ loop: Loop) -> Value {
        var results: [Value] = []
        let outer = slots[loop.partialSlot]
        defer { slots[loop.partialSlot] = outer }
        let isComplete = iterate(loop.iterators[...]) { machine in
            guard results.count < Limits.listItems else {
                _ = machine.fail("a list has at most \(Limits.listItems) items")
                return false
            }
            if loop.readsPartial { machine.slots[loop.partialSlot] = .list(results) }
            let result = machine.evaluate(loop.result)
            if loop.readsPartial {
                // Let go of the list, so that appending need not copy it.
                machine.slots[loop.partialSlot] = .null
                guard machine.isShallow(result) else { return false }
                guard machine.charge(results.count / 4) else { return false }
            }
            guard machine.charge(4) else { return false }
            results.append(result)
            return true
        }
        return isComplete ? .list(results) : .null
    }

    mutating func run(_ quantified: Quantified) -> Value {
        var answer: Bool? = quantified.isUniversal
        let isComplete = iterate(quantified.iterators[...]) { machine in
            let truth = machine.evaluate(quantified.condition).boolean
            if truth == !quantified.isUniversal {
                answer = truth
                return false
            }
            if truth == nil { answer = nil }
            return true
        }
        if !isComplete, answer != !quantified.isUniversal { return .null }
        return .truth(answer)
    }

    /// Runs `body` for every combination; false when it or the budget stopped the loop.
    private mutating func iterate(
        _ iterators: ArraySlice<LoopVariable>, _ body: (inout Machine) -> Bool
    ) -> Bool {
        guard let iterator = iterators.first else { return body(&self) }
        guard let items = items(of: iterator) else { return false }
        for item in items {
            guard step() else { return false }
            slots[iterator.slot] = item
            guard iterate(iterators.dropFirst(), body) else { return false }
        }
        return true
    }

    private mutating func items(of iterator: LoopVariable) -> [Value]? {
        let source = evaluate(iterator.source)
        if let end = iterator.end { return sequence(from: source, to: evaluate(end)) }
        switch source {
        case .list(let items): return items
        case .range(let interval):
            guard var items = sequence(from: interval.low, to: interval.high) else { return nil }
            if !interval.isLowClosed, !items.isEmpty { items.removeFirst() }
            if !interval.isHighClosed, !items.isEmpty { items.removeLast() }
            return items
        case .null:
            _ = fail("there is no list to go through")
            return nil
        default: return [source]
        }
    }

    /// Whole numbers or days from one to the other, up or down, both included.
    private mutating func sequence(from first: Value, to last: Value) -> [Value]? {
        let (start, end): (Int, Int)
        switch (first, last) {
        case (.number(let a), .number(let b)):
            guard let low = a.wholeNumber, let high = b.wholeNumber else {
                _ = fail("a loop goes over whole numbers, not from \(a) to \(b)")
                return nil
            }
            (start, end) = (low, high)
        case (.date(let a), .date(let b)): (start, end) = (a.daysSinceEpoch, b.daysSinceEpoch)
        default:
            _ = fail("a loop cannot go from \(first.brief) to \(last.brief)")
            return nil
        }
        let (length, overflow) = end.subtractingReportingOverflow(start)
        guard !overflow, length.magnitude < Limits.listItems else {
            _ = fail("a loop has at most \(Limits.listItems) items")
            return nil
        }
        guard charge(Int(length.magnitude)) else { return nil }
        return stride(from: start, through: end, by: start <= end ? 1 : -1).map { number in
            if case .date = first {
                return CalendarDate(daysSinceEpoch: number).map(Value.date) ?? .null
            }
            return .number(number)
        }
    }
}
