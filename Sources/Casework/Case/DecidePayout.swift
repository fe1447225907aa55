package import Ledger

extension Case {
    func decidePayout(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch command {
        case .setPayee(let payee):
            guard !isOver, !payouts.contains(where: \.isOpen) else { throw outOfTurn(command) }
            return try change(payee, by: actor, command)
        case .orderPayout(let risk):
            return try order(to: payee, risk, command)
        case .reissuePayout(let corrected, let risk):
            // The office repeats only what lapsed, to the same account, or what a person has cleared;
            // all else a cashier decides.
            let isItself = !actor.roles.contains(.cashier)
            let mayItself = isReissueAutomatic || isPayoutCleared
            guard payouts.last?.mayBeReissued == true,
                !isItself || (mayItself && corrected == nil)
            else { throw outOfTurn(command) }
            if let corrected, corrected != payee {
                // Whoever changes the account does not also send the money to it.
                return try change(corrected, by: actor, command) + [reviewAsked(["PAYEE_CHANGED"])]
            }
            if !isItself { try checkPayer(actor, command) }
            return try order(to: payee, risk, command)
        case .clearPayout(let reason):
            guard case .asked = payoutReview, advance?.state == .payable else {
                throw outOfTurn(command)
            }
            try checkReason(reason, for: command)
            guard actor.name != filedBy, !preparedBy.contains(actor.name) else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            return [.payoutCleared(reason: reason)]
        case .payoutAnswered(let number, let answer):
            return try answered(number, answer, at: now)
        case .takeReturnFromSuspense(
            let number, let amount, let reference, let day, let line, let proposer):
            guard actor.name != proposer else {
                throw .separationOfDuties(command.kind, actor: actor.name)
            }
            try checkReturn(of: number, amount)
            return cameBack(
                .payoutReturnedFromSuspense(
                    number: number, amount, reference: reference, on: day, line: line,
                    proposer: proposer), at: now)
        default:
            throw outOfTurn(command)
        }
    }

    private func change(
        _ payee: Payee, by actor: Actor, _ command: Command
    ) throws(Refusal) -> [Event] {
        try checkPreparer(actor, command)
        return payee == self.payee ? [] : [.payeeSet(payee)]
    }

    private func order(
        to payee: Payee?, _ risk: Ruling<Risk>?, _ command: Command
    ) throws(Refusal) -> [Event] {
        guard let advance, advance.state == .payable else { throw outOfTurn(command) }
        if let open = payouts.first(where: \.isOpen) { throw .payoutOpen(number: open.number) }
        if command.kind == .orderPayout, !payouts.isEmpty { throw outOfTurn(command) }
        guard let payee else { throw .payeeMissing }
        if case .asked = payoutReview { throw outOfTurn(command) }
        let unseen = (risk?.outcome.flags ?? []).filter { !seenFlags.contains($0) }
        if risk?.outcome.needsReview == true, !unseen.isEmpty {
            return assessed(risk) + [
                reviewAsked(unseen),
                .escalated(reason: "the payout waits: \(unseen.joined(separator: " "))"),
            ]
        }
        let number = Payout.number(for: id, attempt: payouts.count + 1)
        return assessed(risk) + [.payoutOrdered(number: number, advance.amount, payee)]
    }

    private func reviewAsked(_ flags: [String]) -> Event { .payoutReviewAsked(flags: flags) }

    var isPayoutCleared: Bool { if case .cleared = payoutReview { true } else { false } }

    /// Whether `actor` may send this case's money by hand: neither filed nor prepared it, neither
    /// proposed nor agreed to the advance.
    package func maySendMoney(_ actor: Actor) -> Bool {
        let proposers = [filedBy, advance?.proposer].compactMap { $0 }
        let approvers = advance?.approvals.map(\.by) ?? []
        return !(proposers + approvers).contains(actor.name) && !preparedBy.contains(actor.name)
    }

    /// Who filed, prepared, proposed or agreed does not also send the money by hand.
    private func checkPayer(_ actor: Actor, _ command: Command) throws(Refusal) {
        try checkPreparer(actor, command)
        guard actor.name != filedBy, !preparedBy.contains(actor.name) else {
            throw .separationOfDuties(command.kind, actor: actor.name)
        }
    }

    /// Owed to the tourist again, and nobody sends it before a person has looked.
    private func cameBack(_ event: Event, at now: Moment) -> [Event] {
        [event, .escalated(reason: "the payout came back")]
            + restart(.closing, minutes: terms.closingMinutes, at: now)
    }

    /// Whether `amount` may be the payout's own money come back: it was paid, is not back yet, and comes
    /// back whole or not at all.
    package func checkReturn(of number: String, _ amount: Money) throws(Refusal) {
        guard let payout = payouts.first(where: { $0.number == number }) else {
            throw .payoutUnknown(number: number)
        }
        switch payout.state {
        case .confirmed: break
        case .bounced: throw .payoutReturned(number: number)
        case .ordered, .underWay, .unknown, .failed, .lapsed:
            throw .payoutNotConfirmed(number: number)
        }
        guard amount == payout.amount else { throw .returnDiffers(amount, payout: payout.amount) }
    }

    /// An answer that says nothing new, or comes after the end, changes nothing.
    private func answered(
        _ number: String, _ answer: Payout.State, at now: Moment
    ) throws(Refusal) -> [Event] {
        guard let payout = payouts.first(where: { $0.number == number }) else {
            throw .payoutUnknown(number: number)
        }
        guard payout.state != answer else { return [] }
        switch (payout.state, answer) {
        case (.confirmed, .bounced(let reason)):
            return cameBack(
                .payoutBounced(number: number, payout.amount, reason: reason), at: now)
        case (.failed, .confirmed), (.lapsed, .confirmed):
            return contradicted("payout \(number) was given up, and is now said to be paid")
        case (.confirmed, .failed), (.confirmed, .lapsed):
            return contradicted("payout \(number) was paid, and is now said to have failed")
        case (.confirmed, _), (.failed, _), (.lapsed, _), (.bounced, _), (_, .ordered):
            return []
        case (_, .underWay(let state)):
            return [.payoutProgressed(number: number, state: state)]
        case (_, .unknown(let why)):
            return [.payoutUnknown(number: number, why: why)]
        case (_, .confirmed(let day)):
            return [.payoutConfirmed(number: number, payout.amount, on: day)]
                + madeOver(by: number, on: day) + [.resolved(.paidByFund)] + stop(.closing)
        case (_, .failed(let reason)):
            return [
                .payoutFailed(number: number, reason: reason),
                .escalated(reason: "the payout failed: \(reason)"),
            ]
        case (_, .lapsed):
            guard lapsesInRow(payouts.dropLast()) >= terms.reissueLimit else {
                return [.payoutLapsed(number: number)]
            }
            return [
                .payoutLapsed(number: number),
                .escalated(reason: "the tourist did not confirm \(number) in time"),
            ]
        case (_, .bounced(let reason)):
            // It was paid and came back before we heard of either.
            return [
                .payoutConfirmed(
                    number: number, payout.amount, on: Zone.china.day(at: payout.orderedAt)),
                .payoutBounced(number: number, payout.amount, reason: reason),
                .escalated(reason: "the payout came back"),
            ]
        }
    }
}

extension Case {
    /// With the money the tourist makes the claim over to the fund (民法典 545), and the years begin in
    /// which it can be enforced.
    private func madeOver(by number: String, on day: Day) -> [Event] {
        guard let recovery, recovery.outstanding.isPositive else { return [] }
        return [
            .assignmentTaken(Recovery.Deed(reference: number, signedOn: day)),
            limitation(from: day, recovery.terms),
        ]
    }

    func limitation(from day: Day, _ terms: RecoveryTerms) -> Event {
        let years = terms.limitationYears ?? 3
        let last = Recovery.limitation(after: day, years: years)
        return .clockStarted(
            .limitation, Clock.Limit(count: day.distance(to: last), unit: .days),
            due: Zone.china.moment(of: last.advanced(by: 1)))
    }

    /// Payouts at the end of the list that the tourist let lapse.
    private func lapsesInRow(_ payouts: ArraySlice<Payout>) -> Int {
        payouts.reversed().prefix { $0.state == .lapsed }.count
    }

    /// The office may send the money once more without a person, with a new number.
    var isReissueAutomatic: Bool {
        let lapses = lapsesInRow(payouts[...])
        return lapses >= 1 && lapses <= terms.reissueLimit
    }

    /// Money may have moved against the books: nothing is booked on such a word, a person looks into it.
    private func contradicted(_ reason: String) -> [Event] {
        escalations.contains(reason) ? [] : [.escalated(reason: reason)]
    }
}

extension Payout {
    fileprivate var mayBeReissued: Bool {
        switch state {
        case .failed, .lapsed, .bounced: true
        case .ordered, .underWay, .unknown, .confirmed: false
        }
    }
}
