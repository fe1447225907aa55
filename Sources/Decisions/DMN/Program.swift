/// A model compiled: everything by index, nothing by name.
final class Program: Sendable {
    struct Input: Sendable {
        let name: String
        let type: FEELType
    }

    final class Decision: Sendable {
        let name: String
        let logic: Procedure?
        let type: FEELType

        init(name: String, logic: Procedure?, type: FEELType) {
            (self.name, self.logic, self.type) = (name, logic, type)
        }
    }

    let inputs: [Input]
    let decisions: [Decision]
    let invocables: [Invocable]
    let decisionByName: [String: Int]
    let inputByName: [String: Int]
    let invocableByName: [String: Int]
    /// What a machine begins with.
    let nothingKnown: [Machine.Known]

    init(inputs: [Input], decisions: [Decision], invocables: [Invocable]) {
        self.inputs = inputs
        self.decisions = decisions
        self.invocables = invocables
        decisionByName = Self.index(decisions.map(\.name))
        inputByName = Self.index(inputs.map(\.name))
        invocableByName = Self.index(invocables.map(\.name))
        nothingKnown = Array(repeating: .nothing, count: inputs.count + decisions.count)
    }

    static let empty = Program(inputs: [], decisions: [], invocables: [])

    private static func index(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices)) { first, _ in first }
    }
}

/// What logic may need before it runs.
enum Requirement: Hashable, Sendable {
    case input(Int)
    case decision(Int)
    case invocable(Int)
}

/// Logic with its frame: how many slots, and which are filled before it runs.
struct Procedure: Sendable {
    let slots: Int
    let bindings: [(slot: Int, requirement: Requirement)]
    let body: Node
}

/// A business knowledge model or a decision service: what can be called with arguments.
struct Invocable: Sendable {
    struct Parameter: Sendable {
        let name: String
        let type: FEELType
        /// Where the argument goes: a slot of the frame, or an input or decision of the model.
        let target: Target
    }

    enum Target: Sendable {
        case slot(Int)
        case known(Requirement)
    }

    enum Body: Sendable {
        case logic(Procedure)
        /// The decisions a service gives out, by index.
        case service([Int])
        case none
    }

    let name: String
    let parameters: [Parameter]
    let body: Body
    let type: FEELType
}

extension Machine {
    /// Index of an input or decision in `known`.
    private func key(_ requirement: Requirement) -> Int {
        switch requirement {
        case .input(let index): index
        case .decision(let index): program.inputs.count + index
        case .invocable: -1
        }
    }

    mutating func value(of requirement: Requirement) -> Value {
        switch requirement {
        case .invocable(let index):
            let invocable = program.invocables[index]
            return .function(
                Function(
                    body: .invocable(index), name: invocable.name,
                    parameters: invocable.parameters.map(\.name)))
        case .input(let index):
            if case .value(let value) = known[index] { return value }
            let value = fail("the input \"\(program.inputs[index].name)\" is missing")
            known[index] = .value(value)
            return value
        case .decision(let index):
            if case .value(let value) = known[key(requirement)] { return value }
            return decide(index)
        }
    }

    private mutating func decide(_ index: Int) -> Value {
        let decision = program.decisions[index]
        let key = program.inputs.count + index
        // Exchanged and not copied, there and back: what is not copied is not counted.
        var outer = Place(element: decision.name)
        swap(&outer, &place)
        defer { swap(&outer, &place) }
        if case .underWay = known[key] { return fail("the decision needs itself") }
        known[key] = .underWay
        var value = Value.null
        if let logic = decision.logic {
            value = run(logic, arguments: [])
            if !decision.type.isAny {
                value = coerced(value, to: decision.type, subject: "the result")
            }
            value = kept(value)
        } else {
            note("the decision has no logic", mode == .strict ? .error : .warning)
        }
        known[key] = .value(value)
        return value
    }

    private mutating func run(
        _ procedure: Procedure, arguments: [(slot: Int, value: Value)]
    ) -> Value {
        var frame = takeFrame(slots: procedure.slots)
        for binding in procedure.bindings { frame[binding.slot] = value(of: binding.requirement) }
        for argument in arguments { frame[argument.slot] = argument.value }
        swap(&slots, &frame)
        let value = evaluate(procedure.body)
        swap(&slots, &frame)
        giveBack(frame)
        return value
    }

    /// Takes an input's value from outside, made to fit its type.
    mutating func supply(_ value: Value, asInput index: Int) {
        if program.inputs[index].type.plainlyAccepts(value) {
            known[index] = .value(value)
            return
        }
        let input = program.inputs[index]
        place = Place(element: input.name)
        known[index] = .value(
            kept(coerced(value, to: input.type, subject: "the input \"\(input.name)\"")))
    }

    mutating func supply(_ value: Value, asDecision index: Int) {
        let decision = program.decisions[index]
        known[program.inputs.count + index] = .value(
            coerced(value, to: decision.type, subject: "the decision \"\(decision.name)\""))
    }

    mutating func invoke(_ invocable: Invocable, _ values: [Value]) -> Value {
        let outerPlace = place
        defer { place = outerPlace }
        var fitting: [Value] = []
        for (parameter, value) in zip(invocable.parameters, values) {
            let fitted = coerced(
                value, to: parameter.type,
                subject: "the argument \(parameter.name) of \(invocable.name)")
            // What does not fit is not passed on as null: nothing is called.
            if fitted.isNull, !value.isNull { return .null }
            fitting.append(fitted)
        }
        guard step() else { return .null }
        place = Place(element: invocable.name)
        switch invocable.body {
        case .none: return fail("\(invocable.name) has no logic")
        case .logic(let procedure):
            var arguments: [(slot: Int, value: Value)] = []
            for (parameter, value) in zip(invocable.parameters, fitting) {
                if case .slot(let slot) = parameter.target { arguments.append((slot, value)) }
            }
            let value = run(procedure, arguments: arguments)
            return coerced(value, to: invocable.type, subject: "the result of \(invocable.name)")
        case .service(let outputs): return serve(invocable, outputs, fitting)
        }
    }

    /// A service sees only what it was given, and decides anew.
    private mutating func serve(_ service: Invocable, _ outputs: [Int], _ values: [Value]) -> Value
    {
        let outer = known
        defer { known = outer }
        known = program.nothingKnown
        for (parameter, value) in zip(service.parameters, values) {
            if case .known(let requirement) = parameter.target {
                known[key(requirement)] = .value(value)
            }
        }
        var context = Context()
        for index in outputs {
            let value = self.value(of: .decision(index))
            if outputs.count == 1 {
                return coerced(value, to: service.type, subject: "the result of \(service.name)")
            }
            context[program.decisions[index].name] = value
        }
        return coerced(
            .context(context), to: service.type, subject: "the result of \(service.name)")
    }

    mutating func located(_ node: Node, _ source: String) -> Value {
        var outer: String? = source
        swap(&outer, &place.source)
        defer { swap(&outer, &place.source) }
        return evaluate(node)
    }
}
