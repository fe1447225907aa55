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
        let filing = file.filing
        var facts: Facts = [
            "matter": .text(filing.matter),
            "occurredOn": .text(filing.occurredOn.description),
            "filedOn": .text(books.zone.day(at: file.filedAt).description),
            "filedAt": .text(books.zone.text(file.filedAt)),
            "claimed": .text(filing.claimed.description),
            "pricePaid": .text(filing.paid.description),
            "realName": .flag(filing.claimant.identity != nil),
            // Named is enough to be handled; whether the merchant is on the list is the advance's question.
            "respondentKnown": .flag(filing.merchantName.contains { !$0.isWhitespace }),
            "repeatOf": .text(earlier?.kind ?? "none"),
            "evidenceKinds": .list(Set(file.evidence.map(\.kind)).sorted().map { .text($0) }),
            "merchantStanding": .text((standing ?? file.terms.standing).rawValue),
            "paidByMerchant": .text(file.paidByMerchant.description),
            "noAgreement": .flag(file.noAgreement),
            "freezeOver": .flag(file.clocks[.freeze]?.fired.contains(.breach) ?? false),
        ]
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
        return facts.merging(file.facts) { _, corrected in corrected }
    }

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
