import Ledger

extension Case {
    func decideAdvance(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.assessing, .determine(let ruling)) where determination == nil:
            return determine(ruling)
        case (.assessing, .proposeAdvance(let decision, let authority))
        where determination != nil && advance == nil:
            return propose(decision, authority)
        case (.proposed, .approve(let role)):
            return try approve(as: role, by: actor)
        case (.proposed, .reduce(let amount, let reason)):
            try checkReason(reason, for: command)
            try checkApprover(actor, command)
            return try [.reduced(to: below(advance?.amount, amount), reason: reason)]
        case (.proposed, .refuseAdvance(let reason)), (.awaitingFunds, .refuseAdvance(let reason)):
            try checkReason(reason, for: command)
            try checkApprover(actor, command)
            return [.advanceRefused(reason: reason)] + stop(.audit)
        case (.proposed, .commitFunds(let spendable)) where advance?.outstanding.isEmpty == true,
            (.awaitingFunds, .commitFunds(let spendable)):
            return try commit(spendable: spendable, at: now, command)
        default:
            throw outOfTurn(command)
        }
    }

    private func determine(_ ruling: Ruling<Determination>) -> [Event] {
        let missing = ruling.outcome.missing
        guard !missing.isEmpty, !isEvidenceWaived else { return [.determined(ruling)] }
        return [.determined(ruling)] + request(missing, note: "the policy needs it")
    }

    /// - Note: The amount is what the policy says, but never more than the covered entitlement.
    private func propose(
        _ decision: Ruling<AdvanceDecision>, _ authority: Ruling<Authority>
    ) -> [Event] {
        let covered = determination?.outcome.covered ?? .zero
        let amount = min(decision.outcome.amount, covered)
        var events: [Event] = [.advanceProposed(decision, authority, amount: amount)]
        switch decision.outcome.path {
        case .quickPay, .reserve: break
        case .mediateOnly, .notEligible: events += stop(.audit)
        case .major: events += stop(.audit, .closing)
        }
        return events
    }

    private func approve(as role: Role, by actor: Actor) throws(Refusal) -> [Event] {
        guard let advance, actor.roles.contains(role), advance.outstanding.contains(role) else {
            throw .approvalNotWanted(role)
        }
        try checkApprover(actor, .approve(as: role))
        return [.approved(as: role)]
    }

    /// Proposer, filer and each approver are different people.
    private func checkApprover(_ actor: Actor, _ command: Command) throws(Refusal) {
        let approvers = advance?.approvals.map(\.by) ?? []
        guard actor.name != filedBy, actor.name != advance?.proposer,
            !approvers.contains(actor.name)
        else { throw .separationOfDuties(command.kind, actor: actor.name) }
    }

    func below(_ limit: Money?, _ amount: Money) throws(Refusal) -> Money {
        let limit = limit ?? .zero
        guard amount.isPositive, amount < limit else {
            throw .amountOutOfRange(amount, limit: limit)
        }
        return amount
    }

    private func commit(
        spendable: Money, at now: Moment, _ command: Command
    ) throws(Refusal) -> [Event] {
        guard let advance else { throw outOfTurn(command) }
        guard advance.amount <= spendable else {
            let short = advance.amount.subtracting(spendable) ?? advance.amount
            // Said again only when it changed, so that a retry adds nothing to the file.
            return advance.state == .awaitingFunds(short: short)
                ? [] : [.fundsAwaited(short: short)]
        }
        switch advance.decision.path {
        case .quickPay:
            return [.quickPayGranted(advance.amount)] + stop(.audit)
        case .reserve:
            return [
                .reserved(advance.amount),
                Self.start(.freeze, minutes: terms.freezeMinutes, at: now),
            ]
                + suspend(.closing, reason: "the money is reserved; the merchant has the floor")
        case .mediateOnly, .major, .notEligible:
            throw outOfTurn(command)
        }
    }
}
