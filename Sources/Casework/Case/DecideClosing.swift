import Ledger

extension Case {
    func decideClosing(_ command: Command, at now: Moment) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.resolved, .followUp(let grade, let note)), (.closed, .followUp(let grade, let note)),
            (.declined, .followUp(let grade, let note)):
            return [.followedUp(grade, note: note)]
        case (_, .close) where hasOpenMoney:
            throw .moneyOpen
        case (.resolved, .close) where !isContestPending:
            return [.closed] + stop(.closing)
        case (.closed, .reopen(let reason)), (.resolved, .reopen(let reason)):
            try checkReason(reason, for: command)
            let clocks = [Self.start(.closing, minutes: terms.closingMinutes, at: now)]
            guard advance == nil else { return [.reopened(reason: reason)] + clocks }
            return [.reopened(reason: reason)] + clocks
                + [Self.start(.audit, minutes: terms.auditMinutes, at: now)]
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
