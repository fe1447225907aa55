import Ledger

extension Case {
    func decideBureau(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.withBureau, .forward(let ruling)) where workOrders.isEmpty,
            (.assessing, .forward(let ruling)) where workOrders.isEmpty:
            return [.forwarded(ruling)]
        case (.withBureau, .designate(let bureau, let reason)) where bureau != openWorkOrder?.bureau:
            try checkReason(reason, for: command)
            return [.designated(bureau: bureau, reason: reason)]
        case (.withBureau, .acknowledge) where openWorkOrder?.state == .dispatched:
            return [.acknowledged]
        case (.withBureau, .audit(let finding)) where openWorkOrder?.mayStillAudit == true:
            return try audit(finding, command)
        case (.withBureau, .recordMerchantPayment(let amount, let proof)),
            (.assessing, .recordMerchantPayment(let amount, let proof)),
            (.awaitingEvidence, .recordMerchantPayment(let amount, let proof)),
            (.proposed, .recordMerchantPayment(let amount, let proof)),
            (.awaitingFunds, .recordMerchantPayment(let amount, let proof)):
            return try merchantPaid(amount, proof: proof)
        case (.withBureau, .recordNoAgreement(let reason)):
            try checkReason(reason, for: command)
            return [.noAgreementReached(reason: reason)]
        case (_, .settle(let ruling, let noAgreement)) where isSettlementDue:
            return settle(ruling, noAgreement: noAgreement)
        default:
            throw outOfTurn(command)
        }
    }

    private func audit(_ finding: AuditFinding, _ command: Command) throws(Refusal) -> [Event] {
        switch finding {
        case .approve:
            return [.audited(finding)] + stop(.audit)
        case .reduce(let amount, let reason):
            try checkReason(reason, for: command)
            guard let advance, advance.state == .reserved else { throw outOfTurn(command) }
            let rest = try below(advance.amount, amount)
            let freed = Money(fen: advance.amount.fen - rest.fen)
            return [.audited(finding), .reservationReduced(by: freed)] + stop(.audit)
        case .refuse(let reason):
            try checkReason(reason, for: command)
            guard let advance, advance.state == .reserved else { throw outOfTurn(command) }
            return [
                .audited(finding), .reservationReturned(advance.amount),
                .advanceRefused(reason: reason),
            ] + stop(.audit, .freeze) + resume(.closing)
        case .askEvidence(let kinds, let note):
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
            return [settled] + release() + stop(.audit, .freeze) + resume(.closing)
        case (.resolvedWithoutAdvance, let state) where state?.holdsMoney != true:
            return [settled, .resolved(.solvedWithoutAdvance)] + stop(.audit, .closing)
        case (_, let state) where noAgreement && state?.holdsMoney != true:
            return [settled, .resolved(.noAgreement)] + stop(.audit, .closing)
        default:
            return [settled]
        }
    }

    /// What the merchant already paid the tourist is not paid again: that part goes back to the pool.
    private func release() -> [Event] {
        let reserved = advance?.amount ?? .zero
        let covered = min(paidByMerchant, reserved)
        let rest = Money(fen: reserved.fen - covered.fen)
        if !rest.isPositive {
            return [.reservationReturned(reserved), .resolved(.paidByMerchant)]
        }
        return covered.isPositive
            ? [.reservationReduced(by: covered), .released(rest)] : [.released(rest)]
    }
}

extension WorkOrder {
    fileprivate var mayStillAudit: Bool {
        switch state {
        case .dispatched, .acknowledged: true
        case .mediating, .returned, .finished: false
        }
    }
}

extension Advance.State {
    /// Money is set aside, owed or paid for this advance.
    var holdsMoney: Bool {
        switch self {
        case .reserved, .payable, .paid: true
        case .proposed, .refused, .awaitingFunds, .returned, .none: false
        }
    }
}
