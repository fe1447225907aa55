import Ledger

extension Case {
    func decideRecovery(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        if case .openRecovery(let ruling) = command {
            guard let advance, isRecoverable, recovery == nil else { throw outOfTurn(command) }
            return [.recoveryOpened(ruling, advance.amount)]
        }
        guard let recovery else { throw outOfTurn(command) }
        if let receipt = command.receipt {
            guard recovery.mayReceive(command) else { throw outOfTurn(command) }
            try checkReason(receipt.reference, for: command)
            // One receipt counts once, however often it is told.
            if recovery.references.contains(receipt.reference) { return [] }
            return try received(receipt.amount, command, on: recovery, by: actor, at: now)
        }
        switch (recovery.state, command) {
        case (let state, .recordAssignment(let deed)) where state.isOwed && recovery.deed == nil:
            try checkReason(deed.reference, for: command)
            return [.assignmentTaken(deed)]
        case (.open, .serveNotice(let notice, let responseDue, let repaymentDue)):
            try checkReason(notice.proof, for: command)
            guard recovery.deed != nil else { throw .assignmentMissing }
            return [
                .noticeServed(notice),
                .clockStarted(.response, days(recovery.terms.responseDays), due: responseDue),
                .clockStarted(.repayment, days(recovery.terms.paymentDays), due: repaymentDue),
            ] + asked(again: notice.servedOn, recovery)
        case (.open, .recordResponse), (.open, .upholdDefence), (.open, .proposeWriteOff),
            (.open, .demand), (.open, .agreePlan):
            throw .noticeNotServed
        case (let state, .demand(let day, let proof)) where state.isOwed:
            try checkReason(proof, for: command)
            return [.demanded(on: day, proof: proof)] + asked(again: day, recovery)
        case (.notified, .agreePlan(let instalments)), (.disputed, .agreePlan(let instalments)):
            try check(instalments, for: recovery, on: Zone.china.day(at: now))
            return [.planAgreed(instalments)] + stop(.repayment, .instalment)
                + instalments.prefix(1).map { Self.due($0, since: now) }
        case (.notified, .recordResponse(let response)), (.disputed, .recordResponse(let response)):
            if case .partial(let offered, _) = response {
                try check(offered, upTo: recovery.outstanding)
            }
            return [.merchantResponded(response)] + stop(.response)
        case (.notified, .upholdDefence(let amount, let reason, let bearer)),
            (.disputed, .upholdDefence(let amount, let reason, let bearer)):
            guard let recorder = recovery.responseBy else { throw outOfTurn(command) }
            try checkReason(reason, for: command)
            try checkOther(than: recorder, actor, command)
            try check(amount, upTo: recovery.outstanding)
            return try uphold(amount, reason, bornBy: bearer, recovery, command)
        case (.notified, .proposeWriteOff(let reason)), (.disputed, .proposeWriteOff(let reason)):
            try checkReason(reason, for: command)
            return [.writeOffProposed(reason: reason)]
        case (.writeOffProposed(let proposer, _), .approveWriteOff):
            try checkOther(than: proposer, actor, command)
            try checkUninvolved(actor, command)
            return [.writtenOff(recovery.outstanding)]
                + stop(.response, .repayment, .instalment, .limitation)
        case (.writeOffProposed(let proposer, _), .rejectWriteOff(let reason)):
            try checkReason(reason, for: command)
            try checkOther(than: proposer, actor, command)
            return [.writeOffRejected(reason: reason)]
        default:
            throw outOfTurn(command)
        }
    }

    /// The years begin anew; a demand dated before the last changes nothing.
    private func asked(again day: Day, _ recovery: Recovery) -> [Event] {
        let last = recovery.demands.map(\.on).max() ?? recovery.paidOn
        guard let last, day >= last else { return [] }
        return [limitation(from: day, recovery.terms)]
    }

    private func uphold(
        _ amount: Money, _ reason: String, bornBy bearer: ClaimBack.Bearer, _ recovery: Recovery,
        _ command: Command
    ) throws(Refusal) -> [Event] {
        switch bearer {
        case .fund:
            return closing(recovery, after: amount, with: .defenceUpheld(amount, reason: reason))
        case .tourist:
            // A double payment that waits for a decision comes first; nothing is owed back that was not paid.
            guard claimBack?.state.isFound != true, recovery.paidOn != nil else {
                throw outOfTurn(command)
            }
            return closing(recovery, after: amount, with: .claimBackOpened(amount, reason: reason))
        }
    }

    /// Dated one after the other from tomorrow on, and together all that is owed.
    private func check(
        _ instalments: [Recovery.Instalment], for recovery: Recovery, on today: Day
    ) throws(Refusal) {
        var last = today
        var sum = Money.zero
        for each in instalments {
            guard each.dueOn > last, each.amount.isPositive, let more = sum.adding(each.amount)
            else { throw .planUnfit(outstanding: recovery.outstanding) }
            (last, sum) = (each.dueOn, more)
        }
        guard sum == recovery.outstanding, instalments.count <= Recovery.instalmentLimit else {
            throw .planUnfit(outstanding: recovery.outstanding)
        }
    }

    private static func due(_ instalment: Recovery.Instalment, since now: Moment) -> Event {
        let end = Zone.china.moment(of: instalment.dueOn.advanced(by: 1))
        let days = Zone.china.day(at: now).distance(to: instalment.dueOn)
        return .clockStarted(.instalment, Clock.Limit(count: max(0, days), unit: .days), due: end)
    }

    private func received(
        _ amount: Money, _ command: Command, on recovery: Recovery, by actor: Actor,
        at now: Moment
    ) throws(Refusal) -> [Event] {
        switch (recovery.state, command) {
        case (.writtenOff, .recordRepayment(_, let reference, let day)):
            let lost = Money(fen: recovery.writtenOff.fen - recovery.recoveredLate.fen)
            try check(amount, upTo: lost)
            return [.repaidAfterWriteOff(amount, reference: reference, on: day)]
        case (_, .recordInterest(_, let reference, let day)):
            try check(amount, upTo: recovery.interestDue(through: day))
            return [.interestPaid(amount, reference: reference, on: day)]
        case (_, .recordRepayment(_, let reference, let day)):
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount, with: .repaid(amount, reference: reference, on: day),
                at: now)
        case (_, .takeFromSuspense(_, let reference, let day, let line, let proposer)):
            try checkOther(than: proposer, actor, command)
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount,
                with: .repaidFromSuspense(
                    amount, reference: reference, on: day, line: line, proposer: proposer),
                at: now)
        case (_, .setOffDeposit(_, let reference, let day)):
            try check(amount, upTo: recovery.outstanding)
            return closing(
                recovery, after: amount,
                with: .depositSetOff(amount, reference: reference, on: day), at: now)
        default:
            throw outOfTurn(command)
        }
    }

    /// Giving up public money takes two people: who reports the reason, and who agrees.
    private func checkOther(
        than first: String, _ actor: Actor, _ command: Command
    ) throws(Refusal) {
        guard actor.name != first else {
            throw .separationOfDuties(command.kind, actor: actor.name)
        }
    }

    /// Who agreed to the advance, or sent it by hand, does not also agree to give it up.
    private func checkUninvolved(_ actor: Actor, _ command: Command) throws(Refusal) {
        guard advance?.approvals.contains(where: { $0.by == actor.name }) != true,
            actor.name != filedBy, actor.name != advance?.proposer
        else { throw .separationOfDuties(command.kind, actor: actor.name) }
    }

    /// - Parameter now: When it is a receipt; the plan's next instalment is then waited for.
    func closing(
        _ recovery: Recovery, after amount: Money, with event: Event, at now: Moment? = nil
    ) -> [Event] {
        guard amount == recovery.outstanding else {
            return [event] + (now.map { next(of: recovery, after: amount, at: $0) } ?? [])
        }
        return [event, .recoveryClosed] + stop(.response, .repayment, .instalment, .limitation)
    }

    private func next(of recovery: Recovery, after amount: Money, at now: Moment) -> [Event] {
        guard let due = recovery.nextInstalment else { return [] }
        var later = recovery
        later.repaid.add(amount)
        guard let next = later.nextInstalment, next != due else { return [] }
        return stop(.instalment) + [Self.due(next, since: now)]
    }

    private func check(_ amount: Money, upTo limit: Money) throws(Refusal) {
        guard amount.isPositive, amount <= limit else {
            throw .amountOutOfRange(amount, limit: limit)
        }
    }

    private func days(_ count: Int) -> Clock.Limit { Clock.Limit(count: count, unit: .days) }
}

extension Command {
    /// Money that came in for a recovery.
    fileprivate var receipt: (amount: Money, reference: String)? {
        switch self {
        case .recordRepayment(let amount, let reference, _),
            .setOffDeposit(let amount, let reference, _),
            .recordInterest(let amount, let reference, _),
            .takeFromSuspense(let amount, let reference, _, _, _):
            (amount, reference)
        default: nil
        }
    }
}

extension Recovery {
    static let instalmentLimit = 60

    /// After a write-off only the merchant's own payment is taken; a closed recovery takes nothing but
    /// interest that is still due.
    fileprivate func mayReceive(_ command: Command) -> Bool {
        switch state {
        case .open, .notified, .disputed, .writeOffProposed: true
        case .writtenOff: command.kind == .recordRepayment
        case .closed: command.kind == .recordInterest
        }
    }
}

extension Recovery.State {
    /// Something may still be asked for.
    fileprivate var isOwed: Bool {
        switch self {
        case .open, .notified, .disputed, .writeOffProposed: true
        case .writtenOff, .closed: false
        }
    }
}
