/// A FEEL expression over the inputs and decisions of a model.
struct Asked: Sendable {
    let text: String
    let procedure: Procedure

    init(_ text: String, _ model: Model) throws(SyntaxError) {
        self.text = text
        let compiler = Compiler(units: model.units, natives: .none)
        // The model was compiled with the same types before.
        var scope = (try? compiler.typedScope(0)) ?? Scope()
        scope.open()
        var bindings: [(slot: Int, requirement: Requirement)] = []
        for (index, input) in model.program.inputs.enumerated() {
            bindings.append((scope.declare(input.name), .input(index)))
        }
        for (index, decision) in model.program.decisions.enumerated() {
            bindings.append((scope.declare(decision.name), .decision(index)))
        }
        for (index, invocable) in model.program.invocables.enumerated() {
            bindings.append((scope.declare(invocable.name), .invocable(index)))
        }
        var parser = try Parser(text, scope: scope)
        let node = try parser.expression()
        try parser.finish()
        if let problem = parser.problems.first {
            throw SyntaxError(wording: problem, line: 1, column: 1)
        }
        let slots = node.slotsRead
        procedure = Procedure(
            slots: parser.scope.slotCount, bindings: bindings.filter { slots.contains($0.slot) },
            body: .located(node, source: text))
    }

    /// The value for given facts.
    func value(in model: Model, given facts: [String: Value]) -> Value {
        var machine = Machine(program: model.program, mode: .lenient)
        for (name, value) in facts {
            if let index = model.program.inputByName[name] { machine.supply(value, asInput: index) }
        }
        machine.slots = [Value](repeating: .null, count: procedure.slots)
        for binding in procedure.bindings {
            machine.slots[binding.slot] = machine.value(of: binding.requirement)
        }
        return machine.evaluate(procedure.body)
    }
}

extension Walker {
    mutating func ask(_ asked: Asked) throws(Stop) -> Term {
        try run(asked.procedure, needing: asked.procedure.bindings, [])
    }
}
