/// An exact rational number. What outgrows 128 bits becomes `unknown`, and stays it.
struct Fraction: Hashable, Sendable {
    let top: Int128
    /// Above zero; zero for what is unknown.
    let bottom: Int128

    static let zero = Fraction(0)
    static let one = Fraction(1)
    static let unknown = Fraction(top: 0, bottom: 0)

    init(_ whole: Int) { (top, bottom) = (Int128(whole), 1) }

    private init(top: Int128, bottom: Int128) { (self.top, self.bottom) = (top, bottom) }

    init(_ number: Decimal128) {
        let reduced = number.reduced
        let exponent = Int(reduced.exponent)
        guard (-30...30).contains(exponent) else {
            self = .unknown
            return
        }
        var power: Int128 = 1
        for _ in 0..<abs(exponent) { power *= 10 }
        self =
            exponent >= 0
            ? Fraction(top: reduced.coefficient, bottom: 1) * Fraction(top: power, bottom: 1)
            : Fraction.reduced(reduced.coefficient, power)
    }

    private static func reduced(_ top: Int128, _ bottom: Int128) -> Fraction {
        if bottom == 1 { return Fraction(top: top, bottom: 1) }
        var (a, b) = (top.magnitude, bottom.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        let divisor = Int128(a)
        if divisor == 0 { return .unknown }
        let sign: Int128 = bottom < 0 ? -1 : 1
        return Fraction(top: sign * (top / divisor), bottom: sign * (bottom / divisor))
    }

    var isKnown: Bool { bottom != 0 }
    var isZero: Bool { top == 0 && bottom != 0 }
    var sign: Int { Int(top.signum()) }
    var isWhole: Bool { bottom == 1 }

    static func + (a: Fraction, b: Fraction) -> Fraction {
        if a.isZero { return b }
        if b.isZero { return a }
        if a.bottom == 1, b.bottom == 1 {
            let (sum, isTooLarge) = a.top.addingReportingOverflow(b.top)
            return isTooLarge ? .unknown : Fraction(top: sum, bottom: 1)
        }
        let (x, first) = a.top.multipliedReportingOverflow(by: b.bottom)
        let (y, second) = b.top.multipliedReportingOverflow(by: a.bottom)
        let (sum, third) = x.addingReportingOverflow(y)
        let (bottom, fourth) = a.bottom.multipliedReportingOverflow(by: b.bottom)
        return first || second || third || fourth ? .unknown : reduced(sum, bottom)
    }

    static prefix func - (a: Fraction) -> Fraction { Fraction(top: -a.top, bottom: a.bottom) }
    static func - (a: Fraction, b: Fraction) -> Fraction { a + -b }

    static func * (a: Fraction, b: Fraction) -> Fraction {
        let (top, first) = a.top.multipliedReportingOverflow(by: b.top)
        let (bottom, second) = a.bottom.multipliedReportingOverflow(by: b.bottom)
        return first || second ? .unknown : reduced(top, bottom)
    }

    static func / (a: Fraction, b: Fraction) -> Fraction {
        if b.top == 0 { return .unknown }
        let inverse =
            b.top > 0
            ? Fraction(top: b.bottom, bottom: b.top) : Fraction(top: -b.bottom, bottom: -b.top)
        return a * inverse
    }

    /// −1, 0 or 1; unknown numbers compare as equal, and are refused before they matter.
    func order(to other: Fraction) -> Int { (self - other).sign }

    var floor: Fraction {
        guard isKnown else { return self }
        let quotient = top / bottom
        return Fraction(top: top % bottom < 0 ? quotient - 1 : quotient, bottom: 1)
    }

    /// The value as a decimal; nil where it has no end within its digits.
    var decimal: Decimal128? {
        let limit: UInt128 = 1_000_000_000_000_000_000_000_000_000_000_000
        guard isKnown, top.magnitude < limit, bottom.magnitude < limit else { return nil }
        return Decimal128(coefficient: top, exponent: 0)
            .divided(by: Decimal128(coefficient: bottom, exponent: 0))?.reduced(upTo: 0)
    }
}

extension Fraction: CustomStringConvertible {
    var description: String {
        if let decimal, Fraction(decimal) == self { return decimal.description }
        return isKnown ? "\(top)/\(bottom)" : "?"
    }
}

/// A sum of symbols with factors, and a constant.
struct Linear: Hashable, Sendable {
    /// By symbol, ascending; no factor is zero.
    private(set) var terms: [(symbol: Int, factor: Fraction)] = []
    var constant: Fraction

    init(_ constant: Fraction) { self.constant = constant }

    init(symbol: Int) {
        terms = [(symbol, .one)]
        constant = .zero
    }

    var isConstant: Bool { terms.isEmpty }
    var isKnown: Bool { constant.isKnown && terms.allSatisfy(\.factor.isKnown) }

    static func + (a: Linear, b: Linear) -> Linear {
        var sum = Linear(a.constant + b.constant)
        var (i, j) = (0, 0)
        while i < a.terms.count || j < b.terms.count {
            if j == b.terms.count || i < a.terms.count && a.terms[i].symbol < b.terms[j].symbol {
                sum.terms.append(a.terms[i])
                i += 1
            } else if i == a.terms.count || b.terms[j].symbol < a.terms[i].symbol {
                sum.terms.append(b.terms[j])
                j += 1
            } else {
                let factor = a.terms[i].factor + b.terms[j].factor
                if !factor.isZero { sum.terms.append((a.terms[i].symbol, factor)) }
                (i, j) = (i + 1, j + 1)
            }
        }
        return sum
    }

    static func * (a: Linear, factor: Fraction) -> Linear {
        if factor.isZero { return Linear(.zero) }
        var product = Linear(a.constant * factor)
        product.terms = a.terms.map { ($0.symbol, $0.factor * factor) }
        return product
    }

    static func - (a: Linear, b: Linear) -> Linear { a + b * Fraction(-1) }

    static func == (a: Linear, b: Linear) -> Bool {
        a.constant == b.constant
            && a.terms.elementsEqual(b.terms) { $0.symbol == $1.symbol && $0.factor == $1.factor }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(constant)
        for term in terms {
            hasher.combine(term.symbol)
            hasher.combine(term.factor)
        }
    }
}
