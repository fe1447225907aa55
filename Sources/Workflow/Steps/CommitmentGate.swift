import Casework
import Ledger
import Store

/// What a commitment has to pass, read in the transaction that makes it.
extension Work {
    func commitment(of file: Case) throws -> Command {
        .commitFunds(spendable: try spendable(), gate: try gate(for: file))
    }

    private func gate(for file: Case) throws -> Gate {
        guard let advance = file.advance else { return Gate() }
        let edition = try office.policies.edition(named: file.terms.edition)
        let risk = try risk(of: file, under: edition)
        return Gate(
            caps: try caps(for: file, under: edition),
            authority: try authority(
                for: advance.amount, on: advance.decision.path, of: file, risk, under: edition),
            risk: risk)
    }

    /// Who must agree to `amount`, whoever names it.
    func authority(
        for amount: Money, on path: AdvanceDecision.Path, of file: Case, _ risk: Ruling<Risk>?,
        under edition: Edition
    ) throws -> Ruling<Authority> {
        let isFlagged = risk?.outcome.needsReview ?? false
        // Asked for the proposal and for its commitment, often in one transaction.
        let key = AuthorityKey(
            id: file.id, amount: amount, path: path, isFlagged: isFlagged, facts: file.facts)
        if let known = agreed[key] { return known }
        var facts = facts(of: file)
        facts["path"] = .text(path.rawValue)
        facts["amount"] = .text(amount.description)
        facts["riskReview"] = .flag(isFlagged)
        let ruling = try edition.authority(facts)
        agreed[key] = ruling
        return ruling
    }

    /// What others have committed today, and for the tourist within a year.
    func committed(beside file: Case) throws -> Committed {
        // Asked for the proposal and for its commitment, often in one transaction.
        let key = CommittedKey(id: file.id, advance: max(1, file.advanceCount))
        if let known = committedBeside, known.key == key { return known.sums }
        let sums = try transaction.committed(
            on: today, beside: file, since: today.advanced(by: -364))
        committedBeside = (key, sums)
        return sums
    }

    /// The edition's caps, the narrowest concern first. One that it does not name does not bind.
    private func caps(for file: Case, under edition: Edition) throws -> [Cap] {
        let used = try committed(beside: file)
        var caps: [Cap] = []
        func add(_ kind: Cap.Kind, _ parameter: String, _ used: Money) throws {
            guard edition.has(parameter) else { return }
            caps.append(Cap(kind, limit: try edition.money(parameter), used: used))
        }
        try add(.perCase, "caseCap", used.byCase)
        try add(.tourist, "touristYearCap", used.forTourist)
        if file.filing.merchant != nil {
            try add(.merchantDay, "merchantDayCap", used.forMerchantOnDay)
        }
        try add(.day, "dayCap", used.onDay)
        if let tier = file.advance?.authority.tier {
            try add(tier, "\(tier.rawValue)Cap", used.onDayByTier[tier] ?? .zero)
        }
        return caps
    }
}

/// Beside which advance the commitments were added up.
struct CommittedKey: Hashable {
    let id: ID<Case>
    let advance: Int
}

/// What the question who must agree rests on, within one transaction.
struct AuthorityKey: Hashable {
    let id: ID<Case>
    let amount: Money
    let path: AdvanceDecision.Path
    let isFlagged: Bool
    let facts: Facts
}
