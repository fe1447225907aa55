import Casework
import HeapModule
import Ledger
import Store

/// Where a run stands: what is still to happen, who is at what, and which work orders are in hand. A value, so
/// that a transaction that runs again begins where it began.
struct HotlineRun: Sendable {
    /// The virtual time.
    var now = OfficeYear.opening
    private(set) var arrived = 0
    private var agenda: Heap<Item> = []
    private var entered = 0
    private var live: [ID<WorkOrder>: LiveOrder] = [:]
    private(set) var sheets: [ID<WorkOrder>: OrderSheet] = [:]
    private(set) var observed = HotlineObserved()
    var waivers = WaiverDesk()
    private var isCutOff = false

    enum Action: Sendable {
        case act(ID<WorkOrder>, key: String)
        /// The family's invoice comes; the order it was booked by.
        case waive(ID<WorkOrder>, HotlineCall)
        case followUp(ID<Case>)
    }

    struct Item: Comparable, Sendable {
        let at: Moment
        let order: Int
        let action: Action

        static func < (a: Item, b: Item) -> Bool { (a.at, a.order) < (b.at, b.order) }
        static func == (a: Item, b: Item) -> Bool { a.order == b.order }
    }

    /// Why a slice came to its end.
    enum Stop: Sendable {
        case more
        case cutoff
        /// Money is to be sent, which is done outside of a transaction.
        case payment(at: Moment)
        case over
    }

    /// Steps that share a commit.
    static let slice = 600

    var leftOpen: Int { live.count }

    mutating func enter(_ action: Action, at moment: Moment) {
        entered += 1
        agenda.insert(Item(at: moment, order: entered, action: action))
    }

    /// Runs on in one transaction, until something must happen outside of it.
    mutating func run(in works: Works, _ world: HotlineWorld) throws -> Stop {
        defer { sheets = works.hand.sheets }
        for _ in 0..<Self.slice {
            let arrival = arrived < world.arrivals.count ? world.arrivals[arrived].at : nil
            let next = [arrival, agenda.min?.at].compactMap { $0 }.min()
            let due = try nextDue(works, world, before: next)
            guard let at = due?.at ?? next else {
                return waivers.paymentAt.map { .payment(at: $0) } ?? .over
            }
            if let pay = waivers.paymentAt, pay <= at { return .payment(at: pay) }
            if !isCutOff, at >= OfficeYear.cutoff {
                isCutOff = true
                now = max(now, OfficeYear.cutoff)
                return .cutoff
            }
            now = max(now, at)
            let work = works.at(now)
            switch due?.kind {
            case .orders:
                for order in try work.fireDueOrderSteps() {
                    observed.fired += 1
                    try react(to: order, in: work, world)
                }
            case .cases:
                observed.fired += try work.fireDueCaseSteps()
            case nil:
                if let arrival, arrival == at {
                    try register(world.generator.call(world.arrivals[arrived].index), work, world)
                    arrived += 1
                } else if let item = agenda.popMin() {
                    try take(item.action, work, world)
                }
            }
        }
        return .more
    }

    private enum Due { case orders, cases }

    /// The earliest step of a clock, when it is due before anything else happens.
    private func nextDue(
        _ works: Works, _ world: HotlineWorld, before next: Moment?
    ) throws -> (kind: Due, at: Moment)? {
        let limit = next ?? OfficeYear.horizon
        var found: (kind: Due, at: Moment)?
        if let at = try works.transaction.nextOrderStepTime(), at <= limit { found = (.orders, at) }
        if world.year.waiver != nil, let at = try works.transaction.nextStepTime(), at <= limit,
            found.map({ at < $0.at }) ?? true
        {
            found = (.cases, at)
        }
        return found
    }

    private mutating func register(
        _ call: HotlineCall, _ work: Work, _ world: HotlineWorld
    ) throws {
        var draws = Draws(world.seed, call.index, "code")
        let code = digits(draws.int(0...99_999_999), 8)
        let registered = try work.registerOrder(
            call.intake, by: call.isTakenByAgent ? call.agent : .tourist, trackingCode: code)
        let id = registered.order.id
        live[id] = LiveOrder(call: call, routing: registered.routing?.outcome)
        try react(to: registered.order, in: work, world)
        guard case .merged(let first) = registered.order.stage else { return }
        let order = try work.sheet(first).order
        // What was withdrawn is opened again by the repeat.
        if live[first] == nil, order.stage.isOpen {
            live[first] = LiveOrder(call: call, routing: nil)
        }
        if live[first] != nil { try react(to: order, in: work, world) }
    }

    private mutating func take(
        _ action: Action, _ work: Work, _ world: HotlineWorld
    ) throws {
        switch action {
        case .act(let id, let key): try act(on: id, key, work, world)
        case .waive(let id, let call):
            for after in try waivers.file(call, bookedBy: id, work, world) {
                enter(.followUp(after), at: now.advanced(byMinutes: 26 * 60))
            }
            if live[id] == nil { work.hand?.sheets[id] = nil }
        case .followUp(let id):
            if try !waivers.followUp(id, work, world) {
                // The money is still on its way.
                enter(.followUp(id), at: now.advanced(byMinutes: 24 * 60))
            }
        }
    }

    private mutating func act(
        on id: ID<WorkOrder>, _ key: String, _ work: Work, _ world: HotlineWorld
    ) throws {
        guard var one = live[id], one.pending == key else { return }
        one.pending = nil
        let order = try work.sheet(id).order
        let book = try work.schedules(of: order)
        guard let plan = try world.people.plan(for: order, one, at: now, on: book),
            plan.key == key
        else {
            live[id] = one
            return try react(to: order, in: work, world)
        }
        one.done.insert(key)
        live[id] = one
        do {
            let after = try work.perform(plan.commands(now), onOrder: id)
            observed.acts += 1
            try react(to: after, in: work, world)
        } catch let refusal as OrderRefusal {
            let name = key.split(separator: "/").first { Int($0) == nil } ?? ""
            observed.refusals["\(name): \(refusal)", default: 0] += 1
        }
    }

    /// Puts what somebody will do next on the agenda, and lets go of what is over.
    private mutating func react(
        to order: WorkOrder, in work: Work, _ world: HotlineWorld
    ) throws {
        guard var one = live[order.id] else { return }
        let book = try work.schedules(of: order)
        guard let plan = try world.people.plan(for: order, one, at: now, on: book) else {
            live[order.id] = nil
            work.hand?.sheets[order.id] = nil
            return
        }
        if plan.key != one.pending {
            one.pending = plan.key
            live[order.id] = one
            enter(.act(order.id, key: plan.key), at: max(now, plan.at))
        }
        if let waiver = one.call.waiver, !one.done.contains("waiver"),
            case .finished(.referred(_?)) = order.stage
        {
            live[order.id]?.done.insert("waiver")
            enter(
                .waive(order.id, one.call),
                at: now.advanced(byMinutes: Int(waiver.fee) * 7 + 600))
        }
    }
}

extension HotlineCall {
    /// Who writes themselves has no agent.
    var isTakenByAgent: Bool {
        switch intake.channel {
        case .phone, .hotline, .counter, .sos, .collected: true
        case .web, .wechat, .sms, .email: false
        }
    }
}

/// What does not change in the course of a run.
struct HotlineWorld: Sendable {
    let seed: UInt64
    let year: OfficeYear
    let staff: HotlineStaff
    let people: HotlinePeople
    let generator: CallGenerator
    let arrivals: [(at: Moment, index: Int)]

    init(_ office: DemoOffice, seed: UInt64, count: Int) {
        self.seed = seed
        year = office.year
        staff = HotlineStaff(agents: year.agents)
        people = HotlinePeople(seed: seed, year: year, staff: staff)
        generator = CallGenerator(seed: seed, year: year, count: count, staff: staff)
        arrivals = generator.arrivals()
    }
}

/// What the run counted of itself; no figure of the report is made of it.
struct HotlineObserved: Sendable, Hashable {
    var acts = 0
    var fired = 0
    var refusals: [String: Int] = [:]
}
