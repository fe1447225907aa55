import Casework
import Ledger

/// Something a person will do about a case, as things stand.
///
/// The key names it within the case: planned once, it is done at its time if the case still calls for
/// it then, and never twice.
struct Plan: Sendable {
    let key: String
    let delayMs: Int64
    let effect: Effect
    /// Done at a desk that is staffed in office hours only.
    var isOfficeWork = false

    enum Effect: Sendable {
        case commands([(command: Command, by: Actor)])
        /// `findings` are taken into the file with it.
        case evidence(kind: String, bytesOf: Int, findings: Facts, by: Actor, agent: Actor)
        case serveNotice
        /// The merchant sends money to the fund's bank account.
        case repay(Money)
        /// The bank that keeps the merchant's quality deposit pays from it.
        case setOff(Money, reference: String)
    }
}

/// How people in the office, at the bureaus, the tourist and the merchant answer to what has become of
/// a case. A pure function of the case, its complaint and the seed: it says who does what and when, and
/// nothing about what the policy makes of it.
struct People: Sendable {
    let seed: UInt64
    let staff: Staff

    func plans(for file: Case, _ complaint: Complaint) -> [Plan] {
        var plans = stagePlans(file, complaint)
        if let recovery = file.recovery { plans += recoveryPlans(recovery, file, complaint) }
        if let pending = contestPlan(file, complaint) { plans.append(pending) }
        return plans
    }

    private func stagePlans(_ file: Case, _ complaint: Complaint) -> [Plan] {
        switch file.stage {
        case .filed, .handedOver, .merged, .withdrawn, .awaitingFunds: []
        case .declined: contestable(file, complaint, odds: 0.04, key: "contest/declined")
        case .assessing: assessing(file, complaint)
        case .awaitingEvidence(let wanted): evidence(wanted, file, complaint)
        case .proposed: approving(file, complaint)
        case .withBureau: bureau(file, complaint)
        case .paying: paying(file, complaint)
        case .resolved: closing(file, complaint)
        case .closed(let resolution): reopening(resolution, file, complaint)
        }
    }

    func draws(_ complaint: Complaint, _ purpose: String) -> Draws {
        Draws(seed, complaint.index, purpose)
    }

    /// The policy asked for something only the office can find out: an agent asks the agency.
    private func assessing(_ file: Case, _ complaint: Complaint) -> [Plan] {
        guard file.determination == nil, file.facts["necessaryCosts"] == nil,
            ["tourist-withdrew", "force-majeure"].contains(file.filing.matter)
        else { return [] }
        var draws = draws(complaint, "costs")
        let costs: Facts = ["necessaryCosts": .text("\(complaint.necessaryCosts)")]
        return [
            Plan(
                key: "costs", delayMs: draws.minutes_ms(4...20),
                effect: .commands([
                    (.correctFacts(costs, reason: "旅行社提供的已付且不可退费用"), draws.pick(staff.agents))
                ]))
        ]
    }

    private func evidence(_ wanted: [String], _ file: Case, _ complaint: Complaint) -> [Plan] {
        let round = file.handlings.count
        let agent = agent(of: complaint)
        let sender = file.filing.channel == .phone ? agent : Actor.tourist
        var plans: [Plan] = []
        for kind in wanted {
            guard let plan = complaint.evidence[kind] else { continue }
            let isLast = wanted.allSatisfy { $0 == kind || !complaint.evidence.keys.contains($0) }
            plans.append(
                Plan(
                    key: "evidence/\(kind)/\(round)/\(isLast)", delayMs: plan.delayMs,
                    effect: .evidence(
                        kind: kind, bytesOf: plan.copyOf ?? complaint.index + round * 100_000,
                        findings: isLast ? complaint.findings : [:], by: sender, agent: agent)))
        }
        var draws = draws(complaint, "without/\(round)")
        // A tourist who no longer cares withdraws; for the others the office goes on in the end.
        if draws.happens(0.03) {
            plans.append(
                Plan(
                    key: "withdraw", delayMs: draws.hours_ms(3...60),
                    effect: .commands([(.withdraw(reason: "游客撤回投诉"), sender)])))
        }
        let goOn = Command.goOnWithout(reason: "多次联系，游客未能补充材料")
        plans.append(
            Plan(
                key: "without/\(round)", delayMs: draws.hours_ms(100...130),
                effect: .commands([(goOn, agent)])))
        return plans
    }

    private func approving(_ file: Case, _ complaint: Complaint) -> [Plan] {
        guard let advance = file.advance, let role = advance.outstanding.first else { return [] }
        let round = "\(file.advanceCount)/\(advance.approvals.count)"
        var draws = draws(complaint, "approve/\(round)")
        let involved = Set(advance.approvals.map(\.by))
            .union([file.filedBy, advance.proposer]).union(file.preparedBy)
        guard let person = staff.approver(as: role, none: involved, &draws) else { return [] }
        let delayMs = draws.minutes_ms(1...6)
        let view = draws.fraction()
        let command: Command
        if view < 0.012 {
            command = .refuseAdvance(reason: "与商家核实后，事实与投诉不符")
        } else if view < 0.03, let less = advance.amount.reduced(&draws) {
            // Once lowered, it is agreed to at once.
            return [
                Plan(
                    key: "approve/\(round)", delayMs: delayMs,
                    effect: .commands([
                        (.reduce(to: less, reason: "部分费用已由商家现场退还"), person),
                        (.approve(as: role), person),
                    ]))
            ]
        } else {
            command = .approve(as: role)
        }
        return [
            Plan(key: "approve/\(round)", delayMs: delayMs, effect: .commands([(command, person)]))
        ]
    }

    private func closing(_ file: Case, _ complaint: Complaint) -> [Plan] {
        guard !file.hasOpenMoney, file.contest.map({ $0.answer != nil }) ?? true else { return [] }
        let round = file.followUps.count
        var draws = draws(complaint, "close/\(round)")
        let agent = draws.pick(staff.agents)
        let grade = draws.pick(grades(of: file.stage))
        let followUp = Command.followUp(grade, note: grade == .c ? "对处理结果不满意" : "回访完成")
        let delayMs = draws.minutes_ms(6 * 60...30 * 60)
        let commands: [(command: Command, by: Actor)] = [(followUp, agent), (.close, agent)]
        var plans = [Plan(key: "close/\(round)", delayMs: delayMs, effect: .commands(commands))]
        plans += contestable(file, complaint, odds: 0.01, key: "contest/\(file.advanceCount)")
        return plans
    }

    private func grades(of stage: Stage) -> [(weight: Double, choice: FollowUp.Grade)] {
        if case .resolved(.noAgreement) = stage {
            return [(40, .a), (35, .b), (10, .c), (15, .unreachable)]
        }
        return [(82, .a), (9, .b), (1.5, .c), (7.5, .unreachable)]
    }

    /// Now and then something new turns up after a case without agreement was closed.
    private func reopening(
        _ resolution: Resolution, _ file: Case, _ complaint: Complaint
    ) -> [Plan] {
        var draws = draws(complaint, "reopen")
        guard resolution == .noAgreement, draws.happens(0.01) else { return [] }
        return [
            Plan(
                key: "reopen", delayMs: draws.hours_ms(20...200),
                effect: .commands([
                    (.reopen(reason: "游客提供了新的情况"), draws.pick(staff.agents))
                ]))
        ]
    }

    func contestable(
        _ file: Case, _ complaint: Complaint, odds: Double, key: String
    ) -> [Plan] {
        guard file.contest == nil else { return [] }
        if let advance = file.advance {
            switch advance.state {
            case .none, .refused, .returned: break
            default: return []
            }
        }
        var draws = draws(complaint, key)
        guard draws.happens(odds) else { return [] }
        return [
            Plan(
                key: key, delayMs: draws.hours_ms(1...5),
                effect: .commands([(.contest(reason: "不同意处理意见，要求复核"), .tourist)]))
        ]
    }

    private func contestPlan(_ file: Case, _ complaint: Complaint) -> Plan? {
        guard let contest = file.contest, contest.answer == nil else { return nil }
        var isDeclined = false
        switch file.stage {
        case .merged, .withdrawn, .closed, .handedOver: return nil
        case .declined: isDeclined = true
        default: break
        }
        var draws = draws(complaint, "answer/\(file.advanceCount)")
        let judges = staff.supervisors.filter { $0.name != file.advance?.refusedBy }
        let judge = draws.pick(judges)
        let isUpheld = !draws.happens(isDeclined ? 0.1 : 0.12)
        // Refused on grounds a person may weigh otherwise: at most what the rules would have given.
        let covered = file.determination?.outcome.covered ?? .zero
        let grant: Money? =
            isUpheld || isDeclined || !covered.isPositive ? nil : min(covered, file.filing.claimed)
        let answer = Command.answerContest(
            isUpheld: isUpheld || (!isDeclined && grant == nil),
            reason: isUpheld ? "复核后维持原意见" : "复核后改变原意见", grant: grant)
        return Plan(
            key: "answer/\(file.advanceCount)/\(isDeclined)", delayMs: draws.hours_ms(1...20),
            effect: .commands([(answer, judge)]), isOfficeWork: true)
    }

    func agent(of complaint: Complaint) -> Actor {
        var draws = draws(complaint, "agent")
        return complaint.filer == .tourist ? draws.pick(staff.agents) : complaint.filer
    }
}

extension Money {
    /// A little less, in whole yuan; nil when there is nothing to take off.
    func reduced(_ draws: inout Draws) -> Money? {
        let less = Money(fen: fen / 100 * Int64(draws.int(60...90)) / 100 * 100)
        return less.isPositive && less < self ? less : nil
    }
}
