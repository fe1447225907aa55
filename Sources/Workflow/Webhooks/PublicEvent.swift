import Casework
import Ledger

/// What those outside are told of an event: its type, and at most an amount and a day. Nothing of a person,
/// no text that somebody wrote, and not every event: what the office does within itself is left out.
///
/// The types are an interface: one is never renamed and never means another thing.
package struct PublicEvent: Hashable, Sendable {
    /// `amends.case.paid`
    package let kind: String
    var amount: Money?
    var day: Day?

    init(_ kind: String, _ amount: Money? = nil, on day: Day? = nil) {
        (self.kind, self.amount, self.day) = (kind, amount, day)
    }

    /// Nil for what is not told.
    init?(_ event: Event) {
        let told: PublicEvent? =
            switch event {
            case .filed(let filing, _): .init("filed", filing.claimed)
            case .accepted: .init("accepted")
            case .declined: .init("declined")
            case .handedOver: .init("handed-over")
            case .merged: .init("merged")
            case .evidenceRequested: .init("evidence-requested")
            case .evidenceComplete: .init("evidence-complete")
            case .advanceProposed(_, _, let amount): .init("proposed", amount)
            case .approved: .init("approved")
            case .advanceRefused: .init("refused")
            case .fundsAwaited(let short): .init("funds-awaited", short)
            case .reserved(let amount): .init("reserved", amount)
            case .quickPayGranted(let amount): .init("quick-pay-granted", amount)
            case .feeWaived(let amount): .init("fee-waived", amount)
            case .reservationReturned(let amount): .init("reservation-returned", amount)
            case .released(let amount): .init("released", amount)
            case .payoutOrdered(_, let amount, _): .init("payout-ordered", amount)
            case .payoutConfirmed(_, let amount, let day): .init("paid", amount, on: day)
            case .payoutFailed: .init("payout-failed")
            case .payoutBounced(_, let amount, _),
                .payoutReturnedFromSuspense(_, let amount, _, _, _, _):
                .init("payout-bounced", amount)
            case .forwarded, .designated: .init("forwarded")
            case .acknowledged: .init("acknowledged")
            case .merchantPaid(let amount, _): .init("merchant-paid", amount)
            case .resolved: .init("resolved")
            case .recoveryOpened(_, let amount): .init("recovery-opened", amount)
            case .repaid(let amount, _, let day), .depositSetOff(let amount, _, let day),
                .repaidFromSuspense(let amount, _, let day, _, _):
                .init("repaid", amount, on: day)
            case .writtenOff(let amount): .init("written-off", amount)
            case .recoveryClosed: .init("recovery-closed")
            case .closed: .init("closed")
            case .reopened: .init("reopened")
            case .withdrawn: .init("withdrawn")
            case .escalated: .init("escalated")
            default: nil
            }
        guard let told else { return nil }
        self = PublicEvent("amends.case.\(told.kind)", told.amount, on: told.day)
    }

    /// Nil for what is not told.
    init?(_ event: OrderEvent) {
        let name: String? =
            switch event {
            case .registered: "registered"
            case .accepted: "accepted"
            case .answered: "answered"
            case .declined: "declined"
            case .handedOver: "handed-over"
            case .merged: "merged"
            case .dispatched: "dispatched"
            case .signed: "signed"
            case .returned: "returned"
            case .paused: "paused"
            case .resumed: "resumed"
            case .extensionGranted: "extended"
            case .finished: "finished"
            case .supervised: "supervised"
            case .followedUp: "followed-up"
            case .redoOrdered: "redo-ordered"
            case .closed: "closed"
            case .withdrawn: "withdrawn"
            case .reopened: "reopened"
            default: nil
            }
        guard let name else { return nil }
        self = PublicEvent("amends.order.\(name)")
    }

    /// What an administrator sends to see whether an endpoint answers.
    static let trial = "amends.webhook.tried"

    /// All there are, in the order of a case's life.
    package static let kinds: [String] =
        [
            "filed", "accepted", "declined", "handed-over", "merged", "evidence-requested",
            "evidence-complete", "proposed", "approved", "refused", "funds-awaited", "reserved",
            "quick-pay-granted", "fee-waived", "reservation-returned", "released",
            "payout-ordered", "paid", "payout-failed", "payout-bounced", "forwarded",
            "acknowledged", "merchant-paid", "resolved", "recovery-opened", "repaid",
            "written-off", "recovery-closed", "closed", "reopened", "withdrawn", "escalated",
        ].map { "amends.case.\($0)" }
        + [
            "registered", "accepted", "answered", "declined", "handed-over", "merged",
            "dispatched", "signed", "returned", "paused", "resumed", "extended", "finished",
            "supervised", "followed-up", "redo-ordered", "closed", "withdrawn", "reopened",
        ].map { "amends.order.\($0)" }
}
