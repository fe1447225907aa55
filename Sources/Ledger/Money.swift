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
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap(Self.ungrouped), whole.count <= 17 else { return nil }
        var decimals = ""
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else {
                return nil
            }
            decimals = String(parts[1])
        }
        while decimals.count < 2 { decimals.append("0") }
        guard let fen = Int64((isNegative ? "-" : "") + whole + decimals) else { return nil }
        self.init(fen: fen)
    }

    /// Yuan with two decimals and no grouping, as files and programs read it: `-1200.05`.
    public var description: String {
        let magnitude = fen.magnitude
        let cents = magnitude % 100
        return "\(fen < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }

    private static func ungrouped(_ whole: Substring) -> String? {
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty,
            groups.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        if groups.count > 1 {
            guard first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        return groups.joined()
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

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
