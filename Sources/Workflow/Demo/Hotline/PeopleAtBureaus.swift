import Casework
import Ledger

/// The bureaus: signing, returning, contacting, doing, reporting; and what is asked of it afterwards.
extension HotlinePeople {
    func receiving(_ scene: Scene) throws(OrderRefusal) -> HotlinePlan? {
        let order = scene.order
        guard let assignment = order.assignment else { return nil }
        let officer = staff.officer(of: assignment.lead)
        var draws = draws(scene, "return")
        let odds = order.returns == 0 ? scene.manner.returned : 0.15
        if assignment.ground == .dispatched, draws.happens(odds),
            let due = try scene.due(.returning), due > scene.now
        {
            let at = moment(
                scene, before: due, "return/at", shares: 0.05...0.4, late: 0, otherwise: 5...60)
            return HotlinePlan("return/\(scene.turn)", at: at) { _ in
                [(.returnNotOurs(reason: "不属于本单位职责"), officer)]
            }
        }
        let acknowledged = assignment.acknowledgements[assignment.lead] ?? [:]
        let isDouble = order.terms.isDoublyAssigned
        var due = try scene.due(.signing)
        let (handling, contact) = (try scene.due(.handling), try scene.due(.contact))
        if due == nil, let end = handling ?? contact {
            // Nobody waits with signing until there is no time left to do it.
            let left = max(0, scene.now.distanceMs(to: end))
            due = scene.now.advanced(byMs: min(left / 5, 4 * 3_600_000))
        }
        if isDouble, acknowledged[.telephone] == nil {
            let agent = draws.pick(staff.agents)
            let at = moment(
                scene, before: due, "ring", shares: 0.1...0.4, late: 0, otherwise: 1...3)
            return HotlinePlan("ring/\(scene.turn)", at: at) { _ in
                [(.acknowledge(by: .telephone), agent)]
            }
        }
        let at = moment(
            scene, before: due, "sign", shares: 0.1...0.8, late: scene.manner.slow,
            otherwise: 5...50)
        return HotlinePlan("sign/\(scene.turn)", at: at) { _ in
            [(.acknowledge(by: .system), officer)]
        }
    }

    func handling(_ scene: Scene) throws(OrderRefusal) -> HotlinePlan? {
        let order = scene.order
        guard let assignment = order.assignment else { return nil }
        let officer = staff.officer(of: assignment.lead)
        if let due = try scene.due(.response) {
            let at = moment(
                scene, before: due, "respond", shares: 0.3...0.9, late: scene.manner.slow,
                otherwise: 5...20)
            return HotlinePlan("respond/\(scene.turn)", at: at) { _ in
                [(.recordResponse(note: "已到现场"), officer)]
            }
        }
        if let due = try scene.due(.contact) {
            let at = moment(
                scene, before: due, "contact", shares: 0.1...0.8, late: scene.manner.slow,
                otherwise: 30...240)
            return HotlinePlan("contact/\(scene.turn)", at: at) { _ in
                [(.recordContact(note: "已与诉求人联系"), officer)]
            }
        }
        let due = try scene.due(.handling)
        if let plan = once(scene, officer, due) { return plan }
        if let bureau = assignment.reportsMissing.first {
            let at = moment(
                scene, before: due, "report/\(bureau)", shares: 0.1...0.4, late: 0,
                otherwise: 30...240)
            let helper = staff.officer(of: bureau)
            return HotlinePlan("report/\(scene.turn)/\(bureau)", at: at) { _ in
                [(.report(text: "已到场配合处置"), helper)]
            }
        }
        return ending(scene, officer, due)
    }

    /// What happens to some orders, once: a question, a test, more time, a reminder, a withdrawal.
    private func once(_ scene: Scene, _ officer: Actor, _ due: Moment?) -> HotlinePlan? {
        let (order, manner) = (scene.order, scene.manner)
        func plan(
            _ what: String, _ odds: Double, _ shares: ClosedRange<Double>,
            _ commands: @escaping () -> [(command: OrderCommand, by: Actor)]
        ) -> HotlinePlan? {
            var draws = draws(scene, what)
            guard !scene.isDone(what), draws.happens(odds) else { return nil }
            let at = moment(
                scene, before: due, "\(what)/at", shares: shares, late: 0, otherwise: 20...120)
            return HotlinePlan("\(scene.turn)/\(what)", at: at) { _ in commands() }
        }
        if order.terms.difficulty == 4, !order.isSupervised,
            let found = plan(
                "supervise", 1, 0.01...0.1,
                { [staff] in
                    [(.supervise(reason: "重大事项督办"), staff.supervisors[0])]
                })
        {
            return found
        }
        if let found = plan(
            "ask", manner.asked, 0.05...0.2,
            {
                [(.ask(question: "请补充具体位置和照片"), officer)]
            })
        {
            return found
        }
        if let found = plan(
            "test", manner.tested, 0.05...0.2,
            {
                [(.pause(.expertTest, note: "送检"), officer)]
            })
        {
            return found
        }
        if let found = plan(
            "withdraw", manner.withdrawn, 0.05...0.4,
            {
                [(.withdraw(reason: "问题已自行解决"), .tourist)]
            })
        {
            return found
        }
        if let asked = order.extensionAsked {
            var draws = draws(scene, "grant")
            let (isGranted, head) = (draws.happens(0.85), draws.pick(staff.supervisors))
            let at = moment(
                scene, before: due, "grant/at", shares: 0.1...0.5, late: 0, otherwise: 20...60)
            return HotlinePlan("grant/\(scene.turn)/\(asked.count)", at: at) { _ in
                [(isGranted ? .grantExtension : .refuseExtension(reason: "理由不充分"), head)]
            }
        }
        guard let clock = order.clocks[.handling], due.map({ $0 > scene.now }) ?? false,
            !clock.fired.contains(.breach), order.extensionsGranted < order.terms.extensionLimit
        else { return nil }
        let more = max(1, clock.deadline.limit.count)
        return plan("extend", manner.extended, 0.2...0.5) {
            [(.askExtension(by: more, reason: "需协调多方"), officer)]
        }
    }

    private func ending(_ scene: Scene, _ officer: Actor, _ due: Moment?) -> HotlinePlan {
        let order = scene.order
        let late = order.round == 0 ? scene.manner.late : scene.manner.late / 2
        let at = moment(
            scene, before: due, "finish", shares: 0.1...0.85, late: late, otherwise: 60...2_000)
        // Only what runs out of time is asked about again, and answered for.
        let isOverdue = order.clocks[.handling]?.fired.contains(.breach) ?? false
        if isOverdue, !scene.isDone("remind") {
            let key = "\(scene.turn)/remind"
            return HotlinePlan(key, at: scene.now.advanced(byMinutes: 2)) { _ in
                [(.remind(note: "时限已过，催办"), .tourist)]
            }
        }
        if order.isWithDiscipline, order.faults.isEmpty {
            let at = scene.now.advanced(byMinutes: 30)
            return HotlinePlan("\(scene.turn)/fault", at: at) { [staff] _ in
                [
                    (
                        .listFault(.delaying, bureau: officer.bureau ?? "", reason: "逾期未办结"),
                        staff.discipline
                    )
                ]
            }
        }
        var draws = draws(scene, "outcome")
        let outcome = draws.pick(Self.outcomes)
        return HotlinePlan("finish/\(scene.turn)", at: at) { _ in
            [(.finish(outcome, reply: "已办理并答复诉求人"), officer)]
        }
    }

    private static let outcomes: [(weight: Double, choice: OrderOutcome)] = [
        (93, .solved), (3, .partly(reason: "部分解决，余下列入计划")), (3, .unsolved(reason: "受政策所限")),
        (1, .settledInKind(what: "免费服务一次")),
    ]

    // MARK: Finished

    func finishing(
        _ outcome: OrderOutcome, _ scene: Scene
    ) throws(OrderRefusal) -> HotlinePlan? {
        let order = scene.order
        if let plan = looking(outcome, scene) { return plan }
        var draws = draws(scene, "call")
        let agent = draws.pick(staff.agents)
        guard order.isFollowUpWanted, !order.isFollowedUp else {
            return HotlinePlan("close/\(scene.turn)", at: scene.now.advanced(byMinutes: 10)) { _ in
                [(.close, agent)]
            }
        }
        let (grade, cause) = grade(scene, &draws)
        let shares = year.callsMonthly ? 0.1...0.95 : 0.15...0.85
        let at = moment(
            scene, before: try scene.due(.followUp), "call/at", shares: shares, late: 0.01,
            otherwise: 60...1_000)
        let call = OrderCommand.followUp(grade, cause: cause, note: "回访")
        return HotlinePlan("call/\(scene.turn)", at: at) { _ in
            cause == .bureau ? [(call, agent)] : [(call, agent), (.close, agent)]
        }
    }

    /// Some complaints are looked at on the spot; which ones follows from their numbers.
    private func looking(_ outcome: OrderOutcome, _ scene: Scene) -> HotlinePlan? {
        let order = scene.order
        switch outcome {
        case .answered, .referred: return nil
        case .solved, .partly, .unsolved, .settledInKind: break
        }
        let rule = FollowUpRule.sample(percent: year.fieldCheckPercent)
        guard year.fieldCheckPercent > 0, order.sorting.kind == "complaint",
            order.fieldCheck == nil, rule.includes(order.id, for: .fieldCheck)
        else { return nil }
        var draws = draws(scene, "look")
        let (isTrue, head) = (!draws.happens(0.05), draws.pick(staff.supervisors))
        let lead = order.assignments.last?.lead ?? ""
        let at = scene.now.advanced(byMs: draws.minutes_ms(20...180))
        return HotlinePlan("look/\(scene.turn)", at: at) { _ in
            guard !isTrue, order.round == 0 else {
                return [(.recordFieldCheck(.asReported(note: "现场情况与反馈一致")), head)]
            }
            return [
                (.recordFieldCheck(.notAsReported(reason: "现场未整改")), head),
                (.listFault(.falsified, bureau: lead, reason: "虚假反馈"), head),
            ]
        }
    }
}
