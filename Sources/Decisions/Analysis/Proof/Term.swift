/// A value as far as it is known on one path: exactly, as a sum of symbols, or not at all.
indirect enum Term: Sendable {
    case value(Value)
    /// A number, or a date counted in days.
    case number(Linear, Unit)
    /// A text, a truth value or anything else that is only compared for equality.
    case symbol(Int)
    case context([(name: String, term: Term)])
    case list([Term])

    /// What a sum of symbols counts.
    enum Unit: Hashable, Sendable {
        case number
        case date
    }

    static let null = Term.value(.null)
    static func truth(_ truth: Bool?) -> Term { .value(.truth(truth)) }

    /// The value where all of it is known.
    var constant: Value? {
        switch self {
        case .value(let value): return value
        case .number(let linear, let unit):
            return linear.isConstant ? unit.value(linear.constant) : nil
        case .symbol: return nil
        case .context(let entries):
            var values: [(String, Value)] = []
            for entry in entries {
                guard let value = entry.term.constant else { return nil }
                values.append((entry.name, value))
            }
            return .context(Context(values))
        case .list(let items):
            let values = items.compactMap(\.constant)
            return values.count == items.count ? .list(values) : nil
        }
    }

    /// As a sum, where it is a number or a date.
    var linear: (linear: Linear, unit: Unit)? {
        switch self {
        case .number(let linear, let unit): return (linear, unit)
        case .value(let value): return Unit.of(value).map { (Linear($0.1), $0.0) }
        default: return nil
        }
    }
}

extension Term.Unit {
    static func of(_ value: Value) -> (Term.Unit, Fraction)? {
        switch value {
        case .number(let number): (.number, Fraction(number))
        case .date(let date): (.date, Fraction(date.daysSinceEpoch))
        default: nil
        }
    }

    func value(_ fraction: Fraction) -> Value? {
        switch self {
        case .number: return fraction.decimal.map(Value.number)
        case .date:
            let days = fraction.floor.top
            return Int(exactly: days).flatMap { CalendarDate(daysSinceEpoch: $0) }.map(Value.date)
        }
    }
}

/// The values a symbol may still have: those listed, or all but those.
struct Choice: Hashable, Sendable {
    var isExcluded: Bool
    var values: Set<Value>

    static let anything = Choice(isExcluded: true, values: [])
    static func only(_ value: Value) -> Choice { Choice(isExcluded: false, values: [value]) }
    var complement: Choice { Choice(isExcluded: !isExcluded, values: values) }
    var isEmpty: Bool { !isExcluded && values.isEmpty }
    var single: Value? { !isExcluded && values.count == 1 ? values.first : nil }

    func contains(_ value: Value) -> Bool { values.contains(value) != isExcluded }

    func intersection(_ other: Choice) -> Choice {
        switch (isExcluded, other.isExcluded) {
        case (false, false): Choice(isExcluded: false, values: values.intersection(other.values))
        case (false, true): Choice(isExcluded: false, values: values.subtracting(other.values))
        case (true, false): Choice(isExcluded: false, values: other.values.subtracting(values))
        case (true, true): Choice(isExcluded: true, values: values.union(other.values))
        }
    }

    func union(_ other: Choice) -> Choice { complement.intersection(other.complement).complement }
}
