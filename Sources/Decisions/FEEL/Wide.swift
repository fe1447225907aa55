/// An unsigned number of 256 bits, wide enough for the exact product of two coefficients.
struct Wide: Comparable {
    // Words, for the reason given at Decimal128; the least significant first.
    private var words: (UInt64, UInt64, UInt64, UInt64)

    init(high: UInt128 = 0, low: UInt128) {
        words = (
            UInt64(truncatingIfNeeded: low), UInt64(truncatingIfNeeded: low >> 64),
            UInt64(truncatingIfNeeded: high), UInt64(truncatingIfNeeded: high >> 64)
        )
    }

    var high: UInt128 {
        get { UInt128(words.3) << 64 | UInt128(words.2) }
        set {
            words.2 = UInt64(truncatingIfNeeded: newValue)
            words.3 = UInt64(truncatingIfNeeded: newValue >> 64)
        }
    }

    var low: UInt128 {
        get { UInt128(words.1) << 64 | UInt128(words.0) }
        set {
            words.0 = UInt64(truncatingIfNeeded: newValue)
            words.1 = UInt64(truncatingIfNeeded: newValue >> 64)
        }
    }

    static func == (a: Wide, b: Wide) -> Bool { a.words == b.words }

    static func < (a: Wide, b: Wide) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }

    static func product(_ a: UInt128, _ b: UInt128) -> Wide {
        let (high, low) = a.multipliedFullWidth(by: b)
        return Wide(high: high, low: low)
    }

    /// The product with `factor`; the caller knows that it fits.
    func multiplied(by factor: UInt128) -> Wide {
        var result = Self.product(low, factor)
        result.high &+= high &* factor
        return result
    }

    func adding(_ other: Wide) -> Wide {
        let (sum, carry) = low.addingReportingOverflow(other.low)
        return Wide(high: high &+ other.high &+ (carry ? 1 : 0), low: sum)
    }

    /// The difference; the caller knows that `other` is not larger.
    func subtracting(_ other: Wide) -> Wide {
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        return Wide(high: high &- other.high &- (borrow ? 1 : 0), low: difference)
    }

    func divided(by divisor: UInt128) -> (quotient: Wide, remainder: Wide) {
        if high == 0 {
            let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor)
            return (Wide(low: quotient), Wide(low: remainder))
        }
        let (upper, rest) = high.quotientAndRemainder(dividingBy: divisor)
        let (lower, remainder) = divisor.dividingFullWidth((rest, low))
        return (Wide(high: upper, low: lower), Wide(low: remainder))
    }

    /// Decimal digits, at least 1, of a number below 10⁷⁶.
    var digits: Int {
        if high == 0 { return low.digits }
        return divided(by: UInt128.tenToThe(38)).quotient.low.digits + 38
    }
}

extension UInt128 {
    /// 10^`exponent`, for exponents 0…38.
    static func tenToThe(_ exponent: Int) -> UInt128 { powersOfTen[exponent] }

    // Written out, so that they are there before the program runs.
    private static let powersOfTen: [UInt128] = [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
        10_000_000_000_000,
        100_000_000_000_000,
        1_000_000_000_000_000,
        10_000_000_000_000_000,
        100_000_000_000_000_000,
        1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
        100_000_000_000_000_000_000,
        1_000_000_000_000_000_000_000,
        10_000_000_000_000_000_000_000,
        100_000_000_000_000_000_000_000,
        1_000_000_000_000_000_000_000_000,
        10_000_000_000_000_000_000_000_000,
        100_000_000_000_000_000_000_000_000,
        1_000_000_000_000_000_000_000_000_000,
        10_000_000_000_000_000_000_000_000_000,
        100_000_000_000_000_000_000_000_000_000,
        1_000_000_000_000_000_000_000_000_000_000,
        10_000_000_000_000_000_000_000_000_000_000,
        100_000_000_000_000_000_000_000_000_000_000,
        1_000_000_000_000_000_000_000_000_000_000_000,
        10_000_000_000_000_000_000_000_000_000_000_000,
        100_000_000_000_000_000_000_000_000_000_000_000,
        1_000_000_000_000_000_000_000_000_000_000_000_000,
        10_000_000_000_000_000_000_000_000_000_000_000_000,
        100_000_000_000_000_000_000_000_000_000_000_000_000,
    ]

    /// Decimal digits, at least 1.
    var digits: Int {
        if self < 10 { return 1 }
        let estimate = ((128 - leadingZeroBitCount) * 1233) >> 12
        return self < Self.tenToThe(Swift.min(estimate, 38)) ? estimate : estimate + 1
    }
}

extension Int64 {
    /// 10^`exponent`, for exponents 0…18.
    static func tenToThe(_ exponent: Int) -> Int64 { powersOfTen[exponent] }

    private static let powersOfTen: [Int64] = [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
        10_000_000_000_000,
        100_000_000_000_000,
        1_000_000_000_000_000,
        10_000_000_000_000_000,
        100_000_000_000_000_000,
        1_000_000_000_000_000_000,
    ]
}
