package import Ledger

extension Case {
    /// Opens a case. The acceptance clock runs from here.
    ///
    /// - Parameter id: From `CaseNumber`, never used before.
    package static func file(
        _ filing: Filing, as id: ID<Case>, on terms: Terms, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        guard Permissions.permit(actor.roles, .file) else {
            throw .notPermitted(.file, actor: actor.name)
        }
        for amount in [filing.paid, filing.claimed] where amount.isNegative {
            throw .amountOutOfRange(amount, limit: Money(fen: .max))
        }
        return [
            .filed(filing, terms),
            start(.acceptance, minutes: terms.acceptMinutes, at: now),
            start(.closing, minutes: terms.closingMinutes, at: now),
        ]
    }

    /// Decides what `command` makes happen. Reads nothing but its arguments; `apply` does the rest.
    package func decide(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        try permit(command, by: actor)
        switch command {
        case .classify, .ruleOnAcceptance, .addEvidence, .correctFacts, .requestEvidence,
            .goOnWithout,
            .joinContact, .contest, .answerContest, .withdraw:
            return try decideIntake(command, by: actor, at: now)
        case .determine, .proposeAdvance, .approve, .reduce, .refuseAdvance, .commitFunds:
            return try decideAdvance(command, by: actor, at: now)
        case .forward, .designate, .acknowledge, .audit, .recordMerchantPayment, .recordNoAgreement,
            .settle:
            return try decideBureau(command, by: actor, at: now)
        case .setPayee, .orderPayout, .payoutAnswered, .reissuePayout, .clearPayout,
            .takeReturnFromSuspense:
            return try decidePayout(command, by: actor, at: now)
        case .proposeUnclaimedReturn, .approveUnclaimedReturn:
            return try decideUnclaimed(command, by: actor, at: now)
        case .openRecovery, .recordAssignment, .serveNotice, .recordResponse, .upholdDefence,
            .demand, .agreePlan, .recordRepayment, .setOffDeposit, .takeFromSuspense,
            .recordInterest, .proposeWriteOff, .approveWriteOff, .rejectWriteOff:
            return try decideRecovery(command, by: actor, at: now)
        case .findDoublePayment, .claimBack, .notifyClaimBack, .recordTouristRepayment,
            .takeTouristFromSuspense, .proposeClaimBackWriteOff, .approveClaimBackWriteOff:
            return try decideClaimBack(command, by: actor)
        case .followUp, .close, .reopen:
            return try decideClosing(command, at: now)
        case .fire(let name, let step):
            return try fire(name, step, at: now)
        }
    }

    func outOfTurn(_ command: Command) -> Refusal { .outOfTurn(command.kind, stage: stage) }

    private func permit(_ command: Command, by actor: Actor) throws(Refusal) {
        guard Permissions.permit(actor.roles, command.kind) else {
            throw .notPermitted(command.kind, actor: actor.name)
        }
        // A bureau touches its own work orders only; the order it sent back is no longer its own.
        let deciding = actor.roles.intersection(Permissions.allowed(command.kind))
        if deciding == [.bureau] {
            guard let handling = openHandling?.bureau else { throw outOfTurn(command) }
            guard handling == actor.bureau else { throw .notYourBureau(handling: handling) }
        }
        // A merchant answers for itself only; a case without a merchant of the list is nobody's.
        if deciding == [.merchant] {
            guard let own = actor.merchant, filing.merchant == own else { throw .notYourCase }
        }
    }

    var openHandling: Handling? { handlings.last.flatMap { $0.isOpen ? $0 : nil } }

    /// A clock of `minutes`, held within `Clock.minutesLimit`.
    static func start(_ name: Clock.Name, minutes: Int, at now: Moment) -> Event {
        let minutes = min(max(0, minutes), Clock.minutesLimit)
        return .clockStarted(
            name, Clock.Limit(count: minutes, unit: .minutes), due: now.advanced(byMinutes: minutes)
        )
    }

    /// A clock that had stopped runs again, with a fresh limit: what was used before stays known in the
    /// events and does not breach at once.
    func restart(_ name: Clock.Name, minutes: Int, at now: Moment) -> [Event] {
        clocks[name]?.stoppedAt == nil ? [] : [Self.start(name, minutes: minutes, at: now)]
    }

    func stop(_ names: Clock.Name...) -> [Event] {
        names.filter { clocks[$0]?.stoppedAt == nil && clocks[$0] != nil }.map { .clockStopped($0) }
    }

    func suspend(_ names: Clock.Name..., reason: String) -> [Event] {
        names.filter { clocks[$0]?.isRunning == true }.map { .clockSuspended($0, reason: reason) }
    }

    func resume(_ names: Clock.Name...) -> [Event] {
        names.filter { clocks[$0]?.isSuspended == true && clocks[$0]?.stoppedAt == nil }
            .map { .clockResumed($0) }
    }

    /// Asks for more than blanks: a reason, a proof, a receipt's reference.
    func checkReason(_ reason: String, for command: Command) throws(Refusal) {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw .reasonMissing(command.kind)
        }
    }

    private func fire(
        _ name: Clock.Name, _ step: Clock.Step, at now: Moment
    ) throws(Refusal) -> [Event] {
        guard let clock = clocks[name], let next = clock.next, next.step == step, next.at <= now
        else {
            throw .clockNotDue(name, step)
        }
        var events: [Event] = [.clockFired(name, step)]
        guard step == .breach else {
            if name == .limitation, let day = recovery?.limitationDay {
                events.append(.escalated(reason: "the recovery lapses on \(day): demand again"))
            }
            return events
        }
        switch name {
        case .audit where openHandling?.onExpiry == .approve && advance?.state == .reserved:
            events += [.audited(.approve)] + stop(.audit)
        case .acceptance, .audit, .closing, .response, .repayment:
            events.append(.escalated(reason: "\(name.rawValue) limit passed"))
        case .instalment:
            events += [
                .planBroken, .escalated(reason: "an instalment was missed: the rest is due"),
            ]
        case .limitation:
            events.append(.escalated(reason: "the recovery has lapsed by time"))
        case .freeze, .capReset:
            break  // The office asks next: `nextStep`.
        }
        return events
    }
}
