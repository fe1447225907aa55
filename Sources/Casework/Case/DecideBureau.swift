import Ledger

extension Case {
    func decideBureau(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.withBureau, .forward(let ruling)) where isForwardingDue,
            (.assessing, .forward(let ruling)) where isForwardingDue:
            return [.forwarded(ruling)]
                + auditAgain(minutes: ruling.outcome.auditMinutes, at: now)
        case (.withBureau, .designate(let bureau, let reason)) where bureau != openHandling?.bureau:
            try checkReason(bureau, for: command)
            try checkReason(reason, for: command)
            let events: [Event] = [.designated(bureau: bureau, reason: reason)]
            guard advance?.state == .reserved else { return events }
            return events + [Self.start(.audit, minutes: terms.auditMinutes, at: now)]
        case (.withBureau, .acknowledge) where openHandling?.state == .dispatched:
            return [.acknowledged]
        case (.withBureau, .audit(let finding)) where openHandling?.mayStillAudit == true:
            return try audit(finding, command)
        case (.withBureau, .recordMerchantPayment(let amount, let proof)),
            (.assessing, .recordMerchantPayment(let amount, let proof)),
            (.awaitingEvidence, .recordMerchantPayment(let amount, let proof)),
            (.proposed, .recordMerchantPayment(let amount, let proof)),
            (.awaitingFunds, .recordMerchantPayment(let amount, let proof)):
            try checkReason(proof, for: command)
            return try merchantPaid(amount, proof: proof)
        case (.withBureau, .recordNoAgreement(let reason)):
            try checkReason(reason, for: command)
            return [.noAgreementReached(reason: reason)]
        case (_, .settle(let ruling, let noAgreement)) where isSettlementDue && isUnderWay:
            return settle(ruling, noAgreement: noAgreement)
        default:
            throw outOfTurn(command)
        }
    }

    /// No bureau has the case, and none sent it back: then a person designates the next.
    var isForwardingDue: Bool { handlings.last.map { $0.state == .finished } ?? true }

    /// Accepted, not yet resolved, and nothing owed to the tourist: what the merchant does still counts.
    var isUnderWay: Bool {
        switch stage {
        case .assessing, .awaitingEvidence, .proposed, .awaitingFunds, .withBureau: true
        case .filed, .declined, .handedOver, .merged, .paying, .resolved, .closed, .withdrawn: false
        }
    }

    /// A bureau that has something to audit always has a limit for it, though the one that runs from
    /// acceptance may have passed while the pool was short.
    private func auditAgain(minutes: Int, at now: Moment) -> [Event] {
        guard advance?.state == .reserved, clocks[.audit]?.next == nil else { return [] }
        return [Self.start(.audit, minutes: minutes, at: now)]
    }

    private func audit(_ finding: AuditFinding, _ command: Command) throws(Refusal) -> [Event] {
        switch finding {
        case .approve:
            return [.audited(finding)] + stop(.audit)
        case .reduce(let amount, let reason):
            guard let advance, advance.state == .reserved else { throw outOfTurn(command) }
            try checkReason(reason, for: command)
            let rest = try below(advance.amount, amount)
            let freed = Money(fen: advance.amount.fen - rest.fen)
            return [.audited(finding), .reservationReduced(by: freed)] + stop(.audit)
        case .refuse(let reason):
            guard let advance, advance.state == .reserved else { throw outOfTurn(command) }
            try checkReason(reason, for: command)
            return [
                .audited(finding), .reservationReturned(advance.amount),
                .advanceRefused(reason: reason),
            ] + stop(.audit, .freeze) + resume(.closing)
        case .askEvidence(let kinds, let note):
            try checkReason(kinds.joined(), for: command)
            return [.audited(finding)] + request(kinds, note: note)
        case .notOurs(let reason):
            try checkReason(reason, for: command)
            return [.audited(finding), .escalated(reason: "sent back as not theirs: \(reason)")]
        }
    }

    private func merchantPaid(_ amount: Money, proof: String) throws(Refusal) -> [Event] {
        guard amount.isPositive, paidByMerchant.adding(amount) != nil else {
            throw .amountOutOfRange(amount, limit: filing.claimed)
        }
        return [.merchantPaid(amount, proof: proof)]
    }

    /// The merchant's payment, the end of mediation or of the freeze: what becomes of the advance.
    private func settle(_ ruling: Ruling<Settlement>, noAgreement: Bool) -> [Event] {
        let settled = Event.settled(ruling)
        switch (ruling.outcome, advance?.state) {
        case (.returnToPool, .reserved):
            return [
                settled, .reservationReturned(advance?.amount ?? .zero), .resolved(.paidByMerchant),
            ]
                + stop(.audit, .freeze, .closing)
        case (.release, .reserved):
            return [settled] + release()
        case (.resolvedWithoutAdvance, let state) where state?.holdsMoney != true:
            return [settled, .resolved(.solvedWithoutAdvance)]
                + stop(.audit, .closing, .capReset)
        case (_, let state)
        where noAgreement && state?.isUndecided != true && state?.holdsMoney != true:
            return [settled, .resolved(.noAgreement)] + stop(.audit, .closing, .capReset)
        case (_, .reserved) where clocks[.freeze]?.fired.contains(.breach) == true:
            // No clock would ask again.
            return [
                settled, .escalated(reason: "the freeze has ended and the money is still reserved"),
            ]
        default:
            return [settled]
        }
    }

    /// What the merchant already paid the tourist is not paid again: that part goes back to the pool.
    private func release() -> [Event] {
        let reserved = advance?.amount ?? .zero
        let covered = min(paidByMerchant, reserved)
        let rest = Money(fen: reserved.fen - covered.fen)
        guard rest.isPositive else {
            return [.reservationReturned(reserved), .resolved(.paidByMerchant)]
                + stop(.audit, .freeze, .closing)
        }
        let freed: [Event] = covered.isPositive ? [.reservationReduced(by: covered)] : []
        return freed + [.released(rest)] + stop(.audit, .freeze) + resume(.closing)
    }
}

extension Handling {
    fileprivate var mayStillAudit: Bool {
        switch state {
        case .dispatched, .acknowledged: true
        case .mediating, .returned, .finished: false
        }
    }
}

extension Advance.State {
    /// Waits for the people who must agree, or for the pool.
    var isUndecided: Bool {
        switch self {
        case .proposed, .awaitingFunds: true
        case .refused, .reserved, .returned, .payable, .paid, .none: false
        }
    }

    /// Money is set aside, owed or paid for this advance.
    var holdsMoney: Bool {
        switch self {
        case .reserved, .payable, .paid: true
        case .proposed, .refused, .awaitingFunds, .returned, .none: false
        }
    }
}
