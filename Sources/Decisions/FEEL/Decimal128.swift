/// A decimal number as FEEL counts: 34 significant digits, exponent −6143…6144, half-even.
///
/// The value is `coefficient × 10^exponent`. Trailing zeros are kept as written (1.10 prints as 1.10)
/// but do not count in comparison. There is no NaN, no infinity and no negative zero: what cannot be
/// represented is nil.
public struct Decimal128: Hashable, Comparable, Sendable {
    // Two words and not an Int128: Swift 6.3 on x86-64 lays structs that hold one on stack slots
    // of 8 bytes and reads them as if of 16, which ends the process (seen in debug builds).
    private let high: Int64
    private let low: UInt64
    /// −6176…6144.
    let exponent: Int32

    /// Significant digits.
    static let precision = 34
    static let smallestExponent = -6176
    /// Of the first digit.
    static let largestAdjustedExponent = 6144

    public static let zero = Decimal128(0)
    static let one = Decimal128(1)

    /// −10³⁴ < coefficient < 10³⁴.
    var coefficient: Int128 { Int128(high) << 64 | Int128(low) }

    /// The coefficient where 64 bits hold it.
    var plainCoefficient: Int64? {
        let plain = Int64(bitPattern: low)
        return high == plain >> 63 ? plain : nil
    }

    /// The caller vouches for the ranges of both.
    init(coefficient: Int128, exponent: Int) {
        high = Int64(truncatingIfNeeded: coefficient >> 64)
        low = UInt64(truncatingIfNeeded: coefficient)
        self.exponent = Int32(truncatingIfNeeded: exponent)
    }

    public init(_ integer: Int64) { self.init(coefficient: Int128(integer), exponent: 0) }

    init(_ integer: Int) { self.init(coefficient: Int128(integer), exponent: 0) }

    /// `integer` × 10^−`scale`, exactly: `Decimal128(integer: 12050, scale: 2)` is 120.50.
    ///
    /// - Parameter scale: decimal places, −6000…6000.
    public init(integer: Int64, scale: Int) {
        precondition(-6000 <= scale && scale <= 6000, "a scale is within ±6000: \(scale)")
        self.init(coefficient: Int128(integer), exponent: -scale)
    }

    public var isZero: Bool { coefficient == 0 }
    public var isNegative: Bool { coefficient < 0 }
    public var sign: Int { coefficient.signum() == 0 ? 0 : (coefficient < 0 ? -1 : 1) }
    public var magnitude: Decimal128 { isNegative ? -self : self }

    public static prefix func - (a: Decimal128) -> Decimal128 {
        Decimal128(coefficient: -a.coefficient, exponent: Int(a.exponent))
    }

    /// The value × 10^`places` when that is a whole number in the range of `Int64`, else nil.
    ///
    /// Never rounds: 1.005 has no whole number of hundredths.
    public func exactly(timesTenToThe places: Int) -> Int64? {
        if coefficient == 0 { return 0 }
        let (shift, overflow) = Int(exponent).addingReportingOverflow(places)
        if overflow { return nil }
        if shift >= 0 {
            guard shift <= 18 else { return nil }
            let (product, tooLarge) = coefficient.multipliedReportingOverflow(
                by: Int128(UInt128.tenToThe(shift)))
            return tooLarge ? nil : Int64(exactly: product)
        }
        guard shift >= -Self.precision else { return nil }
        let (quotient, rest) = coefficient.quotientAndRemainder(
            dividingBy: Int128(UInt128.tenToThe(-shift)))
        return rest == 0 ? Int64(exactly: quotient) : nil
    }

    /// The value when it is a whole number in the range of `Int`, else nil.
    public var wholeNumber: Int? { exactly(timesTenToThe: 0).flatMap(Int.init(exactly:)) }

    public var isWhole: Bool { exponent >= 0 || rounded(toPlaces: 0, .down) == self }

    /// Power of ten of the first digit.
    var adjustedExponent: Int { Int(exponent) + coefficient.magnitude.digits - 1 }
}

extension Decimal128 {
    public static func == (a: Decimal128, b: Decimal128) -> Bool {
        a.exponent == b.exponent ? a.coefficient == b.coefficient : a.order(to: b) == 0
    }

    public static func < (a: Decimal128, b: Decimal128) -> Bool {
        a.exponent == b.exponent ? a.coefficient < b.coefficient : a.order(to: b) < 0
    }

    public func hash(into hasher: inout Hasher) {
        let plain = reduced
        hasher.combine(plain.coefficient)
        hasher.combine(plain.exponent)
    }

    /// −1, 0 or 1, by value.
    private func order(to other: Decimal128) -> Int {
        if let (a, b, _) = Self.aligned(self, other) { return a < b ? -1 : (a == b ? 0 : 1) }
        if coefficient.signum() != other.coefficient.signum() || coefficient == 0 {
            return coefficient < other.coefficient ? -1 : (coefficient == other.coefficient ? 0 : 1)
        }
        let direction = coefficient < 0 ? -1 : 1
        let mine = adjustedExponent
        let others = other.adjustedExponent
        if mine != others { return mine < others ? -direction : direction }
        // The first digits stand at the same place, so the exponents are less than 34 apart.
        let distance = Int(exponent) - Int(other.exponent)
        let (a, b) = (coefficient.magnitude, other.coefficient.magnitude)
        let left = distance > 0 ? Wide.product(a, UInt128.tenToThe(distance)) : Wide(low: a)
        let right = distance < 0 ? Wide.product(b, UInt128.tenToThe(-distance)) : Wide(low: b)
        return left == right ? 0 : (left < right ? -direction : direction)
    }

    /// The coefficients for the smaller exponent, where no more than 64 bits and 18 zeros make them.
    @inline(__always)
    static func aligned(
        _ a: Decimal128, _ b: Decimal128
    ) -> (a: Int128, b: Int128, exponent: Int)? {
        let distance = Int(a.exponent) &- Int(b.exponent)
        guard distance.magnitude <= 18, let left = a.plainCoefficient,
            let right = b.plainCoefficient
        else { return nil }
        // Below 2⁶³ × 10¹⁸, which is below 2¹²³.
        return distance >= 0
            ? (Int128(left) &* Int128(Int64.tenToThe(distance)), Int128(right), Int(b.exponent))
            : (Int128(left), Int128(right) &* Int128(Int64.tenToThe(-distance)), Int(a.exponent))
    }

    /// The same value without trailing zeros; zero is 0 × 10⁰.
    var reduced: Decimal128 { reduced(upTo: Int(Int32.max)) }

    /// Trailing zeros dropped while the exponent is below `limit`.
    func reduced(upTo limit: Int) -> Decimal128 {
        if coefficient == 0 { return Decimal128(coefficient: 0, exponent: Swift.min(limit, 0)) }
        var (digits, power) = (coefficient, Int(exponent))
        while power < limit, power < Self.largestAdjustedExponent {
            let (quotient, rest) = digits.quotientAndRemainder(dividingBy: 10)
            guard rest == 0 else { break }
            digits = quotient
            power += 1
        }
        return Decimal128(coefficient: digits, exponent: power)
    }
}
