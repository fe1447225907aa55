import Casework
import Ledger
import Store

/// Signs that keep a person in the loop (handbook §8). A sign stops what the rules would do alone; it
/// accuses nobody.
extension Work {
    /// What the edition's risk model says of a case as it now is; nil where the edition has none.
    func risk(of file: Case, under edition: Edition) throws -> Ruling<Risk>? {
        guard edition.models.contains(where: { $0.name == "risk" }) else { return nil }
        // Asked for the proposal, the commitment and the payout, often in one transaction.
        let key = RiskKey(
            id: file.id, payee: file.payee, evidence: file.evidence.count, facts: file.facts)
        if let known = assessed[key] { return known }
        var facts = facts(of: file)
        facts.merge(try signs(of: file, under: edition)) { _, found in found }
        let ruling = try edition.assessRisk(facts)
        assessed[key] = ruling
        return ruling
    }

    private func signs(of file: Case, under edition: Edition) throws -> Facts {
        let signs = try transaction.riskSigns(
            of: file, near: try nearLimit(edition), at: now, zone: books.zone)
        let changed = file.payeeChangedAt.map { $0.distanceMs(to: now) / 3_600_000 }
        return [
            "payeeClaimants": .integer(Int64(signs.payeeClaimants)),
            "evidenceSeenElsewhere": .integer(Int64(signs.evidenceSeenElsewhere)),
            "nearLimitClaims": .integer(Int64(signs.nearLimitClaims)),
            "claimantYearCases": .integer(Int64(signs.claimantYearCases)),
            "pairYearCases": .integer(Int64(signs.pairYearCases)),
            "hoursSincePayeeChange": .integer(max(0, changed ?? 87_600)),
            "payeeIsClaimant": .flag(file.isPayeeClaimant),
        ]
    }

    /// From a share of the quick-pay limit up to it; nil where nothing is paid at once.
    private func nearLimit(_ edition: Edition) throws -> ClosedRange<Money>? {
        guard edition.has("quickPayLimit"), edition.has("nearLimitPercent") else { return nil }
        let limit = try edition.money("quickPayLimit")
        let percent = Int64(try edition.integer("nearLimitPercent"))
        let (part, overflow) = limit.fen.multipliedReportingOverflow(by: percent)
        guard !overflow, part / 100 <= limit.fen else { return nil }
        return Money(fen: part / 100)...limit
    }
}

/// What of a case the risk model reads and a step of the same transaction may change.
struct RiskKey: Hashable {
    let id: ID<Case>
    let payee: Payee?
    let evidence: Int
    let facts: Facts
}

extension Case {
    /// The names agree, spaces and case aside; nobody is a third party while no account is known.
    fileprivate var isPayeeClaimant: Bool {
        func folded(_ name: String) -> String {
            name.lowercased().filter { !$0.isWhitespace && $0 != "·" }
        }
        guard let payee else { return true }
        return folded(payee.name.revealed) == folded(filing.claimant.name.revealed)
    }
}
