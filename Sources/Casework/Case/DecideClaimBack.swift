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
        case (.open, .recordTouristRepayment(let amount, let reference, let day)),
            (.notified, .recordTouristRepayment(let amount, let reference, let day)):
            try checkReason(reference, for: command)
            let owed = claimBack?.outstanding ?? .zero
            if claimBack?.references.contains(reference) == true { return [] }
            guard amount.isPositive, amount <= owed else {
                throw .amountOutOfRange(amount, limit: owed)
            }
            return [.touristRepaid(amount, reference: reference, on: day)]
        default:
            throw outOfTurn(command)
        }
    }
}
