import Ledger

extension Case {
    func decideIntake(
        _ command: Command, by actor: Actor, at now: Moment
    ) throws(Refusal) -> [Event] {
        switch (stage, command) {
        case (.filed, .classify(let ruling)) where classification == nil:
            return [.classified(ruling)]
        case (.filed, .ruleOnAcceptance(let ruling, let first)) where classification != nil:
            return try rule(ruling, repeatOf: first, at: now, command)

        case (_, .addEvidence(let added)) where actor.roles == [.merchant]:
            return try addByMerchant(added, command)
        case (.merged, .addEvidence), (.closed, .addEvidence), (.withdrawn, .addEvidence):
            throw outOfTurn(command)
        case (_, .addEvidence(let added)):
            return add(added)
        case (.filed, .correctFacts(let changed, let reason)),
            (.assessing, .correctFacts(let changed, let reason)),
            (.awaitingEvidence, .correctFacts(let changed, let reason)):
            try checkReason(reason, for: command)
            try checkPreparer(actor, command)
            return [.factsCorrected(changed, reason: reason)]

        case (.assessing, .requestEvidence(let kinds, let note)),
            (.proposed, .requestEvidence(let kinds, let note)):
            try checkReason(kinds.joined(), for: command)
            return request(kinds, note: note)
        case (.awaitingEvidence, .goOnWithout(let reason)):
            try checkReason(reason, for: command)
            return [.evidenceWaived(reason: reason)] + resumeAfterEvidence()

        case (.merged, .joinContact), (.declined, .joinContact), (.handedOver, .joinContact),
            (.withdrawn, .joinContact):
            throw outOfTurn(command)
        case (_, .joinContact(let id, let channel, let story, let hasNewFacts)):
            if contacts.contains(where: { $0.id == id }) { return [] }
            return [.contactJoined(id, channel: channel, story: story, hasNewFacts: hasNewFacts)]

        case (.declined, .contest(let reason)) where mayContest:
            return try contest(reason, command)
        case (_, .contest(let reason))
        where advance?.mayBeContested == true && !isOver && mayContest:
            return try contest(reason, command)
        case (_, .answerContest(let isUpheld, let reason, let grant, let authority))
        where isContestPending && !isOver:
            try checkReason(reason, for: command)
            try checkJudge(actor, command)
            return try answer(isUpheld, reason, grant, authority, at: now)

        case (.filed, .withdraw(let reason)), (.assessing, .withdraw(let reason)),
            (.awaitingEvidence, .withdraw(let reason)), (.proposed, .withdraw(let reason)),
            (.awaitingFunds, .withdraw(let reason)), (.withBureau, .withdraw(let reason)):
            return withdraw(reason)
        default:
            throw outOfTurn(command)
        }
    }

    /// Ended for good: nothing about the advance can be reconsidered without reopening.
    var isOver: Bool {
        switch stage {
        case .merged, .withdrawn, .closed, .handedOver: true
        default: false
        }
    }

    /// The tourist objected and nobody has answered yet.
    var isContestPending: Bool { contest.map { $0.answer == nil } ?? false }

    /// A first objection, or one against another refusal than the one already taken back.
    private var mayContest: Bool { contest == nil || contest?.isUpheld == false }

    func request(_ kinds: [String], note: String) -> [Event] {
        [.evidenceRequested(kinds, note: note)]
            + suspend(.audit, .closing, .freeze, reason: "waiting for evidence")
    }

    /// What the evidence had suspended goes on. While money is reserved the merchant has the floor, and
    /// the closing limit waits still.
    func resumeAfterEvidence() -> [Event] {
        advance?.state == .reserved ? resume(.audit, .freeze) : resume(.audit, .closing, .freeze)
    }

    private func rule(
        _ ruling: Ruling<Acceptance>, repeatOf first: ID<Case>?, at now: Moment, _ command: Command
    ) throws(Refusal) -> [Event] {
        switch ruling.outcome {
        case .accept:
            return [.accepted(ruling)] + stop(.acceptance)
                + [Self.start(.audit, minutes: terms.auditMinutes, at: now)]
        case .decline(let code, _, let referral):
            return [.declined(ruling, code: code, referral: referral)] + stop(.acceptance, .closing)
        case .emergency(let line):
            return [.handedOver(ruling, to: line)] + stop(.acceptance, .closing)
        case .discipline(let body):
            return [.handedOver(ruling, to: body)] + stop(.acceptance, .closing)
        case .merge:
            // A model that finds a repeat where there is none must not lose the demand.
            guard let first, first != id else { throw outOfTurn(command) }
            return [.merged(ruling, into: first)] + stop(.acceptance, .closing)
        }
    }

    private func add(_ added: Evidence) -> [Event] {
        guard !evidence.contains(where: { $0.hash == added.hash && $0.kind == added.kind }) else {
            return []  // The same file again says nothing new.
        }
        guard case .awaitingEvidence(let wanted) = stage, wanted.allSatisfy({ $0 == added.kind })
        else { return [.evidenceAdded(added)] }
        return [.evidenceAdded(added), .evidenceComplete] + resumeAfterEvidence()
    }

    /// What a merchant shows is about what it owes: never before that is known, and never what the
    /// tourist was asked for.
    private func addByMerchant(_ added: Evidence, _ command: Command) throws(Refusal) -> [Event] {
        guard let recovery, recovery.outstanding.isPositive else { throw outOfTurn(command) }
        let isKnown = evidence.contains { $0.hash == added.hash && $0.kind == added.kind }
        return isKnown ? [] : [.evidenceAdded(added)]
    }

    private func contest(_ reason: String, _ command: Command) throws(Refusal) -> [Event] {
        try checkReason(reason, for: command)
        return [.contested(reason: reason), .escalated(reason: "the tourist contests the refusal")]
    }

    /// Nobody judges the objection to a refusal of their own.
    private func checkJudge(_ actor: Actor, _ command: Command) throws(Refusal) {
        guard actor.name != advance?.refusedBy else {
            throw .separationOfDuties(command.kind, actor: actor.name)
        }
    }

    /// A refusal overturned by a person becomes a proposal of theirs, which another must agree to.
    private func answer(
        _ isUpheld: Bool, _ reason: String, _ grant: Money?,
        _ authority: Ruling<Authority>?, at now: Moment
    ) throws(Refusal) -> [Event] {
        let answered = Event.contestAnswered(isUpheld: isUpheld, reason: reason)
        if isUpheld { return [answered] }
        let clocks =
            [Self.start(.audit, minutes: terms.auditMinutes, at: now)]
            + restart(.closing, minutes: terms.closingMinutes, at: now)
        if case .declined = stage { return [answered] + clocks }
        guard let advance, let grant, grant.isPositive, grant <= filing.claimed else {
            throw .amountOutOfRange(grant ?? .zero, limit: filing.claimed)
        }
        let decision = AdvanceDecision(path: .reserve, amount: grant, code: "CONTEST_GRANTED")
        let proposed = Event.advanceProposed(
            Ruling(decision, on: advance.grounds),
            authority?.atLeastASupervisor
                ?? Ruling(
                    .people([.reviewer, .supervisor, .accountant]), on: advance.grounds),
            amount: grant)
        return [answered, proposed] + clocks
    }

    private func withdraw(_ reason: String) -> [Event] {
        var events: [Event] = [.withdrawn(reason: reason)]
        if let advance, advance.state == .reserved {
            events.append(.reservationReturned(advance.amount))
        }
        return events + stop(.acceptance, .audit, .closing, .freeze, .capReset)
    }
}

extension Advance {
    /// An automatic or human refusal of money may be contested, and money that went back to the pool; a
    /// granted advance may not.
    fileprivate var mayBeContested: Bool {
        switch state {
        case .none, .refused, .returned: true
        default: false
        }
    }
}

extension Ruling<Authority> {
    /// What a person grants against the rules takes more than the rules' own first step.
    fileprivate var atLeastASupervisor: Self {
        guard case .people(let roles) = outcome else {
            return Ruling(.people([.supervisor]), on: grounds)
        }
        return roles.contains(.supervisor)
            ? self : Ruling(.people(roles + [.supervisor]), on: grounds)
    }
}
