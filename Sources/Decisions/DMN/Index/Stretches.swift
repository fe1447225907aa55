/// Places of an axis on which a cell holds: ascending, apart, none empty.
struct Stretches: Equatable {
    private(set) var ranges: [Range<Int>] = []

    static func all(_ count: Int) -> Stretches { Stretches(0..<count) }

    init() {}

    init(_ range: Range<Int>) { if !range.isEmpty { ranges = [range] } }

    /// Both together.
    func union(_ other: Stretches) -> Stretches {
        var result = Stretches()
        for range in (ranges + other.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.ranges.last, last.upperBound >= range.lowerBound {
                let end = max(last.upperBound, range.upperBound)
                result.ranges[result.ranges.count - 1] = last.lowerBound..<end
            } else {
                result.ranges.append(range)
            }
        }
        return result
    }

    /// All others of `count` places.
    func complement(_ count: Int) -> Stretches {
        var result = Stretches()
        var start = 0
        for range in ranges {
            if start < range.lowerBound { result.ranges.append(start..<range.lowerBound) }
            start = range.upperBound
        }
        if start < count { result.ranges.append(start..<count) }
        return result
    }

    /// Which groups of 2 to the power of `shift` places they touch.
    func coarser(_ shift: Int) -> Stretches {
        if shift == 0 { return self }
        var result = Stretches()
        for range in ranges {
            let (first, last) = (range.lowerBound >> shift, (range.upperBound - 1) >> shift)
            if let end = result.ranges.last?.upperBound, first <= end {
                let start = result.ranges.removeLast().lowerBound
                result.ranges.append(start..<max(end, last + 1))
            } else {
                result.ranges.append(first..<(last + 1))
            }
        }
        return result
    }
}

extension Axis {
    /// Where the test holds, for values of the axis's kind; nil where only evaluation can tell.
    func stretches(of test: Test) -> Stretches? {
        switch test {
        case .any: return .all(count)
        case .equals(let value), .compare(.equal, let value): return point(value)
        case .compare(.notEqual, let value): return point(value)?.complement(count)
        case .compare(let sign, let value):
            guard isOrdered, let place = place(of: value) else { return nil }
            switch sign {
            case .less: return Stretches(0..<place)
            case .lessOrEqual: return Stretches(0..<(place + 1))
            case .greater: return Stretches((place + 1)..<count)
            default: return Stretches(place..<count)
            }
        case .inside(let interval): return stretch(interval)
        case .oneOf(let tests):
            var union = Stretches()
            for test in tests {
                guard let stretches = stretches(of: test) else { return nil }
                union = union.union(stretches)
            }
            return union
        case .not(let test): return stretches(of: test)?.complement(count)
        case .expression: return nil
        }
    }

    /// A constant's own place; null is nowhere on an axis.
    private func point(_ value: Value) -> Stretches? {
        if value.isNull { return Stretches() }
        return place(of: value).map { Stretches($0..<($0 + 1)) }
    }

    private func stretch(_ interval: Interval) -> Stretches? {
        guard isOrdered, interval.isComparison || !(interval.low.isNull || interval.high.isNull)
        else { return nil }
        var (start, end) = (0, count)
        if !interval.low.isNull {
            guard let place = place(of: interval.low) else { return nil }
            start = interval.isLowClosed ? place : place + 1
        }
        if !interval.high.isNull {
            guard let place = place(of: interval.high) else { return nil }
            end = interval.isHighClosed ? place + 1 : place
        }
        return Stretches(start..<max(start, end))
    }
}
