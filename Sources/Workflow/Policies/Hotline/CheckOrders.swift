import Casework
internal import Decisions

/// What `policy check` holds of the order models beyond their tables: that the codes in them are known to
/// the edition, so that no order meets an answer that cannot be used.
extension Edition {
    func unknownOrderWords() -> [PolicyFinding] {
        guard hotline.isOffered else { return [] }
        return limitFindings() + routingFindings() + classificationFindings()
    }

    /// A clock's table answers, in this order: count, unit, hours, start, warnAt, warnTo, breachTo,
    /// escalateAfter, escalateTo.
    private func limitFindings() -> [PolicyFinding] {
        guard let model = models.first(where: { $0.name == "order-limits" }) else { return [] }
        var findings: [PolicyFinding] = []
        let tables = Set(model.model.decisions.map(\.name))
        for name in ["orderTerms", "promise", OrderClock.handling.rawValue]
        where !tables.contains(name) {
            findings.append(finding(model.file, "the decision \(name) is missing: add it"))
        }
        var told: Set<String> = []
        for decision in model.model.decisions where OrderClock(rawValue: decision.name) != nil {
            for rule in decision.rules {
                guard rule.outputs.count == Self.columns else {
                    findings.append(
                        finding(
                            model.file,
                            "\(decision.name), row \(rule.rule): \(rule.outputs.count) outputs; "
                                + "a clock has \(Self.columns)"))
                    continue
                }
                for column in [5, 6, 8] { told.formUnion(Self.words(rule.outputs[column])) }
            }
        }
        for code in told.sorted() {
            if Recipient(rawValue: code) == nil {
                findings.append(
                    finding(
                        model.file,
                        "\(code) is no recipient; write one of \(Recipient.allCases.codes)"))
            } else if !hotline.supervision.contains(where: { $0.recipient.rawValue == code }) {
                findings.append(
                    finding(
                        "\(id)/jurisdiction.yaml",
                        "supervision.\(code) is missing: \(model.file) tells it; say who it is"))
            }
        }
        return findings
    }

    private static let columns = 9

    private func routingFindings() -> [PolicyFinding] {
        words(of: "bureaus", in: "order-routing").compactMap { file, code in
            bureaus.contains { $0.code == code }
                ? nil : finding(file, "\(code) is none of the edition's bureaus")
        }
    }

    private func classificationFindings() -> [PolicyFinding] {
        let codes = words(of: "category", in: "order-classification")
        let unknown = codes.filter { _, code in
            !hotline.categories.contains { $0.code == code }
        }
        return unknown.map { finding($0, "\($1) is none of the edition's categories") }
    }

    /// The codes that the rows of a table answer with, sorted.
    private func words(of table: String, in name: String) -> [(file: String, code: String)] {
        guard let model = models.first(where: { $0.name == name }) else { return [] }
        let rules = model.model.decisions.first { $0.name == table }?.rules ?? []
        let all = Set(rules.flatMap(\.outputs).flatMap(Self.words))
        return all.sorted().map { (model.file, $0) }
    }

    /// `"bureau supervisor"` gives bureau and supervisor; what is no text gives none.
    private static func words(_ output: String) -> [String] {
        guard output.first == "\"", output.last == "\"", output.count >= 2 else { return [] }
        return output.dropFirst().dropLast().split(separator: " ").map(String.init)
    }
}
