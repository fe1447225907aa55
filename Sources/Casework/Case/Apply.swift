package import Ledger

extension Case {
    /// The case as its events tell it; nil when they do not begin with `filed`.
    package init?(id: ID<Case>, replaying events: some Sequence<Recorded>) {
        var file: Case?
        for recorded in events {
            if file == nil {
                file = Case(id: id, opening: recorded)
                if file == nil { return nil }
            } else {
                file?.apply(recorded)
            }
        }
        guard let file else { return nil }
        self = file
    }

    /// The case right after `filed`; nil for any other event.
    package init?(id: ID<Case>, opening recorded: Recorded) {
        guard case .filed(let filing, let terms) = recorded.event else { return nil }
        self.init(
            id: id, filing: filing, terms: terms, filedAt: recorded.at, filedBy: recorded.actor)
        version = 1
    }

    /// Makes `recorded` so. Total: whatever `decide` let through is applied without a check.
    package mutating func apply(_ recorded: Recorded) {
        version += 1
        switch recorded.event {
        case .filed: break
        case .classified(let ruling): classification = ruling
        case .accepted, .declined, .handedOver, .merged, .contactJoined, .contested,
            .contestAnswered,
            .withdrawn, .reopened, .closed, .followedUp, .escalated, .resolved:
            applyProcedure(recorded)
        case .evidenceAdded, .evidenceRequested, .evidenceComplete, .evidenceWaived,
            .factsCorrected,
            .payeeSet:
            applyFile(recorded)
        case .capReached, .authorityRaised, .riskAssessed:
            applyGate(recorded)
        case .determined, .advanceProposed, .approved, .reduced, .advanceRefused, .fundsAwaited,
            .reserved, .quickPayGranted, .feeWaived, .reservationReduced, .reservationReturned,
            .released:
            applyAdvance(recorded)
        case .payoutOrdered, .payoutProgressed, .payoutUnknown, .payoutConfirmed, .payoutFailed,
            .payoutLapsed, .payoutBounced, .payoutReturnedFromSuspense, .payoutReviewAsked,
            .payoutCleared,
            .unclaimedReturnProposed, .unclaimedReturned:
            applyPayout(recorded)
        case .forwarded, .designated, .acknowledged, .audited, .merchantPaid, .noAgreementReached,
            .settled:
            applyBureau(recorded)
        case .recoveryOpened, .noticeServed, .merchantResponded, .defenceUpheld, .repaid,
            .depositSetOff, .writeOffProposed, .writtenOff, .repaidAfterWriteOff, .recoveryClosed,
            .assignmentTaken, .demanded, .planAgreed, .planBroken, .interestPaid,
            .repaidFromSuspense, .writeOffRejected:
            applyRecovery(recorded)
        case .doublePaymentFound, .claimBackOpened, .claimBackNotified, .touristRepaid,
            .touristRepaidFromSuspense, .claimBackWriteOffProposed, .claimBackWrittenOff:
            applyClaimBack(recorded)
        case .clockStarted, .clockSuspended, .clockResumed, .clockStopped, .clockFired:
            applyClock(recorded)
        }
    }

    private mutating func applyProcedure(_ recorded: Recorded) {
        switch recorded.event {
        case .accepted(let ruling):
            acceptance = ruling
            stage = .assessing
        case .declined(let ruling, let code, _):
            acceptance = ruling
            stage = .declined(code: code)
        case .handedOver(let ruling, let body):
            acceptance = ruling
            stage = .handedOver(to: body)
        case .merged(let ruling, let first):
            acceptance = ruling
            stage = .merged(into: first)
        case .contactJoined(let id, let channel, let story, _):
            contacts.append(Contact(id: id, channel: channel, story: story, at: recorded.at))
        case .contested(let reason): contest = Contest(reason: reason)
        case .contestAnswered(let isUpheld, let reason):
            contest?.answer = reason
            contest?.isUpheld = isUpheld
            if case .declined = stage, !isUpheld { stage = .assessing }
        case .withdrawn:
            stage = .withdrawn
            isSettlementDue = false
            endAdvance()
            finishHandling()
        case .reopened:
            stage = advance == nil ? .assessing : .withBureau
            noAgreement = false
            contest = nil
            if advance == nil { determination = nil }
        case .closed:
            if case .resolved(let resolution) = stage { stage = .closed(resolution) }
        case .followedUp(let grade, let note):
            followUps.append(FollowUp(grade: grade, note: note, at: recorded.at))
        case .escalated(let reason): escalations.append(reason)
        case .resolved(let resolution):
            stage = .resolved(resolution)
            endAdvance()
            finishHandling()
        default: break
        }
    }

    private mutating func applyFile(_ recorded: Recorded) {
        switch recorded.event {
        case .evidenceAdded(let added):
            evidence.append(added)
            if case .awaitingEvidence(let wanted) = stage {
                stage = .awaitingEvidence(wanted.filter { $0 != added.kind })
            }
        case .evidenceRequested(let kinds, _): stage = .awaitingEvidence(kinds)
        case .evidenceComplete: goOn()
        case .evidenceWaived:
            isEvidenceWaived = true
            goOn()
        case .factsCorrected(let changed, _):
            facts.merge(changed) { _, new in new }
            preparedBy.insert(recorded.actor)
            if advance == nil { determination = nil }
            if stage == .filed { classification = nil }
        case .payeeSet(let payee):
            if self.payee != nil { payeeChangedAt = recorded.at }
            self.payee = payee
            // What was looked into was another account.
            payoutReview = nil
            seenFlags = []
            preparedBy.insert(recorded.actor)
        default: break
        }
    }

    /// Where the case was before evidence was asked for; a new determination where none was acted on.
    private mutating func goOn() {
        if advance?.state == .proposed {
            stage = .proposed
        } else if advance != nil || openHandling != nil {
            stage = .withBureau
        } else {
            stage = .assessing
            determination = nil
        }
    }

    /// What was still to be agreed or awaited will not come any more.
    private mutating func endAdvance() {
        if advance?.state.isUndecided == true { advance?.state = .none }
    }

    private mutating func applyClock(_ recorded: Recorded) {
        switch recorded.event {
        case .clockStarted(let name, let limit, let due):
            clocks[name] = Clock(name, limit: limit, startedAt: recorded.at, firstDue: due)
        case .clockSuspended(let name, let reason):
            clocks[name]?.suspend(at: recorded.at, reason: reason)
        case .clockResumed(let name): clocks[name]?.resume(at: recorded.at)
        case .clockStopped(let name): clocks[name]?.stop(at: recorded.at)
        case .clockFired(let name, let step):
            clocks[name]?.fire(step)
            if name == .freeze && step == .breach { isSettlementDue = true }
            if name == .capReset && step == .breach { isCommitmentDue = true }
        default: break
        }
    }

    mutating func finishHandling() {
        guard let last = handlings.indices.last, handlings[last].isOpen else { return }
        handlings[last].state = .finished
    }
}
