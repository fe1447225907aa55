extension Walker {
    /// An input, decision or function of the model, in the world under way.
    mutating func value(of requirement: Requirement) throws(Stop) -> Term {
        let key = Known(world: world, requirement: requirement)
        if let term = known[key] { return term }
        let term: Term
        switch requirement {
        case .input(let index):
            // Both worlds share what does not differ.
            let shared = Known(world: 0, requirement: requirement)
            if world == 1, changed != index {
                if let term = known[shared] { return term }
                term = try unknownInput(index, "")
                known[shared] = term
            } else {
                term = try unknownInput(index, world == 1 ? "′" : "")
            }
        case .decision(let index):
            let decision = program.decisions[index]
            guard let logic = decision.logic else { return .null }
            term = try coerced(try run(logic, of: requirement), to: decision.type)
        case .invocable(let index):
            let invocable = program.invocables[index]
            term = .value(
                .function(
                    Function(
                        body: .invocable(index), name: invocable.name,
                        parameters: invocable.parameters.map(\.name))))
        }
        known[key] = term
        return term
    }

    /// Enters the second world, in which the input is at least what it was.
    mutating func grow(_ input: Int) throws(Stop) {
        changed = input
        world = 0
        let before = try value(of: .input(input))
        world = 1
        let after = try value(of: .input(input))
        if before.linear != nil, after.linear != nil {
            let grows = try compare(.lessOrEqual, before, after)
            guard try truth(grows) == true else { throw .impossible }
            return
        }
        guard case .symbol(let old) = before, case .symbol(let new) = after,
            path.restrict(old, to: .only(.boolean(false))),
            path.restrict(new, to: .only(.boolean(true)))
        else { throw .impossible }
    }

    /// The logic of a decision or function of the model.
    mutating func run(
        _ procedure: Procedure, of requirement: Requirement,
        _ arguments: [(slot: Int, term: Term)] = []
    ) throws(Stop) -> Term {
        let place = Symbols.Place(
            program: ObjectIdentifier(program), requirement: requirement)
        return try run(procedure, needing: symbols.needs(of: procedure, place), arguments)
    }

    mutating func run(
        _ procedure: Procedure, needing needs: [(slot: Int, requirement: Requirement)],
        _ arguments: [(slot: Int, term: Term)]
    ) throws(Stop) -> Term {
        var frame = [Term](repeating: .null, count: procedure.slots)
        for binding in needs {
            frame[binding.slot] = try value(of: binding.requirement)
        }
        for argument in arguments { frame[argument.slot] = argument.term }
        let outer = (slots, source)
        slots = frame
        defer { (slots, source) = outer }
        return try evaluate(procedure.body)
    }

    private mutating func unknownInput(_ index: Int, _ mark: String) throws(Stop) -> Term {
        let input = program.inputs[index]
        return try unknownInput(input.name + mark, input.name, input.type)
    }

    /// The unknown value of an input or of a member of one, within its allowed values.
    private mutating func unknownInput(
        _ text: String, _ name: String, _ type: FEELType
    ) throws(Stop) -> Term {
        if options.mayBeNull.contains(name) {
            let answer = try choose(2) { branch, path in
                path.answers["\(text) = null"] = branch
                return true
            }
            if answer == 0 { return .null }
        }
        let term: Term
        switch type.base {
        case .number, .date:
            var step = options.steps[name].map(Fraction.init)
            if case .constrained(_, let constraint) = type, constraint.test.demandsWholeNumbers {
                step = .one
            }
            let isDate = if case .date = type.base { true } else { false }
            let unit: Term.Unit = isDate ? .date : .number
            let symbol = symbols.symbol(
                text, input: text, unit: unit, step: isDate ? .one : step)
            term = .number(Linear(symbol: symbol), unit)
        case .boolean:
            let symbol = symbols.symbol(text, input: text)
            _ = path.restrict(
                symbol, to: Choice(isExcluded: false, values: [.boolean(true), .boolean(false)]))
            term = .symbol(symbol)
        case .context(let members) where !members.isEmpty:
            var terms: [(name: String, term: Term)] = []
            for member in members {
                terms.append(
                    (
                        member.name,
                        try unknownInput(
                            "\(text).\(member.name)", "\(name).\(member.name)", member.type)
                    ))
            }
            return .context(terms)
        case .string, .list:
            let symbol = symbols.symbol(text, input: text)
            _ = path.restrict(symbol, to: Choice(isExcluded: true, values: [.null]))
            term = .symbol(symbol)
        default: return .symbol(symbols.symbol(text, input: text))
        }
        guard case .constrained(_, let constraint) = type else { return term }
        let test = Test(constraint.test, slot: 0)
        guard test.isSimple else {
            if !constraint.test.demandsWholeNumbers {
                path.openQuestions.append("\(text): \(constraint.text)")
            }
            return term
        }
        if try holds(test, term) != true { throw .impossible }
        return term
    }
}
