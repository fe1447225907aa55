import Randomness

/// A reader that is put to the test, with inputs that it takes.
package struct FuzzSubject: Sendable {
    package enum Verdict: Hashable, Sendable {
        case accepted
        /// With an error of the reader's own kind.
        case refused
        /// Neither: what it answered is wrong in itself.
        case wrong(String)
    }

    package let name: String
    let seeds: [[UInt8]]
    let tokens: [[UInt8]]
    package let read: @Sendable ([UInt8]) -> Verdict

    package init(
        _ name: String, seeds: [[UInt8]], tokens: [String] = [],
        read: @escaping @Sendable ([UInt8]) -> Verdict
    ) {
        self.name = name
        self.seeds = seeds
        self.tokens = tokens.map { Array($0.utf8) }
        self.read = read
    }

    package init(
        _ name: String, texts: [String], tokens: [String] = [],
        read: @escaping @Sendable ([UInt8]) -> Verdict
    ) {
        self.init(name, seeds: texts.map { Array($0.utf8) }, tokens: tokens, read: read)
    }

    /// The input of `seed` and `index`: the same wherever and whenever it is asked for.
    package func input(seed: UInt64, index: Int) -> [UInt8] {
        // Names keep subjects apart, so that one more does not change what the others are given.
        let own = name.utf8.reduce(seed) { SeededRandom.scattered($0 ^ UInt64($1)) }
        let random = SeededRandom(seed: own &+ UInt64(index) &* SeededRandom.step)
        var damage = Damage(random, seeds: seeds, tokens: tokens)
        return damage.input()
    }
}
