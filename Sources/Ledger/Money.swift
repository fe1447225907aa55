/// An amount in whole fen (1/100 yuan), of the currency its voucher or fund names.
///
/// Range: ±92,233,720,368,547,758.07 yuan. Arithmetic that leaves the range answers nil: no amount
/// ever wraps round, and none passes through floating point.
public struct Money: Hashable, Comparable, Sendable {
    /// In fen; negative where something is owed the other way.
    public let fen: Int64

    public init(fen: Int64) { self.fen = fen }

    public static let zero = Money(fen: 0)

    public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }

    public func adding(_ other: Money) -> Money? {
        let (sum, overflow) = fen.addingReportingOverflow(other.fen)
        return overflow ? nil : Money(fen: sum)
    }

    public func subtracting(_ other: Money) -> Money? {
        let (difference, overflow) = fen.subtractingReportingOverflow(other.fen)
        return overflow ? nil : Money(fen: difference)
    }

    public var isPositive: Bool { fen > 0 }
    public var isNegative: Bool { fen < 0 }
}

extension Money: CustomStringConvertible {
    /// Reads yuan as people write them: `1200`, `1,200.00`, `-0.5`; at most two decimals, grouped by
    /// commas in threes or not at all. Anything else is nil: `1.005`, `1e3`, an empty text, `１２`.
    public init?(yuan text: some StringProtocol) {
        var bytes = text.utf8[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }
        // Below zero there is one fen more than above: the sum is kept negative until the end.
        var (fen, digits, groups, inGroup) = (Int64(0), 0, 0, 0)
        func append(_ digit: UInt8) -> Bool {
            let (scaled, tooLarge) = fen.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = scaled.subtractingReportingOverflow(Int64(digit) - 48)
            fen = sum
            return !tooLarge && !overflow
        }
        while let byte = bytes.first, byte != UInt8(ascii: ".") {
            bytes.removeFirst()
            if byte == UInt8(ascii: ",") {
                guard groups == 0 ? (1...3).contains(inGroup) : inGroup == 3 else { return nil }
                (groups, inGroup) = (groups + 1, 0)
            } else {
                (digits, inGroup) = (digits + 1, inGroup + 1)
                guard (48...57).contains(byte), digits <= 17, append(byte) else { return nil }
            }
        }
        guard digits > 0, groups == 0 || inGroup == 3 else { return nil }
        let decimals = bytes.dropFirst()
        guard bytes.isEmpty || (1...2).contains(decimals.count) else { return nil }
        for byte in decimals {
            guard (48...57).contains(byte), append(byte) else { return nil }
        }
        for _ in decimals.count..<2 {
            guard append(48) else { return nil }
        }
        guard isNegative || fen != .min else { return nil }
        self.init(fen: isNegative ? fen : -fen)
    }

    /// Yuan with two decimals and no grouping, as files and programs read it: `-1200.05`.
    public var description: String {
        let magnitude = fen.magnitude
        let cents = magnitude % 100
        return "\(fen < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}

extension Money: Codable {
    /// A whole number of fen: JSON never carries an amount as a fraction.
    public init(from decoder: any Decoder) throws {
        fen = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fen)
    }
}
