/// A QR code (ISO/IEC 18004) of a text as bytes, with error correction of level M: a quarter of the code may
/// be hidden or misread.
struct QRCode: Hashable, Sendable {
    /// In modules, without the quiet zone.
    let size: Int
    /// Row by row; true is dark.
    private(set) var modules: [Bool]
    /// Where finder, timing, alignment, format and version stand: no data and no mask.
    private var fixed: [Bool]
    let mask: Int

    static let versions = 1...15
    /// Of light around it, so that it is found.
    private static let quiet = 4

    /// - Parameter forced: The mask; nil for the one that reads best. For tests.
    /// - Returns: Nil where the text is too long for the largest version (412 bytes).
    init?(_ text: String, mask forced: Int? = nil) {
        let bytes = Array(text.utf8)
        guard let version = Self.versions.first(where: { Self.fits(bytes.count, in: $0) }) else {
            return nil
        }
        let codewords = QRCodewords(bytes, version: version).all
        let blank = QRCode(version: version, mask: forced ?? 0)
        let drawn = (forced.map { $0...$0 } ?? 0...7).map { mask in
            var code = blank.with(mask: mask)
            code.place(codewords)
            code.applyMask()
            code.drawFormat()
            return code
        }
        guard let best = drawn.min(by: { $0.penalty < $1.penalty }) else { return nil }
        self = best
    }

    private static func fits(_ count: Int, in version: Int) -> Bool {
        // Four bits of mode, then the count.
        4 + (version < 10 ? 8 : 16) + count * 8 <= QRCodewords.data(of: version) * 8
    }

    private init(version: Int, mask: Int) {
        size = version * 4 + 17
        self.mask = mask
        modules = Array(repeating: false, count: size * size)
        fixed = modules
        drawFixed(version)
    }

    private func with(mask: Int) -> QRCode { QRCode(self, mask: mask) }

    private init(_ other: QRCode, mask: Int) {
        size = other.size
        modules = other.modules
        fixed = other.fixed
        self.mask = mask
    }

    subscript(x: Int, y: Int) -> Bool { modules[y * size + x] }

    private mutating func fix(_ x: Int, _ y: Int, _ isDark: Bool) {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return }
        modules[y * size + x] = isDark
        fixed[y * size + x] = true
    }

    // MARK: What stands in every code of a version

    private mutating func drawFixed(_ version: Int) {
        for at in 0..<size {
            fix(6, at, at.isMultiple(of: 2))
            fix(at, 6, at.isMultiple(of: 2))
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        let places = Self.alignments(version)
        for (row, y) in places.enumerated() {
            for (column, x) in places.enumerated() {
                let isCorner =
                    (row, column) == (0, 0) || (row, column) == (0, places.count - 1)
                    || (row, column) == (places.count - 1, 0)
                if !isCorner { drawAlignment(x, y) }
            }
        }
        drawFormat()
        if version >= 7 { drawVersion(version) }
    }

    private mutating func drawFinder(_ x: Int, _ y: Int) {
        for dy in -4...4 {
            for dx in -4...4 {
                let ring = max(abs(dx), abs(dy))
                fix(x + dx, y + dy, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func drawAlignment(_ x: Int, _ y: Int) {
        for dy in -2...2 {
            for dx in -2...2 { fix(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
        }
    }

    private static func alignments(_ version: Int) -> [Int] {
        guard version > 1 else { return [] }
        let count = version / 7 + 2
        let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2
        return [6] + (0..<(count - 1)).map { version * 4 + 10 - $0 * step }.reversed()
    }

    /// Level and mask, twice, with a BCH code of their own.
    static func format(mask: Int) -> Int {
        var rest = mask
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        return (mask << 10 | rest) ^ 0x5412
    }

    private mutating func drawFormat() {
        let bits = Self.format(mask: mask)
        func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
        for place in 0...5 { fix(8, place, bit(place)) }
        fix(8, 7, bit(6))
        fix(8, 8, bit(7))
        fix(7, 8, bit(8))
        for place in 9..<15 { fix(14 - place, 8, bit(place)) }
        for place in 0..<8 { fix(size - 1 - place, 8, bit(place)) }
        for place in 8..<15 { fix(8, size - 15 + place, bit(place)) }
        fix(8, size - 8, true)
    }

    static func versionBits(_ version: Int) -> Int {
        var rest = version
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
        return version << 12 | rest
    }

    private mutating func drawVersion(_ version: Int) {
        let bits = Self.versionBits(version)
        for place in 0..<18 {
            let (a, b) = (size - 11 + place % 3, place / 3)
            fix(a, b, bits >> place & 1 == 1)
            fix(b, a, bits >> place & 1 == 1)
        }
    }

    // MARK: Data and mask

    /// In columns of two from the right, upwards and downwards in turn.
    private mutating func place(_ codewords: [UInt8]) {
        var index = 0
        var right = size - 1
        while right >= 1 {
            if right == 6 { right = 5 }
            for step in 0..<size {
                for x in [right, right - 1] {
                    let y = (right + 1) & 2 == 0 ? size - 1 - step : step
                    guard !fixed[y * size + x], index < codewords.count * 8 else { continue }
                    modules[y * size + x] = codewords[index / 8] >> (7 - index % 8) & 1 == 1
                    index += 1
                }
            }
            right -= 2
        }
    }

    private mutating func applyMask() {
        for y in 0..<size {
            for x in 0..<size where !fixed[y * size + x] && Self.inverts(mask, x, y) {
                modules[y * size + x].toggle()
            }
        }
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// How badly it reads: long runs, blocks, what looks like a finder, too much of one colour.
    private var penalty: Int {
        var sum = 0
        for line in 0..<size {
            sum += Self.penalty(ofLine: (0..<size).map { self[$0, line] })
            sum += Self.penalty(ofLine: (0..<size).map { self[line, $0] })
        }
        for y in 0..<(size - 1) {
            for x in 0..<(size - 1) {
                let one = self[x, y]
                if one == self[x + 1, y], one == self[x, y + 1], one == self[x + 1, y + 1] {
                    sum += 3
                }
            }
        }
        let dark = modules.filter { $0 }.count
        return sum + abs(dark * 20 - modules.count * 10) / modules.count * 10
    }

    private static let finderLike: [[Bool]] = [
        [true, false, true, true, true, false, true, false, false, false, false],
        [false, false, false, false, true, false, true, true, true, false, true],
    ]

    private static func penalty(ofLine line: [Bool]) -> Int {
        var (sum, run) = (0, 0)
        for (index, module) in line.enumerated() {
            run = index > 0 && line[index - 1] == module ? run + 1 : 1
            if run == 5 { sum += 3 } else if run > 5 { sum += 1 }
        }
        for start in 0...(line.count - 11) {
            if finderLike.contains(where: { line[start..<(start + 11)].elementsEqual($0) }) {
                sum += 40
            }
        }
        return sum
    }

    // MARK: As markup

    /// Black on white whatever the page looks like: readers want dark on light.
    ///
    /// - Parameter label: What it is, for those who do not see it.
    func svg(_ label: String) -> HTML {
        let whole = size + 2 * Self.quiet
        var path = ""
        for y in 0..<size {
            var x = 0
            while x < size {
                guard self[x, y] else {
                    x += 1
                    continue
                }
                let start = x
                while x < size, self[x, y] { x += 1 }
                path += "M\(start + Self.quiet) \(y + Self.quiet)h\(x - start)v1h-\(x - start)z"
            }
        }
        return """
            <svg class="qr" viewBox="0 0 \(whole) \(whole)" role="img" aria-label="\(label)" shape-rendering="crispEdges"><rect width="\(whole)" height="\(whole)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
            """
    }
}
