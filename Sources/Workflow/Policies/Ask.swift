import Casework
import Decisions

/// A model's answer to given facts, with what it was given.
struct Answer {
    let edition: Edition
    let model: PolicyModel
    let given: Facts
    let evaluation: Evaluation

    /// With all that is needed to explain it years later.
    var grounds: Grounds {
        Grounds(
            model: model.name, edition: edition.name, editionHash: edition.hash, inputs: given,
            rules: evaluation.hits.map { hit in
                CitedRule(
                    table: hit.decision, row: hit.rule, id: hit.ruleID,
                    clause: hit.annotations["clause"] ?? "", chinese: hit.annotations["zh"] ?? "",
                    english: hit.annotations["en"] ?? "")
            })
    }
}

extension Edition {
    /// Asks `decision` of the model `name`, strictly.
    ///
    /// Checks, in this order: the model exists; every fact it needs is known; every fact is of its
    /// type; the evaluation is sound.
    func ask(_ name: String, _ decision: String, _ facts: Facts) throws(PolicyError) -> Answer {
        let model = try model(name)
        var matter: Matter?
        if case .text(let code)? = facts["matter"] { matter = try self.matter(code) }
        let sources = inputSources[name] ?? []
        var given = Facts(minimumCapacity: sources.count)
        var missing: [String] = []
        for source in sources {
            if let fact = fact(source, facts, matter) {
                given[source.name] = fact
            } else {
                missing += self.sources(of: source.name, missingIn: facts)
            }
        }
        guard missing.isEmpty else {
            throw .missingFacts(model: model.name, Array(Set(missing)).sorted())
        }
        var values: [(name: String, value: Value)] = []
        values.reserveCapacity(sources.count)
        for source in sources {
            guard let fact = given[source.name] else { continue }
            values.append((source.name, try value(fact, from: source)))
        }
        return try answer(given, of: model, model.model.evaluate(decision, given: values))
    }

    func answer(
        of model: PolicyModel, to decision: String, given: Facts, as values: [String: Value]
    ) throws(PolicyError) -> Answer {
        try answer(given, of: model, model.model.evaluate(decision, given: values))
    }

    private func answer(
        _ given: Facts, of model: PolicyModel, _ evaluation: Evaluation
    ) throws(PolicyError) -> Answer {
        guard evaluation.isSound else {
            throw .unsound(
                edition: id, model: model.name,
                findings: evaluation.notes.filter { $0.severity == .error }.map(\.description))
        }
        return Answer(edition: self, model: model, given: given, evaluation: evaluation)
    }

    /// What counts as the fact: as it is said, as it follows from others, or as the schema has it
    /// while it is not known.
    func known(_ kind: FactKind, _ facts: Facts, _ matter: Matter?) -> Fact? {
        facts[kind.name] ?? known(kind, unsaid: facts, matter)
    }

    /// The same for a fact that nobody said.
    func known(_ kind: FactKind, unsaid facts: Facts, _ matter: Matter?) -> Fact? {
        if let derived = derived(kind, from: facts) { return derived }
        let isNeeded = matter.map { kind.needed.include($0.code) } ?? false
        return isNeeded ? nil : kind.otherwise
    }

    func derived(_ kind: FactKind, from facts: Facts) -> Fact? {
        kind.derivation?.derive(from: facts, in: jurisdiction.zone, by: calendar)
    }

    /// What to ask for so that `name` becomes known.
    func sources(of name: String, missingIn facts: Facts) -> [String] {
        if Self.fromMatter.contains(name) { return ["matter"] }
        let sources = factKind(name)?.derivation?.sources.filter { facts[$0] == nil } ?? []
        return sources.isEmpty ? [name] : sources
    }

    /// What a model is given, as FEEL reads it.
    func values(of given: Facts) throws(PolicyError) -> [String: Value] {
        var values: [String: Value] = [:]
        for (name, fact) in given { values[name] = try value(fact, of: name) }
        return values
    }

    private func value(_ fact: Fact, of name: String) throws(PolicyError) -> Value {
        guard let kind = factKind(name) else { return Value(fact, isNumber: isMoney(name)) }
        return try value(fact, of: kind)
    }

    func value(_ fact: Fact, of kind: FactKind) throws(PolicyError) -> Value {
        if let problem = problem(fact, kind) { throw .wrongFact(problem) }
        return Value(fact, isNumber: kind.type == .money || kind.type == .amounts)
    }

    private func isMoney(_ name: String) -> Bool {
        parameters.first { $0.name == name }?.unit == jurisdiction.currency
    }
}

extension Value {
    /// - Parameter isNumber: whether texts are decimal fractions, as money is written.
    init(_ fact: Fact, isNumber: Bool) {
        switch fact {
        case .text(let text):
            self = isNumber ? Decimal128(text).map(Value.number) ?? .null : .string(text)
        case .integer(let integer): self = .number(Decimal128(integer))
        case .flag(let flag): self = .boolean(flag)
        case .list(let items): self = .list(items.map { Value($0, isNumber: isNumber) })
        case .record(let entries):
            self = .context(
                Context(
                    entries.sorted { $0.key < $1.key }.map {
                        ($0.key, Value($0.value, isNumber: isNumber))
                    }))
        }
    }
}
