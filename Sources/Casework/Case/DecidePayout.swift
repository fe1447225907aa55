import Ledger

extension Case {
    func decidePayout(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch command {
        case .setPayee(let payee):
            guard !isOver, !payouts.contains(where: \.isOpen) else { throw outOfTurn(command) }
            return try change(payee, by: actor, command)
        case .orderPayout:
            return try order(to: payee, command)
        case .reissuePayout(let corrected):
            // The office repeats only what lapsed, to the same account; all else a cashier decides.
            let isItself = !actor.roles.contains(.cashier)
            guard payouts.last?.mayBeReissued == true,
                !isItself || (isReissueAutomatic && corrected == nil)
            else { throw outOfTurn(command) }
            guard let corrected else { return try order(to: payee, command) }
            return try change(corrected, by: actor, command) + order(to: corrected, command)
        case .payoutAnswered(let number, let answer):
            return try answered(number, answer, at: now)
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

    private func order(to payee: Payee?, _ command: Command) throws(Refusal) -> [Event] {
        guard let advance, advance.state == .payable else { throw outOfTurn(command) }
        if let open = payouts.first(where: \.isOpen) { throw .payoutOpen(number: open.number) }
        if command == .orderPayout, !payouts.isEmpty { throw outOfTurn(command) }
        guard let payee else { throw .payeeMissing }
        let number = Payout.number(for: id, attempt: payouts.count + 1)
        return [.payoutOrdered(number: number, advance.amount, payee)]
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
            return [
                .payoutBounced(number: number, payout.amount, reason: reason),
                .escalated(reason: "the payout came back"),
            ] + restart(.closing, minutes: terms.closingMinutes, at: now)
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
            return [
                .payoutConfirmed(number: number, payout.amount, on: day), .resolved(.paidByFund),
            ]
                + stop(.closing)
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
