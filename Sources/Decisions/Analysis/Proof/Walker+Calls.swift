extension Walker {
    /// A call of a function of the model; others have no exact form.
    mutating func call(
        _ function: Term, _ arguments: [Term], _ names: [String]?, _ node: Node
    ) throws(Stop) -> Term {
        guard case .value(.function(let callee)) = function,
            case .invocable(let index) = callee.body
        else { return opaque(node) }
        let invocable = program.invocables[index]
        guard case .logic(let procedure) = invocable.body,
            invocable.parameters.count == arguments.count
        else { return opaque(node) }
        var filled: [(slot: Int, term: Term)] = []
        for (position, parameter) in invocable.parameters.enumerated() {
            guard case .slot(let slot) = parameter.target,
                let place = names.map({ $0.firstIndex(of: parameter.name) }) ?? position
            else { return opaque(node) }
            filled.append((slot, try coerced(arguments[place], to: parameter.type)))
        }
        return try coerced(try run(procedure, of: .invocable(index), filled), to: invocable.type)
    }

    mutating func call(
        _ builtin: Builtin, _ arguments: [Term], _ names: [String]?, _ node: Node
    ) throws(Stop) -> Term {
        let values = arguments.compactMap(\.constant)
        if values.count == arguments.count {
            var machine = Machine(program: program, mode: .lenient)
            return .value(machine.call(builtin, values, names))
        }
        let text = "\(builtin.name)(\(arguments.map(symbols.text).joined(separator: ", ")))"
        guard names == nil else { return unknown(text) }
        switch builtin.name {
        case "min", "max", "sum":
            guard let items = items(arguments) else { return unknown(text) }
            return try fold(builtin.name, items) ?? unknown(text)
        case "not":
            return .truth(try truth(arguments[0]).map { !$0 })
        case "abs":
            guard let number = try number(arguments[0]) else { return .null }
            let isBelow = try compare(.less, .number(number, .number), .value(.number(0)))
            return try truth(isBelow) == true
                ? .number(number * Fraction(-1), .number) : .number(number, .number)
        case "floor", "ceiling", "decimal", "round up", "round down", "round half up",
            "round half down":
            return try rounded(builtin.name, arguments, text)
        case "count":
            if let items = items(arguments) { return .value(.number(items.count)) }
            let count = Linear(symbol: symbols.symbol(text, unit: .number, step: .one))
            bound([(count * Fraction(-1), .lessOrEqual)])
            return .number(count, .number)
        case "concatenate", "append":
            if let list = joined(builtin.name, arguments) { return list }
            let symbol = symbols.symbol(text)
            if arguments.allSatisfy(isNotNull) {
                _ = path.restrict(symbol, to: Choice(isExcluded: true, values: [.null]))
            }
            return .symbol(symbol)
        case "list contains":
            // Always true or false, whatever the list.
            let symbol = symbols.symbol(text)
            _ = path.restrict(
                symbol, to: Choice(isExcluded: false, values: [.boolean(true), .boolean(false)]))
            return .symbol(symbol)
        default: return unknown(text)
        }
    }

    private func isNotNull(_ term: Term) -> Bool {
        switch term {
        case .value(let value): !value.isNull
        case .symbol(let symbol): !path.choice(symbol).contains(.null)
        case .number, .context, .list: true
        }
    }

    /// The arguments of a function that takes one list or the items themselves, where known.
    private func items(_ arguments: [Term]) -> [Term]? {
        guard arguments.count == 1 else { return arguments }
        switch arguments[0] {
        case .list(let items): return items
        case .number: return arguments
        case .value(.list(let items)): return items.map(Term.value)
        default: return nil
        }
    }

    private mutating func fold(_ name: String, _ items: [Term]) throws(Stop) -> Term? {
        guard var best = items.first else { return .null }
        if items.contains(where: { $0.constant?.isNull == true }) { return .null }
        for item in items.dropFirst() {
            guard let (a, b) = try numbers(best, item) else { return nil }
            switch name {
            case "sum": best = .number(a + b, .number)
            default:
                let sign: ComparisonOperator = name == "min" ? .lessOrEqual : .greaterOrEqual
                if try truth(try compare(sign, best, item)) != true { best = item }
            }
        }
        return best
    }

    private func joined(_ name: String, _ arguments: [Term]) -> Term? {
        var all: [Term] = []
        for (position, argument) in arguments.enumerated() {
            if name == "append", position > 0 {
                all.append(argument)
                continue
            }
            switch argument {
            case .list(let items): all += items
            case .value(.list(let items)): all += items.map(Term.value)
            default: return nil
            }
        }
        return .list(all)
    }

    /// A rounded number is a new symbol near the old one, on the grid of its places.
    private mutating func rounded(
        _ name: String, _ arguments: [Term], _ text: String
    ) throws(Stop) -> Term {
        guard let number = try number(arguments[0]) else { return .null }
        var places = 0
        if arguments.count > 1 {
            guard let known = arguments[1].constant?.number?.wholeNumber, (-12...12).contains(known)
            else { return unknown(text) }
            places = known
        }
        var step = Fraction.one
        for _ in 0..<abs(places) {
            step = places > 0 ? step / Fraction(10) : step * Fraction(10)
        }
        // What lies on the grid already stays where it is.
        if let grid = path.step(of: number, symbols), (grid / step).isWhole {
            return .number(number, .number)
        }
        let result = Linear(symbol: symbols.symbol(text, unit: .number, step: step))
        let isHalf = name.hasPrefix("round half") || name == "decimal"
        let reach = Linear(isHalf ? step / Fraction(2) : step)
        let above = result - number
        let below = number - result
        switch name {
        case "floor": bound([(above, .lessOrEqual), (below - reach, .less)])
        case "ceiling": bound([(below, .lessOrEqual), (above - reach, .less)])
        case "round half up", "round half down", "decimal":
            bound([(above - reach, .lessOrEqual), (below - reach, .lessOrEqual)])
        default: bound([(above - reach, .less), (below - reach, .less)])
        }
        return .number(result, .number)
    }

    private mutating func bound(_ bounds: [(Linear, Path.Sign)]) {
        // The path after the step that is repeated next has them.
        if isRepeating { return }
        for (linear, sign) in bounds { _ = path.add(linear, sign, symbols) }
    }
}
