/// SplitMix64: the same numbers for the same seed, everywhere.
///
/// Seeds of published runs, in tests and on the command line, go by it: its numbers never change.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.scattered(state)
    }

    /// By which the state goes on: 2^64 over the golden ratio, so that seeds made with it lie far apart.
    package static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Scatters the bits of a word; different words stay different.
    package static func scattered(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
