/// A set of small numbers, such as rows or pieces, a bit for each.
struct BitSet: Hashable, Sendable {
    private(set) var words: [UInt64]

    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    init(words: [UInt64]) { self.words = words }

    /// All numbers below `count`.
    static func all(_ count: Int) -> BitSet {
        var set = BitSet(capacity: count)
        set.insert(0..<count)
        return set
    }

    mutating func insert(_ member: Int) { words[member >> 6] |= 1 << UInt64(member & 63) }

    mutating func insert(_ members: Range<Int>) { for member in members { insert(member) } }

    func contains(_ member: Int) -> Bool { words[member >> 6] >> UInt64(member & 63) & 1 == 1 }

    mutating func formUnion(_ other: BitSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    mutating func formIntersection(_ other: BitSet) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    func intersection(_ other: BitSet) -> BitSet {
        var result = self
        result.formIntersection(other)
        return result
    }

    func subtracting(_ other: BitSet) -> BitSet {
        var result = self
        for index in words.indices { result.words[index] &= ~other.words[index] }
        return result
    }

    func isSubset(of other: BitSet) -> Bool {
        for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
        return true
    }

    func intersects(_ other: BitSet) -> Bool {
        for index in words.indices where words[index] & other.words[index] != 0 { return true }
        return false
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    var first: Int? {
        for (index, word) in words.enumerated() where word != 0 {
            return index << 6 + word.trailingZeroBitCount
        }
        return nil
    }

    /// Ascending.
    var members: [Int] {
        var members: [Int] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                members.append(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return members
    }

    /// The members as stretches without a hole, ascending.
    var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        for member in members {
            if let last = runs.last, last.upperBound == member {
                runs[runs.count - 1] = last.lowerBound..<(member + 1)
            } else {
                runs.append(member..<(member + 1))
            }
        }
        return runs
    }
}
