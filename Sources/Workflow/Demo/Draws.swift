import Foundation
import Randomness

/// Random numbers that follow from a seed, an index and a purpose, and from nothing else.
///
/// Each purpose has a stream of its own, so the order in which things are drawn, and a purpose added
/// later, change no other draw. FNV-1a over the three is the seed.
struct Draws {
    private var random: SeededRandom

    init(_ seed: UInt64, _ index: Int, _ purpose: String) {
        var state = 0xcbf2_9ce4_8422_2325 ^ seed
        func mix(_ value: UInt64) {
            state = (state ^ value) &* 0x0000_0100_0000_01b3
            state ^= state >> 29
        }
        mix(UInt64(bitPattern: Int64(index)))
        for byte in purpose.utf8 { mix(UInt64(byte)) }
        random = SeededRandom(seed: state)
    }

    mutating func next() -> UInt64 { random.next() }

    /// 0 ≤ x < 1.
    mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func pick<T>(_ choices: [T]) -> T {
        precondition(!choices.isEmpty, "nothing to pick from")
        return choices[int(0...choices.count - 1)]
    }

    /// One of `choices`, each as often as its weight says; weights need not sum to one.
    mutating func pick<T>(_ choices: [(weight: Double, choice: T)]) -> T {
        precondition(!choices.isEmpty, "nothing to pick from")
        var left = fraction() * choices.reduce(0) { $0 + $1.weight }
        for (weight, choice) in choices {
            if left < weight { return choice }
            left -= weight
        }
        return choices[choices.count - 1].choice
    }

    /// Log-normal with the given mean; `spread` is the deviation of the logarithm.
    mutating func logNormal(mean: Double, spread: Double) -> Double {
        let normal = sqrt(-2 * log(1 - fraction())) * cos(2 * .pi * fraction())
        return exp(log(mean) - spread * spread / 2 + spread * normal)
    }

    /// A span of `range` minutes, to the second, in milliseconds.
    mutating func minutes_ms(_ range: ClosedRange<Int>) -> Int64 {
        Int64(int(range.lowerBound * 60...range.upperBound * 60)) * 1_000
    }

    mutating func hours_ms(_ range: ClosedRange<Int>) -> Int64 {
        minutes_ms(range.lowerBound * 60...range.upperBound * 60)
    }
}
