/// All sums of each half of the amounts, ascending: two pointers then meet at any sum.
///
/// Forty amounts give twice 2²⁰ sums of 12 bytes: 25 MB.
struct SubsetHalves {
    private let low: Sums
    private let high: Sums
    private let split: Int

    /// - Parameter amounts: At most 40, each more than zero and at most `limit`.
    init(_ amounts: [Int64], upTo limit: Int64) {
        precondition(amounts.count <= 40, "at most 40 amounts: \(amounts.count)")
        split = amounts.count / 2
        low = Sums(of: amounts[..<split], upTo: limit)
        high = Sums(of: amounts[split...], upTo: limit)
    }

    func answer(for sum: Int64) -> SubsetSearch.Answer {
        var only: (low: Int, high: Int)?
        var at = high.values.count - 1
        for (index, first) in low.values.enumerated() {
            if first > sum { break }
            while at >= 0, high.values[at] > sum - first { at -= 1 }
            guard at >= 0 else { break }
            guard high.values[at] == sum - first else { continue }
            let isTwin = at > 0 && high.values[at - 1] == high.values[at]
            guard only == nil, !isTwin else { return .several }
            only = (index, at)
        }
        guard let only else { return .none }
        let mask = UInt64(low.masks[only.low]) | UInt64(high.masks[only.high]) << UInt64(split)
        return .only((0..<40).filter { mask >> UInt64($0) & 1 == 1 })
    }
}

/// The sums of every subset of some amounts, ascending, as far as they are of use.
private struct Sums {
    private(set) var values: [Int64] = [0]
    /// Which of the amounts make up the value of the same index.
    private(set) var masks: [UInt32] = [0]

    init(of amounts: ArraySlice<Int64>, upTo limit: Int64) {
        for (index, amount) in amounts.enumerated() {
            add(amount, bit: UInt32(1) << UInt32(index), upTo: limit)
        }
    }

    /// Merges the sums without `amount` and those with it.
    private mutating func add(_ amount: Int64, bit: UInt32, upTo limit: Int64) {
        let useful = values.prefix { $0 <= limit - amount }.count
        var merged: (values: [Int64], masks: [UInt32]) = ([], [])
        merged.values.reserveCapacity(values.count + useful)
        merged.masks.reserveCapacity(values.count + useful)
        var (without, with) = (0, 0)
        while without < values.count || with < useful {
            if with < useful, without == values.count || values[with] + amount < values[without] {
                merged.values.append(values[with] + amount)
                merged.masks.append(masks[with] | bit)
                with += 1
            } else {
                merged.values.append(values[without])
                merged.masks.append(masks[without])
                without += 1
            }
        }
        (values, masks) = merged
    }
}
