import Crypto

/// A SHA-256 digest.
public struct Hash: Hashable, Sendable {
    private let words: SIMD4<UInt64>

    /// The hash before the first voucher: 32 zero bytes.
    public static let zero = Hash(words: .zero)

    private init(words: SIMD4<UInt64>) { self.words = words }

    /// The digest of `content`.
    public init(of content: [UInt8]) {
        var function = SHA256()
        content.withUnsafeBytes { function.update(bufferPointer: $0) }
        words = function.finalize().withUnsafeBytes { Self.words($0) }
    }

    /// Nil unless there are 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        words = Array(bytes).withUnsafeBytes { Self.words($0) }
    }

    /// Nil unless there are 32 bytes.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 32 else { return nil }
        words = Self.words(bytes)
    }

    /// Nil unless the text is 64 hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard hex.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        var high: UInt8?
        for character in hex.utf8 {
            guard let digit = Self.value(of: character) else { return nil }
            if let first = high { bytes.append(first << 4 | digit) }
            high = high == nil ? digit : nil
        }
        self.init(bytes: bytes)
    }

    /// 32 bytes, as the digest is written.
    public var bytes: [UInt8] {
        (0..<4).flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: words[word] >> UInt64(56 - 8 * $0)) }
        }
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String {
        withHexDigits { String(decoding: $0, as: UTF8.self) }
    }

    private static func words(_ bytes: UnsafeRawBufferPointer) -> SIMD4<UInt64> {
        var words = SIMD4<UInt64>.zero
        for index in 0..<4 {
            words[index] = UInt64(
                bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        return words
    }

    /// The 64 digits of `hex` in ASCII.
    func withHexDigits<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { digits in
            for word in 0..<4 {
                var rest = words[word]
                for place in stride(from: 16 * word + 15, through: 16 * word, by: -1) {
                    let value = UInt8(truncatingIfNeeded: rest & 15)
                    digits[place] = value < 10 ? 48 + value : 87 + value
                    rest >>= 4
                }
            }
            return body(UnsafeBufferPointer(digits))
        }
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case 48...57: character - 48
        case 65...70: character - 55
        case 97...102: character - 87
        default: nil
        }
    }
}

extension Hash: CustomStringConvertible {
    public var description: String { hex }
}

extension Hash: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = Hash(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a hash is 64 hexadecimal digits: \(text)")
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
