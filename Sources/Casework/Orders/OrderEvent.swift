package import Ledger

/// What happened to a work order. Events are a storage format: a released one is never changed, only
/// joined by another.
package enum OrderEvent: Hashable, Sendable, Codable {
    case registered(Demand, OrderTerms)
    case accepted
    case sorted(Sorting, OrderTerms, reason: String)
    case answered(OrderAnswer)
    case passedToDuty(reason: String)
    case providersNamed([String], by: ReferralBasis)
    case providerChosen(String?)
    case declined(code: String, reason: String, referral: String)
    case handedOver(HandOver)
    case merged(into: ID<WorkOrder>)
    case absorbed(Duplicate)
    case linked(OrderLink)
    case factsAdded(Facts, reason: String)
    case evidenceAdded(Evidence)
    case responsibilityPassed(to: String, reason: String)

    case dispatched(lead: String, assisting: [String], Assignment.Ground)
    case acknowledged(bureau: String, by: Assignment.Way)
    /// All that the terms ask for is acknowledged: the lead has signed for it.
    case signed
    case returned(bureau: String, reason: String)

    case contacted(note: String)
    case responded(note: String)
    case reported(bureau: String, text: String)
    case questionAsked(String)
    case messageAdded(OrderMessage)
    case questionAnswered(OrderMessage)
    /// Every running clock stands still from here on.
    case paused(PauseReason, note: String)
    case resumed(note: String)
    case extensionAsked(by: Int, reason: String)
    case extensionGranted(by: Int)
    case extensionRefused(reason: String)
    case agreementRecorded(Agreement)
    case consented(member: String, reference: String)
    case finished(OrderOutcome, reply: String)

    case reminded(note: String)
    case supervised(reason: String)
    /// 转纪检监察: overdue, by the edition's rule and without a person.
    case sentToDiscipline(OrderClock)
    case faultListed(BureauFault, bureau: String, reason: String)
    case fieldChecked(FieldCheck)
    case followedUp(FollowUp.Grade, cause: DissatisfactionCause?, note: String)
    /// 重办.
    case redoOrdered(reason: String)
    case closed
    case withdrawn(reason: String)
    case reopened(newFacts: String)

    /// - Parameter schedule: The edition of calendar and office hours it is counted by.
    case clockStarted(ClockTerm, schedule: String, due: Moment)
    case clockStopped(OrderClock)
    case clockFired(OrderClock, TermClock.Step)
    /// Somebody is to be told; the message leaves after the commit, once.
    ///
    /// - Parameter bureau: Which of the assisting bureaus; nil for every other recipient, and in what was
    ///   written before each of them was told by itself.
    case noticeDue(
        to: Recipient, about: OrderClock, TermClock.Step, bureau: String? = nil)

    /// The name of the case, as stored and as shown in the audit trail: `registered`, `clockFired` …
    package var kind: String {
        switch self {
        case .registered: "registered"
        case .accepted: "accepted"
        case .sorted: "sorted"
        case .answered: "answered"
        case .passedToDuty: "passedToDuty"
        case .providersNamed: "providersNamed"
        case .providerChosen: "providerChosen"
        case .declined: "declined"
        case .handedOver: "handedOver"
        case .merged: "merged"
        case .absorbed: "absorbed"
        case .linked: "linked"
        case .factsAdded: "factsAdded"
        case .evidenceAdded: "evidenceAdded"
        case .responsibilityPassed: "responsibilityPassed"
        case .dispatched: "dispatched"
        case .acknowledged: "acknowledged"
        case .signed: "signed"
        case .returned: "returned"
        case .contacted: "contacted"
        case .responded: "responded"
        case .reported: "reported"
        case .questionAsked: "questionAsked"
        case .messageAdded: "messageAdded"
        case .questionAnswered: "questionAnswered"
        case .paused: "paused"
        case .resumed: "resumed"
        case .extensionAsked: "extensionAsked"
        case .extensionGranted: "extensionGranted"
        case .extensionRefused: "extensionRefused"
        case .agreementRecorded: "agreementRecorded"
        case .consented: "consented"
        case .finished: "finished"
        case .reminded: "reminded"
        case .supervised: "supervised"
        case .sentToDiscipline: "sentToDiscipline"
        case .faultListed: "faultListed"
        case .fieldChecked: "fieldChecked"
        case .followedUp: "followedUp"
        case .redoOrdered: "redoOrdered"
        case .closed: "closed"
        case .withdrawn: "withdrawn"
        case .reopened: "reopened"
        case .clockStarted: "clockStarted"
        case .clockStopped: "clockStopped"
        case .clockFired: "clockFired"
        case .noticeDue: "noticeDue"
        }
    }
}

/// An event of a work order with who, when and in which order.
package struct RecordedOrder: Hashable, Sendable {
    package let event: OrderEvent
    /// 0-based within the work order.
    package let position: Int
    package let actor: String
    /// When it happened, as far as the office can know.
    package let at: Moment
    /// When the office recorded it.
    package let recordedAt: Moment

    package init(
        _ event: OrderEvent, position: Int, actor: String, at: Moment, recordedAt: Moment
    ) {
        self.event = event
        self.position = position
        self.actor = actor
        self.at = at
        self.recordedAt = recordedAt
    }
}
