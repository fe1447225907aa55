/// An exact fraction, such as 19,902 of 33,204. It is rounded only where it is printed, half away
/// from zero (四舍五入).
package struct Rate: Hashable, Sendable {
    package let numerator: Int64
    /// Above zero: of nothing there is no rate.
    package let denominator: Int64

    /// Nil when the denominator is zero: no data, which is neither 0 nor 100 %.
    package init?(_ numerator: Int64, of denominator: Int64) {
        guard denominator != 0, denominator != .min, numerator != .min else { return nil }
        self.numerator = denominator < 0 ? -numerator : numerator
        self.denominator = abs(denominator)
    }

    /// In units of 10^-`digits`, half away from zero: `scaled(4)` of 1/3 is 3,333.
    ///
    /// Held at the ends of the range.
    package func scaled(_ digits: Int) -> Int64 {
        rounded(numerator, times: power(digits), by: denominator)
    }

    /// In percent with `decimals` places: `59.94`.
    package func percent(decimals: Int = 2) -> String {
        decimalText(scaled(decimals + 2), decimals: decimals)
    }
}

extension Rate: Comparable {
    package static func < (a: Rate, b: Rate) -> Bool {
        let left = a.numerator.multipliedFullWidth(by: b.denominator)
        let right = b.numerator.multipliedFullWidth(by: a.denominator)
        return (left.high, left.low) < (right.high, right.low)
    }
}

/// `value · factor / divisor`, half away from zero; held at the ends of the range.
///
/// - Precondition: `divisor` is above zero.
func rounded(_ value: Int64, times factor: Int64, by divisor: Int64) -> Int64 {
    precondition(divisor > 0, "divided by \(divisor)")
    let negative = (value < 0) != (factor < 0)
    let product = value.magnitude.multipliedFullWidth(by: factor.magnitude)
    guard product.high < divisor.magnitude else { return negative ? .min : .max }
    let (quotient, rest) = divisor.magnitude.dividingFullWidth((product.high, product.low))
    let up = rest >= divisor.magnitude - rest ? quotient &+ 1 : quotient
    guard up <= UInt64(Int64.max), !(up == 0 && rest > 0 && quotient == .max) else {
        return negative ? .min : .max
    }
    return negative ? -Int64(up) : Int64(up)
}

/// A whole number of 10^-`decimals` units, written out: 5994 with two decimals is `59.94`.
func decimalText(_ scaled: Int64, decimals: Int) -> String {
    let unit = power(decimals).magnitude
    let sign = scaled < 0 ? "-" : ""
    let whole = scaled.magnitude / unit
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let fraction = String(scaled.magnitude % unit)
    return "\(sign)\(whole)." + String(repeating: "0", count: decimals - fraction.count) + fraction
}

/// - Precondition: 0…18.
private func power(_ exponent: Int) -> Int64 {
    precondition((0...18).contains(exponent), "10^\(exponent) does not fit")
    return (0..<exponent).reduce(1) { product, _ in product * 10 }
}
