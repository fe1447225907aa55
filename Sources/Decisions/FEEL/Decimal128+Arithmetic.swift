/// How a number that does not fit is rounded.
public enum Rounding: Sendable, CaseIterable {
    /// Away from zero.
    case up
    /// Towards zero.
    case down
    case ceiling
    case floor
    case halfUp
    case halfDown
    case halfEven

    /// Whether the magnitude grows by one unit, given what was cut off.
    ///
    /// - Parameter half: the rest compared with half a unit: −1, 0 or 1.
    func roundsAway(isNegative: Bool, isOdd: Bool, half: Int, isExact: Bool) -> Bool {
        if isExact { return false }
        return switch self {
        case .up: true
        case .down: false
        case .ceiling: !isNegative
        case .floor: isNegative
        case .halfUp: half >= 0
        case .halfDown: half > 0
        case .halfEven: half > 0 || half == 0 && isOdd
        }
    }
}

extension Decimal128 {
    /// Up to which every coefficient is in the range.
    private static let roomyExponent = largestAdjustedExponent - precision

    /// The sum rounded half-even, or nil where it leaves the range.
    public func adding(_ other: Decimal128) -> Decimal128? {
        if let (a, b, exponent) = Self.aligned(self, other) {
            let sum = a &+ b
            if sum.magnitude < UInt128.tenToThe(Self.precision), exponent <= Self.roomyExponent {
                return Decimal128(coefficient: sum, exponent: exponent)
            }
        }
        if exponent == other.exponent {
            let sum = coefficient + other.coefficient
            if sum.magnitude < UInt128.tenToThe(Self.precision) {
                return Decimal128(coefficient: sum, exponent: Int(exponent))
            }
            return Self.fitting(Wide(low: sum.magnitude), sum < 0, Int(exponent))
        }
        let (upper, lower) = exponent > other.exponent ? (self, other) : (other, self)
        if upper.coefficient == 0 { return lower.widened(to: Int(lower.exponent)) }
        if lower.coefficient == 0 { return upper.widened(to: Int(lower.exponent)) }
        return Self.sum(upper, lower)
    }

    public func subtracting(_ other: Decimal128) -> Decimal128? { adding(-other) }

    /// Of two numbers that are not zero, `upper` with the larger exponent.
    private static func sum(_ upper: Decimal128, _ lower: Decimal128) -> Decimal128? {
        var tail = lower
        let width = upper.coefficient.magnitude.digits
        let cut = Int(upper.exponent) + Swift.min(-1, width - precision - 2)
        if lower.adjustedExponent < cut {
            // Too small to be seen but for the direction of rounding.
            tail = Decimal128(coefficient: lower.coefficient < 0 ? -1 : 1, exponent: cut)
        }
        let distance = Int(upper.exponent) - Int(tail.exponent)
        guard distance <= 70 else { return nil }
        var left = Wide.product(
            upper.coefficient.magnitude, UInt128.tenToThe(Swift.min(distance, 38)))
        if distance > 38 { left = left.multiplied(by: UInt128.tenToThe(distance - 38)) }
        let right = Wide(low: tail.coefficient.magnitude)
        if (upper.coefficient < 0) == (tail.coefficient < 0) {
            return fitting(left.adding(right), upper.coefficient < 0, Int(tail.exponent))
        }
        return left < right
            ? fitting(right.subtracting(left), tail.coefficient < 0, Int(tail.exponent))
            : fitting(left.subtracting(right), upper.coefficient < 0, Int(tail.exponent))
    }

    /// The same value with an exponent as near to `wanted` (at most the present one) as digits allow.
    private func widened(to wanted: Int) -> Decimal128 {
        if coefficient == 0 { return Decimal128(coefficient: 0, exponent: wanted) }
        let room = Self.precision - coefficient.magnitude.digits
        let shift = Swift.min(room, Int(exponent) - wanted)
        guard shift > 0 else { return self }
        return Decimal128(
            coefficient: coefficient * Int128(UInt128.tenToThe(shift)),
            exponent: Int(exponent) - shift)
    }

    /// The product rounded half-even, or nil where it leaves the range.
    public func multiplied(by other: Decimal128) -> Decimal128? {
        if let a = plainCoefficient, let b = other.plainCoefficient {
            let product = Int128(a) &* Int128(b)
            let power = Int(exponent) &+ Int(other.exponent)
            if product.magnitude < UInt128.tenToThe(Self.precision),
                Self.smallestExponent <= power, power <= Self.roomyExponent
            {
                return Decimal128(coefficient: product, exponent: power)
            }
        }
        let product = Wide.product(coefficient.magnitude, other.coefficient.magnitude)
        let power = Int(exponent) + Int(other.exponent)
        return Self.fitting(product, (coefficient < 0) != (other.coefficient < 0), power)
    }

    /// The quotient rounded half-even, or nil for a zero divisor or where it leaves the range.
    public func divided(by other: Decimal128) -> Decimal128? {
        guard other.coefficient != 0 else { return nil }
        let ideal = Int(exponent) - Int(other.exponent)
        if coefficient == 0 { return Self.fitting(Wide(low: 0), false, ideal) }
        let (a, b) = (coefficient.magnitude, other.coefficient.magnitude)
        let shift = Swift.max(0, Self.precision + 1 + b.digits - a.digits)
        var dividend = Wide.product(a, UInt128.tenToThe(Swift.min(shift, 38)))
        if shift > 38 { dividend = dividend.multiplied(by: UInt128.tenToThe(shift - 38)) }
        var (quotient, remainder) = dividend.divided(by: b)
        let rest = remainder.low
        var power = ideal - shift
        if rest != 0 {
            // A digit that is not zero stands for the rest; the quotient has a digit to spare.
            if quotient.low % 5 == 0 { quotient.low += 1 }
        } else {
            while power < ideal, quotient.low % 10 == 0 {
                quotient.low /= 10
                power += 1
            }
        }
        return Self.fitting(quotient, (coefficient < 0) != (other.coefficient < 0), power)
    }

    /// `self − other × ⌊self ÷ other⌋`: the sign of the divisor, as FEEL's modulo wants it.
    public func modulo(_ other: Decimal128) -> Decimal128? {
        guard let quotient = divided(by: other), quotient.adjustedExponent < Self.precision,
            let product = other.multiplied(by: quotient.rounded(toPlaces: 0, .floor) ?? quotient)
        else { return nil }
        let rest = subtracting(product)
        // A quotient rounded up to a whole number takes one divisor too many.
        return rest.flatMap { $0.sign * other.sign < 0 ? $0.adding(other) : $0 }
    }

    /// Rounds to `places` decimal places; nil where the result would leave the range.
    ///
    /// A number with fewer decimals stays as it is.
    public func rounded(toPlaces places: Int, _ rounding: Rounding) -> Decimal128? {
        let target = -places
        guard target > Int(exponent) else { return self }
        guard -places <= Self.largestAdjustedExponent else { return nil }
        let cut = target - Int(exponent)
        if cut > 38 || coefficient == 0 {
            let away = rounding.roundsAway(
                isNegative: isNegative, isOdd: false, half: -1, isExact: isZero)
            let unit: Int128 = away ? (isNegative ? -1 : 1) : 0
            return Decimal128(coefficient: unit, exponent: target)
        }
        let digits = Self.cut(Wide(low: coefficient.magnitude), isNegative, cut, rounding)
        let signed = isNegative ? -Int128(digits) : Int128(digits)
        return Decimal128(coefficient: signed, exponent: target)
    }

    /// Drops `count` (1…38) digits of `magnitude`.
    private static func cut(
        _ magnitude: Wide, _ isNegative: Bool, _ count: Int, _ rounding: Rounding
    ) -> UInt128 {
        let unit = UInt128.tenToThe(count)
        let (quotient, remainder) = magnitude.divided(by: unit)
        let rest = remainder.low
        let half = unit / 2
        let away = rounding.roundsAway(
            isNegative: isNegative, isOdd: quotient.low & 1 == 1,
            half: rest == half ? 0 : (rest < half ? -1 : 1), isExact: rest == 0)
        return quotient.low + (away ? 1 : 0)
    }

    /// The nearest number of 34 digits, half-even; nil where the exponent leaves the range.
    static func fitting(_ magnitude: Wide, _ isNegative: Bool, _ power: Int) -> Decimal128? {
        var digits = magnitude.low
        var exponent = power
        let excess = Swift.max(
            magnitude.high == 0 && digits < UInt128.tenToThe(precision)
                ? 0 : magnitude.digits - precision,
            smallestExponent - power)
        if excess > 0 {
            if excess > 76 { return Decimal128(coefficient: 0, exponent: smallestExponent) }
            var wide = magnitude
            var rest = excess
            if rest > 38 {
                // Far below the smallest number: keep only whether anything was there.
                let (quotient, remainder) = wide.divided(by: UInt128.tenToThe(38))
                wide = quotient
                if remainder.low != 0, wide.low % 5 == 0 { wide.low += 1 }
                rest -= 38
                exponent += 38
            }
            digits = cut(wide, isNegative, rest, .halfEven)
            exponent += rest
            if digits == UInt128.tenToThe(precision) {
                digits /= 10
                exponent += 1
            }
        }
        if digits == 0 {
            exponent = Swift.min(exponent, largestAdjustedExponent)
        } else if exponent + digits.digits - 1 > largestAdjustedExponent {
            return nil
        }
        return Decimal128(
            coefficient: isNegative ? -Int128(digits) : Int128(digits), exponent: exponent)
    }
}
