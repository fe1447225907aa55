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
        return isExact ? result?.reduced(upTo: Swift.max(0, Int(exponent) / 2)) : result
    }

    /// e to the power of the number, right to about 32 digits; nil where it leaves the range.
    func exponential() -> Decimal128? {
        if coefficient == 0 { return .one }
        guard magnitude < Decimal128(15000) else {
            return isNegative ? .zero : nil
        }
        // e^x = (e^(x/2^k))^(2^k), with x/2^k below 1/16.
        var halvings = 0
        var reducedArgument = self
        while reducedArgument.magnitude > Decimal128(integer: 625, scale: 4), halvings < 24 {
            guard let half = reducedArgument.multiplied(by: Decimal128(integer: 5, scale: 1))
            else { return nil }
            reducedArgument = half
            halvings += 1
        }
        var (sum, term) = (Decimal128.one, Decimal128.one)
        for index in 1...40 {
            guard let product = term.multiplied(by: reducedArgument),
                let next = product.divided(by: Decimal128(index)),
                let total = sum.adding(next)
            else { return nil }
            if total == sum { break }
            (sum, term) = (total, next)
        }
        for _ in 0..<halvings {
            guard let square = sum.multiplied(by: sum) else { return isNegative ? .zero : nil }
            sum = square
        }
        return sum
    }

    /// The natural logarithm, right to about 32 digits; nil for zero and below.
    func naturalLogarithm() -> Decimal128? {
        guard coefficient > 0 else { return nil }
        if self == .one { return .zero }
        // ln(m × 10^p) = ln m + p ln 10, with m in 0.1…1, then Newton on e^y = m.
        let power = adjustedExponent + 1
        let mantissa = Decimal128(coefficient: coefficient, exponent: Int(exponent) - power)
        guard let small = Self.logarithm(of: mantissa),
            let large = Self.logarithmOfTen.multiplied(by: Decimal128(power))
        else { return nil }
        return small.adding(large)
    }

    private static let logarithmOfTen =
        Decimal128("2.302585092994045684017991454684364") ?? .zero

    /// Of a number in 0.1…1, by 2 artanh((m−1)/(m+1)) after two square roots.
    private static func logarithm(of mantissa: Decimal128) -> Decimal128? {
        guard let root = mantissa.squareRoot()?.squareRoot(),
            let numerator = root.subtracting(.one), let denominator = root.adding(.one),
            let ratio = numerator.divided(by: denominator), let square = ratio.multiplied(by: ratio)
        else { return nil }
        var (sum, power) = (ratio, ratio)
        for index in 1...80 {
            guard let next = power.multiplied(by: square),
                let term = next.divided(by: Decimal128(2 * index + 1)),
                let total = sum.adding(term)
            else { return nil }
            if total == sum { break }
            (sum, power) = (total, next)
        }
        return sum.multiplied(by: Decimal128(8))
    }

    /// The power; whole exponents by squaring, others through the logarithm. Nil outside the range.
    func raised(to power: Decimal128) -> Decimal128? {
        if let whole = power.wholeNumber, whole.magnitude <= 1_000_000 {
            if whole < 0 {
                return raised(to: Decimal128(-whole)).flatMap { Decimal128.one.divided(by: $0) }
            }
            var (result, base, rest) = (Decimal128.one, self, whole)
            while rest > 0 {
                if rest & 1 == 1 {
                    guard let next = result.multiplied(by: base) else { return nil }
                    result = next
                }
                rest >>= 1
                if rest > 0 {
                    guard let next = base.multiplied(by: base) else { return nil }
                    base = next
                }
            }
            return result
        }
        if isZero { return power.isNegative ? nil : .zero }
        return naturalLogarithm()?.multiplied(by: power)?.exponential()
    }
}
