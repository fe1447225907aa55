extension Machine {
    mutating func functionValue(_ closure: Closure) -> Value {
        guard charge(slots.count * 4) else { return .null }
        return .function(
            Function(
                body: .closure(closure, captured: slots), name: "function",
                parameters: closure.parameters.map(\.name)))
    }

    mutating func call(_ function: Node, _ arguments: [Node], _ names: [String]?) -> Value {
        guard case .function(let callee) = evaluate(function) else {
            return fail("what is called here is not a function")
        }
        return call(callee, evaluateAll(arguments), names)
    }

    mutating func call(_ function: Function, _ arguments: [Value], _ names: [String]? = nil)
        -> Value
    {
        switch function.body {
        case .builtin(let builtin): return call(builtin, arguments, names)
        case .closure(let closure, let captured):
            guard let values = inOrder(arguments, names, closure.parameters.map(\.name)) else {
                return wrongArguments(function, arguments)
            }
            return run(closure, captured, values)
        case .invocable(let index):
            let invocable = program.invocables[index]
            guard let values = inOrder(arguments, names, invocable.parameters.map(\.name)) else {
                return wrongArguments(function, arguments)
            }
            return invoke(invocable, values)
        }
    }

    private mutating func wrongArguments(_ function: Function, _ arguments: [Value]) -> Value {
        fail(
            "\(function.name)(\(function.parameters.joined(separator: ", "))) was called with \(arguments.count) arguments that do not fit"
        )
    }

    /// Arguments in the order of the parameters, or nil where they do not fit.
    private func inOrder(
        _ arguments: [Value], _ names: [String]?, _ parameters: [String]
    ) -> [Value]? {
        guard arguments.count == parameters.count else { return nil }
        guard let names else { return arguments }
        var values: [Value] = []
        for parameter in parameters {
            guard let index = names.firstIndex(of: parameter) else { return nil }
            values.append(arguments[index])
        }
        return values
    }

    private mutating func run(_ closure: Closure, _ captured: [Value], _ values: [Value]) -> Value {
        var fitting: [Value] = []
        for (parameter, value) in zip(closure.parameters, values) {
            let fitted = coerced(value, to: parameter.type, subject: "argument \(parameter.name)")
            if fitted.isNull, !value.isNull { return .null }
            fitting.append(fitted)
        }
        guard let body = closure.body else { return run(closure.native, fitting) }
        guard step(), charge(captured.count) else { return .null }
        let outer = slots
        slots = captured
        for (parameter, value) in zip(closure.parameters, fitting) { slots[parameter.slot] = value }
        let result = evaluate(body)
        slots = outer
        return coerced(result, to: closure.resultType, subject: "the result of the function")
    }

    private mutating func run(_ native: NativeFunction?, _ arguments: [Value]) -> Value {
        guard let native else {
            return fail("external functions are not run; write the function in FEEL")
        }
        return native.call(arguments)
            ?? fail(
                "\(native.reference) fails for \(arguments.map(\.brief).joined(separator: ", "))")
    }

    mutating func call(_ builtin: Builtin, _ arguments: [Value], _ names: [String]?) -> Value {
        guard let names else {
            guard builtin.signatures.contains(where: { $0.accepts(arguments.count) }) else {
                return fail("\(builtin.name) does not take \(arguments.count) arguments")
            }
            return run(builtin, arguments)
        }
        // Forms that differ in the order of the same names, `point, range` and `range, point`, are told
        // apart by the order in which the call names them.
        let written = builtin.signatures.filter { $0.parameters == names }
        for signature in written + builtin.signatures {
            if let values = signature.inOrder(arguments, names) { return run(builtin, values) }
        }
        return fail("\(builtin.name) has no parameters \(names.joined(separator: ", "))")
    }

    /// Counts what the function reads and makes.
    private mutating func run(_ builtin: Builtin, _ arguments: [Value]) -> Value {
        var cost = 0
        for argument in arguments { cost += argument.cost }
        guard charge(cost) else { return .null }
        let result = builtin.run(&self, arguments)
        return charge(result.cost) ? result : .null
    }
}
