/// The data of a QR code and the codewords that correct it, in the order in which they are drawn.
struct QRCodewords {
    let all: [UInt8]

    /// Level M, by version from 1 on.
    private static let correctionPerBlock = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24,
    ]
    private static let blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10]

    /// Codewords of a version in all.
    static func whole(of version: Int) -> Int {
        var modules = (16 * version + 128) * version + 64
        if version >= 2 {
            let count = version / 7 + 2
            modules -= (25 * count - 10) * count - 55
            if version >= 7 { modules -= 36 }
        }
        return modules / 8
    }

    /// Those that carry data.
    static func data(of version: Int) -> Int {
        whole(of: version) - correctionPerBlock[version - 1] * blocks[version - 1]
    }

    init(_ bytes: [UInt8], version: Int) {
        var bits = QRBits()
        bits.append(0b0100, 4)
        bits.append(bytes.count, version < 10 ? 8 : 16)
        for byte in bytes { bits.append(Int(byte), 8) }
        let count = Self.data(of: version)
        bits.append(0, min(4, count * 8 - bits.count))
        bits.append(0, (8 - bits.count % 8) % 8)
        var data = bits.bytes
        for pad in [0xEC, 0x11] as [UInt8] where data.count < count {
            data.append(pad)
        }
        while data.count < count { data.append(data[data.count - 2]) }
        all = Self.interleaved(data, version)
    }

    /// Short blocks first, then those with one codeword more; drawn in turn.
    private static func interleaved(_ data: [UInt8], _ version: Int) -> [UInt8] {
        let (count, length) = (blocks[version - 1], correctionPerBlock[version - 1])
        let short = data.count / count
        let shortBlocks = count - data.count % count
        var parts: [ArraySlice<UInt8>] = []
        var rest = data[...]
        for block in 0..<count {
            let size = short + (block < shortBlocks ? 0 : 1)
            parts.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        let corrections = parts.map { correction(of: Array($0), length) }
        var result: [UInt8] = []
        for place in 0...short {
            for part in parts where place < part.count {
                result.append(part[part.startIndex + place])
            }
        }
        for place in 0..<length {
            for correction in corrections { result.append(correction[place]) }
        }
        return result
    }

    /// The rest of the data divided by the generator of degree `length` (Reed–Solomon over GF(256)).
    static func correction(of data: [UInt8], _ length: Int) -> [UInt8] {
        var generator: [UInt8] = Array(repeating: 0, count: length - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<length {
            for place in 0..<length {
                generator[place] = product(generator[place], root)
                if place + 1 < length { generator[place] ^= generator[place + 1] }
            }
            root = product(root, 2)
        }
        var rest: [UInt8] = Array(repeating: 0, count: length)
        for byte in data {
            let factor = byte ^ rest.removeFirst()
            rest.append(0)
            for place in 0..<length { rest[place] ^= product(generator[place], factor) }
        }
        return rest
    }

    /// In GF(256) modulo x⁸+x⁴+x³+x²+1.
    private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var sum: UInt8 = 0
        for bit in stride(from: 7, through: 0, by: -1) {
            sum = sum << 1 ^ (sum >> 7) &* 0x1D
            if b >> bit & 1 == 1 { sum ^= a }
        }
        return sum
    }
}

private struct QRBits {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func append(_ value: Int, _ length: Int) {
        for place in stride(from: length - 1, through: 0, by: -1) {
            if count.isMultiple(of: 8) { bytes.append(0) }
            bytes[count / 8] |= UInt8(value >> place & 1) << (7 - count % 8)
            count += 1
        }
    }
}
