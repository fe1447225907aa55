/// What is known of the symbols on one path through a model.
struct Path: Sendable {
    private(set) var choices: [Int: Choice] = [:]
    private(set) var simplex = Simplex()
    /// The solver's variable of a number symbol.
    private(set) var variables: [Int: Int] = [:]
    /// The solver's variables of sums, by the sum scaled to a first factor of one.
    private var sums: [Linear: Int] = [:]
    /// Answers to questions that have no other form, by their text.
    var answers: [String: Int] = [:]
    /// Conditions between several inputs.
    private var relations: [Relation] = []
    /// What was left open where the model says more, in words; empty on an exact path.
    var openQuestions: [String] = []

    enum Sign: String, Sendable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "="
    }

    private struct Relation: Equatable {
        let linear: Linear
        let sign: Sign
    }

    /// The conditions between several inputs as FEEL, in order of their text.
    func relations(_ symbols: Symbols) -> [String] {
        Set(relations.map { symbols.relation($0.linear, $0.sign) }).sorted()
    }

    func choice(_ symbol: Int) -> Choice { choices[symbol] ?? .anything }

    /// False when nothing is left.
    mutating func restrict(_ symbol: Int, to choice: Choice) -> Bool {
        let rest = self.choice(symbol).intersection(choice)
        choices[symbol] = rest
        return !rest.isEmpty
    }

    /// Whether all bounds can hold together.
    mutating func recheck() -> Bool { simplex.check() && !simplex.isLost }

    /// Adds `linear sign 0`; false when that cannot be. Without a check only the bounds are set.
    mutating func add(
        _ linear: Linear, _ sign: Sign, _ symbols: Symbols, checks: Bool = true
    ) -> Bool {
        if linear.isConstant {
            let order = linear.constant.sign
            switch sign {
            case .less: return order < 0
            case .lessOrEqual: return order <= 0
            case .equal: return order == 0
            }
        }
        guard linear.isKnown else {
            openQuestions.append("a number has too many digits")
            return true
        }
        let lead = linear.terms[0].factor
        var scaled = linear * (Fraction.one / lead)
        let goal = -scaled.constant
        scaled.constant = .zero
        let variable = solverVariable(of: scaled, symbols)
        if scaled.terms.count > 1 {
            let relation = Relation(linear: linear, sign: sign)
            if !relations.contains(relation) { relations.append(relation) }
        }
        var isPossible = true
        let isUpper = lead.sign > 0
        let limit = lastValue(scaled, goal, sign, isUpper: isUpper, symbols)
        if sign == .equal {
            guard let limit else { return false }
            isPossible =
                simplex.bound(variable, below: limit) && simplex.bound(variable, above: limit)
        } else if let limit {
            isPossible =
                isUpper
                ? simplex.bound(variable, below: limit) : simplex.bound(variable, above: limit)
        }
        return isPossible && (!checks || simplex.check())
    }

    /// The bound as the solver keeps it. On a grid it is the last value that counts, and not strict.
    private func lastValue(
        _ scaled: Linear, _ goal: Fraction, _ sign: Sign, isUpper: Bool, _ symbols: Symbols
    ) -> Simplex.Nearly? {
        if let step = step(of: scaled, symbols) {
            let steps = goal / step
            if sign == .equal {
                return steps.isWhole ? Simplex.Nearly(value: goal, slope: .zero) : nil
            }
            var last = isUpper ? steps.floor : -((-steps).floor)
            if sign == .less, last == steps { last = last + Fraction(isUpper ? -1 : 1) }
            return Simplex.Nearly(value: last * step, slope: .zero)
        }
        let slope = sign == .less ? Fraction(isUpper ? -1 : 1) : .zero
        return Simplex.Nearly(value: goal, slope: slope)
    }

    /// The step all values of the sum are multiples of.
    func step(of linear: Linear, _ symbols: Symbols) -> Fraction? {
        var step: Fraction?
        for term in linear.terms {
            guard let mine = symbols.all[term.symbol].step else { return nil }
            let size = mine * (term.factor.sign < 0 ? -term.factor : term.factor)
            guard let other = step else {
                step = size
                continue
            }
            if (size / other).isWhole { continue }
            guard (other / size).isWhole else { return nil }
            step = size
        }
        if !linear.constant.isZero, let known = step, !(linear.constant / known).isWhole {
            return nil
        }
        return step
    }

    private mutating func solverVariable(of scaled: Linear, _ symbols: Symbols) -> Int {
        if scaled.terms.count == 1 { return self.variable(of: scaled.terms[0].symbol) }
        if let known = sums[scaled] { return known }
        let terms = scaled.terms.map { (variable: self.variable(of: $0.symbol), factor: $0.factor) }
        let variable = simplex.addSum(terms)
        sums[scaled] = variable
        return variable
    }

    private mutating func variable(of symbol: Int) -> Int {
        if let known = variables[symbol] { return known }
        let variable = simplex.addVariable()
        variables[symbol] = variable
        return variable
    }
}

extension Symbols {
    /// `linear sign 0` with positive terms on their side: `claimed > caseCap`.
    fileprivate func relation(_ linear: Linear, _ sign: Path.Sign) -> String {
        var (left, right) = (Linear(.zero), Linear(.zero))
        for term in linear.terms {
            let part = Linear(symbol: term.symbol)
            if term.factor.sign > 0 {
                left = left + part * term.factor
            } else {
                right = right + part * -term.factor
            }
        }
        if linear.constant.sign > 0 {
            left.constant = linear.constant
        } else {
            right.constant = -linear.constant
        }
        return "\(text(of: left)) \(sign.rawValue) \(text(of: right))"
    }
}
