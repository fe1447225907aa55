import Randomness

/// How near two texts are, by the pairs of characters they share: works for Chinese without a
/// dictionary, and forgives punctuation, blanks, width and case.
package struct TextLikeness: Hashable, Sendable {
    /// Hashes of neighbouring characters; a text of one character has none.
    private let pairs: Set<UInt64>

    package init(_ text: String) {
        var pairs: Set<UInt64> = []
        var last: Unicode.Scalar?
        for scalar in text.lowercased().unicodeScalars {
            guard let scalar = Self.folded(scalar) else { continue }
            if let last { pairs.insert(UInt64(last.value) << 32 | UInt64(scalar.value)) }
            last = scalar
        }
        self.pairs = pairs
    }

    /// Hundredths of the pairs in either that are in both: 0…100.
    package func percent(_ other: TextLikeness) -> Int {
        let shared = pairs.intersection(other.pairs).count
        let all = pairs.count + other.pairs.count - shared
        return all == 0 ? 0 : shared * 100 / all
    }

    /// Keys of which two texts that share most pairs have one in common almost surely, and two that share
    /// few have none: bands of minima over hashes of the pairs. Empty for a text too short to tell.
    package var keys: [String] {
        guard pairs.count >= Self.leastPairs else { return [] }
        return (0..<Self.bands).map { band in
            let minima = (0..<Self.rows).map { row in
                let seed = UInt64(band * Self.rows + row + 1) &* SeededRandom.step
                return pairs.reduce(UInt64.max) { min($0, SeededRandom.scattered($1 ^ seed)) }
            }
            return "\(band):"
                + String(minima.reduce(0) { SeededRandom.scattered($0 ^ $1) }, radix: 16)
        }
    }

    /// Of texts with this much in common one key at least is shared with a chance of 99.7 in 100; with half
    /// of it, of 41 in 100, and then `percent` tells.
    package static let nearPercent = 80
    private static let bands = 8
    private static let rows = 3
    private static let leastPairs = 8

    /// Nil for what does not tell two texts apart.
    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        // Full-width letters and digits are the narrow ones.
        let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        guard let folded = Unicode.Scalar(value) else { return nil }
        return folded.properties.isAlphabetic || folded.properties.numericType != nil
            ? folded : nil
    }
}
