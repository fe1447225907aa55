package import Ledger

/// What can be asked of a work order. Who may ask what is `OrderPermissions`' table; when, is `decide`'s.
package enum OrderCommand: Hashable, Sendable {
    // Intake.
    /// 受理. Whoever does it is the first receiver, and answers for it to its end.
    case accept
    /// Another kind, category or area than it was registered under; new limits for clocks that start now.
    case sort(Sorting, OrderTerms, reason: String)
    case answer(OrderAnswer)
    /// To the duty officer: nobody at the line knows.
    case passToDuty(reason: String)
    case nameProviders([String], by: ReferralBasis)
    /// - Parameter provider: Nil when the caller wants none of them.
    case chooseProvider(String?)
    case decline(code: String, reason: String, referral: String)
    case handOver(HandOver)
    case merge(into: ID<WorkOrder>)
    /// Takes a duplicate in, and goes on when it holds anything new.
    case absorb(Duplicate)
    case link(OrderLink)
    case addFacts(Facts, reason: String)
    case addEvidence(Evidence)
    /// Somebody else becomes responsible for it to its end.
    case passResponsibility(to: String, reason: String)

    // To a bureau.
    case dispatch(lead: String, assisting: [String])
    /// Whose it is was unclear, or it came back too often: this one may not return it.
    case designate(lead: String, assisting: [String], reason: String)
    /// 协调会: settled by all concerned; this one may not return it.
    case settleAtMeeting(lead: String, assisting: [String], minutes: String)
    case acknowledge(by: Assignment.Way)
    case returnNotOurs(reason: String)

    // Handling.
    case recordContact(note: String)
    case recordResponse(note: String)
    case report(text: String)
    case ask(question: String)
    /// Words that answer nothing that was asked.
    case addMessage(OrderMessage)
    /// Words that answer: the clocks go on, whatever the channel.
    case reply(OrderMessage)
    case pause(PauseReason, note: String)
    case resume(note: String)
    /// - Parameter count: In the unit of the handling limit.
    case askExtension(by: Int, reason: String)
    case grantExtension
    case refuseExtension(reason: String)
    case recordAgreement(Agreement)
    case recordConsent(member: String, reference: String)
    case finish(OrderOutcome, reply: String)

    // Watching over it.
    case remind(note: String)
    /// 督办.
    case supervise(reason: String)
    case listFault(BureauFault, bureau: String, reason: String)
    case recordFieldCheck(FieldCheck)
    /// - Parameter cause: Asked for with grade c, and with no other.
    case followUp(FollowUp.Grade, cause: DissatisfactionCause?, note: String)
    case close
    case withdraw(reason: String)
    /// - Parameter newFacts: What was not known before.
    case reopen(newFacts: String)

    // The clock.
    case fire(OrderClock, TermClock.Step)

    /// The command without what it carries: a row of the tables.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case register
        case accept, sort, answer, passToDuty, nameProviders, chooseProvider, decline, handOver
        case merge, absorb, link, addFacts, addEvidence, passResponsibility
        case dispatch, designate, settleAtMeeting, acknowledge, returnNotOurs
        case recordContact, recordResponse, report, ask, addMessage, reply, pause, resume
        case askExtension, grantExtension, refuseExtension, recordAgreement, recordConsent, finish
        case remind, supervise, listFault, recordFieldCheck, followUp, close, withdraw, reopen, fire
    }

    package var kind: Kind {
        switch self {
        case .accept: .accept
        case .sort: .sort
        case .answer: .answer
        case .passToDuty: .passToDuty
        case .nameProviders: .nameProviders
        case .chooseProvider: .chooseProvider
        case .decline: .decline
        case .handOver: .handOver
        case .merge: .merge
        case .absorb: .absorb
        case .link: .link
        case .addFacts: .addFacts
        case .addEvidence: .addEvidence
        case .passResponsibility: .passResponsibility
        case .dispatch: .dispatch
        case .designate: .designate
        case .settleAtMeeting: .settleAtMeeting
        case .acknowledge: .acknowledge
        case .returnNotOurs: .returnNotOurs
        case .recordContact: .recordContact
        case .recordResponse: .recordResponse
        case .report: .report
        case .ask: .ask
        case .addMessage: .addMessage
        case .reply: .reply
        case .pause: .pause
        case .resume: .resume
        case .askExtension: .askExtension
        case .grantExtension: .grantExtension
        case .refuseExtension: .refuseExtension
        case .recordAgreement: .recordAgreement
        case .recordConsent: .recordConsent
        case .finish: .finish
        case .remind: .remind
        case .supervise: .supervise
        case .listFault: .listFault
        case .recordFieldCheck: .recordFieldCheck
        case .followUp: .followUp
        case .close: .close
        case .withdraw: .withdraw
        case .reopen: .reopen
        case .fire: .fire
        }
    }
}

/// Under what the edition's tables find a demand.
package struct Sorting: Hashable, Sendable, Codable {
    package let kind: String
    package let category: String
    package let area: String?

    package init(kind: String, category: String, area: String?) {
        self.kind = kind
        self.category = category
        self.area = area
    }
}
