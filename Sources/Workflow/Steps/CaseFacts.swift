import Casework
import Ledger
import Store

extension Work {
    /// The facts a policy reads about a case: what the form said, and what the office knows.
    ///
    /// What a person has corrected stands in `file.facts` and wins over what the office would derive.
    func facts(
        of file: Case, repeating earlier: Repeat? = nil, standing: Standing? = nil
    ) -> Facts {
        // Several models are asked about one state of a case.
        let isPlain = earlier == nil && standing == nil
        if isPlain, let known = derivedFacts, known.id == file.id, known.version == file.version {
            return known.facts
        }
        let facts = derive(file, earlier, standing)
        if isPlain { derivedFacts = DerivedFacts(id: file.id, version: file.version, facts: facts) }
        return facts
    }

    private func derive(_ file: Case, _ earlier: Repeat?, _ standing: Standing?) -> Facts {
        let filing = file.filing
        var facts = filedFacts(
            matter: filing.matter, occurredOn: filing.occurredOn.description,
            filedAt: file.filedAt, claimed: filing.claimed, paid: filing.paid,
            hasIdentity: filing.claimant.identity != nil, merchantName: filing.merchantName,
            in: books.zone)
        let found: Facts = [
            "repeatOf": .text(earlier?.kind ?? "none"),
            "evidenceKinds": .list(Set(file.evidence.map(\.kind)).sorted().map { .text($0) }),
            "merchantStanding": .text((standing ?? file.terms.standing).rawValue),
            "paidByMerchant": .text(file.paidByMerchant.description),
            "noAgreement": .flag(file.noAgreement),
            "freezeOver": .flag(file.clocks[.freeze]?.fired.contains(.breach) ?? false),
        ]
        facts.merge(found) { _, office in office }
        if let classification = file.classification?.outcome {
            facts["category"] = .text(classification.category)
            facts["isMajor"] = .flag(classification.isMajor)
        }
        if let determination = file.determination?.outcome {
            facts["basisClear"] = .flag(determination.isBasisClear)
            facts["covered"] = .text(determination.covered.description)
            facts["evidenceSufficient"] = .flag(determination.missing.isEmpty)
        }
        addAdvance(of: file, to: &facts)
        let said = file.facts.filter { !Self.ofTheBooks.contains($0.key) }
        return facts.merging(said) { _, corrected in corrected }
    }

    /// What the books and the procedure say of a case: no form and no correction changes it, since an
    /// amount or a sign would pass its limit through that door.
    private static let ofTheBooks: Set<String> = [
        "path", "amount", "advanceState", "covered", "paidByMerchant", "riskReview",
        "merchantDayTotal", "dayTotal", "poolSpendable",
    ]

    private func addAdvance(of file: Case, to facts: inout Facts) {
        guard let advance = file.advance else {
            facts["advanceState"] = .text("none")
            facts["amount"] = .text((file.determination?.outcome.covered ?? .zero).description)
            return
        }
        facts["path"] = .text(advance.decision.path.rawValue)
        facts["advanceState"] =
            switch advance.state {
            case .proposed, .refused, .awaitingFunds, .returned, .none: .text("none")
            case .reserved: .text("reserved")
            case .payable: .text("released")
            case .paid: .text("paid")
            }
        let due = advance.amount.isPositive ? advance.amount : file.determination?.outcome.covered
        facts["amount"] = .text((due ?? .zero).description)
    }
}

/// What the filing itself says, in the policy's words.
func filedFacts(
    matter: String, occurredOn: String, filedAt: Moment, claimed: Money, paid: Money,
    hasIdentity: Bool, merchantName: String, in zone: Zone
) -> Facts {
    [
        "matter": .text(matter),
        "occurredOn": .text(occurredOn),
        "filedOn": .text(zone.day(at: filedAt).description),
        "filedAt": .text(zone.text(filedAt)),
        "claimed": .text(claimed.description),
        "pricePaid": .text(paid.description),
        "realName": .flag(hasIdentity),
        // Named is enough to be handled; whether the merchant is on the list is the advance's question.
        "respondentKnown": .flag(merchantName.contains { !$0.isWhitespace }),
    ]
}

/// What was derived of a case at one version, within one transaction and so at one moment.
struct DerivedFacts {
    let id: ID<Case>
    let version: Int
    let facts: Facts
}
