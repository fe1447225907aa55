import Casework
import Ledger

/// What the money of a case waits for besides the pool: a cap, or a person's look.
struct WaitView: Codable, Sendable {
    /// `day`, `merchantDay`, `tourist`, `perCase`.
    let cap: String?
    let capFen: Money?
    let usedFen: Money?
    /// Signs that nobody has looked into; the payout waits for it.
    let flags: [String]?

    /// Nil when it waits for neither.
    init?(_ file: Case) {
        var asked: [String]?
        if case .asked(let flags) = file.payoutReview { asked = flags }
        guard asked != nil || file.capReached != nil else { return nil }
        flags = asked
        cap = file.capReached?.kind.rawValue
        capFen = file.capReached?.limit
        usedFen = file.capReached?.used
    }
}

/// What the tourist owes the fund back.
struct ClaimBackView: Codable, Sendable {
    let amountFen: Money
    let repaidFen: Money
    let outstandingFen: Money
    /// `found`, `open`, `notified`, `closed`.
    let state: String
    let note: String?
    let noticeServedOn: Day?

    init(_ claim: ClaimBack, _ sight: Sight) {
        amountFen = claim.amount
        repaidFen = claim.repaid
        outstandingFen = claim.outstanding
        noticeServedOn = claim.notice?.servedOn
        switch claim.state {
        case .found(let by, let proof): (state, note) = ("found", "\(by): \(sight.text(proof))")
        case .open: (state, note) = ("open", nil)
        case .notified: (state, note) = ("notified", nil)
        case .closed: (state, note) = ("closed", nil)
        }
    }
}
