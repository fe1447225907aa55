import Ledger

extension Case {
    mutating func applyRecovery(_ recorded: Recorded) {
        switch recorded.event {
        case .recoveryOpened(let ruling, let amount):
            recovery = Recovery(terms: ruling.outcome, amount: amount, openedAt: recorded.at)
        case .assignmentTaken(let deed): recovery?.deed = deed
        case .demanded(let day, let proof):
            recovery?.demands.append(Recovery.Demand(on: day, proof: proof))
        case .planAgreed(let instalments):
            let received = (recovery?.repaid.fen ?? 0) + (recovery?.setOff.fen ?? 0)
            recovery?.plan = Recovery.Plan(
                instalments: instalments, receivedBefore: Money(fen: received))
            recovery?.state = .notified
        case .planBroken: recovery?.plan?.isBroken = true
        case .interestPaid(let amount, let reference, _):
            recovery?.interestPaid.add(amount)
            recovery?.references.insert(reference)
        case .noticeServed(let notice):
            recovery?.notice = notice
            recovery?.state = .notified
        case .merchantResponded(let response):
            recovery?.response = response
            recovery?.responseBy = recorded.actor
            recovery?.state = response.disputed.map { .disputed(reason: $0) } ?? .notified
        case .defenceUpheld(let amount, _):
            recovery?.waived.add(amount)
            recovery?.lessen(by: amount, on: Zone.china.day(at: recorded.at))
        case .repaid(let amount, let reference, let day),
            .repaidFromSuspense(let amount, let reference, let day, _, _):
            recovery?.repaid.add(amount)
            recovery?.references.insert(reference)
            recovery?.lessen(by: amount, on: day)
        case .depositSetOff(let amount, let reference, let day):
            recovery?.setOff.add(amount)
            recovery?.references.insert(reference)
            recovery?.lessen(by: amount, on: day)
        case .writeOffProposed(let reason):
            recovery?.state = .writeOffProposed(by: recorded.actor, reason: reason)
        case .writeOffRejected: recovery?.state = .notified
        case .writtenOff(let amount):
            recovery?.writtenOff.add(amount)
            recovery?.lessen(by: amount, on: Zone.china.day(at: recorded.at))
            recovery?.state = .writtenOff
        case .repaidAfterWriteOff(let amount, let reference, _):
            recovery?.recoveredLate.add(amount)
            recovery?.references.insert(reference)
        case .recoveryClosed: recovery?.state = .closed
        default: break
        }
    }

    /// What the tourist owes back.
    mutating func applyClaimBack(_ recorded: Recorded) {
        switch recorded.event {
        case .doublePaymentFound(let amount, let proof):
            claimBack = ClaimBack(
                amount: amount, state: .found(by: recorded.actor, proof: proof))
        case .claimBackOpened(let amount, _):
            if let owed = claimBack?.state, !owed.isFound {
                claimBack?.amount.add(amount)
                claimBack?.state = .open
                // What was proposed to be given up was less.
                claimBack?.writeOffProposer = nil
            } else {
                claimBack = ClaimBack(amount: amount, state: .open)
            }
            recovery?.passedToTourist.add(amount)
            recovery?.lessen(by: amount, on: Zone.china.day(at: recorded.at))
        case .claimBackNotified(let notice):
            claimBack?.notice = notice
            claimBack?.state = .notified
        case .touristRepaid(let amount, let reference, _),
            .touristRepaidFromSuspense(let amount, let reference, _, _, _):
            claimBack?.repaid.add(amount)
            claimBack?.references.insert(reference)
            if claimBack?.outstanding == .zero { claimBack?.state = .closed }
        case .claimBackWriteOffProposed: claimBack?.writeOffProposer = recorded.actor
        case .claimBackWrittenOff(let amount):
            claimBack?.writtenOff.add(amount)
            claimBack?.state = .closed
        default: break
        }
    }
}

extension Recovery {
    fileprivate mutating func lessen(by amount: Money, on day: Day) {
        changes.append(Change(on: day, less: amount))
    }
}

extension Recovery.Response {
    /// The defence, when the merchant disputes the whole.
    fileprivate var disputed: String? {
        if case .dispute(let defence) = self { defence } else { nil }
    }
}
