/// Whether linear conditions over real numbers can hold together, and numbers for which they do.
///
/// The general simplex of Dutertre and de Moura (2006) on exact fractions, with Bland's rule, so that
/// it ends. Strict bounds are kept by an infinitesimal.
struct Simplex: Sendable {
    /// A number and its share of an infinitesimal.
    struct Nearly: Hashable, Sendable {
        var value: Fraction
        var slope: Fraction

        static let zero = Nearly(value: .zero, slope: .zero)

        func order(to other: Nearly) -> Int {
            let order = value.order(to: other.value)
            return order != 0 ? order : slope.order(to: other.slope)
        }

        static func + (a: Nearly, b: Nearly) -> Nearly {
            Nearly(value: a.value + b.value, slope: a.slope + b.slope)
        }
        static func - (a: Nearly, b: Nearly) -> Nearly {
            Nearly(value: a.value - b.value, slope: a.slope - b.slope)
        }
        static func * (a: Nearly, factor: Fraction) -> Nearly {
            Nearly(value: a.value * factor, slope: a.slope * factor)
        }
    }

    private(set) var low: [Nearly?] = []
    private(set) var high: [Nearly?] = []
    private var assigned: [Nearly] = []
    /// By variable: its row, where it is expressed by others.
    private var rowOf: [Int?] = []
    private var rows: [(owner: Int, factors: [Int: Fraction])] = []
    /// Set once an exact number did not fit: nothing that follows is relied on.
    private(set) var isLost = false

    /// Changes of basis in one check before it gives up.
    static let pivotLimit = 2_000

    mutating func addVariable() -> Int {
        low.append(nil)
        high.append(nil)
        assigned.append(.zero)
        rowOf.append(nil)
        return low.count - 1
    }

    /// A new variable that equals the sum.
    mutating func addSum(_ terms: [(variable: Int, factor: Fraction)]) -> Int {
        var factors: [Int: Fraction] = [:]
        for term in terms {
            if let row = rowOf[term.variable] {
                for (variable, factor) in rows[row].factors {
                    factors.add(factor * term.factor, at: variable)
                }
            } else {
                factors.add(term.factor, at: term.variable)
            }
        }
        let variable = addVariable()
        rowOf[variable] = rows.count
        rows.append((variable, factors))
        var value = Nearly.zero
        for (other, factor) in factors { value = value + assigned[other] * factor }
        assigned[variable] = value
        return variable
    }

    /// Bounds a variable from above; false when that cannot be.
    mutating func bound(_ variable: Int, below limit: Nearly) -> Bool {
        if let old = high[variable], old.order(to: limit) <= 0 { return true }
        if let low = low[variable], low.order(to: limit) > 0 { return false }
        high[variable] = limit
        if rowOf[variable] == nil, assigned[variable].order(to: limit) > 0 {
            move(variable, to: limit)
        }
        return true
    }

    /// Bounds a variable from below; false when that cannot be.
    mutating func bound(_ variable: Int, above limit: Nearly) -> Bool {
        if let old = low[variable], old.order(to: limit) >= 0 { return true }
        if let high = high[variable], high.order(to: limit) < 0 { return false }
        low[variable] = limit
        if rowOf[variable] == nil, assigned[variable].order(to: limit) < 0 {
            move(variable, to: limit)
        }
        return true
    }

    private mutating func move(_ variable: Int, to value: Nearly) {
        let change = value - assigned[variable]
        for row in rows {
            if let factor = row.factors[variable] {
                assigned[row.owner] = assigned[row.owner] + change * factor
            }
        }
        assigned[variable] = value
    }

    /// Whether all bounds can hold together. Lost counts as true: nothing was refuted.
    mutating func check() -> Bool {
        if rows.isEmpty { return true }
        for _ in 0..<Self.pivotLimit {
            let broken = rows.indices.filter { isBroken(rows[$0].owner) }
                .min { rows[$0].owner < rows[$1].owner }
            guard let row = broken else { return true }
            let owner = rows[row].owner
            let isLow = low[owner].map { assigned[owner].order(to: $0) < 0 } ?? false
            guard let goal = isLow ? low[owner] : high[owner] else { return true }
            guard let entering = candidate(row, isLow) else { return false }
            pivot(row, entering, goal)
            if isLost { return true }
        }
        isLost = true
        return true
    }

    private func isBroken(_ variable: Int) -> Bool {
        if let low = low[variable], assigned[variable].order(to: low) < 0 { return true }
        if let high = high[variable], assigned[variable].order(to: high) > 0 { return true }
        return false
    }

    /// The first variable that can move the row's owner towards its bound.
    private func candidate(_ row: Int, _ goesUp: Bool) -> Int? {
        rows[row].factors.filter { variable, factor in
            let rises = (factor.sign > 0) == goesUp
            let limit = rises ? high[variable] : low[variable]
            return limit.map { assigned[variable].order(to: $0) != 0 } ?? true
        }.keys.min()
    }

    private mutating func pivot(_ row: Int, _ entering: Int, _ goal: Nearly) {
        let leaving = rows[row].owner
        guard let factor = rows[row].factors[entering] else { return }
        let change = (goal - assigned[leaving]) * (Fraction.one / factor)
        assigned[leaving] = goal
        assigned[entering] = assigned[entering] + change
        // leaving = … + factor · entering, solved for entering.
        var solved: [Int: Fraction] = [leaving: Fraction.one / factor]
        for (variable, other) in rows[row].factors where variable != entering {
            solved[variable] = -(other / factor)
        }
        rows[row] = (entering, solved)
        rowOf[leaving] = nil
        rowOf[entering] = row
        for index in rows.indices where index != row {
            guard let share = rows[index].factors.removeValue(forKey: entering) else { continue }
            let owner = rows[index].owner
            assigned[owner] = assigned[owner] + change * share
            for (variable, other) in solved { rows[index].factors.add(other * share, at: variable) }
        }
        if !assigned[entering].value.isKnown || solved.values.contains(where: { !$0.isKnown }) {
            isLost = true
        }
    }

    /// Numbers for all variables within all bounds, after a check that succeeded.
    func solution() -> [Fraction] {
        var tiny = Fraction.one
        for variable in low.indices {
            let mine = assigned[variable]
            for (bound, isLow) in [(low[variable], true), (high[variable], false)] {
                guard let bound else { continue }
                let room = isLow ? mine.value - bound.value : bound.value - mine.value
                let need = isLow ? bound.slope - mine.slope : mine.slope - bound.slope
                if need.sign > 0, (room / need).order(to: tiny) < 0 { tiny = room / need }
            }
        }
        // Half of what is allowed stays clear of the strict bounds.
        tiny = tiny * (Fraction.one / Fraction(2))
        return assigned.map { $0.value + $0.slope * tiny }
    }
}

extension [Int: Fraction] {
    fileprivate mutating func add(_ factor: Fraction, at variable: Int) {
        let sum = (self[variable] ?? .zero) + factor
        self[variable] = sum.isZero ? nil : sum
    }
}
