import Ledger

/// Between consent and money: the last gate, whatever door the amount came in by.
extension Case {
    /// Checks, in this order: nothing is wanted any more; who must agree to this amount; the caps; the
    /// pool.
    func commit(
        spendable: Money, through gate: Gate, at now: Moment, _ command: Command
    ) throws(Refusal) -> [Event] {
        guard let advance else { throw outOfTurn(command) }
        guard let wanted = advance.stillWanted(after: paidByMerchant) else {
            return [.resolved(.solvedWithoutAdvance)] + stop(.audit, .closing, .capReset)
        }
        if let asked = gate.authority?.outcome,
            !asked.missing(after: advance.approvals.map(\.role)).isEmpty,
            case .people(let roles) = asked
        {
            return [.authorityRaised(to: roles, reason: "the amount and its signs ask for more")]
                + stop(.capReset)
        }
        if let cap = gate.caps.first(where: { wanted > $0.room }) {
            return reached(cap, wanted: wanted, at: now)
        }
        guard wanted <= spendable else {
            let short = wanted.subtracting(spendable) ?? wanted
            // Said again only when it changed, so that a retry adds nothing to the file.
            let isKnown =
                advance.state == .awaitingFunds(short: short) && capReached == nil
                && !isCommitmentDue
            return isKnown ? [] : [.fundsAwaited(short: short)] + stop(.capReset)
        }
        switch advance.decision.path {
        case .quickPay:
            return [.quickPayGranted(wanted)] + stop(.audit, .capReset)
        case .waiveFee:
            return [.feeWaived(wanted)] + stop(.audit, .capReset)
        case .reserve:
            return [.reserved(wanted), Self.start(.freeze, minutes: terms.freezeMinutes, at: now)]
                + suspend(.closing, reason: "the money is reserved; the merchant has the floor")
                + stop(.capReset)
        case .mediateOnly, .major, .notEligible:
            throw outOfTurn(command)
        }
    }

    /// A tier that has committed its share for the day hands over to the next; a day's cap waits for
    /// midnight; a case's or a tourist's waits for a person, who may lower or refuse it.
    private func reached(_ cap: Cap, wanted: Money, at now: Moment) -> [Event] {
        if let next = cap.kind.nextTier {
            return [
                .authorityRaised(
                    to: next,
                    reason: "\(cap.kind.rawValue): \(cap.used) of \(cap.limit) is committed")
            ] + stop(.capReset)
        }
        guard isCommitmentDue || capReached?.kind != cap.kind || capReached?.limit != cap.limit
        else { return [] }
        let told = Event.capReached(cap, wanted: wanted)
        guard cap.kind.isDaily, wanted <= cap.limit else {
            let reason = "\(cap.kind.rawValue): \(wanted) is more than the \(cap.room) left"
            return [told, .escalated(reason: reason)] + stop(.capReset)
        }
        let midnight = Zone.china.moment(of: Zone.china.day(at: now).advanced(by: 1))
        return [
            told,
            .clockStarted(.capReset, Clock.Limit(count: 1, unit: .days), due: midnight),
        ]
    }
}
