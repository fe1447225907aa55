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
        case fact(FactKind, Memory)
        /// Neither: only what is given under its name.
        case other
    }

    /// Whether what an earlier edition's model was given still says what the fact is.
    private enum Memory: Sendable {
        case counts
        /// The form says it: what the form left open was no more than the earlier edition's default.
        case isOfForm
        /// It follows from these, when they are known.
        case follows(from: [String])
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
        guard let kind = edition.factKind(name) else { return .other }
        if let derivation = kind.derivation {
            return .fact(kind, .follows(from: derivation.sources))
        }
        return .fact(kind, kind.source == .tourist ? .isOfForm : .counts)
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
                missing += edition.sources(of: name, missingIn: sheet.base)
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
        case .other: return sheet[name, true].map { Value($0, isNumber: false) }
        case .fact(let kind, let memory):
            let isRemembered =
                switch memory {
                case .counts: true
                case .isOfForm: false
                case .follows(let sources): !sources.allSatisfy { sheet.base[$0] != nil }
                }
            let said = sheet[name, isRemembered]
            if said == nil, let value = sheet.value(of: name, from: nil) { return value }
            guard
                let fact = said ?? edition.known(kind, unsaid: sheet.base, sheet.matter)
            else { return nil }
            if let said, let value = sheet.value(of: name, from: said) { return value }
            let value = try edition.value(fact, of: kind)
            sheet.keep(value, of: name, from: said)
            return value
        }
    }
}

/// What is known of one case, in layers, and what was converted already.
///
/// From the strongest: what the form said and people corrected; what the edition itself answered on the
/// way; what the models were given when the case was decided; what the filing says.
struct FactSheet {
    let matter: Matter
    /// What the filing says, and the form over it: what facts are derived from.
    let base: Facts
    /// What the edition answered on the way.
    var answered: Facts = [:]
    /// Whose recorded inputs count first.
    var question = PastCase.Question.acceptance
    private let past: PastCase
    private var converted: [String: (fact: Fact?, value: Value)] = [:]

    init(_ past: PastCase, of matter: Matter) {
        self.past = past
        self.matter = matter
        base = past.filed.merging(past.told) { _, told in told }
    }

    /// - Parameter isRemembered: whether what was recorded counts.
    subscript(name: String, isRemembered: Bool) -> Fact? {
        if let fact = past.told[name] ?? answered[name] { return fact }
        if isRemembered {
            if let fact = past.given[question]?[name] { return fact }
            for other in PastCase.Question.allCases where other != question {
                if let fact = past.given[other]?[name] { return fact }
            }
        }
        return past.filed[name]
    }

    /// The value that was made of just this fact; nil stands for what was not said but follows.
    fileprivate func value(of name: String, from fact: Fact?) -> Value? {
        guard let kept = converted[name], kept.fact == fact else { return nil }
        return kept.value
    }

    fileprivate mutating func keep(_ value: Value, of name: String, from fact: Fact?) {
        converted[name] = (fact, value)
    }
}
