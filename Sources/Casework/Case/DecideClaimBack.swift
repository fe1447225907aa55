import Ledger

/// Getting back from the tourist what the merchant paid as well (双重受偿).
extension Case {
    func decideClaimBack(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        guard let recovery, recovery.paidOn != nil else { throw outOfTurn(command) }
        switch (claimBack?.state, command) {
        case (nil, .findDoublePayment(let amount, let proof)),
            (.closed, .findDoublePayment(let amount, let proof)):
            try checkReason(proof, for: command)
            // What the merchant had paid back to the fund besides is between the merchant and the tourist.
            guard amount.isPositive, amount <= recovery.outstanding else {
                throw .amountOutOfRange(amount, limit: recovery.outstanding)
            }
            return [.doublePaymentFound(amount, proof: proof)]
        case (.found(let finder, _), .claimBack(let reason)):
            try checkReason(reason, for: command)
            guard actor.name != finder else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            let found = claimBack?.amount ?? .zero
            guard found <= recovery.outstanding else {
                throw .amountOutOfRange(found, limit: recovery.outstanding)
            }
            return closing(recovery, after: found, with: .claimBackOpened(found, reason: reason))
        case (.open, .notifyClaimBack(let notice)):
            try checkReason(notice.proof, for: command)
            return [.claimBackNotified(notice)]
        case (.open, _), (.notified, _):
            return try decideOwed(command, by: actor)
        default:
            throw outOfTurn(command)
        }
    }

    /// What can be done while the tourist owes something.
    private func decideOwed(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        let owed = claimBack?.outstanding ?? .zero
        switch command {
        case .recordTouristRepayment(let amount, let reference, let day):
            guard try isNewReceipt(amount, reference, command) else { return [] }
            return [.touristRepaid(amount, reference: reference, on: day)]
        case .takeTouristFromSuspense(let amount, let reference, let day, let line, let proposer):
            guard actor.name != proposer else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            guard try isNewReceipt(amount, reference, command) else { return [] }
            return [
                .touristRepaidFromSuspense(
                    amount, reference: reference, on: day, line: line, proposer: proposer)
            ]
        case .proposeClaimBackWriteOff(let reason):
            try checkReason(reason, for: command)
            return [.claimBackWriteOffProposed(reason: reason)]
        case .approveClaimBackWriteOff:
            guard let proposer = claimBack?.writeOffProposer else { throw outOfTurn(command) }
            guard actor.name != proposer else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            // Who let the money go, or sent it, does not also give it up.
            try checkPreparer(actor, command)
            return [.claimBackWrittenOff(owed)]
        default:
            throw outOfTurn(command)
        }
    }

    /// Whether the receipt was not counted before; refused when it is more than is owed.
    private func isNewReceipt(
        _ amount: Money, _ reference: String, _ command: Command
    ) throws(Refusal) -> Bool {
        try checkReason(reference, for: command)
        let owed = claimBack?.outstanding ?? .zero
        if claimBack?.references.contains(reference) == true { return false }
        guard amount.isPositive, amount <= owed else {
            throw .amountOutOfRange(amount, limit: owed)
        }
        return true
    }
}
