extension Decimal128 {
    /// The square root rounded half-even; nil for a negative number.
    func squareRoot() -> Decimal128? {
        if coefficient == 0 { return Decimal128(coefficient: 0, exponent: Int(exponent) >> 1) }
        guard coefficient > 0 else { return nil }
        var power = Int(exponent)
        var shift = 70 - coefficient.magnitude.digits
        if (power - shift) % 2 != 0 { shift -= 1 }
        power -= shift
        var scaled = Wide.product(
            coefficient.magnitude, UInt128.tenToThe(Swift.min(shift, 38)))
        if shift > 38 { scaled = scaled.multiplied(by: UInt128.tenToThe(shift - 38)) }
        // Newton from above; the root has 35 digits, so one is to spare for the rounding.
        var root = UInt128.tenToThe(35)
        while true {
            let next = (root + scaled.divided(by: root).quotient.low) / 2
            if next >= root { break }
            root = next
        }
        let isExact = Wide.product(root, root) == scaled
        if !isExact, root % 5 == 0 { root += 1 }
        let result = Self.fitting(Wide(low: root), false, power / 2)
        return isExact ? result?.reduced(upTo: Int(exponent) >> 1) : result
    }

    /// e to the power of the number, rounded half-even; nil where it leaves the range.
    func exponential() -> Decimal128? {
        if coefficient == 0 { return .one }
        guard adjustedExponent < 6 else { return isNegative ? .smallZero : nil }
        let argument = LongFixed(coefficient.magnitude, power: Int(exponent))
        return Self.exponential(isNegative, argument)
    }

    /// The natural logarithm, rounded half-even; nil for zero and below.
    func naturalLogarithm() -> Decimal128? {
        if self == .one { return .zero }
        guard let (isNegative, magnitude) = longLogarithm else { return nil }
        return Self.rounded(isNegative, magnitude, 0)
    }

    /// The power; nil outside the range, and where it is no real number.
    ///
    /// Rounded half-even of the exact power where that has at most 76 digits, else of 70 digits of it.
    func raised(to power: Decimal128) -> Decimal128? {
        if let whole = power.wholeNumber { return raised(toWhole: whole) }
        if isZero { return power.isNegative ? nil : .zero }
        guard coefficient > 0 || power.isWhole else { return nil }
        // Halves of squares: 4 ** 1.5 is 2 ** 3, without an end that is cut off.
        if let root = squareRoot()?.reduced, root.coefficient.magnitude.digits <= 17,
            root.multiplied(by: root) == self, self != .one,
            let double = power.multiplied(by: Decimal128(2)), double.magnitude < Decimal128(1000)
        {
            return root.raised(to: double)
        }
        // A power that large and whole is a multiple of ten, hence even.
        return magnitude.raised(throughLogarithmTo: power)
    }

    private func raised(toWhole whole: Int) -> Decimal128? {
        if whole == 0 { return .one }
        if isZero { return whole < 0 ? nil : .zero }
        let isNegative = coefficient < 0 && whole % 2 != 0
        if whole.magnitude < 1 << 60, let exact = magnitude.exactPower(Int(whole.magnitude)) {
            let (digits, power) = exact
            if whole > 0 { return Self.fitting(digits, isNegative, power) }
            if digits.high == 0, digits.low < UInt128.tenToThe(Self.precision) {
                // The divisor's own exponent may lie outside the range where the quotient's does not.
                return Decimal128(isNegative ? -1 : 1)
                    .divided(by: Decimal128(coefficient: Int128(digits.low), exponent: 0))
                    .flatMap {
                        Self.fitting(
                            Wide(low: $0.coefficient.magnitude), isNegative,
                            Int($0.exponent) - power)
                    }
            }
        }
        let result = magnitude.raised(throughLogarithmTo: Decimal128(whole))
        return isNegative ? result.map { -$0 } : result
    }

    /// The power of a positive number as digits and exponent, where it has at most 76 digits.
    private func exactPower(_ whole: Int) -> (digits: Wide, exponent: Int)? {
        func power(_ base: Decimal128) -> (digits: Wide, exponent: Int)? {
            let (exponent, isTooLarge) = Int(base.exponent).multipliedReportingOverflow(by: whole)
            // Far outside the range the sum of exponents must not overflow either.
            guard !isTooLarge, exponent.magnitude < 1 << 60 else { return nil }
            let factor = base.coefficient.magnitude
            if factor == 1 { return (Wide(low: 1), exponent) }
            guard whole <= 300 else { return nil }
            var digits = Wide(low: 1)
            for _ in 0..<whole {
                guard digits.digits + factor.digits <= 76 else { return nil }
                digits = digits.multiplied(by: factor)
            }
            return (digits, exponent)
        }
        return power(self) ?? power(reduced)
    }

    private func raised(throughLogarithmTo power: Decimal128) -> Decimal128? {
        guard let (isBelowOne, logarithm) = longLogarithm, !logarithm.isZero else { return .one }
        let isNegative = isBelowOne != power.isNegative
        // No logarithm but that of 1 is below 10⁻³⁴ in magnitude.
        guard power.adjustedExponent < 40 else { return isNegative ? .smallZero : nil }
        let size = power.magnitude
        let factor = LongFixed(size.coefficient.magnitude, power: Int(size.exponent))
        let product = logarithm * factor
        guard product < LongFixed(1_000_000) else { return isNegative ? .smallZero : nil }
        return Self.exponential(isNegative, product)?.reduced(upTo: 0)
    }

    /// What is too small to be a number but zero.
    private static let smallZero = Decimal128(coefficient: 0, exponent: smallestExponent)

    /// ln (m × 10^p) = ln m + p ln 10, with m in 1…10; nil for zero and below.
    private var longLogarithm: (isNegative: Bool, magnitude: LongFixed)? {
        guard coefficient > 0 else { return nil }
        let power = adjustedExponent
        let mantissa = LongFixed(coefficient.magnitude, power: Int(exponent) - power)
        let (_, small) = mantissa.logarithm
        let large = LongFixed.logarithmOfTen.times(UInt64(power.magnitude))
        if power >= 0 { return (false, small + large) }
        return large > small ? (true, large - small) : (false, small - large)
    }

    /// e^±x for x below 10⁶: the tens are taken out, 10^k e^r with r in 0…ln 10.
    private static func exponential(_ isNegative: Bool, _ argument: LongFixed) -> Decimal128? {
        let ten = LongFixed.logarithmOfTen
        var tens = Int(argument.whole * 1000 / 2302)
        while ten.times(UInt64(tens)) > argument { tens -= 1 }
        var rest = argument - ten.times(UInt64(tens))
        while rest >= ten { (rest, tens) = (rest - ten, tens + 1) }
        if isNegative, !rest.isZero {
            (rest, tens) = (ten - rest, -tens - 1)
        } else if isNegative {
            tens = -tens
        }
        return rounded(false, rest.exponential, tens)
    }

    /// `number × 10^power`, of which 37 digits are kept: the last stands for all that follow.
    private static func rounded(
        _ isNegative: Bool, _ number: LongFixed, _ power: Int
    ) -> Decimal128? {
        if number.isZero { return .zero }
        var (scaled, exponent) = (number, power)
        while scaled.whole < UInt128.tenToThe(36) {
            scaled = scaled.times(10)
            exponent -= 1
        }
        var digits = scaled.whole
        if digits % 5 == 0, LongFixed(digits) < scaled { digits += 1 }
        return fitting(Wide(low: digits), isNegative, exponent)
    }
}
