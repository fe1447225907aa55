import Ledger

extension Case {
    func decideAdvance(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.assessing, .determine(let ruling)) where determination == nil:
            return determine(ruling)
        case (.assessing, .proposeAdvance(let decision, let authority, let risk))
        where determination != nil && advance == nil:
            return try assessed(risk) + propose(decision, authority)
        case (.proposed, .approve(let role)):
            return try approve(as: role, by: actor)
        case (.proposed, .reduce(let amount, let reason)),
            (.awaitingFunds, .reduce(let amount, let reason)):
            try checkReason(reason, for: command)
            try checkApprover(actor, command)
            return try [.reduced(to: below(advance?.amount, amount), reason: reason)]
        case (.proposed, .refuseAdvance(let reason)), (.awaitingFunds, .refuseAdvance(let reason)):
            try checkReason(reason, for: command)
            try checkApprover(actor, command)
            return [.advanceRefused(reason: reason)] + stop(.audit, .capReset)
        // What a merchant has paid meanwhile is settled first.
        case (.proposed, .commitFunds(let spendable, let gate))
        where advance?.outstanding.isEmpty == true && !isSettlementDue,
            (.awaitingFunds, .commitFunds(let spendable, let gate)) where !isSettlementDue:
            return try assessed(gate.risk)
                + commit(spendable: spendable, through: gate, at: now, command)
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
    ) throws(Refusal) -> [Event] {
        func proposed(_ amount: Money) -> Event {
            .advanceProposed(decision, authority, amount: amount)
        }
        switch decision.outcome.path {
        case .quickPay, .reserve, .waiveFee:
            let covered = determination?.outcome.covered ?? .zero
            let amount = min(decision.outcome.amount, covered)
            guard amount.isPositive else {
                throw .amountOutOfRange(decision.outcome.amount, limit: covered)
            }
            return [proposed(amount)]
        case .mediateOnly, .notEligible:
            return [proposed(.zero)] + stop(.audit)
        case .major:
            return [proposed(.zero)] + stop(.audit, .closing)
        }
    }

    private func approve(as role: Role, by actor: Actor) throws(Refusal) -> [Event] {
        try checkApprover(actor, .approve(as: role))
        guard let advance, actor.roles.contains(role), advance.outstanding.contains(role) else {
            throw .approvalNotWanted(role)
        }
        return [.approved(as: role)]
    }

    /// Filer, proposer, whoever changed the facts or the account, and each approver are different people.
    private func checkApprover(_ actor: Actor, _ command: Command) throws(Refusal) {
        let approvers = advance?.approvals.map(\.by) ?? []
        guard actor.name != filedBy, actor.name != advance?.proposer,
            !preparedBy.contains(actor.name), !approvers.contains(actor.name)
        else { throw .separationOfDuties(command.kind, actor: actor.name) }
    }

    /// Who agreed to the money does not change what it rests on, nor where it goes.
    func checkPreparer(_ actor: Actor, _ command: Command) throws(Refusal) {
        guard let advance else { return }
        guard actor.name != advance.proposer,
            !advance.approvals.contains(where: { $0.by == actor.name })
        else { throw .separationOfDuties(command.kind, actor: actor.name) }
    }

    func below(_ limit: Money?, _ amount: Money) throws(Refusal) -> Money {
        let limit = limit ?? .zero
        guard amount.isPositive, amount < limit else {
            throw .amountOutOfRange(amount, limit: limit)
        }
        return amount
    }

    /// Told only when the signs are others than those known.
    func assessed(_ risk: Ruling<Risk>?) -> [Event] {
        guard let risk, risk.outcome != self.risk?.outcome ?? .none else { return [] }
        return [.riskAssessed(risk)]
    }
}

extension Advance {
    /// What is to be put up; nil when `paid`, by the merchant to the tourist, covers it already.
    ///
    /// Quick pay goes out at once, so what was paid is left out of it. A reservation is made whole: its
    /// release leaves out what was paid until then.
    func stillWanted(after paid: Money) -> Money? {
        guard decision.path == .quickPay else { return amount }
        return amount.subtracting(paid).flatMap { $0.isPositive ? $0 : nil }
    }
}
