import Ledger

/// What is owed to a tourist who cannot be paid: after the edition's time two people return it to the
/// pool. The case says so for ever, and the tourist may still come.
extension Case {
    func decideUnclaimed(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        guard stage == .paying, let advance, advance.state == .payable,
            let since = payableSince, let days = terms.unclaimedDays,
            since.distanceMs(to: now) >= Int64(days) * 86_400_000
        else { throw outOfTurn(command) }
        if let open = payouts.first(where: \.isOpen) { throw .payoutOpen(number: open.number) }
        switch (command, unclaimedProposer) {
        case (.proposeUnclaimedReturn(let reason), nil):
            try checkReason(reason, for: command)
            return [.unclaimedReturnProposed(reason: reason)]
        case (.approveUnclaimedReturn, let proposer?):
            guard actor.name != proposer else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            let recoverable = min(recovery?.outstanding ?? .zero, advance.amount)
            return [
                .unclaimedReturned(advance.amount, recoverable: recoverable),
                .resolved(.unclaimed),
            ] + stop(.closing, .response, .repayment, .instalment, .limitation)
        default:
            throw outOfTurn(command)
        }
    }
}
