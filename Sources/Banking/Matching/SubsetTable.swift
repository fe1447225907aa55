/// Which sums are reachable with the first, the first two … of some amounts: one bit a sum.
///
/// Sums are counted in the amounts' greatest common divisor, so debts in whole yuan need a hundredth.
struct SubsetTable {
    /// 16 MB.
    private static let bitLimit = 1 << 27

    private let unit: Int64
    private let amounts: [Int]
    /// Row `i`: sums of subsets of the first `i` amounts.
    private let rows: [Bits]
    /// Sums that more than one subset of all amounts has.
    private let several: Bits

    /// Nil when the table would be larger than `bitLimit`.
    init?(_ amounts: [Int64], upTo limit: Int64) {
        let unit = amounts.reduce(0, greatestCommonDivisor)
        guard unit > 0 else { return nil }
        let width = limit / unit + 1
        guard width <= Int64(Self.bitLimit / (amounts.count + 1)) else { return nil }
        self.unit = unit
        self.amounts = amounts.map { Int($0 / unit) }
        var once = Bits(width: Int(width))
        once.set(0)
        var several = Bits(width: Int(width))
        var rows = [once]
        for amount in self.amounts {
            let moved = once.shifted(by: amount)
            several = several.or(several.shifted(by: amount)).or(once.and(moved))
            once = once.or(moved)
            rows.append(once)
        }
        self.rows = rows
        self.several = several
    }

    func answer(for sum: Int64) -> SubsetSearch.Answer {
        guard sum % unit == 0 else { return .none }
        var left = Int(sum / unit)
        guard rows[amounts.count].contains(left) else { return .none }
        guard !several.contains(left) else { return .several }
        var subset: [Int] = []
        // The way is unique, so what is reachable without an amount does not use it.
        for index in amounts.indices.reversed() where !rows[index].contains(left) {
            subset.append(index)
            left -= amounts[index]
        }
        return .only(subset.reversed())
    }
}

private func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
}

/// A set of numbers below `width`, a bit each.
private struct Bits {
    private let width: Int
    private var words: [UInt64]

    init(width: Int) {
        self.width = width
        words = Array(repeating: 0, count: (width + 63) / 64)
    }

    func contains(_ bit: Int) -> Bool {
        bit >= 0 && bit < width && words[bit / 64] >> UInt64(bit % 64) & 1 == 1
    }

    mutating func set(_ bit: Int) { words[bit / 64] |= 1 << UInt64(bit % 64) }

    func or(_ other: Bits) -> Bits { combined(other) { $0 | $1 } }
    func and(_ other: Bits) -> Bits { combined(other) { $0 & $1 } }

    /// Every number greater by `count`; what leaves the width is lost or never asked for.
    func shifted(by count: Int) -> Bits {
        var moved = Bits(width: width)
        let (whole, part) = (count / 64, UInt64(count % 64))
        guard whole < words.count else { return moved }
        for index in whole..<words.count {
            let word = words[index - whole] << part
            let carry = part > 0 && index > whole ? words[index - whole - 1] >> (64 - part) : 0
            moved.words[index] = word | carry
        }
        return moved
    }

    private func combined(_ other: Bits, _ join: (UInt64, UInt64) -> UInt64) -> Bits {
        var joined = self
        for index in words.indices { joined.words[index] = join(words[index], other.words[index]) }
        return joined
    }
}
