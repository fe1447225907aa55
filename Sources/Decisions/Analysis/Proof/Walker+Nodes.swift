extension Walker {
    /// The value of an expression on this path.
    mutating func evaluate(_ node: Node) throws(Stop) -> Term {
        depth += 1
        defer { depth -= 1 }
        guard depth < Limits.evaluationDepth / 3 else { throw .nestedTooDeep }
        switch node {
        case .literal(let value): return .value(value)
        case .slot(let slot): return slots[slot]
        case .located(let inner, let text):
            let outer = source
            source = text
            defer { source = outer }
            return try evaluate(inner)
        case .path(let subject, let name): return member(name, of: try evaluate(subject))
        case .negate(let operand): return try arithmetic(.subtract, .value(.number(0)), operand)
        case .arithmetic(let sign, let a, let b):
            return try arithmetic(sign, try evaluate(a), b)
        case .comparison(let sign, let a, let b):
            let left = try evaluate(a)
            return try compare(sign, left, try evaluate(b))
        case .between(let subject, let low, let high):
            let value = try evaluate(subject)
            let above = try compare(.greaterOrEqual, value, try evaluate(low))
            let isAbove = try truth(above)
            let below = try compare(.lessOrEqual, value, try evaluate(high))
            let isBelow = try truth(below)
            guard let isAbove, let isBelow else { return .null }
            return .truth(isAbove && isBelow)
        case .conjunction(let a, let b):
            let left = try truth(try evaluate(a))
            if left == false { return .truth(false) }
            let right = try truth(try evaluate(b))
            if right == false { return .truth(false) }
            return left == true && right == true ? .truth(true) : .null
        case .disjunction(let a, let b):
            let left = try truth(try evaluate(a))
            if left == true { return .truth(true) }
            let right = try truth(try evaluate(b))
            if right == true { return .truth(true) }
            return left == false && right == false ? .truth(false) : .null
        case .conditional(let condition, let yes, let no, _):
            return try evaluate(try truth(try evaluate(condition)) == true ? yes : no)
        case .within(let subject, let slot, let tests):
            slots[slot] = try evaluate(subject)
            return try evaluate(tests)
        case .unaryTest, .anyTest, .notTest: return .truth(try test(node))
        case .list(let items): return .list(try all(items))
        case .contextLiteral(let entries, let result):
            var members: [(name: String, term: Term)] = []
            for entry in entries {
                let term = try evaluate(entry.value)
                slots[entry.slot] = term
                members.append((entry.name, term))
            }
            guard let result else { return .context(members) }
            return try evaluate(result)
        case .coerced(let inner, let type, _): return try coerced(try evaluate(inner), to: type)
        case .table(let table): return try decide(table)
        case .call(let function, let arguments, let names):
            return try call(try evaluate(function), try all(arguments), names, node)
        case .builtinCall(let builtin, let arguments, let names):
            return try call(builtin, try all(arguments), names, node)
        case .filter(let list, _, let condition): return try filter(list, condition, node)
        case .itemMember, .unknown, .loop, .quantified, .interval, .function, .instanceOf,
            .relation:
            return opaque(node)
        }
    }

    mutating func all(_ nodes: [Node]) throws(Stop) -> [Term] {
        var terms: [Term] = []
        for node in nodes { terms.append(try evaluate(node)) }
        return terms
    }

    /// What has no exact form here: a constant where all it reads is known, else a symbol of its own.
    mutating func opaque(_ node: Node) -> Term {
        let read = node.slotsRead.filter { $0 < slots.count }.sorted()
        let values = read.map { slots[$0].constant }
        if values.allSatisfy({ $0 != nil }) {
            var machine = Machine(program: program, mode: .lenient)
            machine.slots = slots.map { $0.constant ?? .null }
            return .value(machine.evaluate(node))
        }
        let facts = read.map { symbols.text(of: slots[$0]) }.joined(separator: ", ")
        return unknown("\(source) of \(facts)")
    }

    /// An item of a list written out, or some unknown list, which is not null where the source is not.
    private mutating func filter(
        _ list: Node, _ condition: Node, _ node: Node
    ) throws(Stop) -> Term {
        let subject = try evaluate(list)
        if case .list(let items) = subject, case .literal(.number(let number)) = condition,
            let position = number.wholeNumber, position != 0
        {
            let index = position > 0 ? position - 1 : items.count + position
            return items.indices.contains(index) ? items[index] : .null
        }
        let term = opaque(node)
        if case .symbol(let source) = subject, !path.choice(source).contains(.null),
            case .symbol(let result) = term, !condition.mayBePosition
        {
            _ = path.restrict(result, to: Choice(isExcluded: true, values: [.null]))
        }
        return term
    }

    func member(_ name: String, of term: Term) -> Term {
        switch term {
        case .context(let entries):
            return entries.last { $0.name.hasSameScalars(as: name) }?.term ?? .null
        case .symbol(let symbol):
            return .symbol(symbols.symbol("\(symbols.all[symbol].text).\(name)"))
        default:
            guard let value = term.constant else {
                return .symbol(symbols.symbol("\(symbols.text(of: term)).\(name)"))
            }
            var machine = Machine(program: program, mode: .lenient)
            return .value(machine.member(name, of: value))
        }
    }

    /// The three-valued answer of a unary test of the subject in its slot.
    private mutating func test(_ node: Node) throws(Stop) -> Bool? {
        switch node {
        case .anyTest(let tests):
            var isUnknown = false
            for test in tests {
                switch try self.test(test) {
                case true?: return true
                case false?: break
                case nil: isUnknown = true
                }
            }
            return isUnknown ? nil : false
        case .notTest(let inner): return try test(inner).map { !$0 }
        case .unaryTest(let value, let slot):
            let quick = Test(node, slot: slot)
            if quick.isSimple { return try holds(quick, slots[slot]) }
            let term = try evaluate(value)
            if value.reads(slot) { return try truth(term) }
            if case .list(let items) = term, items.allSatisfy({ $0.constant == nil }) {
                return try open("\(symbols.text(of: slots[slot])) in \(symbols.text(of: term))")
                    == 0
            }
            return try areEqual(slots[slot], term)
        default: return try truth(try evaluate(node))
        }
    }

    // MARK: Arithmetic

    private mutating func arithmetic(
        _ sign: ArithmeticOperator, _ a: Term, _ second: Node
    ) throws(Stop) -> Term {
        let b = try evaluate(second)
        if let x = a.constant, let y = b.constant {
            var machine = Machine(program: program, mode: .lenient)
            return .value(machine.arithmetic(sign, x, y))
        }
        if a.constant?.isNull == true || b.constant?.isNull == true { return .null }
        guard let (x, y) = try numbers(a, b), a.linear?.unit != .date else {
            return unknown("(\(symbols.text(of: a)) \(sign.rawValue) \(symbols.text(of: b)))")
        }
        switch sign {
        case .add: return .number(x + y, .number)
        case .subtract: return .number(x - y, .number)
        case .multiply:
            if y.isConstant { return .number(x * y.constant, .number) }
            if x.isConstant { return .number(y * x.constant, .number) }
            return product(x, y)
        case .divide:
            if y.isConstant {
                return y.constant.isZero
                    ? .null : .number(x * (Fraction.one / y.constant), .number)
            }
        case .power: break
        }
        return unknown("(\(symbols.text(of: a)) \(sign.rawValue) \(symbols.text(of: b)))")
    }

    /// A product of unknowns: only its sign is known.
    private mutating func product(_ x: Linear, _ y: Linear) -> Term {
        let text = "(\(symbols.text(of: x))) * (\(symbols.text(of: y)))"
        let product = Linear(symbol: symbols.symbol(text, unit: .number))
        if isRepeating { return .number(product, .number) }
        var trial = path
        if !trial.add(x, .less, symbols) {
            trial = path
            if !trial.add(y, .less, symbols) {
                _ = path.add(product * Fraction(-1), .lessOrEqual, symbols)
            }
        }
        if !path.openQuestions.contains(text) { path.openQuestions.append(text) }
        return .number(product, .number)
    }

    // MARK: Types

    mutating func coerced(_ term: Term, to type: FEELType) throws(Stop) -> Term {
        if let value = term.constant {
            var machine = Machine(program: program, mode: .lenient)
            return .value(machine.coerced(value, to: type, subject: ""))
        }
        guard case .constrained(let base, let constraint) = type else { return term }
        guard case .list = base else {
            let test = Test(constraint.test, slot: 0)
            guard test.isSimple else { return term }
            return try holds(test, term) == true ? term : .null
        }
        return term
    }
}

extension Node {
    /// Whether a filter's condition may be a position in the list.
    fileprivate var mayBePosition: Bool {
        switch self {
        case .comparison, .conjunction, .disjunction, .between, .within: false
        case .builtinCall(let builtin, _, _): builtin.name != "not"
        default: true
        }
    }
}
