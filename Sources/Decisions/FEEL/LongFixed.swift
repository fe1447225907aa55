/// An unsigned number below 2²⁵⁶ with 384 binary places (115 decimal ones), for functions whose
/// results are endless: 34 digits of them are rounded from some 70 that are right.
struct LongFixed: Comparable {
    /// The least significant first; the first six stand behind the point.
    private var words: [UInt64]

    private static let wordCount = 10
    private static let fractionWords = 6

    static let zero = LongFixed(0)
    static let one = LongFixed(1)

    init(_ whole: UInt128) {
        words = [UInt64](repeating: 0, count: Self.wordCount)
        words[Self.fractionWords] = UInt64(truncatingIfNeeded: whole)
        words[Self.fractionWords + 1] = UInt64(truncatingIfNeeded: whole >> 64)
    }

    /// `coefficient × 10^power`; what is below the last place is cut off.
    ///
    /// - Parameter power: at most 38.
    init(_ coefficient: UInt128, power: Int) {
        self.init(coefficient)
        for _ in 0..<max(0, power) { self = times(10) }
        var rest = -power
        while rest > 0, !isZero {
            let digits = min(rest, 18)
            self = over(UInt64(UInt128.tenToThe(digits)))
            rest -= digits
        }
    }

    var isZero: Bool { words.allSatisfy { $0 == 0 } }

    /// The whole part, as far as 128 bits hold it.
    var whole: UInt128 {
        UInt128(words[Self.fractionWords + 1]) << 64 | UInt128(words[Self.fractionWords])
    }

    static func < (a: LongFixed, b: LongFixed) -> Bool {
        for index in stride(from: wordCount - 1, through: 0, by: -1)
        where a.words[index] != b.words[index] {
            return a.words[index] < b.words[index]
        }
        return false
    }

    static func + (a: LongFixed, b: LongFixed) -> LongFixed {
        var sum = a
        var carry: UInt64 = 0
        for index in 0..<wordCount {
            let (first, over) = a.words[index].addingReportingOverflow(b.words[index])
            let (second, more) = first.addingReportingOverflow(carry)
            sum.words[index] = second
            carry = over || more ? 1 : 0
        }
        return sum
    }

    /// The difference; the caller knows that `b` is not larger.
    static func - (a: LongFixed, b: LongFixed) -> LongFixed {
        var difference = a
        var borrow: UInt64 = 0
        for index in 0..<wordCount {
            let (first, under) = a.words[index].subtractingReportingOverflow(b.words[index])
            let (second, more) = first.subtractingReportingOverflow(borrow)
            difference.words[index] = second
            borrow = under || more ? 1 : 0
        }
        return difference
    }

    static func * (a: LongFixed, b: LongFixed) -> LongFixed {
        var product = [UInt64](repeating: 0, count: 2 * wordCount)
        for i in 0..<wordCount where a.words[i] != 0 {
            var carry: UInt64 = 0
            for j in 0..<wordCount {
                let (high, low) = a.words[i].multipliedFullWidth(by: b.words[j])
                let (first, over) = product[i + j].addingReportingOverflow(low)
                let (second, more) = first.addingReportingOverflow(carry)
                product[i + j] = second
                carry = high &+ (over ? 1 : 0) &+ (more ? 1 : 0)
            }
            product[i + wordCount] = carry
        }
        var result = zero
        for index in 0..<wordCount { result.words[index] = product[index + fractionWords] }
        return result
    }

    /// 1 divided by a number in 1.5…3, by Newton's steps: each doubles the digits that are right.
    var reciprocal: LongFixed {
        let scale = 18_446_744_073_709_551_616.0
        let size =
            Double(words[Self.fractionWords]) + Double(words[Self.fractionWords - 1]) / scale
        var result = LongFixed.zero
        result.words[Self.fractionWords - 1] = UInt64(scale / size)
        for _ in 0..<4 { result = result * (LongFixed(2) - self * result) }
        return result
    }

    func times(_ factor: UInt64) -> LongFixed {
        var result = self
        var carry: UInt64 = 0
        for index in 0..<Self.wordCount {
            let (high, low) = words[index].multipliedFullWidth(by: factor)
            let (sum, over) = low.addingReportingOverflow(carry)
            result.words[index] = sum
            carry = high &+ (over ? 1 : 0)
        }
        return result
    }

    func over(_ divisor: UInt64) -> LongFixed {
        var result = self
        var rest: UInt64 = 0
        for index in stride(from: Self.wordCount - 1, through: 0, by: -1) {
            let (quotient, remainder) = divisor.dividingFullWidth((rest, words[index]))
            result.words[index] = quotient
            rest = remainder
        }
        return result
    }
}

extension LongFixed {
    static let logarithmOfTwo = artanh(one.over(3)).times(2)
    /// ln 10 = 3 ln 2 + ln 1.25.
    static let logarithmOfTen = logarithmOfTwo.times(3) + artanh(one.over(9)).times(2)

    /// The inverse hyperbolic tangent of a number below 1/2, by its series.
    static func artanh(_ number: LongFixed) -> LongFixed {
        let square = number * number
        var (sum, power) = (number, number)
        var index: UInt64 = 3
        while !power.isZero {
            power = power * square
            sum = sum + power.over(index)
            index += 2
        }
        return sum
    }

    /// The natural logarithm of a number in 1…10: halved into 0.75…1.5, then by the series.
    var logarithm: (isNegative: Bool, magnitude: LongFixed) {
        var (number, halvings) = (self, UInt64(0))
        while number >= LongFixed.one + LongFixed.one.over(2) {
            number = number.over(2)
            halvings += 1
        }
        let whole = LongFixed.logarithmOfTwo.times(halvings)
        let share = (number + .one).reciprocal
        if number >= .one { return (false, whole + Self.artanh((number - .one) * share).times(2)) }
        let rest = Self.artanh((LongFixed.one - number) * share).times(2)
        return rest > whole ? (true, rest - whole) : (false, whole - rest)
    }

    /// e to the power of a number below 3, by the series for a 256th of it.
    var exponential: LongFixed {
        let part = over(256)
        var (sum, term) = (LongFixed.one, LongFixed.one)
        var index: UInt64 = 1
        while !term.isZero {
            term = (term * part).over(index)
            sum = sum + term
            index += 1
        }
        for _ in 0..<8 { sum = sum * sum }
        return sum
    }
}
