import Casework
import Ledger
import Store
import Workflow

/// The line of a work order in a list or queue.
struct OrderRowView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: String
    let isOpen: Bool
    let kind: String
    let category: String
    let area: String?
    let channel: String
    /// The lead that has it now.
    let bureau: String?
    let receiver: String?
    let isUrgent: Bool
    let isSupervised: Bool
    /// The beginning of what the caller said; empty for those whom it is about.
    let text: String
    let registeredAt: Timestamp
    /// When the most pressing running clock ends.
    let due: Timestamp?
    let dueClock: String?
    let leftMs: Int64?
    let href: String

    init(_ row: OrderRow, _ zone: Zone, at now: Moment, _ sight: Sight) {
        number = row.id.text
        version = row.version
        stage = row.stage
        isOpen = row.isOpen
        kind = row.kind
        category = row.category
        area = row.area
        channel = row.channel
        bureau = row.bureau
        receiver = row.receiver
        isUrgent = row.isUrgent
        isSupervised = row.isSupervised
        text = sight.text(row.text)
        registeredAt = Timestamp(zone.text(row.registeredAt))
        due = row.due.map { Timestamp(zone.text($0)) }
        dueClock = row.dueClock
        leftMs = row.due.map { now.distanceMs(to: $0) }
        href = Link.api(row.id).text
    }
}

struct OrderListView: Codable, Sendable {
    let orders: [OrderRowView]
    /// Give it as `after` for the next page; absent on the last.
    let next: String?
}

/// What a command on a work order is answered with: enough to go on, and nothing personal.
struct OrderReceiptView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: OrderStageView
    let clocks: [OrderClockView]
    let href: String

    init(_ order: WorkOrder, in work: Work) throws {
        number = order.id.text
        version = order.version
        stage = OrderStageView(order.stage, .masked)
        clocks = OrderClockView.all(
            of: order, work.books.zone, on: try work.schedules(of: order), at: work.now)
        href = Link.api(order.id).text
    }
}

/// What registering is answered with. The tracking code is told here and never again.
struct RegisteredOrderView: Codable, Sendable {
    let number: String
    let trackingCode: String
    let version: Int
    let stage: OrderStageView
    let kind: String
    let category: String
    let isUrgent: Bool
    let difficulty: Int?
    let limits: [LimitView]
    /// What the edition proposes; absent where it was merged, or what that depends on is not known yet.
    let routing: OrderRoutingView?
    let like: [LikeOrderView]
    /// The report of an offence that the same words hold, registered beside it.
    let report: String?
    let href: String

    init(_ registered: RegisteredOrder, in work: Work) throws {
        let order = registered.order
        let receipt = try OrderReceiptView(order, in: work)
        number = receipt.number
        trackingCode = registered.trackingCode
        version = receipt.version
        stage = receipt.stage
        kind = order.sorting.kind
        category = order.sorting.category
        isUrgent = order.terms.isUrgent
        difficulty = order.terms.difficulty
        limits = order.terms.limits.map { LimitView($0, of: receipt.clocks) }
        routing = registered.routing.map { OrderRoutingView($0) }
        like = registered.like.map { LikeOrderView(number: $0.id.text, by: $0.kind) }
        report = registered.report?.id.text
        href = receipt.href
    }
}

struct LikeOrderView: Codable, Sendable {
    let number: String
    /// `numberElsewhere`, `order`, `evidence`, `text`, `phone`: the most telling that they share.
    let by: String
}

/// How the edition's classification sorted an order, and by which clauses; a person may have chosen another
/// category.
struct OrderClassificationView: Codable, Sendable {
    let category: String
    let isUrgent: Bool
    let difficulty: Int?
    let rules: [RuleView]

    init(_ ruling: Ruling<OrderClassification>) {
        (category, isUrgent) = (ruling.outcome.category, ruling.outcome.isUrgent)
        difficulty = ruling.outcome.difficulty
        rules = ruling.grounds.rules.map { RuleView($0) }
    }
}

/// What the edition proposes to do with an order, and by which clauses.
struct OrderRoutingView: Codable, Sendable {
    /// `answer`, `dispatch`, `refer`, `handOver`.
    let way: String
    let lead: String?
    let assisting: [String]
    let level: Int
    let line: String?
    let isDesignated: Bool
    let rules: [RuleView]

    init(_ ruling: Ruling<OrderRouting>) {
        let routing = ruling.outcome
        way = routing.way.rawValue
        lead = routing.lead
        assisting = routing.assisting
        level = routing.level
        line = routing.line
        isDesignated = routing.isDesignated
        rules = ruling.grounds.rules.map { RuleView($0) }
    }
}

/// Where a work order stands, with what the stage carries.
struct OrderStageView: Codable, Sendable {
    let name: String
    let zh: String
    let en: String
    let isOpen: Bool
    /// Of a declined one.
    let code: String?
    /// The number of the first, of a merged one.
    let mergedInto: String?
    /// Of one that is done.
    let outcome: OutcomeView?

    init(_ stage: OrderStage, _ sight: Sight) {
        let phrase = Names.orderStage(stage.name)
        name = stage.name
        (zh, en) = (phrase.zh, phrase.en)
        isOpen = stage.isOpen
        var (why, first, done): (String?, String?, OrderOutcome?) = (nil, nil, nil)
        switch stage {
        case .declined(let code): why = code
        case .merged(let id): first = id.text
        case .finished(let outcome), .closed(let outcome): done = outcome
        case .registered, .dispatched, .handling, .handedOver, .withdrawn: break
        }
        (code, mergedInto) = (why, first)
        outcome = done.map { OutcomeView($0, sight) }
    }
}

/// How a work order ended for the caller.
struct OutcomeView: Codable, Sendable {
    /// `answered`, `referred`, `solved`, `partly`, `unsolved`, `settledInKind`.
    let name: String
    let zh: String
    let en: String

    init(_ outcome: OrderOutcome, _ sight: Sight) {
        let phrase = Names.outcome(outcome, sight)
        (zh, en) = (phrase.zh, phrase.en)
        name =
            switch outcome {
            case .answered: "answered"
            case .referred: "referred"
            case .solved: "solved"
            case .partly: "partly"
            case .unsolved: "unsolved"
            case .settledInKind: "settledInKind"
            }
    }
}
