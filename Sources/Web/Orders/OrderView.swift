import Casework
import Ledger
import Store
import Workflow

/// A work order with all that is known of it.
struct OrderView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: OrderStageView
    let demand: DemandView
    let registeredAt: Timestamp
    let registeredBy: String
    let kind: String
    let category: String
    let area: String?
    let isUrgent: Bool
    let difficulty: Int?
    let isDoublyAssigned: Bool
    let edition: String
    let editionHash: String
    let isAccepted: Bool
    /// Who answers for it to its end.
    let receiver: String?
    let isWithDuty: Bool
    let facts: [String: Fact]
    let limits: [LimitView]
    /// Why it was sorted so, as it was registered or last sorted; absent in orders from before that was kept.
    let classification: OrderClassificationView?
    /// What the edition then proposed; absent where what that depends on was not known.
    let routingThen: OrderRoutingView?
    /// What the edition proposes, while it is with the hotline.
    let routing: OrderRoutingView?
    let assignments: [AssignmentView]
    let returns: Int
    let providersNamed: [String]
    let clocks: [OrderClockView]
    /// Those whose place a fresh one took, the oldest first.
    let pastClocks: [OrderClockView]
    let pause: String?
    let extensionAsked: ExtensionView?
    let extensionsGranted: Int
    let agreement: AgreementView?
    let consents: [String]
    let evidence: [OrderEvidenceView]
    let links: [OrderLinkView]
    let duplicates: [DuplicateView]
    let messages: [OrderMessageView]
    let reply: String?
    let reminders: Int
    let isSupervised: Bool
    let isWithDiscipline: Bool
    let faults: [FaultView]
    let isFieldCheckWanted: Bool
    let fieldCheck: FieldCheckView?
    let isFollowUpWanted: Bool
    let followUps: [OrderFollowUpView]
    /// Redos and reopenings so far.
    let round: Int
    let notices: [OrderNoticeView]
    let events: [OrderEventView]

    init(_ whole: WholeOrder, _ zone: Zone, at now: Moment, _ sight: Sight) {
        let order = whole.order
        let clocks = OrderClockView.all(of: order, zone, on: whole.schedules, at: now)
        number = order.id.text
        version = order.version
        stage = OrderStageView(order.stage, sight)
        demand = DemandView(order.demand, sight)
        registeredAt = Timestamp(zone.text(order.registeredAt))
        registeredBy = order.registeredBy
        (kind, category, area) = (
            order.sorting.kind, order.sorting.category, order.sorting.area
        )
        (isUrgent, difficulty) = (order.terms.isUrgent, order.terms.difficulty)
        isDoublyAssigned = order.terms.isDoublyAssigned
        (edition, editionHash) = (order.terms.edition, order.terms.editionHash)
        isAccepted = order.isAccepted
        receiver = order.receiver
        isWithDuty = order.isWithDuty
        facts = order.facts.mapValues { $0.seen(with: sight) }
        limits = order.terms.limits.map { LimitView($0, of: clocks) }
        classification = order.terms.grounds.map { OrderClassificationView($0.classification) }
        routingThen = order.terms.grounds?.routing.map { OrderRoutingView($0) }
        routing = whole.routing.map { OrderRoutingView($0) }
        assignments = order.assignments.map { AssignmentView($0, zone, sight) }
        returns = order.returns
        providersNamed = order.providersNamed
        self.clocks = clocks
        pastClocks = order.pastClocks.map {
            OrderClockView($0, zone, on: whole.schedules, at: now)
        }
        pause = order.pause?.rawValue
        extensionAsked = order.extensionAsked.map {
            ExtensionView(by: $0.count, reason: sight.text($0.reason), askedBy: $0.by)
        }
        extensionsGranted = order.extensionsGranted
        agreement = order.agreement.map {
            AgreementView(text: sight.text($0.text), isForLess: $0.extent == .lessThanClaimed)
        }
        consents = order.consents.sorted()
        evidence = order.evidence.map { OrderEvidenceView($0, of: order.id, zone, sight) }
        links = order.links.map { OrderLinkView($0) }
        duplicates = order.duplicates.map { DuplicateView($0, sight) }
        messages = order.messages.map { OrderMessageView($0, sight) }
        reply = order.reply.map(sight.text)
        reminders = order.reminders
        isSupervised = order.isSupervised
        isWithDiscipline = order.isWithDiscipline
        faults = order.faults.map { FaultView($0, zone, sight) }
        isFieldCheckWanted = order.isFieldCheckWanted
        fieldCheck = order.fieldCheck.map { FieldCheckView($0, sight) }
        isFollowUpWanted = order.isFollowUpWanted
        followUps = order.followUps.map { OrderFollowUpView($0, zone, sight) }
        round = order.round
        notices = whole.notices.map { OrderNoticeView($0, zone) }
        let names = OrderNames(whole.edition)
        events = whole.recorded.map { OrderEventView($0, names, zone, sight) }
    }
}
