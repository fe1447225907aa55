import Casework
import Ledger

/// Events, stages and refusals in the few words a story needs.
enum Brief {
    static func text(_ event: Event) -> String {
        switch event {
        case .filed, .classified, .accepted, .determined, .evidenceComplete, .acknowledged, .closed,
            .recoveryClosed, .noticeServed, .merchantResponded, .assignmentTaken, .planBroken,
            .claimBackNotified, .payoutCleared, .unclaimedReturnProposed, .writeOffRejected:
            event.kind
        case .capReached(let cap, let wanted): "capReached \(cap.kind.rawValue) \(wanted)"
        case .authorityRaised(let roles, _):
            "authorityRaised \(roles.map(\.rawValue).joined(separator: "+"))"
        case .riskAssessed(let ruling):
            "riskAssessed \(ruling.outcome.flags.joined(separator: "+"))"
        case .payoutReviewAsked(let flags):
            "payoutReviewAsked \(flags.joined(separator: "+"))"
        case .unclaimedReturned(let amount, let recoverable):
            "unclaimedReturned \(amount) \(recoverable)"
        case .demanded(let day, _): "demanded \(day)"
        case .planAgreed(let parts): "planAgreed \(parts.count)"
        case .interestPaid(let amount, _, _), .repaidFromSuspense(let amount, _, _, _, _),
            .doublePaymentFound(let amount, _), .claimBackOpened(let amount, _),
            .touristRepaid(let amount, _, _), .touristRepaidFromSuspense(let amount, _, _, _, _),
            .claimBackWrittenOff(let amount):
            "\(event.kind) \(amount)"
        case .declined(_, let code, _): "declined \(code)"
        case .handedOver(_, let body): "handedOver \(body)"
        case .merged(_, let first): "merged \(first)"
        case .contactJoined(let id, _, _, _): "contactJoined \(id)"
        case .evidenceAdded(let evidence): "evidenceAdded \(evidence.kind)"
        case .evidenceRequested(let kinds, _): "evidenceRequested \(kinds.joined(separator: "+"))"
        case .evidenceWaived, .factsCorrected, .advanceRefused, .contested, .noAgreementReached,
            .writeOffProposed, .claimBackWriteOffProposed, .reopened, .withdrawn, .escalated:
            event.kind
        case .payeeSet(let payee): "payeeSet \(payee.account.revealed)"
        case .advanceProposed(let ruling, _, let amount):
            "advanceProposed \(ruling.outcome.path.rawValue) \(amount)"
        case .approved(let role): "approved \(role.rawValue)"
        case .reduced(let amount, _): "reduced \(amount)"
        case .contestAnswered(let isUpheld, _):
            "contestAnswered \(isUpheld ? "upheld" : "taken back")"
        case .fundsAwaited(let amount), .reserved(let amount), .quickPayGranted(let amount),
            .feeWaived(let amount),
            .reservationReduced(let amount), .reservationReturned(let amount),
            .released(let amount), .recoveryOpened(_, let amount), .defenceUpheld(let amount, _),
            .repaid(let amount, _, _), .depositSetOff(let amount, _, _), .writtenOff(let amount),
            .repaidAfterWriteOff(let amount, _, _), .merchantPaid(let amount, _):
            "\(event.kind) \(amount)"
        case .payoutOrdered(let number, let amount, _): "payoutOrdered \(attempt(number)) \(amount)"
        case .payoutProgressed(let number, _), .payoutUnknown(let number, _),
            .payoutFailed(let number, _), .payoutLapsed(let number):
            "\(event.kind) \(attempt(number))"
        case .payoutConfirmed(let number, let amount, _), .payoutBounced(let number, let amount, _),
            .payoutReturnedFromSuspense(let number, let amount, _, _, _, _):
            "\(event.kind) \(attempt(number)) \(amount)"
        case .forwarded(let ruling): "forwarded \(ruling.outcome.bureau)"
        case .designated(let bureau, _): "designated \(bureau)"
        case .audited(let finding): "audited \(finding.kind)"
        case .settled(let ruling): "settled \(ruling.outcome.rawValue)"
        case .resolved(let resolution): "resolved \(resolution.rawValue)"
        case .followedUp(let grade, _): "followedUp \(grade.rawValue)"
        case .clockStarted(let name, _, _), .clockSuspended(let name, _), .clockResumed(let name),
            .clockStopped(let name):
            "\(event.kind) \(name.rawValue)"
        case .clockFired(let name, let step): "clockFired \(name.rawValue) \(step.rawValue)"
        }
    }

    static func text(_ stage: Stage) -> String {
        switch stage {
        case .filed, .assessing, .proposed, .awaitingFunds, .withBureau, .paying, .withdrawn:
            "\(stage)"
        case .declined(let code): "declined \(code)"
        case .handedOver(let body): "handedOver \(body)"
        case .merged(let first): "merged \(first)"
        case .awaitingEvidence(let kinds): "awaitingEvidence \(kinds.joined(separator: "+"))"
        case .resolved(let resolution): "resolved \(resolution.rawValue)"
        case .closed(let resolution): "closed \(resolution.rawValue)"
        }
    }

    static func text(_ refusal: Refusal) -> String {
        Mirror(reflecting: refusal).children.first?.label ?? "\(refusal)"
    }

    /// `SY2500000010P2` → `P2`.
    private static func attempt(_ number: String) -> Substring {
        number[(number.lastIndex(of: "P") ?? number.startIndex)...]
    }
}

extension AuditFinding {
    fileprivate var kind: String { Mirror(reflecting: self).children.first?.label ?? "\(self)" }
}
