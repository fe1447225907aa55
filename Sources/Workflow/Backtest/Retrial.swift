import Casework
import Decisions
import Ledger

/// Decides a past case again, under another edition.
///
/// As the office does it (`Work.carryOn`), with what was known when it was decided: what the form said
/// and people corrected, and what the office found out, which stands in the recorded inputs of the
/// rulings. What the edition itself answers on the way, its category, its determination, takes the
/// place of what was answered then. The caps of the day and the money in the pool stand as recorded:
/// what the edition would have done to other cases of the day does not come back to this one.
struct Retrial: Sendable {
    let judge: Judge
    /// Names whose recorded value may be no more than the old edition's default or derivation.
    private let isOfForm: Set<String>
    private let derivations: [String: [String]]

    init(under edition: Edition) throws(PolicyError) {
        judge = try Judge(edition)
        isOfForm = Set(edition.factSchema.filter { $0.source == .tourist }.map(\.name))
        var derivations: [String: [String]] = [:]
        for kind in edition.factSchema {
            if let derivation = kind.derivation { derivations[kind.name] = derivation.sources }
        }
        self.derivations = derivations
    }

    /// - Parameter witness: sees each answer on the way.
    func decide(
        _ past: PastCase, _ witness: (Answer, Facts) -> Void = { _, _ in }
    ) throws(PolicyError) -> Verdict {
        guard case .text(let code)? = past.filed["matter"] else {
            throw .missingFacts(model: "classification", ["matter"])
        }
        let matter = try judge.edition.matter(code)
        var sheet = FactSheet(past.filed, of: matter)
        for question in [PastCase.Question.authority, .advance, .determination, .acceptance] {
            sheet.take(recorded(question, past))
        }
        sheet.take(past.told)

        func ask(_ model: String, _ decision: String) throws(PolicyError) -> Answer {
            let answer = try judge.ask(model, decision, &sheet)
            witness(answer, sheet.facts)
            return answer
        }
        let classification = try ask("classification", "classification").classification()
        set("category", .text(classification.category), &sheet, past)
        set("isMajor", .flag(classification.isMajor), &sheet, past)
        if !past.isAcceptedByPerson {
            switch try ask("acceptance", "acceptance").acceptance() {
            case .decline(let code, _, _): return .declined(code: code)
            case .emergency, .discipline: return .handedOver
            case .merge: return .merged
            case .accept: break
            }
        }
        sheet.take(recorded(.determination, past).merging(past.told) { _, told in told })
        let determination = try ask("determination-" + matter.rules, "determination")
            .determination()
        if !determination.missing.isEmpty, !past.isEvidenceWaived {
            return .awaitingEvidence(determination.missing)
        }
        sheet.take(recorded(.advance, past).merging(past.told) { _, told in told })
        set("category", .text(classification.category), &sheet, past)
        set("isMajor", .flag(classification.isMajor), &sheet, past)
        set("basisClear", .flag(determination.isBasisClear), &sheet, past)
        set("covered", .text(determination.covered.description), &sheet, past)
        set("evidenceSufficient", .flag(determination.missing.isEmpty), &sheet, past)
        let advance = try ask("advance", "advance").advance()
        sheet["path"] = .text(advance.path.rawValue)
        sheet["amount"] = .text(advance.amount.description)
        let authority = try ask("authority", "authority").authority()
        return .decided(
            advance.path, amount: proposed(advance, determination.covered), code: advance.code,
            by: authority)
    }

    /// As the procedure proposes it: never more than what is covered, and nothing on paths without money.
    private func proposed(_ advance: AdvanceDecision, _ covered: Money) -> Money {
        switch advance.path {
        case .quickPay, .reserve: min(advance.amount, covered)
        case .mediateOnly, .major, .notEligible: .zero
        }
    }

    private func set(_ name: String, _ fact: Fact, _ sheet: inout FactSheet, _ past: PastCase) {
        // What a person corrected wins over what the office derives.
        if past.told[name] == nil { sheet[name] = fact }
    }

    /// What a model was given, without what this edition knows by itself: the matter, what the form
    /// left open, what follows from known facts.
    private func recorded(_ question: PastCase.Question, _ past: PastCase) -> Facts {
        guard let given = past.given[question] else { return [:] }
        return given.filter { name, _ in
            if name == "matter" || isOfForm.contains(name) { return false }
            guard let sources = derivations[name] else { return true }
            return !sources.allSatisfy { past.filed[$0] != nil || past.told[$0] != nil }
        }
    }
}
