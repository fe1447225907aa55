extension Decimal128: CustomStringConvertible {
    /// Longest text read as a number, in characters.
    private static let textLimit = 7000

    /// Reads `12`, `-0.50`, `.5`, `1.2E-3`; anything else, and what leaves the range, is nil.
    ///
    /// Digits beyond the 34th are rounded half-even.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(Self.textLimit + 1))
        guard bytes.count <= Self.textLimit, let value = Self.read(bytes) else { return nil }
        self = value
    }

    private static func read(_ bytes: [UInt8]) -> Decimal128? {
        var index = 0
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        var digits = UInt128(0)
        var (power, count, kept, seenPoint, isSticky) = (0, 0, 0, false, false)
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if byte >= 48, byte <= 57 {
                count += 1
                if kept < 37 {
                    digits = digits * 10 + UInt128(byte - 48)
                    if digits != 0 { kept += 1 }
                    if seenPoint { power -= 1 }
                } else {
                    if byte != 48 { isSticky = true }
                    if !seenPoint { power += 1 }
                }
            } else {
                break
            }
            index += 1
        }
        guard count > 0, bytes[index - 1] != UInt8(ascii: ".") else { return nil }
        if index < bytes.count {
            guard let exponent = readExponent(bytes[index...]) else { return nil }
            power += exponent
        }
        if isSticky, digits % 5 == 0 { digits += 1 }
        return fitting(Wide(low: digits), isNegative, power)
    }

    private static func readExponent(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let letter = bytes.first, letter | 32 == UInt8(ascii: "e"), bytes.count <= 7 else {
            return nil
        }
        let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
        return Int(text)
    }

    /// Plain digits while that stays short, else with an exponent: `120.50`, `1E+6144`.
    public var description: String {
        let digits = String(coefficient.magnitude)
        let sign = coefficient < 0 ? "-" : ""
        let power = Int(exponent)
        if power >= 0, power + digits.utf8.count <= Self.precision + 1 || coefficient == 0 {
            if coefficient == 0 { return "0" }
            return sign + digits + String(repeating: "0", count: power)
        }
        if power < 0, power > -Self.precision - 10 {
            let places = -power
            if digits.utf8.count > places {
                let split = digits.index(digits.endIndex, offsetBy: -places)
                return sign + digits[..<split] + "." + digits[split...]
            }
            let zeros = String(repeating: "0", count: places - digits.utf8.count)
            return sign + "0." + zeros + digits
        }
        let adjusted = power + digits.utf8.count - 1
        let mantissa =
            digits.utf8.count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
        return "\(sign)\(mantissa)E\(adjusted < 0 ? "" : "+")\(adjusted)"
    }

    /// Without trailing zeros: `120.5`.
    var shortDescription: String { reduced.description }
}
