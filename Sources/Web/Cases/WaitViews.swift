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
    /// The money is owed, and nobody has said to which account it goes.
    let isPayeeMissing: Bool?

    /// Nil when it waits for none of these.
    init?(_ file: Case) {
        var asked: [String]?
        if case .asked(let flags) = file.payoutReview { asked = flags }
        let isPayeeMissing = file.stage == .paying && file.payee == nil
        guard asked != nil || file.capReached != nil || isPayeeMissing else { return nil }
        flags = asked
        self.isPayeeMissing = isPayeeMissing ? true : nil
        cap = file.capReached?.kind.rawValue
        capFen = file.capReached?.limit
        usedFen = file.capReached?.used
    }
}

extension WaitView {
    /// For the page: what has to happen before the money goes on.
    var text: Phrase {
        if isPayeeMissing == true {
            return Phrase(
                "待付：尚无收款账户，请游客登记", "Waits: no account to pay to; ask the tourist for it")
        }
        if let flags {
            let list = flags.joined(separator: ", ")
            return Phrase("待付：付款前须有人核查（\(list)）", "Waits for a person's look (\(list))")
        }
        let (used, limit) = (usedFen ?? .zero, capFen ?? .zero)
        return Phrase(
            "暂停：已达上限（限额\(limit.yuan)元，已用\(used.yuan)元）",
            "Waits: a cap is reached (\(limit.yuan), of which \(used.yuan) are used)")
    }
}

/// What the tourist owes the fund back.
struct ClaimBackView: Codable, Sendable {
    let amountFen: Money
    let repaidFen: Money
    let writtenOffFen: Money
    let outstandingFen: Money
    /// `found`, `open`, `notified`, `closed`.
    let state: String
    let note: String?
    let noticeServedOn: Day?

    init(_ claim: ClaimBack, _ sight: Sight) {
        amountFen = claim.amount
        repaidFen = claim.repaid
        writtenOffFen = claim.writtenOff
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
