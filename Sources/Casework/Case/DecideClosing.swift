import Ledger

extension Case {
    func decideClosing(_ command: Command, at now: Moment) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.resolved, .followUp(let grade, let note)), (.closed, .followUp(let grade, let note)),
            (.declined, .followUp(let grade, let note)):
            return [.followedUp(grade, note: note)]
        case (.resolved, .close):
            guard !hasOpenMoney else { throw .moneyOpen }
            return [.closed] + stop(.closing)
        case (.closed, .reopen(let reason)), (.resolved, .reopen(let reason)):
            try checkReason(reason, for: command)
            // A fresh limit: what was used before stays known in the events and does not breach at once.
            return [
                .reopened(reason: reason),
                Self.start(.closing, minutes: terms.closingMinutes, at: now),
            ]
        default:
            throw outOfTurn(command)
        }
    }

    /// Something is reserved, owed to the tourist or on its way.
    package var hasOpenMoney: Bool {
        advance?.state == .reserved || advance?.state == .payable
            || payouts.contains(where: \.isOpen)
    }
}
