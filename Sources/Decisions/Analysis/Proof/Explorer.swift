/// Runs a walker along every path of a model.
struct Explorer {
    let program: Program
    let symbols = Symbols()
    let options: Analysis.Options
    /// Conditions that always hold, compiled.
    let given: [Asked]
    var changed: Int?

    init(_ model: Model, _ options: Analysis.Options) throws(SyntaxError) {
        program = model.program
        self.options = options
        var given: [Asked] = []
        for text in options.given { given.append(try Asked(text, model)) }
        self.given = given
    }

    /// The number of paths, or nil when there are too many.
    ///
    /// - Parameter visit: asks the walker at the end of the conditions given, and says whether to go on.
    func run(_ visit: (inout Walker) throws(Walker.Stop) -> Bool) throws(Walker.Stop) -> Int? {
        var scripts: [Script] = [Script(run: [], steps: 0, last: nil)]
        var paths = 0
        while let script = scripts.popLast() {
            guard paths < options.pathLimit else { return nil }
            var walker = Walker(program, symbols, options)
            walker.changed = changed
            walker.script = script.all
            do throws(Walker.Stop) {
                for condition in given where try walker.truth(walker.ask(condition)) != true {
                    throw .impossible
                }
                paths += 1
                if try !visit(&walker) { return paths }
            } catch {
                if case .nestedTooDeep = error { throw error }
            }
            for pending in walker.pending.reversed() {
                scripts.append(
                    Script(run: walker.taken, steps: pending.steps, last: pending.last))
            }
        }
        return paths
    }

    /// The beginning of an earlier run, and the branch to take then. The runs share their arrays.
    private struct Script {
        let run: [Walker.Step]
        let steps: Int
        let last: Walker.Step?

        var all: [Walker.Step] { last.map { run.prefix(steps) + [$0] } ?? [] }
    }
}

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
    mutating func ask(_ asked: Asked) throws(Stop) -> Term { try run(asked.procedure, []) }
}
