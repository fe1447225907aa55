internal import Decisions
internal import Ledger

/// How a head's amount came about: max(atLeast, (base − less) × percent% × times), never below zero,
/// rounded once at the end.
struct Arithmetic {
    /// The summands of the base, where it has several.
    let parts: [Decimal128]
    let base: Decimal128
    let less: Decimal128
    let percent: Decimal128
    let times: Decimal128
    let atLeast: Decimal128

    /// `1200.00 × 50% = 600.00`; nil when the amount does not follow to the fen.
    func text(leadingTo amount: Money) -> String? {
        guard let exact else { return nil }
        var text =
            parts.count > 1 ? "(" + parts.map(\.yuan).joined(separator: " + ") + ")" : base.yuan
        if !less.isZero { text = "(\(text) − \(less.yuan))" }
        text += " × \(percent)%"
        if times != Decimal128(1) { text += " × \(times)" }
        let larger = max(exact, atLeast)
        if larger != exact { text = "max(\(text), \(atLeast.yuan))" }
        // Whichever way the edition rounds, less than one fen lies between.
        guard let off = larger.subtracting(amount.decimal)?.magnitude,
            off < Decimal128(integer: 1, scale: 2)
        else {
            return nil
        }
        return text + (off.isZero ? "" : " = \(larger.yuan)") + (off.isZero ? " = " : " ≈ ")
            + amount.description
    }

    /// Before the floor and before rounding; nil outside the range of decimals.
    private var exact: Decimal128? {
        guard let sum = parts.isEmpty ? base : total, sum == base else { return nil }
        return base.subtracting(less)?.multiplied(by: percent)?.divided(by: Decimal128(100))?
            .multiplied(by: times)
    }

    private var total: Decimal128? {
        var sum = Decimal128.zero
        for part in parts {
            guard let next = sum.adding(part) else { return nil }
            sum = next
        }
        return sum
    }
}

extension Money {
    fileprivate var decimal: Decimal128 { Decimal128(integer: fen, scale: 2) }
}

extension Decimal128 {
    /// With two decimals where that is exact, else with all it has.
    fileprivate var yuan: String {
        exactly(timesTenToThe: 2).map { Money(fen: $0).description } ?? description
    }
}
