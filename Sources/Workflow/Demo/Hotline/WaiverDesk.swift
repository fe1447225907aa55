import Casework
import Ledger
import Store

/// The fee of the first transport, asked to be waived for a call that was referred: a case paid from the fund.
struct WaiverDesk: Sendable {
    /// When money is next sent; nil while none waits.
    var paymentAt: Moment?
    /// What families asked for, in fen, and what was not covered.
    private(set) var filed = 0

    /// Files the case with its invoice, and links it to the work order.
    ///
    /// - Returns: The case, when somebody is to ask afterwards how it went.
    mutating func file(
        _ call: HotlineCall, bookedBy id: ID<WorkOrder>, _ work: Work, _ world: HotlineWorld
    ) throws -> [ID<Case>] {
        guard let waiver = call.waiver,
            case .referred(let provider?)? = try work.sheet(id).order.stage.outcome,
            let firm = call.firms.first(where: { $0.id.text == provider })
        else { return [] }
        var draws = Draws(world.seed, call.index, "case")
        let code = digits(draws.int(0...99_999_999), 8)
        let agent = draws.pick(world.staff.agents)
        let filed = try work.file(
            filing(call, waiver, firm, on: work.today), by: agent, trackingCode: code
        ).file
        var file = try work.addEvidence(
            Placeholder.bytes(of: "receipt", index: call.index), kind: "invoice",
            name: "接运费票据", to: filed.id, by: agent)
        try work.perform(.link(.compensation(file.id)), onOrder: id, by: agent)
        if file.stage == .proposed {
            file = try work.perform(.approve(as: .reviewer), on: file.id, by: world.staff.reviewer)
        }
        self.filed += 1
        if file.stage == .paying, paymentAt == nil {
            // The cashier sends what came together, every two hours.
            let hour: Int64 = 7_200_000
            paymentAt = Moment(ms: (work.now.ms / hour + 1) * hour)
        }
        return [file.id]
    }

    private func filing(
        _ call: HotlineCall, _ waiver: HotlineCall.Waiver, _ firm: DemoFirm, on today: Day
    ) -> Filing {
        let money = Money(fen: waiver.fee * 100)
        return Filing(
            channel: call.intake.channel,
            claimant: Claimant(
                name: call.intake.caller.name?.revealed ?? "",
                identity: "9998" + digits(call.index, 14),
                phone: call.intake.caller.phone?.revealed ?? ""),
            merchant: firm.id, merchantName: firm.name, order: "JY\(digits(call.index, 8))",
            matter: "first-transport", occurredOn: today, paid: .zero, claimed: money,
            story: "（模拟）经热线转接办理首次接运 \(digits(call.index, 8))", wanted: "免除接运费",
            facts: [
                "transportFee": .text("\(waiver.fee).00"),
                "isFirstTransport": .flag(waiver.isCovered), "inMainDistricts": .flag(true),
                "bookedThroughHotline": .flag(true),
            ],
            payee: Payee(account: "wx-\(firm.id.text)", name: firm.name), transferredFrom: nil)
    }

    /// - Returns: False while the money is on its way.
    func followUp(_ id: ID<Case>, _ work: Work, _ world: HotlineWorld) throws -> Bool {
        guard let file = try work.transaction.caseFile(id) else { return true }
        switch file.stage {
        case .resolved: break
        case .closed, .declined, .merged, .withdrawn, .handedOver: return true
        case .withBureau:
            // Not covered: there is nothing to agree on with the provider, who did nothing wrong.
            guard let handling = file.handlings.last else { return true }
            let officer = world.staff.officer(of: handling.bureau)
            if handling.state == .dispatched {
                _ = try work.perform(.acknowledge, on: id, by: officer)
            }
            _ = try work.perform(.recordNoAgreement(reason: "不属于免除范围"), on: id, by: officer)
            return false
        default: return false
        }
        let agent = world.staff.agents[0]
        _ = try work.perform(.followUp(.a, note: "回访完成"), on: id, by: agent)
        _ = try work.perform(.close, on: id, by: agent)
        return true
    }
}

extension OrderStage {
    /// Nil where it did not end with one.
    var outcome: OrderOutcome? {
        switch self {
        case .finished(let outcome), .closed(let outcome): outcome
        default: nil
        }
    }
}

extension Work {
    /// Fires what is due of cases at this moment, in due order, within this transaction.
    func fireDueCaseSteps(limit: Int = 200) throws -> Int {
        let due = try transaction.dueSteps(at: now, limit: limit)
        for step in due {
            _ = try perform(.fire(step.clock, step.step), on: step.id, by: .office)
        }
        return due.count
    }
}
