internal import Decisions

/// What an edition declares must hold of a model, whatever the facts; `policy check` proves it.
///
/// In `jurisdiction.yaml`, by name:
///
/// ```yaml
/// properties:
///   never-above-the-claim: {model: advance, always: "advance.amount <= claimed"}
///   one-path: {model: advance, onePath: advance}
///   no-open-end: {model: settlement, notNull: settlement}
///   evidence-never-hurts: {model: advance, outcome: advance.amount, grows: evidenceSufficient}
/// ```
struct DeclaredProperty: Sendable {
    let name: String
    let model: String
    let property: Property

    /// A property of one file: the same in every edition that has both.
    struct Question: Hashable {
        let property: Property
        let file: String
    }

    init(_ name: String, _ section: YAMLSection) throws(PolicyError) {
        try section.allow("model", "always", "onePath", "notNull", "outcome", "grows", "ranking")
        self.name = name
        model = try section.text("model")
        let kinds = ["always", "onePath", "notNull", "outcome"].filter(section.has)
        guard kinds.count == 1, let kind = kinds.first else {
            throw section.wrong(
                "always", "a property says one of always, onePath, notNull, or outcome with grows")
        }
        let text = try section.text(kind)
        switch kind {
        case "always": property = .always(text)
        case "onePath": property = .onePath(decision: text)
        case "notNull": property = .notNull(decision: text)
        default:
            property = .monotone(
                text, inInput: try section.text("grows"),
                ranking: section.has("ranking") ? try section.texts("ranking") : [])
        }
    }
}

extension Edition {
    /// What its declared properties ask.
    var questions: [DeclaredProperty.Question] {
        declaredProperties.compactMap { declared in
            models.first { $0.name == declared.model }.map {
                DeclaredProperty.Question(property: declared.property, file: $0.file)
            }
        }
    }

    /// Every declared property that is refuted (an error, with the facts) or stays open (a warning).
    ///
    /// - Parameter asked: questions already answered for another edition; they are not asked again.
    func properties(_ asked: inout Set<DeclaredProperty.Question>) -> [PolicyFinding] {
        var findings: [PolicyFinding] = []
        // By model, so that one walk through its decisions answers all that is asked of it.
        var fresh: [String: [DeclaredProperty]] = [:]
        for declared in declaredProperties {
            guard let model = models.first(where: { $0.name == declared.model }) else {
                findings.append(
                    PolicyFinding(
                        edition: id, file: id + "/jurisdiction.yaml", severity: .error,
                        message: "properties.\(declared.name): there is no model \(declared.model)"
                    ))
                continue
            }
            let question = DeclaredProperty.Question(property: declared.property, file: model.file)
            if asked.insert(question).inserted { fresh[model.name, default: []].append(declared) }
        }
        for model in models {
            guard let properties = fresh[model.name] else { continue }
            let verdicts = Analysis.prove(
                all: properties.map(\.property), in: model.model,
                options: analysisOptions(for: model))
            findings += zip(properties, verdicts).compactMap { finding(of: $0, $1, in: model) }
        }
        return findings
    }

    private func finding(
        of declared: DeclaredProperty, _ verdict: Decisions.Verdict, in model: PolicyModel
    ) -> PolicyFinding? {
        let severity: PolicyFinding.Severity
        switch verdict {
        case .proved: return nil
        case .refuted: severity = .error
        case .undecided: severity = .warning
        }
        return PolicyFinding(
            edition: id, file: model.file, severity: severity,
            message: "\(declared.name): \(verdict.english)",
            chinese: "\(declared.name)：\(verdict.chinese)")
    }

    /// What the schema of facts says of a model's inputs beyond their types.
    func analysisOptions(for model: PolicyModel) -> Analysis.Options {
        var options = Analysis.Options()
        options.file = model.file
        for kind in factSchema {
            switch kind.type {
            case .integer: options.steps[kind.name] = Decimal128(integer: 1, scale: 0)
            case .money: options.steps[kind.name] = Decimal128(integer: 1, scale: 2)
            default: break
            }
        }
        return options
    }
}
