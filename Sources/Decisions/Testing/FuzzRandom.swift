import Randomness

/// Random numbers that follow from a seed and an index.
extension SeededRandom {
    init(seed: UInt64, index: Int) {
        let index = UInt64(bitPattern: Int64(index))
        let first = (seed &* Self.step) ^ index
        self.init(seed: (first &+ Self.step) ^ (index &* 0xD1B5_4A32_D192_ED03))
    }

    mutating func isOne(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func number(below limit: Int) -> Int {
        Int.random(in: 0..<max(1, limit), using: &self)
    }

    mutating func pick<T>(_ items: [T]) -> T { items[number(below: items.count)] }
}
