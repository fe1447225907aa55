import Randomness

/// Random numbers of one purpose: they follow from the run's seed and the purpose, and from nothing else.
struct Chance: Sendable {
    private var random: SeededRandom

    init(_ seed: UInt64, _ purpose: String) {
        var state = 0xcbf2_9ce4_8422_2325 ^ SeededRandom.scattered(seed)
        for byte in purpose.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        random = SeededRandom(seed: state)
    }

    mutating func next() -> UInt64 { random.next() }

    mutating func happens(_ perMille: Int) -> Bool { Int(next() % 1_000) < perMille }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// Precondition: there is something to pick from.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        precondition(!choices.isEmpty, "nothing to pick from")
        return choices[int(0...choices.count - 1)]
    }

    /// A span of `range` minutes, to the second, in milliseconds.
    mutating func minutes_ms(_ range: ClosedRange<Int>) -> Int64 {
        Int64(int(range.lowerBound * 60...range.upperBound * 60)) * 1_000
    }

    /// Minutes to two days, short ones more often than long ones, in milliseconds.
    mutating func pause_ms() -> Int64 {
        switch int(0...9) {
        case ..<4: minutes_ms(0...5)
        case ..<7: minutes_ms(5...50)
        case ..<9: minutes_ms(50...500)
        default: minutes_ms(500...2_880)
        }
    }
}

/// `number` with leading zeros.
func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}

/// A digest that tells two runs apart: FNV-1a, 64 bits, over everything that was taken in.
struct Digest: Hashable, Sendable {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func take(_ text: String) {
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        state = (state ^ 0x0a) &* 0x0000_0100_0000_01b3
    }

    var text: String {
        let hex = String(state, radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }
}
