import Ledger

extension Case {
    mutating func applyAdvance(_ recorded: Recorded) {
        switch recorded.event {
        case .determined(let ruling): determination = ruling
        case .advanceProposed(let decision, let authority, let amount):
            propose(decision, authority.outcome, amount: amount, by: recorded.actor)
        case .approved(let role):
            advance?.approvals.append(
                Advance.Approval(by: recorded.actor, role: role, at: recorded.at))
            seenFlags.formUnion(risk?.outcome.flags ?? [])
        case .reduced(let amount, _):
            advance?.amount = amount
            if stage == .awaitingFunds { isCommitmentDue = true }
        case .advanceRefused(let reason):
            advance?.state = .refused(reason: reason)
            advance?.refusedBy = recorded.actor
            stage = .withBureau
        case .fundsAwaited(let short):
            wait(short, cap: nil)
        case .reserved:
            advance?.state = .reserved
            stage = .withBureau
            capReached = nil
            isCommitmentDue = false
        case .quickPayGranted(let amount), .feeWaived(let amount), .released(let amount):
            capReached = nil
            isCommitmentDue = false
            advance?.amount = amount
            advance?.state = .payable
            payableSince = recorded.at
            stage = .paying
            finishHandling()
        case .reservationReduced(let freed):
            if let amount = advance?.amount.subtracting(freed) { advance?.amount = amount }
        case .reservationReturned: advance?.state = .returned
        default: break
        }
    }

    /// What stood between an agreed advance and its money.
    mutating func applyGate(_ recorded: Recorded) {
        switch recorded.event {
        case .capReached(let cap, let wanted):
            wait(Money(fen: wanted.fen - cap.room.fen), cap: cap)
        case .authorityRaised(let roles, _):
            advance?.authority = .people(roles)
            advance?.state = .proposed
            stage = .proposed
            capReached = nil
            isCommitmentDue = false
        case .riskAssessed(let ruling): risk = ruling
        default: break
        }
    }

    private mutating func wait(_ short: Money, cap: Cap?) {
        advance?.state = .awaitingFunds(short: short)
        stage = .awaitingFunds
        capReached = cap
        isCommitmentDue = false
    }

    private mutating func propose(
        _ decision: Ruling<AdvanceDecision>, _ authority: Authority, amount: Money,
        by proposer: String
    ) {
        advanceCount += 1
        advance = Advance(
            decision: decision.outcome, grounds: decision.grounds, authority: authority,
            proposer: proposer, amount: amount)
        switch decision.outcome.path {
        case .quickPay, .reserve, .waiveFee: stage = .proposed
        case .mediateOnly, .major, .notEligible:
            advance?.state = .none
            stage = .withBureau
        }
        // What a merchant had paid before there was an advance counts in its settlement.
        if paidByMerchant.isPositive { isSettlementDue = true }
    }

    mutating func applyPayout(_ recorded: Recorded) {
        switch recorded.event {
        case .payoutOrdered(let number, let amount, let payee):
            payouts.append(
                Payout(number: number, amount: amount, payee: payee, orderedAt: recorded.at))
            payoutReview = nil
        case .payoutProgressed(let number, let state): set(number, .underWay(state))
        case .payoutUnknown(let number, let why): set(number, .unknown(why))
        case .payoutConfirmed(let number, _, let day):
            set(number, .confirmed(on: day))
            advance?.state = .paid
            recovery?.paidOn = day
            payableSince = nil
        case .payoutFailed(let number, let reason): set(number, .failed(reason: reason))
        case .payoutLapsed(let number): set(number, .lapsed)
        case .payoutBounced(let number, _, let reason):
            takeBack(number, reason: reason, recorded.at)
        case .payoutReturnedFromSuspense(let number, _, let reference, _, _, _):
            takeBack(number, reason: reference, recorded.at)
        case .payoutReviewAsked(let flags): payoutReview = .asked(flags: flags)
        case .payoutCleared:
            if case .asked(let flags) = payoutReview { seenFlags.formUnion(flags) }
            payoutReview = .cleared(by: recorded.actor)
        case .unclaimedReturnProposed: unclaimedProposer = recorded.actor
        case .unclaimedReturned(_, let recoverable):
            advance?.state = .returned
            recovery?.unclaimed = recoverable
            recovery?.state = .closed
            unclaimedProposer = nil
        default: break
        }
    }

    private mutating func takeBack(_ number: String, reason: String, _ at: Moment) {
        set(number, .bounced(reason: reason))
        advance?.state = .payable
        payableSince = at
        stage = .paying
        // The fund did not pay after all: nothing was made over to it.
        recovery?.deed = nil
        recovery?.paidOn = nil
        payoutReview = nil
    }

    private mutating func set(_ number: String, _ state: Payout.State) {
        guard let index = payouts.firstIndex(where: { $0.number == number }) else { return }
        payouts[index].state = state
    }

    mutating func applyBureau(_ recorded: Recorded) {
        switch recorded.event {
        case .forwarded(let ruling):
            let order = ruling.outcome
            dispatch(
                order.bureau, auditMinutes: order.auditMinutes, onExpiry: order.onExpiry,
                recorded.at)
        case .designated(let bureau, _):
            if let last = handlings.indices.last, handlings[last].isOpen {
                handlings[last].state = .returned(reason: "another bureau was designated")
            }
            dispatch(bureau, auditMinutes: terms.auditMinutes, onExpiry: .escalate, recorded.at)
        case .acknowledged: setHandling(.acknowledged(by: recorded.actor))
        case .audited(let finding):
            switch finding {
            case .approve, .reduce, .refuse: setHandling(.mediating)
            case .notOurs(let reason): setHandling(.returned(reason: reason))
            case .askEvidence: break
            }
        case .merchantPaid(let amount, _):
            paidByMerchant.add(amount)
            isSettlementDue = true
        case .noAgreementReached:
            noAgreement = true
            isSettlementDue = true
        case .settled: isSettlementDue = false
        default: break
        }
    }

    private mutating func dispatch(
        _ bureau: String, auditMinutes: Int, onExpiry: Routing.Expiry, _ at: Moment
    ) {
        var order = Handling(
            bureau: bureau, dispatchedAt: at, auditMinutes: auditMinutes, onExpiry: onExpiry)
        // Without reserved money there is nothing to audit.
        if advance?.state != .reserved { order.state = .mediating }
        handlings.append(order)
        stage = .withBureau
    }

    private mutating func setHandling(_ state: Handling.State) {
        guard let last = handlings.indices.last else { return }
        handlings[last].state = state
    }
}

extension Money {
    /// `decide` has checked the sum.
    mutating func add(_ other: Money) {
        if let sum = adding(other) { self = sum }
    }
}
