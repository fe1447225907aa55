import Ledger

extension Case {
    func decideRecovery(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        if case .openRecovery(let ruling) = command {
            guard let advance, advance.state == .payable || advance.state == .paid, recovery == nil
            else { throw outOfTurn(command) }
            return [.recoveryOpened(ruling, advance.amount)]
        }
        guard let recovery else { throw outOfTurn(command) }
        if let receipt = command.receipt {
            guard recovery.mayReceive(command) else { throw outOfTurn(command) }
            try checkReason(receipt.reference, for: command)
            // One receipt counts once, however often it is told.
            if recovery.references.contains(receipt.reference) { return [] }
            return try received(receipt.amount, command, on: recovery)
        }
        switch (recovery.state, command) {
        case (.open, .serveNotice(let notice, let responseDue, let repaymentDue)):
            try checkReason(notice.proof, for: command)
            return [
                .noticeServed(notice),
                .clockStarted(.response, days(recovery.terms.responseDays), due: responseDue),
                .clockStarted(.repayment, days(recovery.terms.paymentDays), due: repaymentDue),
            ]
        case (.open, .recordResponse), (.open, .upholdDefence), (.open, .proposeWriteOff):
            throw .noticeNotServed
        case (.notified, .recordResponse(let response)), (.disputed, .recordResponse(let response)):
            if case .partial(let offered, _) = response {
                try check(offered, upTo: recovery.outstanding)
            }
            return [.merchantResponded(response)] + stop(.response)
        case (.notified, .upholdDefence(let amount, let reason)),
            (.disputed, .upholdDefence(let amount, let reason)):
            guard let recorder = recovery.responseBy else { throw outOfTurn(command) }
            try checkReason(reason, for: command)
            try checkOther(than: recorder, actor, command)
            try check(amount, upTo: recovery.outstanding)
            return closing(recovery, after: amount, with: .defenceUpheld(amount, reason: reason))
        case (.notified, .proposeWriteOff(let reason)), (.disputed, .proposeWriteOff(let reason)):
            try checkReason(reason, for: command)
            return [.writeOffProposed(reason: reason)]
        case (.writeOffProposed(let proposer, _), .approveWriteOff):
            try checkOther(than: proposer, actor, command)
            return [.writtenOff(recovery.outstanding)] + stop(.response, .repayment)
        default:
            throw outOfTurn(command)
        }
    }

    private func received(
        _ amount: Money, _ command: Command, on recovery: Recovery
    ) throws(Refusal) -> [Event] {
        switch (recovery.state, command) {
        case (.writtenOff, .recordRepayment(_, let reference, let day)):
            let lost = Money(fen: recovery.writtenOff.fen - recovery.recoveredLate.fen)
            try check(amount, upTo: lost)
            return [.repaidAfterWriteOff(amount, reference: reference, on: day)]
        case (_, .recordRepayment(_, let reference, let day)):
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount, with: .repaid(amount, reference: reference, on: day))
        case (_, .setOffDeposit(_, let reference, let day)):
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount, with: .depositSetOff(amount, reference: reference, on: day)
            )
        default:
            throw outOfTurn(command)
        }
    }

    /// Giving up public money takes two people: who reports the reason, and who agrees.
    private func checkOther(
        than first: String, _ actor: Actor, _ command: Command
    ) throws(Refusal) {
        guard actor.name != first else {
            throw .separationOfDuties(command.kind, actor: actor.name)
        }
    }

    private func closing(_ recovery: Recovery, after amount: Money, with event: Event) -> [Event] {
        guard amount == recovery.outstanding else { return [event] }
        return [event, .recoveryClosed] + stop(.response, .repayment)
    }

    private func check(_ amount: Money, upTo limit: Money) throws(Refusal) {
        guard amount.isPositive, amount <= limit else {
            throw .amountOutOfRange(amount, limit: limit)
        }
    }

    private func days(_ count: Int) -> Clock.Limit { Clock.Limit(count: count, unit: .days) }
}

extension Command {
    /// Money that came in for a recovery.
    fileprivate var receipt: (amount: Money, reference: String)? {
        switch self {
        case .recordRepayment(let amount, let reference, _),
            .setOffDeposit(let amount, let reference, _):
            (amount, reference)
        default: nil
        }
    }
}

extension Recovery {
    /// After a write-off only the merchant's own payment is taken; a closed recovery takes nothing.
    fileprivate func mayReceive(_ command: Command) -> Bool {
        switch state {
        case .open, .notified, .disputed, .writeOffProposed: true
        case .writtenOff: command.kind == .recordRepayment
        case .closed: false
        }
    }
}
