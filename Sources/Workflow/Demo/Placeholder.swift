import Casework

/// Bytes for generated evidence: a small picture that is different for every case, or a few words.
enum Placeholder {
    static func bytes(of kind: String, index: Int) -> [UInt8] {
        switch kind {
        case "photo", "receipt", "ticket": picture(seed: "\(kind)/\(index)")
        default: Array("演示数据：\(kind) \(index)\n".utf8)
        }
    }

    /// A PNG of 8 × 8 grey squares, stored without compression.
    private static func picture(seed: String) -> [UInt8] {
        var draws = Draws(0, 0, seed)
        var raw: [UInt8] = []
        for _ in 0..<8 { raw += [0] + (0..<8).map { _ in UInt8(draws.int(64...255)) } }
        let count = UInt16(raw.count)
        let stored: [UInt8] =
            [
                0x78, 0x01, 0x01, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255),
                UInt8(~count >> 8),
            ]
            + raw + big(adler(raw))
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", big(8) + big(8) + [8, 0, 0, 0, 0]) + chunk("IDAT", stored)
            + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        return big(UInt32(body.count)) + named + big(crc(named))
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8((value >> $0) & 255) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = .max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
