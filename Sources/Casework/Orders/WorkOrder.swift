package import Ledger

/// 工单: one demand of any kind as a hotline handles it, from the first word to the call-back.
///
/// A work order is the sum of its events: `decide` says what a command makes happen, `apply` makes it
/// so. Neither reads a clock, a file or a policy. The case for advance compensation is another thing
/// (`Case`), linked where there is one.
package struct WorkOrder: Hashable, Sendable {
    package let id: ID<WorkOrder>
    package let demand: Demand
    package let registeredAt: Moment
    package let registeredBy: String

    /// The edition's answer; another one from `sort` on, for clocks that start after it.
    package internal(set) var terms: OrderTerms
    package internal(set) var sorting: Sorting
    package internal(set) var stage: OrderStage = .registered
    /// The number of events so far; the next event gets this as its position.
    package internal(set) var version = 0
    package internal(set) var isAccepted = false
    /// 首接责任人: who answers for it to its end; nil while no person has had it.
    package internal(set) var receiver: String?
    /// The duty officer has it.
    package internal(set) var isWithDuty = false

    package internal(set) var assignments: [Assignment] = []
    /// As not theirs, since it was registered or reopened.
    package internal(set) var returns = 0
    package internal(set) var providersNamed: [String] = []
    package internal(set) var pause: PauseReason?
    /// Asked for, and not yet answered.
    package internal(set) var extensionAsked: ExtensionRequest?
    package internal(set) var extensionsGranted = 0
    package internal(set) var agreement: Agreement?
    /// Ids of members of a joint complaint who agreed to the settlement as it stands.
    package internal(set) var consents: Set<String> = []

    package internal(set) var facts: Facts
    package internal(set) var evidence: [Evidence] = []
    package internal(set) var links: [OrderLink]
    package internal(set) var duplicates: [Duplicate] = []
    package internal(set) var messages: [OrderMessage] = []
    package internal(set) var reply: String?
    /// Who reported it done; another person looks on the spot, and calls.
    package internal(set) var finishedBy: String?
    package internal(set) var reminders = 0
    package internal(set) var isSupervised = false
    package internal(set) var isWithDiscipline = false
    package internal(set) var faults: [FaultEntry] = []
    /// Since it was last finished.
    package internal(set) var fieldCheck: FieldCheck?
    package internal(set) var followUps: [OrderFollowUp] = []
    /// Redos and reopenings so far.
    package internal(set) var round = 0

    package internal(set) var clocks: [OrderClock: TermClock] = [:]
    /// Those whose place a fresh one took, the oldest first; by how much each was breached stays known.
    package internal(set) var pastClocks: [TermClock] = []

    init(id: ID<WorkOrder>, demand: Demand, terms: OrderTerms, at: Moment, by: String) {
        self.id = id
        self.demand = demand
        self.terms = terms
        registeredAt = at
        registeredBy = by
        sorting = Sorting(kind: demand.kind, category: demand.category, area: demand.area)
        facts = demand.facts
        links = demand.links
    }

    /// The bureaus that have it now; nil while none does.
    package var assignment: Assignment? { assignments.last.flatMap { $0.isOpen ? $0 : nil } }
}

/// Where a work order stands. What is known only from a stage on stands in the stage.
package enum OrderStage: Hashable, Sendable, Codable {
    /// With the hotline: new, sent back, or reopened.
    case registered
    /// Sent to a bureau that has not yet signed for it.
    case dispatched
    case handling
    /// Answered, referred or done; what was promised afterwards (a call, a look on the spot) is open.
    case finished(OrderOutcome)
    case closed(OrderOutcome)
    case declined(code: String)
    case handedOver
    case merged(into: ID<WorkOrder>)
    case withdrawn

    /// Without what it carries: the name in queues, filters and messages.
    package var name: String {
        switch self {
        case .registered: "registered"
        case .dispatched: "dispatched"
        case .handling: "handling"
        case .finished: "finished"
        case .closed: "closed"
        case .declined: "declined"
        case .handedOver: "handedOver"
        case .merged: "merged"
        case .withdrawn: "withdrawn"
        }
    }

    /// Somebody still has to act for the caller.
    package var isOpen: Bool {
        switch self {
        case .registered, .dispatched, .handling, .finished: true
        case .closed, .declined, .handedOver, .merged, .withdrawn: false
        }
    }
}

/// One sending of a work order to a lead bureau and those that assist.
package struct Assignment: Hashable, Sendable, Codable {
    package let lead: String
    package let assisting: [String]
    package let ground: Ground
    package let dispatchedAt: Moment
    /// By bureau, then way.
    package internal(set) var acknowledgements: [String: [Way: Moment]] = [:]
    /// Bureaus that have reported what they did.
    package internal(set) var reported: Set<String> = []
    package internal(set) var isOpen = true

    /// Why this lead.
    package enum Ground: Hashable, Sendable, Codable {
        case dispatched
        case designated(reason: String)
        case meeting(minutes: String)
        /// The same bureaus do it again.
        case redo(reason: String)

        /// Only what was merely dispatched may be sent back as not theirs.
        var mayBeReturned: Bool { self == .dispatched }
    }

    /// 双重交办: how a bureau was told.
    package enum Way: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        case system, telephone
    }

    /// Assisting bureaus that have not reported.
    package var reportsMissing: [String] { assisting.filter { !reported.contains($0) } }
}

package struct ExtensionRequest: Hashable, Sendable, Codable {
    package let count: Int
    package let reason: String
    package let by: String
}

package struct FaultEntry: Hashable, Sendable, Codable {
    package let fault: BureauFault
    package let bureau: String
    package let reason: String
    package let at: Moment
}

package struct OrderFollowUp: Hashable, Sendable, Codable {
    package let grade: FollowUp.Grade
    package let cause: DissatisfactionCause?
    package let note: String
    package let at: Moment
    /// Which finishing it asks about: `WorkOrder.round`.
    package let round: Int
}
