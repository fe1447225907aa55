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
        switch (recovery.state, command) {
        case (.open, .serveNotice(let notice, let responseDue, let repaymentDue)):
            return [
                .noticeServed(notice),
                .clockStarted(.response, days(recovery.terms.responseDays), due: responseDue),
                .clockStarted(.repayment, days(recovery.terms.paymentDays), due: repaymentDue),
            ]
        case (.open, .recordResponse), (.open, .proposeWriteOff):
            throw .noticeNotServed
        case (.notified, .recordResponse(let response)), (.disputed, .recordResponse(let response)):
            return [.merchantResponded(response)] + stop(.response)
        case (.notified, .upholdDefence(let amount, let reason)),
            (.disputed, .upholdDefence(let amount, let reason)):
            try checkReason(reason, for: command)
            try check(amount, upTo: recovery.outstanding)
            return closing(recovery, after: amount, with: .defenceUpheld(amount, reason: reason))
        case (.writtenOff, .recordRepayment(let amount, let reference, let day)):
            try check(
                amount, upTo: Money(fen: recovery.writtenOff.fen - recovery.recoveredLate.fen))
            return [.repaidAfterWriteOff(amount, reference: reference, on: day)]
        case (.closed, _), (.writtenOff, _):
            throw outOfTurn(command)
        case (_, .recordRepayment(let amount, let reference, let day)):
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount, with: .repaid(amount, reference: reference, on: day))
        case (_, .setOffDeposit(let amount, let reference, let day)):
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount, with: .depositSetOff(amount, reference: reference, on: day)
            )
        case (.notified, .proposeWriteOff(let reason)), (.disputed, .proposeWriteOff(let reason)):
            try checkReason(reason, for: command)
            return [.writeOffProposed(reason: reason)]
        case (.writeOffProposed(let proposer, _), .approveWriteOff):
            guard actor.name != proposer else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            return [.writtenOff(recovery.outstanding)] + stop(.response, .repayment)
        default:
            throw outOfTurn(command)
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
