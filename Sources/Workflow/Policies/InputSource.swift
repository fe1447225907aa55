import Casework
import Decisions

/// Where an input of a model comes from, found once for an edition: a question looks up facts, and nothing
/// else, by name.
struct InputSource: Sendable {
    let name: String
    let origin: Origin
    /// Nil for a parameter, and for what no schema names.
    let kind: FactKind?

    enum Origin: Sendable {
        case parameter(Fact, Value)
        case matterCategory, requiredEvidence, matter
        case fact
    }
}

extension Edition {
    /// The inputs of `model`, in the order of their names.
    func inputSources(of model: PolicyModel) -> [InputSource] {
        model.model.inputs.map(\.name).sorted().map { name in
            InputSource(name: name, origin: origin(of: name), kind: factKind(name))
        }
    }

    private func origin(of name: String) -> InputSource.Origin {
        switch name {
        case "matterCategory": return .matterCategory
        case "requiredEvidence": return .requiredEvidence
        case "matter": return .matter
        default: break
        }
        guard let parameter = parameters.first(where: { $0.name == name }) else { return .fact }
        let isMoney = parameter.unit == jurisdiction.currency
        return .parameter(parameter.value, Value(parameter.value, isNumber: isMoney))
    }

    /// Nil while it is not known.
    func fact(_ source: InputSource, _ facts: Facts, _ matter: Matter?) -> Fact? {
        switch source.origin {
        case .parameter(let fact, _): fact
        case .matterCategory: matter.map { .text($0.category) }
        case .requiredEvidence: matter.map { .list($0.evidence.map(Fact.text)) }
        case .matter: matter.map { .text($0.knownAs) }
        case .fact:
            if let kind = source.kind { known(kind, facts, matter) } else { facts[source.name] }
        }
    }

    /// As FEEL reads it.
    func value(_ fact: Fact, from source: InputSource) throws(PolicyError) -> Value {
        if case .parameter(_, let value) = source.origin { return value }
        guard let kind = source.kind else { return Value(fact, isNumber: false) }
        return try value(fact, of: kind)
    }
}
