/// What the columns of a table read: the type of the value, and the input data it comes from.
struct ColumnReading {
    /// Declared in the column, or that of the variable it reads.
    private(set) var types: [FEELType] = []
    /// The input data a column passes on unchanged, by name; with a dot, a member of it.
    private(set) var inputNames: [String?] = []

    init(_ program: Program, _ table: DecisionTable) {
        var known: [Int: (type: FEELType, name: String?)] = [:]
        for decision in program.decisions where decision.name == table.owner {
            for binding in decision.logic?.bindings ?? [] {
                switch binding.requirement {
                case .input(let index):
                    let input = program.inputs[index]
                    known[binding.slot] = (input.type, input.name)
                case .decision(let index):
                    known[binding.slot] = (program.decisions[index].type, nil)
                case .invocable: break
                }
            }
        }
        for invocable in program.invocables where invocable.name == table.owner {
            for parameter in invocable.parameters {
                guard case .slot(let slot) = parameter.target else { continue }
                known[slot] = (parameter.type, nil)
            }
        }
        for input in table.inputs {
            let (type, name) = Self.read(input.value, known)
            inputNames.append(name)
            if case .constrained = type {
                types.append(type)
            } else {
                types.append(input.type.isAny ? type : input.type)
            }
        }
    }

    private static func read(
        _ node: Node, _ known: [Int: (type: FEELType, name: String?)]
    ) -> (type: FEELType, name: String?) {
        switch node {
        case .located(let inner, _): return read(inner, known)
        case .slot(let slot): return known[slot] ?? (.any, nil)
        case .path(let inner, let name):
            let (type, outer) = read(inner, known)
            guard case .context(let members) = type.base,
                let member = members.first(where: { $0.name == name })
            else { return (.any, nil) }
            return (member.type, outer.map { "\($0).\(name)" })
        case .comparison, .conjunction, .disjunction, .quantified: return (.boolean, nil)
        default: return (.any, nil)
        }
    }
}
