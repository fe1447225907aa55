package import Ledger

/// One demand as the office handles it, from first word to call-back and recovery.
///
/// A case is the sum of its events: `decide` says what a command makes happen, `apply` makes it so.
/// Neither reads a clock, a file or a policy.
package struct Case: Hashable, Sendable {
    package let id: ID<Case>
    package let filing: Filing
    /// The terms of the edition in force when it was filed; they stay for ever.
    package let terms: Terms
    package let filedAt: Moment
    /// Who registered it; what this person proposed, this person may not approve.
    package let filedBy: String

    package internal(set) var stage: Stage = .filed
    /// The number of events so far; the next event gets this as its position.
    package internal(set) var version = 0

    package internal(set) var classification: Ruling<Classification>?
    package internal(set) var acceptance: Ruling<Acceptance>?
    package internal(set) var determination: Ruling<Determination>?
    package internal(set) var advance: Advance?
    /// Proposals so far; each has a reservation of its own, since a settled one stays settled.
    package internal(set) var advanceCount = 0
    package internal(set) var payouts: [Payout] = []
    package internal(set) var handlings: [Handling] = []
    package internal(set) var recovery: Recovery?
    package internal(set) var claimBack: ClaimBack?
    /// Who proposed to return to the pool what this tourist does not collect; nil while nobody has.
    package internal(set) var unclaimedProposer: String?
    /// Since when the tourist is owed money; nil while nothing is owed.
    package internal(set) var payableSince: Moment?
    package internal(set) var risk: Ruling<Risk>?
    /// Signs that a person has seen: whoever approved, or cleared a payout.
    package internal(set) var seenFlags: Set<String> = []
    package internal(set) var payoutReview: PayoutReview?
    /// When another account took the place of an earlier one.
    package internal(set) var payeeChangedAt: Moment?
    /// The cap that other cases have used up; nil while none stands in the way.
    package internal(set) var capReached: Cap?
    /// Something happened on which committing is to be tried again.
    package internal(set) var isCommitmentDue = false

    package internal(set) var evidence: [Evidence] = []
    /// Someone decided to go on without what was asked for.
    package internal(set) var isEvidenceWaived = false
    /// Later contacts about the same loss, merged into this case.
    package internal(set) var contacts: [Contact] = []
    package internal(set) var payee: Payee?
    /// Who changed the facts or the account; none of them may approve.
    package internal(set) var preparedBy: Set<String> = []
    /// Facts as filed, with what was added or corrected since.
    package internal(set) var facts: Facts
    /// What the merchant paid the tourist directly.
    package internal(set) var paidByMerchant = Money.zero
    /// The bureau reported that mediation failed.
    package internal(set) var noAgreement = false
    /// Something happened on which the settlement rules have not been asked yet.
    package internal(set) var isSettlementDue = false
    package internal(set) var clocks: [Clock.Name: Clock] = [:]
    package internal(set) var followUps: [FollowUp] = []
    package internal(set) var contest: Contest?
    package internal(set) var escalations: [String] = []

    /// The identity in the ledger of what is set aside for the current advance.
    package var reservation: ID<Reservation> { ID("\(id)/advance/\(max(1, advanceCount))") }

    init(id: ID<Case>, filing: Filing, terms: Terms, filedAt: Moment, filedBy: String) {
        self.id = id
        self.filing = filing
        self.terms = terms
        self.filedAt = filedAt
        self.filedBy = filedBy
        payee = filing.payee
        facts = filing.facts
    }
}

/// Where a case stands. What is known only from a stage on stands in the stage.
package enum Stage: Hashable, Sendable, Codable {
    case filed
    case declined(code: String)
    /// To 110, 119 or 120, or to the body for discipline.
    case handedOver(to: String)
    case merged(into: ID<Case>)
    /// Accepted; the entitlement and the advance are being worked out.
    case assessing
    /// Kinds of evidence asked for; the clocks stand still.
    case awaitingEvidence([String])
    /// An advance is proposed and waits for the people who must agree.
    case proposed
    /// Approved, but the pool cannot cover it: goes on when money comes.
    case awaitingFunds
    case withBureau
    case paying
    case resolved(Resolution)
    case closed(Resolution)
    case withdrawn
}

/// Whether money that is owed may leave for the account as it stands.
package enum PayoutReview: Hashable, Sendable, Codable {
    case asked(flags: [String])
    case cleared(by: String)
}

/// How a case ended for the tourist.
package enum Resolution: String, Hashable, Sendable, Codable, CaseIterable {
    case paidByFund
    /// After a reservation: the merchant paid, the reserved money went back.
    case paidByMerchant
    /// 未动用先行赔付解决: the merchant paid before any advance was made.
    case solvedWithoutAdvance
    case noAgreement
    /// Owed, and never collected: the money went back to the pool, and the claim stays on record.
    case unclaimed
}

/// What an edition promised when the case was filed.
package struct Terms: Hashable, Sendable, Codable {
    /// `sanya/2024-02-05`.
    package let edition: String
    package let editionHash: String
    /// The merchant's standing on the day of purchase.
    package let standing: Standing
    package let acceptMinutes: Int
    package let auditMinutes: Int
    package let closingMinutes: Int
    /// How long reserved money waits for the merchant.
    package let freezeMinutes: Int
    /// Payout attempts that may follow an unconfirmed one without a person.
    package let reissueLimit: Int
    /// Days after which two people may return to the pool what a tourist does not collect; nil: never.
    package let unclaimedDays: Int?

    package init(
        edition: String, editionHash: String, standing: Standing, acceptMinutes: Int,
        auditMinutes: Int,
        closingMinutes: Int, freezeMinutes: Int, reissueLimit: Int,
        unclaimedDays: Int? = nil
    ) {
        self.edition = edition
        self.editionHash = editionHash
        self.standing = standing
        self.acceptMinutes = acceptMinutes
        self.auditMinutes = auditMinutes
        self.closingMinutes = closingMinutes
        self.freezeMinutes = freezeMinutes
        self.reissueLimit = reissueLimit
        self.unclaimedDays = unclaimedDays
    }
}

/// A later contact about a loss that already has a case.
package struct Contact: Hashable, Sendable, Codable {
    package let id: ID<Case>
    package let channel: Channel
    package let story: String
    package let at: Moment
}

/// The tourist's objection to a refusal, and what a person decided on it.
package struct Contest: Hashable, Sendable, Codable {
    package let reason: String
    package internal(set) var answer: String?
    /// Whether the refusal stood; nil while nobody has answered.
    package internal(set) var isUpheld: Bool?
}

/// An answer to the follow-up call.
package struct FollowUp: Hashable, Sendable, Codable {
    package let grade: Grade
    package let note: String
    package let at: Moment

    /// Satisfaction as Yantai's hotline grades it.
    package enum Grade: String, Hashable, Sendable, Codable, CaseIterable {
        case a, b, c
        /// Neither satisfied nor not.
        case unreachable
    }
}

extension Stage {
    /// Without what it carries: the name in queues, filters and messages.
    package var name: String {
        switch self {
        case .filed: "filed"
        case .declined: "declined"
        case .handedOver: "handedOver"
        case .merged: "merged"
        case .assessing: "assessing"
        case .awaitingEvidence: "awaitingEvidence"
        case .proposed: "proposed"
        case .awaitingFunds: "awaitingFunds"
        case .withBureau: "withBureau"
        case .paying: "paying"
        case .resolved: "resolved"
        case .closed: "closed"
        case .withdrawn: "withdrawn"
        }
    }

    /// Somebody, or something, still has to act for the tourist.
    package var isOpen: Bool {
        switch self {
        case .declined, .handedOver, .merged, .closed, .withdrawn: false
        case .filed, .assessing, .awaitingEvidence, .proposed, .awaitingFunds, .withBureau, .paying,
            .resolved:
            true
        }
    }
}
