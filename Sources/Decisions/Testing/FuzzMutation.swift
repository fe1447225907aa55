import Randomness

/// Damages DMN files: bytes flipped, cut and doubled, tags and attributes moved about, and cells
/// replaced by random FEEL.
struct ModelMutation {
    private var random: SeededRandom

    init(_ random: SeededRandom) { self.random = random }

    mutating func damaged(_ models: [[UInt8]]) -> [UInt8] {
        var bytes = random.pick(models)
        for _ in 0...random.number(below: 4) {
            switch random.number(below: 9) {
            case 0: flip(&bytes)
            case 1: cut(&bytes)
            case 2: double(&bytes)
            case 3: swapPieces(&bytes, "\"", "\"")
            case 4, 5: swapPieces(&bytes, "<text>", "</text>")
            case 6: swapPieces(&bytes, "<", ">")
            default: writeFEEL(&bytes)
            }
        }
        return bytes
    }

    private mutating func flip(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
    }

    private mutating func span(_ bytes: [UInt8], atMost limit: Int) -> Range<Int> {
        let start = random.number(below: bytes.count)
        return start..<min(bytes.count, start + random.number(below: limit))
    }

    private mutating func cut(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes.removeSubrange(span(bytes, atMost: 200))
    }

    private mutating func double(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let piece = Array(bytes[span(bytes, atMost: 2000)])
        bytes.insert(contentsOf: piece, at: random.number(below: bytes.count))
    }

    /// Where texts between `open` and `close` stand.
    private func spans(_ bytes: [UInt8], _ open: String, _ close: String) -> [Range<Int>] {
        let (first, last) = (Array(open.utf8), Array(close.utf8))
        var spans: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == first[0], bytes[index...].starts(with: first) else {
                index += 1
                continue
            }
            let start = index + first.count
            var end = start
            while end < bytes.count, !bytes[end...].starts(with: last) { end += 1 }
            if end >= bytes.count { break }
            spans.append(start..<end)
            index = end + last.count
        }
        return spans
    }

    private mutating func swapPieces(_ bytes: inout [UInt8], _ open: String, _ close: String) {
        let all = spans(bytes, open, close)
        guard all.count > 1 else { return }
        let piece = Array(bytes[random.pick(all)])
        bytes.replaceSubrange(random.pick(all), with: piece)
    }

    private mutating func writeFEEL(_ bytes: inout [UInt8]) {
        let all = spans(bytes, "<text>", "</text>")
        guard !all.isEmpty else { return }
        var grammar = ExpressionGrammar(random)
        let text = random.isOne(in: 2) ? grammar.expression() : grammar.unaryTests()
        _ = random.next()
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case "&": escaped += "&amp;"
            case "\u{0}": escaped += "?"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        bytes.replaceSubrange(random.pick(all), with: Array(escaped.utf8))
    }
}
