import Casework
import Decisions

/// An edition made ready to be asked again and again: what each model reads is looked up once, and a
/// fact that several models read is checked and converted once.
///
/// It answers as `Edition.ask` does; the tests compare the two.
struct Judge: Sendable {
    let edition: Edition
    private let questions: [String: Question]

    private struct Question: Sendable {
        let model: PolicyModel
        let inputs: [(name: String, source: Source)]
    }

    private enum Source: Sendable {
        case parameter(Value)
        case category, requiredEvidence, matter
        case fact(FactKind)
        /// Neither: only what is given under its name.
        case other
    }

    init(_ edition: Edition) throws(PolicyError) {
        self.edition = edition
        var questions: [String: Question] = [:]
        for model in edition.models {
            var inputs: [(name: String, source: Source)] = []
            for input in model.model.inputs {
                inputs.append((input.name, try Self.source(of: input.name, in: edition)))
            }
            questions[model.name] = Question(model: model, inputs: inputs)
        }
        self.questions = questions
    }

    private static func source(of name: String, in edition: Edition) throws(PolicyError) -> Source {
        switch name {
        case "matterCategory": return .category
        case "requiredEvidence": return .requiredEvidence
        case "matter": return .matter
        default: break
        }
        if let parameter = edition.parameters.first(where: { $0.name == name }) {
            let values = try edition.values(of: [name: parameter.value])
            return values[name].map { .parameter($0) } ?? .other
        }
        return edition.factKind(name).map { .fact($0) } ?? .other
    }

    /// Asks `decision` of the model `name` about what is on `sheet`.
    func ask(
        _ name: String, _ decision: String, _ sheet: inout FactSheet
    ) throws(PolicyError) -> Answer {
        guard let question = questions[name] else {
            throw .noModel(edition: edition.id, model: name)
        }
        var values: [String: Value] = [:]
        values.reserveCapacity(question.inputs.count)
        var missing: [String] = []
        for (name, source) in question.inputs {
            if let value = try value(source, name, &sheet) {
                values[name] = value
            } else {
                missing += edition.sources(of: name, missingIn: sheet.facts)
            }
        }
        guard missing.isEmpty else {
            throw .missingFacts(model: name, Array(Set(missing)).sorted())
        }
        return try edition.answer(of: question.model, to: decision, given: [:], as: values)
    }

    private func value(
        _ source: Source, _ name: String, _ sheet: inout FactSheet
    ) throws(PolicyError) -> Value? {
        switch source {
        case .parameter(let value): return value
        case .category: return .string(sheet.matter.category)
        case .requiredEvidence: return .list(sheet.matter.evidence.map(Value.string))
        case .matter: return .string(sheet.matter.knownAs)
        case .other: return sheet.facts[name].map { Value($0, isNumber: false) }
        case .fact(let kind):
            if let value = sheet.values[name] { return value }
            guard let fact = edition.known(kind, sheet.facts, sheet.matter) else { return nil }
            let value = try edition.value(fact, of: kind)
            sheet.values[name] = value
            return value
        }
    }
}

/// The facts of one case, and those that were converted already.
struct FactSheet {
    let matter: Matter
    private(set) var facts: Facts
    fileprivate(set) var values: [String: Value] = [:]

    init(_ facts: Facts, of matter: Matter) {
        self.facts = facts
        self.matter = matter
    }

    subscript(name: String) -> Fact? {
        get { facts[name] }
        set {
            guard facts[name] != newValue else { return }
            facts[name] = newValue
            values[name] = nil
        }
    }

    /// A fact that changes may change what is derived from it; no office fact has anything derived.
    mutating func take(_ more: Facts) { for (name, fact) in more { self[name] = fact } }
}
