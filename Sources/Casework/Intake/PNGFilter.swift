/// A PNG by its chunks (ISO/IEC 15948).
struct PNGFilter {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// What draws the picture, and how its colours, size and frames are meant. Texts, times, Exif and
    /// profiles are not among them, nor anything unknown.
    private static let drawing: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs",
        "acTL", "fcTL", "fdAT",
    ]

    func stripped() -> [UInt8]? {
        guard bytes.starts(with: Self.signature) else { return nil }
        var kept = Self.signature
        kept.reserveCapacity(bytes.count)
        var at = Self.signature.count
        var (isFirst, hasData) = (true, false)
        while at + 12 <= bytes.count {
            let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            let end = at + 12 + length
            guard length <= Int(Int32.max), end <= bytes.count else { return nil }
            let name = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
            guard !isFirst || name == "IHDR" && length == 13 else { return nil }
            isFirst = false
            if Self.drawing.contains(name) { kept += bytes[at..<end] }
            hasData = hasData || name == "IDAT"
            // What follows the end is left out.
            if name == "IEND" { return hasData && length == 0 ? kept : nil }
            at = end
        }
        return nil
    }
}
