import Ledger

extension Case {
    func decidePayout(_ command: Command, at now: Moment) throws(Refusal) -> [Event] {
        switch command {
        case .setPayee(let payee):
            guard !isOver, !payouts.contains(where: \.isOpen) else { throw outOfTurn(command) }
            return payee == self.payee ? [] : [.payeeSet(payee)]
        case .orderPayout:
            return try order(to: payee, command)
        case .reissuePayout(let corrected):
            guard payouts.last?.mayBeReissued == true else { throw outOfTurn(command) }
            let change: [Event] = corrected.map { $0 == payee ? [] : [.payeeSet($0)] } ?? []
            return try change + order(to: corrected ?? payee, command)
        case .payoutAnswered(let number, let answer):
            return try answered(number, answer)
        default:
            throw outOfTurn(command)
        }
    }

    private func order(to payee: Payee?, _ command: Command) throws(Refusal) -> [Event] {
        guard let advance, advance.state == .payable else { throw outOfTurn(command) }
        if let open = payouts.first(where: \.isOpen) { throw .payoutOpen(number: open.number) }
        guard let payee else { throw .payeeMissing }
        let number = Payout.number(for: id, attempt: payouts.count + 1)
        return [.payoutOrdered(number: number, advance.amount, payee)]
    }

    /// An answer that says nothing new, or comes after the end, changes nothing.
    private func answered(_ number: String, _ answer: Payout.State) throws(Refusal) -> [Event] {
        guard let payout = payouts.first(where: { $0.number == number }) else {
            throw .payoutUnknown(number: number)
        }
        guard payout.state != answer else { return [] }
        switch (payout.state, answer) {
        case (.confirmed, .bounced(let reason)):
            return [
                .payoutBounced(number: number, payout.amount, reason: reason),
                .escalated(reason: "the payout came back"),
            ]
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
            return [.payoutLapsed(number: number)]
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

extension Payout {
    fileprivate var mayBeReissued: Bool {
        switch state {
        case .failed, .lapsed, .bounced: true
        case .ordered, .underWay, .unknown, .confirmed: false
        }
    }
}
