import Casework
import Ledger

/// What somebody will do next about a work order, as things stand. The key names it within the order.
struct HotlinePlan {
    let key: String
    let at: Moment
    /// Made when it is done: a call on three lines has the times of that moment.
    let commands: (Moment) -> [(command: OrderCommand, by: Actor)]

    init(
        _ key: String, at: Moment,
        _ commands: @escaping (Moment) -> [(command: OrderCommand, by: Actor)]
    ) {
        self.key = key
        self.at = at
        self.commands = commands
    }
}

/// A work order that is under way, with what people remember of it.
struct LiveOrder: Sendable {
    let call: HotlineCall
    let routing: OrderRouting?
    /// The plan that is on the agenda.
    var pending: String?
    /// What is done once only, such as asking for more time.
    var done: Set<String> = []
}

/// How the people of a hotline, its bureaus and its callers go on with a work order. A function of the order,
/// its call and the seed: it says who does what and when, and nothing about what the procedure makes of it.
struct HotlinePeople: Sendable {
    let seed: UInt64
    let year: OfficeYear
    let staff: HotlineStaff

    /// Nil when nobody does anything any more.
    ///
    /// - Parameter book: By what its limits are counted: people see when they end.
    func plan(
        for order: WorkOrder, _ live: LiveOrder, at now: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) -> HotlinePlan? {
        let scene = Scene(order: order, live: live, now: now, book: book)
        if order.pause != nil { return resuming(scene) }
        switch order.stage {
        case .registered: return try atTheLine(scene)
        case .dispatched: return try receiving(scene)
        case .handling: return try handling(scene)
        case .finished(let outcome): return try finishing(outcome, scene)
        case .closed: return reopening(scene)
        case .handedOver: return handedOver(scene)
        case .declined, .merged, .withdrawn: return nil
        }
    }

    /// One order at one moment.
    struct Scene {
        let order: WorkOrder
        let live: LiveOrder
        let now: Moment
        let book: ScheduleBook

        var manner: Manner { live.call.group.manner }
        /// Which sending it is.
        var turn: String { "\(order.round)/\(order.assignments.count)" }
        func isDone(_ what: String) -> Bool { live.done.contains("\(turn)/\(what)") }

        /// The end of a limit that runs; nil when it does not, or stands still.
        func due(_ clock: OrderClock) throws(OrderRefusal) -> Moment? {
            guard let clock = order.clocks[clock], !clock.isOver else { return nil }
            return try clock.due(on: book)
        }
    }

    func draws(_ scene: Scene, _ purpose: String) -> Draws {
        Draws(seed, scene.live.call.index, "\(purpose)/\(scene.turn)")
    }

    /// A moment before `due`, by a share of what is left; after it when this one is slow.
    func moment(
        _ scene: Scene, before due: Moment?, _ purpose: String, shares: ClosedRange<Double>,
        late: Double, otherwise minutes: ClosedRange<Int>
    ) -> Moment {
        var draws = draws(scene, purpose)
        let (isLate, share) = (draws.happens(late), draws.fraction())
        guard let due else { return scene.now.advanced(byMs: draws.minutes_ms(minutes)) }
        if isLate || due <= scene.now {
            let over = draws.minutes_ms(5...26 * 60)
            return max(due, scene.now).advanced(byMs: min(over, over / 8 + limitMs(scene, due) / 2))
        }
        let left = Double(scene.now.distanceMs(to: due))
        let part = shares.lowerBound + (shares.upperBound - shares.lowerBound) * share
        let at = scene.now.advanced(byMs: Int64(left * part))
        // People work by day, where the limit lets them.
        let byDay = DemoCalendar.officeHour(at, &draws)
        return left > 4 * 3_600_000 && byDay < due ? byDay : at
    }

    /// How long there was in all, so that what is late of a minute is not late by a day.
    private func limitMs(_ scene: Scene, _ due: Moment) -> Int64 {
        max(60_000, scene.order.registeredAt.distanceMs(to: due))
    }

    private func resuming(_ scene: Scene) -> HotlinePlan? {
        let order = scene.order
        let key = "resume/\(scene.turn)/\(order.messages.count)"
        var draws = draws(scene, key)
        switch order.pause {
        case .evidence:
            return HotlinePlan(key, at: scene.now.advanced(byMs: draws.hours_ms(1...40))) { _ in
                let reply = OrderMessage(
                    channel: order.demand.channel, from: .caller, text: "补充说明和照片已发送")
                return [(.reply(reply), .tourist)]
            }
        default:
            let officer = staff.officer(of: order.assignment?.lead ?? "")
            return HotlinePlan(key, at: scene.now.advanced(byMs: draws.hours_ms(24...96))) { _ in
                [(.resume(note: "鉴定结果已出"), officer)]
            }
        }
    }

    // MARK: After the end

    private func reopening(_ scene: Scene) -> HotlinePlan? {
        let order = scene.order
        var draws = draws(scene, "reopen")
        guard order.round == 0, draws.happens(scene.manner.reopened) else { return nil }
        let agent = draws.pick(staff.agents)
        let at = scene.now.advanced(byMs: draws.hours_ms(20...200))
        return HotlinePlan("reopen", at: at) { _ in
            [(.reopen(newFacts: "又有新的情况：问题再次出现"), agent)]
        }
    }

    /// Somebody asks the next day how it went, after an ambulance was called.
    private func handedOver(_ scene: Scene) -> HotlinePlan? {
        let order = scene.order
        guard scene.live.call.group.kind == "sos", !order.isFollowedUp else { return nil }
        var draws = draws(scene, "after")
        let agent = draws.pick(staff.agents)
        let (grade, cause) = grade(scene, &draws)
        return HotlinePlan("after", at: scene.now.advanced(byMs: draws.hours_ms(6...22))) { _ in
            [(.followUp(grade, cause: cause, note: "回访急救情况"), agent)]
        }
    }

    /// What the caller says. Done again they were reached before, and mostly content.
    func grade(
        _ scene: Scene, _ draws: inout Draws
    ) -> (FollowUp.Grade, DissatisfactionCause?) {
        let (order, manner) = (scene.order, scene.manner)
        let (reached, view, isOwn) = (draws.fraction(), draws.fraction(), draws.happens(0.35))
        let isAgain = order.followUps.contains { $0.grade == .c }
        if !isAgain, reached < manner.unreachable { return (.unreachable, nil) }
        var bad = 1.0
        if case .finished(.referred(let firm?)) = order.stage {
            bad = scene.live.call.firms.first { $0.id.text == firm }?.bad ?? 1
        }
        // A third of the first answers is the bureau's doing, and a tenth of those stays.
        let first = manner.dissatisfied * bad / (1 - 0.35 + 0.35 * 0.1)
        if isAgain {
            return view < 0.1 ? (.c, .circumstances) : (.a, nil)
        }
        if view < first { return (.c, isOwn ? .bureau : .circumstances) }
        return (view < first + manner.mostly ? .b : .a, nil)
    }
}
