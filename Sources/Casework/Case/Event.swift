package import Ledger

/// What happened to a case. Events are a storage format: a released one is never changed, only joined
/// by another.
package enum Event: Hashable, Sendable, Codable {
    case filed(Filing, Terms)
    case classified(Ruling<Classification>)
    case accepted(Ruling<Acceptance>)
    case declined(Ruling<Acceptance>, code: String, referral: String)
    case handedOver(Ruling<Acceptance>, to: String)
    case merged(Ruling<Acceptance>, into: ID<Case>)
    case contactJoined(ID<Case>, channel: Channel, story: String, hasNewFacts: Bool)

    case evidenceAdded(Evidence)
    case evidenceRequested([String], note: String)
    /// All that was asked for is there.
    case evidenceComplete
    case evidenceWaived(reason: String)
    case factsCorrected(Facts, reason: String)
    case payeeSet(Payee)

    case determined(Ruling<Determination>)
    case advanceProposed(Ruling<AdvanceDecision>, Ruling<Authority>, amount: Money)
    case approved(as: Role)
    case reduced(to: Money, reason: String)
    case advanceRefused(reason: String)
    case contested(reason: String)
    case contestAnswered(isUpheld: Bool, reason: String)

    case fundsAwaited(short: Money)
    /// Other cases have taken what a cap allows: waits for midnight, or for a person.
    case capReached(Cap, wanted: Money)
    /// More people must agree than were asked at first.
    case authorityRaised(to: [Role], reason: String)
    case riskAssessed(Ruling<Risk>)
    case reserved(Money)
    case quickPayGranted(Money)
    /// 费用免除: owed to the payee, and an expense of the fund.
    case feeWaived(Money)
    /// Part of a reservation went back because the audit lowered the advance.
    case reservationReduced(by: Money)
    case reservationReturned(Money)
    case released(Money)

    case payoutOrdered(number: String, Money, Payee)
    case payoutProgressed(number: String, state: String)
    case payoutUnknown(number: String, why: String)
    case payoutConfirmed(number: String, Money, on: Day)
    case payoutFailed(number: String, reason: String)
    case payoutLapsed(number: String)
    case payoutBounced(number: String, Money, reason: String)
    /// 退票, known by nothing but a line in suspense: the money is in the books already.
    case payoutReturnedFromSuspense(
        number: String, Money, reference: String, on: Day, line: String, proposer: String)

    /// Signs that nobody has looked into: the money waits for a person.
    case payoutReviewAsked(flags: [String])
    case payoutCleared(reason: String)
    case unclaimedReturnProposed(reason: String)
    /// Owed to a tourist who could not be paid: back to the pool. `recoverable` of it the merchant no
    /// longer owes; what it had repaid stays in the pool.
    case unclaimedReturned(Money, recoverable: Money)

    case forwarded(Ruling<Routing>)
    case designated(bureau: String, reason: String)
    case acknowledged
    case audited(AuditFinding)
    case merchantPaid(Money, proof: String)
    case noAgreementReached(reason: String)
    case settled(Ruling<Settlement>)
    case resolved(Resolution)

    case recoveryOpened(Ruling<RecoveryTerms>, Money)
    case assignmentTaken(Recovery.Deed)
    case noticeServed(Recovery.Notice)
    case merchantResponded(Recovery.Response)
    case defenceUpheld(Money, reason: String)
    case repaid(Money, reference: String, on: Day)
    case depositSetOff(Money, reference: String, on: Day)
    case writeOffProposed(reason: String)
    case writtenOff(Money)
    case repaidAfterWriteOff(Money, reference: String, on: Day)
    case recoveryClosed
    case demanded(on: Day, proof: String)
    case planAgreed([Recovery.Instalment])
    /// An instalment was missed: the rest is due at once.
    case planBroken
    case interestPaid(Money, reference: String, on: Day)
    case repaidFromSuspense(
        Money, reference: String, on: Day, line: String, proposer: String)
    case writeOffRejected(reason: String)

    /// The merchant paid the tourist as well; no money moves yet.
    case doublePaymentFound(Money, proof: String)
    /// The tourist owes it to the fund, and the merchant no longer does.
    case claimBackOpened(Money, reason: String)
    case claimBackNotified(Recovery.Notice)
    case touristRepaid(Money, reference: String, on: Day)
    case touristRepaidFromSuspense(
        Money, reference: String, on: Day, line: String, proposer: String)
    case claimBackWriteOffProposed(reason: String)
    case claimBackWrittenOff(Money)

    case followedUp(FollowUp.Grade, note: String)
    case closed
    case reopened(reason: String)
    case withdrawn(reason: String)
    case escalated(reason: String)

    case clockStarted(Clock.Name, Clock.Limit, due: Moment)
    case clockSuspended(Clock.Name, reason: String)
    case clockResumed(Clock.Name)
    case clockStopped(Clock.Name)
    case clockFired(Clock.Name, Clock.Step)
}

/// An event with who, when and in which order.
package struct Recorded: Hashable, Sendable {
    package let event: Event
    /// 0-based within the case.
    package let position: Int
    package let actor: String
    /// When it happened, as far as the office can know.
    package let at: Moment
    /// When the office recorded it.
    package let recordedAt: Moment

    package init(_ event: Event, position: Int, actor: String, at: Moment, recordedAt: Moment) {
        self.event = event
        self.position = position
        self.actor = actor
        self.at = at
        self.recordedAt = recordedAt
    }
}
