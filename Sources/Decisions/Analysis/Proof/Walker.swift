/// Evaluates a model once with unknowns instead of facts, along one path.
///
/// Wherever the answer hangs on an unknown the walker takes the first possible branch, adds its
/// condition to the path, and leaves the others to later runs, which repeat the same choices up to
/// there without asking again whether they are possible. It reads what ``Machine`` reads; what has no
/// exact form here becomes a symbol of its own, named by its text, and the path says so.
struct Walker {
    /// Why a run did not reach its end.
    enum Stop: Error {
        /// The conditions of the path cannot hold together.
        case impossible
        case nestedTooDeep
    }

    let program: Program
    let symbols: Symbols
    let options: Analysis.Options
    /// The input that differs in the second world of a comparison.
    var changed: Int?
    var path = Path()
    var slots: [Term] = []
    /// Decisions and inputs already known, by world and requirement.
    var known: [Known: Term] = [:]
    /// 0: the facts. 1: the facts with one input changed.
    var world = 0
    /// What tables did that they should not.
    var events: [Event] = []
    var depth = 0
    var source = ""

    /// What to repeat, what was settled so far, and what else could have been taken.
    var script: [Step] = []
    var taken: [Step] = []
    var pending: [Pending] = []

    struct Known: Hashable {
        let world: Int
        let requirement: Requirement
    }

    /// A table that does not answer with exactly one result.
    enum Event: Hashable {
        case noRule(table: String)
        /// 1-based rows.
        case severalRules(table: String, [Int])
    }

    init(_ program: Program, _ symbols: Symbols, _ options: Analysis.Options) {
        self.program = program
        self.symbols = symbols
        self.options = options
    }

    // MARK: Branches

    /// Takes one of `count` branches and adds its condition; the others that are possible wait.
    ///
    /// - Parameter apply: adds the condition of a branch; false when it cannot hold.
    mutating func choose(
        _ count: Int, _ apply: (Int, inout Path) -> Bool
    ) throws(Stop) -> Int {
        if let step = repeated() { return step.branch }
        return try chooseAnew(count, { _ in nil }, apply).branch
    }

    /// - Parameter answer: what a branch answers, to be known again without asking.
    mutating func chooseAnew(
        _ count: Int, _ answer: (Int) -> Bool?, _ apply: (Int, inout Path) -> Bool
    ) throws(Stop) -> Step {
        var first: Step?
        for branch in 0..<count {
            var trial = path
            guard apply(branch, &trial) else { continue }
            let step = Step(branch: branch, answer: answer(branch), path: trial)
            if first == nil {
                first = step
            } else {
                pending.append(Pending(steps: taken.count, last: step))
            }
        }
        guard let first, let after = first.path else { throw .impossible }
        path = after
        taken.append(first)
        return first
    }

    /// Begins a stage that takes these steps first.
    mutating func begin(_ script: [Step]) {
        self.script = script
        (taken, pending) = ([], [])
    }

    /// Whether this run still repeats what an earlier one did.
    var isRepeating: Bool { taken.count < script.count }

    /// The next step of the script, taken again, or nil where the script has ended.
    mutating func repeated() -> Step? {
        guard isRepeating else { return nil }
        let step = script[taken.count]
        taken.append(step)
        if let after = step.path { path = after }
        return step
    }

    /// A question that has no exact form: both answers are possible, and the same text has the same.
    mutating func open(_ text: String, _ count: Int = 2) throws(Stop) -> Int {
        if let answer = path.answers[text] { return answer }
        return try choose(count) { branch, path in
            path.answers[text] = branch
            if path.openQuestions.count < 20 { path.openQuestions.append(text) }
            return true
        }
    }

    /// A value of its own for what has no exact form.
    mutating func unknown(_ text: String) -> Term { .symbol(symbols.symbol(text)) }

    // MARK: Truth and comparison

    /// The term as a condition; nil where it is neither true nor false.
    mutating func truth(_ term: Term) throws(Stop) -> Bool? {
        switch term {
        case .value(let value): return value.boolean
        case .symbol(let symbol):
            let branches: [Choice] = [
                .only(.boolean(true)), .only(.boolean(false)),
                Choice(isExcluded: true, values: [.boolean(true), .boolean(false)]),
            ]
            let isOpen = symbols.all[symbol].input == nil
            let text = symbols.all[symbol].text
            let branch = try choose(3) { branch, path in
                if isOpen, !path.openQuestions.contains(text) { path.openQuestions.append(text) }
                return path.restrict(symbol, to: branches[branch])
            }
            return [true, false, nil][branch]
        default: return nil
        }
    }

    mutating func compare(
        _ sign: ComparisonOperator, _ a: Term, _ b: Term
    ) throws(Stop) -> Term {
        if let x = a.constant, let y = b.constant {
            var machine = Machine(program: program, mode: .lenient)
            return .value(machine.compare(sign, x, y))
        }
        if let (x, y) = try numbers(a, b) { return try compare(sign, x - y) }
        switch sign {
        case .equal: return .truth(try areEqual(a, b))
        case .notEqual: return .truth(try areEqual(a, b).map { !$0 })
        default:
            if a.constant?.isNull == true || b.constant?.isNull == true { return .null }
            return unknown("\(symbols.text(of: a)) \(sign.rawValue) \(symbols.text(of: b))")
        }
    }

    /// Both as sums of one unit. An unknown compared with a number is taken as a number or null.
    mutating func numbers(_ a: Term, _ b: Term) throws(Stop) -> (Linear, Linear)? {
        if let x = a.linear, let y = b.linear {
            return x.unit == y.unit ? (x.linear, y.linear) : nil
        }
        if let x = a.linear, let y = try number(b), x.unit == .number { return (x.linear, y) }
        if let y = b.linear, let x = try number(a), y.unit == .number { return (x, y.linear) }
        return nil
    }

    /// An unknown as a number; nil where it is none.
    mutating func number(_ term: Term) throws(Stop) -> Linear? {
        if let known = term.linear { return known.unit == .number ? known.linear : nil }
        guard case .symbol(let symbol) = term, !isText(symbol) else { return nil }
        let text = symbols.all[symbol].text
        guard try open("\(text) is a number") == 0 else { return nil }
        return Linear(symbol: symbols.symbol("\(text) as a number", unit: .number))
    }

    /// Whether the symbol is already known to be a text or a truth value.
    private func isText(_ symbol: Int) -> Bool {
        path.choice(symbol).values.contains { $0.string != nil || $0.boolean != nil }
    }

    /// `difference sign 0`, on one of the branches.
    private mutating func compare(
        _ sign: ComparisonOperator, _ difference: Linear
    ) throws(Stop) -> Term {
        if difference.isConstant { return .truth(sign.accepts(difference.constant.sign)) }
        let opposite = difference * Fraction(-1)
        let symbols = symbols
        let branches: [(Linear, Path.Sign, Bool)] =
            switch sign {
            case .less: [(difference, .less, true), (opposite, .lessOrEqual, false)]
            case .lessOrEqual: [(difference, .lessOrEqual, true), (opposite, .less, false)]
            case .greater: [(opposite, .less, true), (difference, .lessOrEqual, false)]
            case .greaterOrEqual: [(opposite, .lessOrEqual, true), (difference, .less, false)]
            case .equal, .notEqual:
                [
                    (difference, .equal, sign == .equal), (difference, .less, sign != .equal),
                    (opposite, .less, sign != .equal),
                ]
            }
        let branch = try choose(branches.count) { branch, path in
            path.add(branches[branch].0, branches[branch].1, symbols)
        }
        return .truth(branches[branch].2)
    }

    mutating func areEqual(_ a: Term, _ b: Term) throws(Stop) -> Bool? {
        if let x = a.constant, let y = b.constant {
            var machine = Machine(program: program, mode: .lenient)
            return machine.areEqual(x, y)
        }
        if a.linear != nil || b.linear != nil, let (x, y) = try numbers(a, b) {
            return try truth(try compare(.equal, x - y))
        }
        switch (a, b) {
        case (.symbol(let symbol), .value(let value)), (.value(let value), .symbol(let symbol)):
            let branch = try choose(2) { branch, path in
                path.restrict(
                    symbol,
                    to: branch == 0 ? .only(value) : Choice(isExcluded: true, values: [value]))
            }
            return branch == 0
        case (.symbol(let x), .symbol(let y)) where x == y: return true
        case (.symbol(let x), .symbol) where !path.choice(x).isExcluded:
            let values = path.choice(x).values.sorted { $0.description < $1.description }
            let branch = try choose(values.count) { branch, path in
                path.restrict(x, to: .only(values[branch]))
            }
            return try areEqual(.value(values[branch]), b)
        case (.number, .value(.null)), (.value(.null), .number), (.list, .value(.null)),
            (.context, .value(.null)), (.value(.null), .list), (.value(.null), .context):
            return false
        default:
            return try open("\(symbols.text(of: a)) = \(symbols.text(of: b))") == 0
        }
    }
}
