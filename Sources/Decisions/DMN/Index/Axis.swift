/// The values of one kind as places on a line, so that a column's cells become stretches of places.
///
/// Ordered kinds are cut at every value the cells name: of `n` cuts, place `2i + 1` is cut `i` itself
/// and the even places lie before, between and after. Texts have a place each, and one after them
/// for every other text.
final class Axis: Sendable {
    enum Kind: Sendable { case truths, texts, numbers, dates, daysDurations, monthsDurations }

    let kind: Kind
    /// How many places there are.
    let count: Int
    /// Each once; the place of a text is its position.
    let texts: [String]
    private let codes: TextCodes
    /// Decimal places of the cuts of numbers.
    let scale: Int
    /// Ascending, doubled: numbers × 10^`scale`, dates by `Axis.position`, nanoseconds or months. Odd
    /// values, between the cuts, stand for numbers with digits beyond the scale.
    let cuts: [Int64]

    /// Decimal places that cuts have where there is room: money comes with two, and it is quicker to
    /// widen a number than to divide it.
    private static let usualScale = 2

    /// The axis on which every constant has its own place; nil where they are of several kinds, of a
    /// kind without an axis, or too far apart.
    init?(cuttingAt constants: [Value]) {
        let constants = constants.filter { !$0.isNull }
        guard let kind = constants.first.flatMap(Kind.init),
            constants.allSatisfy({ Kind($0) == kind })
        else { return nil }
        self.kind = kind
        texts = TextCodes.distinct(constants.compactMap(\.string))
        codes = TextCodes(texts)
        let least = constants.map { max(0, -Int($0.number?.reduced.exponent ?? 0)) }.max() ?? 0
        switch kind {
        case .truths, .texts:
            count = kind == .truths ? 2 : texts.count + 1
            (scale, cuts) = (0, [])
        default:
            let usual = max(least, Self.usualScale)
            if let cuts = Self.cuts(at: constants, kind, usual) {
                (scale, self.cuts) = (usual, cuts)
            } else if let cuts = Self.cuts(at: constants, kind, least) {
                (scale, self.cuts) = (least, cuts)
            } else {
                return nil
            }
            count = 2 * cuts.count + 1
        }
    }

    /// Nil where they are too far apart.
    private static func cuts(at constants: [Value], _ kind: Kind, _ scale: Int) -> [Int64]? {
        guard scale <= 15 else { return nil }
        var cuts: [Int64] = []
        for constant in constants {
            let position = position(of: constant, kind, scale)
            guard let position, position.magnitude < 1 << 62 else { return nil }
            cuts.append(position)
        }
        return cuts.sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// Where the value stands; nil for a value of another kind.
    func place(of value: Value) -> Int? {
        switch value {
        case .boolean(let truth): kind == .truths ? (truth ? 1 : 0) : nil
        case .string(let text): kind == .texts ? codes.code(of: text) : nil
        default:
            Self.position(of: value, kind, scale).map { cuts.place(of: $0, among: cuts.indices) }
        }
    }

    /// Whether places stand in the order of the values.
    var isOrdered: Bool { kind != .truths && kind != .texts }

    /// Where a value that is neither a truth nor a text stands among cuts; nil for one of another
    /// kind.
    @inline(__always)
    static func position(of value: Value, _ kind: Kind, _ scale: Int) -> Int64? {
        switch value {
        case .number(let number): kind == .numbers ? number.place(scale: scale) : nil
        case .date(let date): kind == .dates ? date.place : nil
        case .daysDuration(let duration):
            kind == .daysDurations ? Int64(clamping: 2 * duration.nanoseconds) : nil
        case .yearsMonthsDuration(let duration):
            kind == .monthsDurations ? Int64(clamping: 2 * Int128(duration.months)) : nil
        default: nil
        }
    }
}

extension Axis.Kind {
    fileprivate init?(_ value: Value) {
        switch value {
        case .boolean: self = .truths
        case .string: self = .texts
        case .number: self = .numbers
        case .date: self = .dates
        case .daysDuration: self = .daysDurations
        case .yearsMonthsDuration: self = .monthsDurations
        default: return nil
        }
    }
}

extension [Int64] {
    /// Place of a value among the ascending cuts in `range`.
    @inline(__always)
    func place(of value: Int64, among range: Range<Int>) -> Int {
        withUnsafeBufferPointer {
            let cuts = UnsafeBufferPointer(rebasing: $0[range])
            var (low, length) = (0, cuts.count)
            // The half that cannot hold it is left by a conditional move, not by a jump.
            while length > 1 {
                let half = length &>> 1
                let middle = low &+ half
                low = cuts[middle] <= value ? middle : low
                length &-= half
            }
            guard length == 1, cuts[low] <= value else { return 0 }
            return low &* 2 &+ (cuts[low] == value ? 1 : 2)
        }
    }
}

extension CalendarDate {
    /// Days in their order, with gaps.
    fileprivate var place: Int64 { 2 &* Int64((year &<< 4 | month) &<< 5 | day) }
}

extension Decimal128 {
    /// The value × 10^`scale` × 2, rounded down to an even number and one more where something was
    /// rounded away; beyond the range of 64 bits its ends.
    @inline(__always)
    fileprivate func place(scale: Int) -> Int64 {
        let shift = Int(exponent) &+ scale
        guard 0 <= shift, shift <= 18, let plain = plainCoefficient else {
            return farPlace(scale: scale)
        }
        // Twice the digits can overflow only where the product does.
        let (product, overflow) = plain.multipliedReportingOverflow(by: 2 &* Int64.tenToThe(shift))
        return overflow ? (plain < 0 ? .min : .max) : product
    }

    /// The same for any number.
    @inline(never)
    private func farPlace(scale: Int) -> Int64 {
        let shift = Int(exponent) + scale
        let digits = coefficient
        let end: Int64 = isNegative ? .min : .max
        if shift >= 0 {
            guard shift <= 18 else { return digits == 0 ? 0 : end }
            let (product, overflow) = digits.multipliedReportingOverflow(
                by: Int128(UInt128.tenToThe(shift)))
            guard !overflow, product.magnitude < 1 << 62 else { return end }
            return 2 * Int64(product)
        }
        guard shift >= -Self.precision else { return isNegative ? -1 : (digits == 0 ? 0 : 1) }
        let power = Int128(UInt128.tenToThe(-shift))
        var (quotient, rest) = digits.quotientAndRemainder(dividingBy: power)
        if rest < 0 { (quotient, rest) = (quotient - 1, rest + power) }
        guard quotient.magnitude < 1 << 62 else { return end }
        return 2 * Int64(quotient) + (rest == 0 ? 0 : 1)
    }
}
