import Randomness

/// Damages bytes the way files and requests are damaged: cut, doubled, spliced, and with what their readers
/// look for put where it does not belong.
struct Damage {
    private var random: SeededRandom
    private let seeds: [[UInt8]]
    private let tokens: [[UInt8]]

    /// What ends texts, numbers and buffers everywhere.
    private static let usual: [[UInt8]] =
        [
            "", "0", "-1", "9223372036854775807", "1e999", "\"", "\\", "\n", "\r\n", "\0", "%00",
            "é",
            "\u{10FFFF}", "\u{2028}", "\u{FEFF}",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80], [0xFF, 0xFE],
        ]

    /// - Parameters:
    ///   - seeds: Inputs that are sound; at least one.
    ///   - tokens: What the reader knows.
    init(_ random: SeededRandom, seeds: [[UInt8]], tokens: [[UInt8]]) {
        precondition(!seeds.isEmpty, "there is nothing to damage")
        self.random = random
        self.seeds = seeds
        self.tokens = tokens + Self.usual
    }

    /// One input: a seed with up to seven wounds, one in sixteen as it was, one in sixteen mere noise.
    mutating func input() -> [UInt8] {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: return pick(seeds)
        case 1: return noise()
        default:
            var bytes = pick(seeds)
            for _ in 0...Int.random(in: 0..<7, using: &random) { wound(&bytes) }
            return bytes
        }
    }

    private mutating func wound(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return bytes = pick(tokens) }
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, at + Int.random(in: 1..<80, using: &random))
        switch Int.random(in: 0..<12, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.removeSubrange(at..<end)
        case 3: bytes.insert(contentsOf: pick(tokens), at: at)
        case 4: bytes.replaceSubrange(at..<end, with: pick(tokens))
        case 5: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 6: bytes.removeLast(bytes.count - at)
        case 7: bytes.removeFirst(at)
        case 8: repeatPiece(&bytes, at..<end)
        case 9: changeNumber(&bytes, from: at)
        case 10:
            let other = pick(seeds)
            guard !other.isEmpty else { return }
            let from = Int.random(in: 0..<other.count, using: &random)
            bytes.replaceSubrange(at..<end, with: other[from..<min(other.count, from + 200)])
        default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
        }
    }

    /// Depth and length: what grows with the input should grow no faster.
    private mutating func repeatPiece(_ bytes: inout [UInt8], _ range: Range<Int>) {
        let piece = Array(bytes[range])
        let times = [3, 40, 600].randomElement(using: &random) ?? 3
        bytes.insert(
            contentsOf: (0..<min(times, 40_000 / piece.count)).flatMap { _ in piece },
            at: range.lowerBound)
    }

    private mutating func changeNumber(_ bytes: inout [UInt8], from at: Int) {
        guard let start = bytes[at...].firstIndex(where: { (48...57).contains($0) }) else { return }
        let end = bytes[start...].firstIndex { !(48...57).contains($0) } ?? bytes.count
        let numbers = [
            "0", "1", "99", "2147483648", "4294967296", "9223372036854775808",
            "00000000000000000001",
            "99999999999999999999999999999999999999",
        ]
        bytes.replaceSubrange(start..<end, with: Array(pick(numbers).utf8))
    }

    private mutating func noise() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<80, using: &random) {
            if Bool.random(using: &random) {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            } else {
                bytes += pick(tokens)
            }
        }
        return bytes
    }

    private mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}
