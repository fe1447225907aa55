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
    init(under edition: Edition) throws(PolicyError) {
        judge = try Judge(edition)
    }

    /// - Parameter witness: sees each answer on the way.
    func decide(
        _ past: PastCase, _ witness: (Answer) -> Void = { _ in }
    ) throws(PolicyError) -> Verdict {
        guard case .text(let code)? = past.filed["matter"] else {
            throw .missingFacts(model: "classification", ["matter"])
        }
        let matter = try judge.edition.matter(code)
        var sheet = FactSheet(past, of: matter)

        func ask(_ model: String, _ decision: String) throws(PolicyError) -> Answer {
            let answer = try judge.ask(model, decision, &sheet)
            witness(answer)
            return answer
        }
        let classification = try ask("classification", "classification").classification()
        sheet.answered["category"] = .text(classification.category)
        sheet.answered["isMajor"] = .flag(classification.isMajor)
        if !past.isAcceptedByPerson {
            switch try ask("acceptance", "acceptance").acceptance() {
            case .decline(let code, _, _): return .declined(code: code)
            case .emergency, .discipline: return .handedOver
            case .merge: return .merged
            case .accept: break
            }
        }
        sheet.question = .determination
        let determination = try ask("determination-" + matter.rules, "determination")
            .determination()
        if !determination.missing.isEmpty, !past.isEvidenceWaived {
            return .awaitingEvidence(determination.missing)
        }
        sheet.question = .advance
        sheet.answered["basisClear"] = .flag(determination.isBasisClear)
        sheet.answered["covered"] = .text(determination.covered.description)
        sheet.answered["evidenceSufficient"] = .flag(determination.missing.isEmpty)
        let advance = try ask("advance", "advance").advance()
        sheet.question = .authority
        sheet.answered["path"] = .text(advance.path.rawValue)
        sheet.answered["amount"] = .text(advance.amount.description)
        let authority = try ask("authority", "authority").authority()
        return .decided(
            advance.path, amount: proposed(advance, determination.covered), code: advance.code,
            by: authority)
    }

    /// As the procedure proposes it: never more than what is covered, and nothing on paths without money.
    private func proposed(_ advance: AdvanceDecision, _ covered: Money) -> Money {
        switch advance.path {
        case .quickPay, .reserve, .waiveFee: min(advance.amount, covered)
        case .mediateOnly, .major, .notEligible: .zero
        }
    }
}
