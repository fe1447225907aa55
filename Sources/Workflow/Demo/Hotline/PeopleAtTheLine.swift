import Casework
import Ledger

/// The seats: answering, referring, handing over, sending out.
extension HotlinePeople {
    func atTheLine(_ scene: Scene) throws(OrderRefusal) -> HotlinePlan? {
        let order = scene.order
        if order.returns > 0 { return sendingAgain(scene) }
        if order.round > 0, let last = order.assignments.last {
            return sending(scene, to: last.lead, last.assisting, isDesignated: false)
        }
        guard let routing = scene.live.routing else { return nil }
        switch routing.way {
        case .answer: return answering(scene, "已按知识库解答")
        case .refer: return referring(scene)
        case .handOver: return handingOver(scene, routing.line ?? "")
        case .dispatch:
            return sending(
                scene, to: routing.lead ?? "", routing.assisting,
                isDesignated: routing.isDesignated)
        }
    }

    private func agent(_ scene: Scene) -> Actor { scene.live.call.agent }

    private func answering(_ scene: Scene, _ text: String) -> HotlinePlan {
        var draws = draws(scene, "answer")
        let agent = agent(scene)
        let article = "KB-\(draws.int(1...320))"
        return HotlinePlan(
            "answer/\(scene.turn)", at: scene.now.advanced(byMs: draws.minutes_ms(1...6))
        ) { _ in [(.answer(OrderAnswer(text: text, article: article)), agent)] }
    }

    private func referring(_ scene: Scene) -> HotlinePlan {
        let call = scene.live.call
        var draws = draws(scene, "refer")
        guard let wanted = scene.order.terms.providersToName, !call.firms.isEmpty else {
            return answering(scene, "已告知加盟服务单位的联系方式")
        }
        var names: [String] = []
        while names.count < min(wanted, call.firms.count) {
            let firm = draws.pick(call.firms).id.text
            if !names.contains(firm) { names.append(firm) }
        }
        let basis: ReferralBasis = wanted == 1 ? .ownWill : draws.happens(0.5) ? .nearest : .local
        let chosen = wanted > 1 && draws.happens(0.02) ? nil : draws.pick(names)
        let isSlow = draws.happens(scene.manner.slow)
        let delayMs = draws.minutes_ms(isSlow ? 31...70 : 2...9)
        let agent = agent(scene)
        return HotlinePlan("refer/\(scene.turn)", at: scene.now.advanced(byMs: delayMs)) { _ in
            [(.nameProviders(names, by: basis), agent), (.chooseProvider(chosen), agent)]
        }
    }

    private func handingOver(_ scene: Scene, _ line: String) -> HotlinePlan {
        var draws = draws(scene, "handOver")
        let agent = agent(scene)
        let isSlow = draws.happens(scene.manner.slow)
        let seconds = isSlow ? draws.int(65...150) : draws.int(25...55)
        let at = scene.now.advanced(byMs: Int64(seconds) * 1_000)
        guard line.count == 3 else {
            return HotlinePlan("handOver/\(scene.turn)", at: at) { _ in
                [(.handOver(.discipline(body: line)), agent)]
            }
        }
        return HotlinePlan("handOver/\(scene.turn)", at: at) { now in
            let call = ThreeWayCall(
                dialledAt: now.advanced(byMs: -20_000), joinedAt: now.advanced(byMs: -11_000),
                endedAt: now)
            return [(.handOver(.emergency(line: line, call: call)), agent)]
        }
    }

    private func sending(
        _ scene: Scene, to lead: String, _ assisting: [String], isDesignated: Bool
    ) -> HotlinePlan {
        var draws = draws(scene, "send")
        let isSlow = draws.happens(scene.manner.slow)
        let delayMs: Int64
        if scene.manner.isUrgent || scene.order.terms.isUrgent {
            delayMs = isSlow ? draws.minutes_ms(3...25) : Int64(draws.int(20...110)) * 1_000
        } else {
            delayMs = draws.minutes_ms(1...12)
        }
        let (agent, duty) = (agent(scene), staff.dutyOfficer)
        let head = draws.pick(staff.supervisors)
        let isForDuty = year.office == .chongqing && lead == "duty-officer"
        return HotlinePlan("send/\(scene.turn)", at: scene.now.advanced(byMs: delayMs)) { _ in
            if isDesignated {
                return [(.designate(lead: lead, assisting: assisting, reason: "职责不清，指定牵头"), head)]
            }
            if isForDuty, !scene.order.isWithDuty {
                return [
                    (.passToDuty(reason: "不能立刻答复"), agent),
                    (.dispatch(lead: lead, assisting: assisting), duty),
                ]
            }
            return [(.dispatch(lead: lead, assisting: assisting), agent)]
        }
    }

    /// To another bureau; after as many returns as the edition bears, to one that keeps it.
    private func sendingAgain(_ scene: Scene) -> HotlinePlan {
        let order = scene.order
        var draws = draws(scene, "again")
        let had = Set(order.assignments.map(\.lead))
        let others = year.bureaus.filter { !had.contains($0) }
        let lead = others.isEmpty ? draws.pick(year.bureaus) : draws.pick(others)
        let head = draws.pick(staff.supervisors)
        let isMeeting = order.returns > 1 && draws.happens(0.3)
        let agent = agent(scene)
        let at = scene.now.advanced(byMs: draws.minutes_ms(3...25))
        return HotlinePlan("again/\(scene.turn)/\(order.returns)", at: at) { _ in
            if order.returns >= order.terms.returnsBeforeDesignation {
                return [(.designate(lead: lead, assisting: [], reason: "多次退回，指定承办"), head)]
            }
            if isMeeting {
                return [(.settleAtMeeting(lead: lead, assisting: [], minutes: "协调会纪要"), head)]
            }
            return [(.dispatch(lead: lead, assisting: []), agent)]
        }
    }
}
