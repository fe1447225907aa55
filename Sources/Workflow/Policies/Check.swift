internal import Casework
package import Decisions
internal import Ledger

/// Something `policy check` has to say about an edition.
package struct PolicyFinding: Hashable, Sendable {
    /// Nil where it concerns the book as a whole.
    package let edition: String?
    /// Below the jurisdiction's folder.
    package let file: String
    package let severity: Severity
    package let message: String
    /// The same in Chinese; where nobody has written it, `message`.
    package let chinese: String
    /// What the analysis of a table found, with its regions and facts.
    package let finding: Finding?

    init(
        edition: String?, file: String, severity: Severity, message: String,
        chinese: String? = nil, finding: Finding? = nil
    ) {
        self.edition = edition
        self.file = file
        self.severity = severity
        self.message = message
        self.chinese = chinese ?? message
        self.finding = finding
    }

    package enum Severity: String, Hashable, Sendable, Comparable {
        /// The edition may not come into force.
        case error
        case warning

        package static func < (a: Severity, b: Severity) -> Bool { a == .error && b == .warning }
    }
}

extension PolicyBook {
    /// Everything wrong with the policies below `directory`, one finding when they do not even load.
    package static func check(directory: String) -> [PolicyFinding] {
        do throws(PolicyError) {
            return try load(directory: directory).check()
        } catch {
            let finding = PolicyFinding(
                edition: nil, file: directory, severity: .error, message: error.description)
            return [finding]
        }
    }

    /// Gaps between editions, then edition by edition: models that must be there, rows without a
    /// citation, words the procedure does not know, gaps and overlaps in the tables.
    ///
    /// - Parameter only: The edition to check; what it shares with others is theirs to answer for. Nil
    ///   checks all.
    package func check(only: String? = nil) -> [PolicyFinding] {
        var findings = gaps().filter { only == nil || $0.edition == only }
        let others = editions.filter { only != nil && $0.id != only }
        var seen = Set(others.flatMap { $0.models.map(\.file) })
        var proved = Set(others.flatMap(\.questions))
        for edition in editions where only == nil || edition.id == only {
            findings +=
                edition.properties(&proved) + edition.missingModels() + edition.unknownWords()
                + edition.refusedCodes() + edition.missingWaiverAccount(in: chart)
            // A model that several editions share is looked at once.
            for model in edition.models where seen.insert(model.file).inserted {
                findings += edition.citations(of: model) + edition.analysis(of: model)
            }
        }
        return findings
    }

    private func gaps() -> [PolicyFinding] {
        var findings: [PolicyFinding] = []
        func add(_ edition: Edition, _ severity: PolicyFinding.Severity, _ message: String) {
            findings.append(
                PolicyFinding(
                    edition: edition.id, file: edition.id + "/jurisdiction.yaml",
                    severity: severity,
                    message: message))
        }
        for (edition, next) in zip(editions, editions.dropFirst()) {
            guard let until = edition.until else { continue }
            let first = until.advanced(by: 1)
            if first < next.from {
                let last = next.from.advanced(by: -1)
                add(
                    edition, .error,
                    "no edition is in force from \(first) to \(last): extend this one or bring the next forward"
                )
            } else if until >= next.from {
                add(
                    edition, .error,
                    "its last day \(until) is not before edition \(next.id): two would be in force")
            }
        }
        if let last = editions.last, let until = last.until {
            add(last, .warning, "no edition follows after \(until): publish one before then")
        }
        return findings
    }
}

extension Edition {
    /// Where money is paid out.
    private static let required = [
        "classification", "acceptance", "advance", "authority", "routing", "settlement",
    ]
    /// Where work orders are taken.
    private static let requiredOfHotline = [
        "order-classification", "order-limits", "order-routing",
    ]

    fileprivate func missingModels() -> [PolicyFinding] {
        let file = id + "/jurisdiction.yaml"
        guard !matters.isEmpty || hotline.isOffered else {
            return [finding(file, "the edition rules on nothing: add matters, or kinds")]
        }
        let wanted =
            (matters.isEmpty ? [] : Self.required + (isWaivingOnly ? [] : ["recovery"]))
            + (hotline.isOffered ? Self.requiredOfHotline : [])
        return wanted.compactMap { name in
            models.contains { $0.name == name }
                ? nil : finding(file, "\(name).dmn is missing: add it")
        }
    }

    /// The fund bears what it pays and collects nothing, as far as tables say so.
    private var isWaivingOnly: Bool {
        let paths = outputs(ofModel: "advance")
        return paths.contains("waiveFee") && paths.isDisjoint(with: ["quickPay", "reserve"])
    }

    /// A waived fee is an expense, which the advance fund's own chart does not know.
    fileprivate func missingWaiverAccount(in chart: Chart) -> [PolicyFinding] {
        let code = Chart.feeWaivers
        guard outputs(ofModel: "advance").contains("waiveFee") else { return [] }
        if let account = chart[code], account.kind == .expense, account.division != .none {
            return []
        }
        return [
            finding(
                "chart.csv", "the path waiveFee needs the expense account \(code), divided; add it")
        ]
    }

    private func outputs(ofModel name: String) -> Set<String> {
        guard let model = models.first(where: { $0.name == name }) else { return [] }
        return Set(model.model.decisions.flatMap { outputs(of: $0.name, in: model) })
    }

    /// Codes that two files must agree on.
    fileprivate func unknownWords() -> [PolicyFinding] {
        var findings: [PolicyFinding] = []
        let file = id + "/jurisdiction.yaml"
        for matter in matters {
            for kind in matter.evidence where !evidence.contains(where: { $0.code == kind }) {
                findings.append(
                    finding(file, "matters.\(matter.code).evidence: \(kind) is no kind of evidence")
                )
            }
        }
        findings += unknownOrderWords()
        if let routing = models.first(where: { $0.name == "routing" }) {
            for output in outputs(of: "bureau", in: routing)
            where !bureaus.contains(where: { $0.code == output }) {
                findings.append(finding(routing.file, "\(output) is none of the edition's bureaus"))
            }
        }
        if let authority = models.first(where: { $0.name == "authority" }) {
            for output in outputs(of: "ladder", in: authority) where output != "automatic" {
                for role in output.split(separator: " ") where Role(rawValue: String(role)) == nil {
                    findings.append(finding(authority.file, "\(role) is no role"))
                }
            }
        }
        return findings
    }

    /// Codes that the edition may hand to a model whose allowed values do not have them.
    fileprivate func refusedCodes() -> [PolicyFinding] {
        var findings: [PolicyFinding] = []
        for model in models {
            for input in model.model.inputs {
                guard let allowed = input.allowedValues.map(Self.codes(in:)), !allowed.isEmpty
                else { continue }
                for code in codes(given: input.name, to: model) where !allowed.contains(code) {
                    findings.append(
                        finding(
                            model.file,
                            "the input \(input.name) may be \(code), which its allowed values lack; add it"
                        ))
                }
            }
        }
        return findings
    }

    private func codes(given input: String, to model: PolicyModel) -> [String] {
        switch input {
        case "matterCategory": return matters.map(\.category)
        case "category" where !Self.requiredOfHotline.contains(model.name):
            return matters.map(\.category)
        case "matter":
            return matters.filter { "determination-" + $0.rules == model.name }.map(\.knownAs)
        default: return factKind(input)?.values?.map(\.code) ?? []
        }
    }

    /// The texts of an enumeration: `"a", "b"` gives a and b.
    private static func codes(in enumeration: String) -> [String] {
        enumeration.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    func outputs(of table: String, in model: PolicyModel) -> [String] {
        let rules = model.model.decisions.first { $0.name == table }?.rules ?? []
        return rules.flatMap(\.outputs).map { $0.filter { $0 != "\"" } }
    }

    /// Every row cites its clause and says in both languages what it does.
    fileprivate func citations(of model: PolicyModel) -> [PolicyFinding] {
        model.model.decisions.flatMap { decision in
            decision.rules.flatMap { rule in
                ["clause", "zh", "en"].filter { (rule.annotations[$0] ?? "").isEmpty }.map {
                    annotation in
                    finding(
                        model.file,
                        "\(decision.name), row \(rule.rule): the annotation \(annotation) is empty; fill it in"
                    )
                }
            }
        }
    }

    /// Gaps and overlaps of the tables, as far as they can be read.
    fileprivate func analysis(of model: PolicyModel) -> [PolicyFinding] {
        Analysis.findings(in: model.model, options: analysisOptions(for: model)).map { found in
            PolicyFinding(
                edition: id, file: model.file, severity: found.isError ? .error : .warning,
                message: found.english, chinese: found.chinese, finding: found)
        }
    }

    func finding(
        _ file: String, _ message: String, _ severity: PolicyFinding.Severity = .error
    ) -> PolicyFinding {
        PolicyFinding(edition: id, file: file, severity: severity, message: message)
    }
}
