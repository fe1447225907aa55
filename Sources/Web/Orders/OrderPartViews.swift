import Casework
import Ledger

/// What the caller brought, as it was registered.
struct DemandView: Codable, Sendable {
    let channel: String
    let caller: CallerView
    let text: String
    let merchantId: String?
    let merchantName: String?
    let place: String?
    let numberElsewhere: String?
    let joint: JointView?
    /// Absent unless it is about the office itself.
    let about: OfficeMatterView?

    init(_ demand: Demand, _ sight: Sight) {
        channel = demand.channel.rawValue
        caller = CallerView(
            name: demand.caller.name.map(sight.name), phone: demand.caller.phone.map(sight.phone),
            language: demand.caller.language)
        text = sight.text(demand.text)
        merchantId = demand.merchant?.text
        merchantName = demand.merchantName
        // Often the caller's home: only its beginning is shown to those who need not go there.
        place = demand.place.map { sight == .personal ? $0.revealed : sight.name($0) }
        numberElsewhere = demand.numberElsewhere.map(sight.reference)
        joint = demand.joint.map { JointView($0, sight) }
        about = demand.about.map { OfficeMatterView($0) }
    }
}

/// What of the office's own doing a demand is about.
struct OfficeMatterView: Codable, Sendable {
    /// `review`, `complaint`.
    let kind: String
    /// The order under review.
    let order: String?
    let href: String?
    let people: [String]
    let bureaus: [String]

    init(_ about: OfficeMatter) {
        kind = about.kind.rawValue
        order = about.reviewed?.text
        href = about.reviewed.map { Link.api($0).text }
        people = about.people
        bureaus = about.bureaus
    }
}

struct CallerView: Codable, Sendable {
    let name: String?
    let phone: String?
    let language: String
}

struct JointView: Codable, Sendable {
    let members: [JointMemberView]
    let representatives: [String]

    init(_ joint: Joint, _ sight: Sight) {
        members = joint.members.map {
            JointMemberView(
                id: $0.id, name: sight.name($0.name), phone: $0.phone.map(sight.phone))
        }
        representatives = joint.representatives
    }
}

struct JointMemberView: Codable, Sendable {
    let id: String
    let name: String
    let phone: String?
}

/// One sending to bureaus.
struct AssignmentView: Codable, Sendable {
    let lead: String
    let assisting: [String]
    /// `dispatched`, `designated`, `meeting`, `redo`.
    let ground: String
    let reason: String?
    let dispatchedAt: Timestamp
    let acknowledgements: [AcknowledgementView]
    let reported: [String]
    let isOpen: Bool

    init(_ assignment: Assignment, _ zone: Zone, _ sight: Sight) {
        lead = assignment.lead
        assisting = assignment.assisting
        switch assignment.ground {
        case .dispatched: (ground, reason) = ("dispatched", nil)
        case .designated(let why): (ground, reason) = ("designated", sight.text(why))
        case .meeting(let minutes): (ground, reason) = ("meeting", sight.text(minutes))
        case .redo(let why): (ground, reason) = ("redo", sight.text(why))
        }
        dispatchedAt = Timestamp(zone.text(assignment.dispatchedAt))
        acknowledgements = assignment.acknowledgements.sorted { $0.key < $1.key }.flatMap {
            bureau, ways in
            Assignment.Way.allCases.compactMap { way in
                ways[way].map {
                    AcknowledgementView(
                        bureau: bureau, by: way.rawValue, at: Timestamp(zone.text($0)))
                }
            }
        }
        reported = assignment.reported.sorted()
        isOpen = assignment.isOpen
    }
}

struct AcknowledgementView: Codable, Sendable {
    let bureau: String
    /// `system` or `telephone`.
    let by: String
    let at: Timestamp
}

struct ExtensionView: Codable, Sendable {
    /// In the unit of the handling limit.
    let by: Int
    let reason: String
    let askedBy: String
}

struct AgreementView: Codable, Sendable {
    let text: String
    let isForLess: Bool
}

struct OrderEvidenceView: Codable, Sendable {
    let hash: String
    let size: Int
    let type: String
    let kind: String
    let name: String
    let addedAt: Timestamp
    let href: String

    init(_ evidence: Evidence, of id: ID<WorkOrder>, _ zone: Zone, _ sight: Sight) {
        hash = evidence.hash
        size = evidence.size
        type = evidence.type.rawValue
        kind = evidence.kind
        name = sight.reference(evidence.name)
        addedAt = Timestamp(zone.text(evidence.addedAt))
        href = Link.apiEvidence(id, evidence.hash).text
    }
}

struct OrderLinkView: Codable, Sendable {
    /// `compensation`, `report`, `complaint`, `related`.
    let kind: String
    let number: String
    let href: String

    init(_ link: OrderLink) {
        switch link {
        case .compensation(let id):
            (kind, number, href) = ("compensation", id.text, Link.api(id).text)
        case .report(let id): (kind, number, href) = ("report", id.text, Link.api(id).text)
        case .complaint(let id): (kind, number, href) = ("complaint", id.text, Link.api(id).text)
        case .related(let id): (kind, number, href) = ("related", id.text, Link.api(id).text)
        }
    }
}

struct DuplicateView: Codable, Sendable {
    let number: String
    let demand: DemandView
    let evidence: [String]

    init(_ duplicate: Duplicate, _ sight: Sight) {
        number = duplicate.id.text
        demand = DemandView(duplicate.demand, sight)
        evidence = duplicate.evidence
    }
}

struct OrderMessageView: Codable, Sendable {
    let channel: String
    /// `caller`, `agent`, `bureau`, `merchant`.
    let from: String
    let text: String
    let evidence: [String]

    init(_ message: OrderMessage, _ sight: Sight) {
        channel = message.channel.rawValue
        from = message.from.rawValue
        text = sight.text(message.text)
        evidence = message.evidence
    }
}

struct FaultView: Codable, Sendable {
    /// `shirking`, `perfunctory`, `falsified`, `delaying`.
    let fault: String
    let bureau: String
    let reason: String
    let at: Timestamp

    init(_ entry: FaultEntry, _ zone: Zone, _ sight: Sight) {
        fault = entry.fault.rawValue
        bureau = entry.bureau
        reason = sight.text(entry.reason)
        at = Timestamp(zone.text(entry.at))
    }
}

struct FieldCheckView: Codable, Sendable {
    let isAsReported: Bool
    let note: String

    init(_ check: FieldCheck, _ sight: Sight) {
        switch check {
        case .asReported(let text): (isAsReported, note) = (true, sight.text(text))
        case .notAsReported(let text): (isAsReported, note) = (false, sight.text(text))
        }
    }
}

struct OrderFollowUpView: Codable, Sendable {
    let grade: String
    let cause: String?
    let note: String
    let at: Timestamp
    let round: Int

    init(_ followUp: OrderFollowUp, _ zone: Zone, _ sight: Sight) {
        grade = followUp.grade.rawValue
        cause = followUp.cause?.rawValue
        note = sight.text(followUp.note)
        at = Timestamp(zone.text(followUp.at))
        round = followUp.round
    }
}
