import Casework
import Ledger

extension People {
    func bureau(_ file: Case, _ complaint: Complaint) -> [Plan] {
        guard let order = file.handlings.last else { return [] }
        let round = file.handlings.count
        var plans = contestable(
            file, complaint, odds: 0.02, key: "contest/\(file.advanceCount)")
        switch order.state {
        case .dispatched:
            var draws = draws(complaint, "acknowledge/\(round)")
            plans.append(
                Plan(
                    key: "acknowledge/\(round)", delayMs: draws.minutes_ms(1...6),
                    effect: .commands([(.acknowledge, staff.officer(of: order.bureau))])))
        case .acknowledged: plans.append(auditing(order, round, file, complaint))
        case .mediating: plans.append(mediation(order, round, file, complaint))
        case .returned:
            var draws = draws(complaint, "designate/\(round)")
            let others = ["market", "culture-tourism"].filter { $0 != order.bureau }
            let named = Command.designate(bureau: draws.pick(others), reason: "由主管部门牵头办理")
            plans.append(
                Plan(
                    key: "designate/\(round)", delayMs: draws.minutes_ms(5...30),
                    effect: .commands([(named, draws.pick(staff.supervisors))])))
        case .finished: break
        }
        return plans
    }

    private func auditing(
        _ order: Handling, _ round: Int, _ file: Case, _ complaint: Complaint
    ) -> Plan {
        var draws = draws(complaint, "audit/\(round)")
        // Most audits keep the thirty minutes; a few take longer and escalate.
        let delayMs = draws.happens(0.95) ? draws.minutes_ms(2...14) : draws.minutes_ms(25...90)
        let view = draws.fraction()
        var finding = AuditFinding.approve
        if view < 0.02 {
            finding = .refuse(reason: "调查认为商家没有过错")
        } else if view < 0.05, let less = file.advance?.amount.reduced(&draws) {
            finding = .reduce(to: less, reason: "部分项目已实际提供")
        } else if view < 0.07, round == 1 {
            finding = .notOurs(reason: "不属于本单位职责")
        } else if view < 0.09, !file.isEvidenceWaived,
            !file.evidence.contains(where: { $0.kind == "chat" })
        {
            finding = .askEvidence(["chat"], note: "请提供与商家的沟通记录")
        }
        return Plan(
            key: "audit/\(round)/\(file.evidence.count)/\(file.isEvidenceWaived)", delayMs: delayMs,
            effect: .commands([(.audit(finding), staff.officer(of: order.bureau))]))
    }

    /// What comes of talking to the merchant. Those on the list pay more often; the money already
    /// reserved is a reason to.
    private func mediation(
        _ order: Handling, _ round: Int, _ file: Case, _ complaint: Complaint
    ) -> Plan {
        let isReserved = file.advance?.state == .reserved
        let key = "mediate/\(file.advanceCount)/\(round)/\(file.advance?.state == .reserved)"
        var draws = draws(complaint, key)
        let officer = staff.officer(of: order.bureau)
        let covered = file.determination?.outcome.covered ?? .zero
        let due = file.advance.flatMap { $0.amount.isPositive ? $0.amount : nil } ?? covered
        let odds = isReserved ? 0.5 : file.terms.standing.isCovered ? 0.13 : 0.07
        let ownDelayMs =
            isReserved
            ? draws.hours_ms(4...220)
            : draws.happens(0.93) ? draws.minutes_ms(40...20 * 60) : draws.hours_ms(24...90)
        guard draws.happens(odds) else {
            let failed = Command.recordNoAgreement(reason: "多次调解，商家不同意")
            // Some are let lie until the reservation runs out.
            let delayMs = isReserved && draws.happens(0.2) ? Int64(500) * 3_600_000 : ownDelayMs
            return Plan(
                key: key, delayMs: delayMs, effect: .commands([(failed, officer)]))
        }
        let settled = due.isPositive ? due : file.filing.claimed.settledAt(draws.fraction())
        let rest = settled.subtracting(file.paidByMerchant).flatMap { $0.isPositive ? $0 : nil }
        let paid = Command.recordMerchantPayment(
            rest ?? settled, proof: "退款凭证 \(digits(complaint.index, 6))-\(round)")
        return Plan(key: key, delayMs: ownDelayMs, effect: .commands([(paid, officer)]))
    }

    func paying(_ file: Case, _ complaint: Complaint) -> [Plan] {
        guard file.payee != nil else {
            var draws = draws(complaint, "payee")
            return [
                Plan(
                    key: "payee", delayMs: draws.minutes_ms(20...30 * 60),
                    effect: .commands([(.setPayee(complaint.payee), .tourist)]))
            ]
        }
        if case .asked = file.payoutReview { return clearing(file, complaint) }
        guard let last = file.payouts.last else { return [] }
        var corrected: Payee?
        switch last.state {
        case .failed, .bounced:
            corrected = Payee(
                account: complaint.payee.account.revealed + "-\(file.payouts.count + 1)",
                name: complaint.payee.name.revealed)
        case .lapsed: break
        case .ordered, .underWay, .unknown, .confirmed: return []
        }
        var draws = draws(complaint, "reissue/\(file.payouts.count)")
        // The tourist says where it should go; the cashier sends it, once somebody has looked.
        let change: [(Command, Actor)] = corrected.map { [(.setPayee($0), .tourist)] } ?? []
        return [
            Plan(
                key: "reissue/\(file.payouts.count)", delayMs: draws.hours_ms(1...6),
                effect: .commands(change + [(.reissuePayout(nil), staff.cashier)]),
                isOfficeWork: true)
        ]
    }

    /// Somebody who had no hand in it calls the tourist before the money leaves.
    private func clearing(_ file: Case, _ complaint: Complaint) -> [Plan] {
        let key = "clear/\(file.payouts.count)"
        var draws = draws(complaint, key)
        let involved = file.preparedBy.union([file.filedBy])
        guard let reviewer = staff.approver(as: .reviewer, none: involved, &draws) else {
            return []
        }
        let clear = Command.clearPayout(reason: "已致电本人核实账户")
        return [office(key, draws.hours_ms(1...6), clear, reviewer)]
    }

    func recoveryPlans(_ recovery: Recovery, _ file: Case, _ complaint: Complaint) -> [Plan] {
        var draws = draws(complaint, "recovery")
        let manner = draws.fraction()
        switch recovery.state {
        // The claim is the fund's when the tourist has signed it over, with the money in hand.
        case .open where recovery.deed == nil: return []
        case .open:
            return [
                Plan(
                    key: "notice", delayMs: draws.hours_ms(8...60), effect: .serveNotice,
                    isOfficeWork: true)
            ]
        case .notified where recovery.response == nil:
            let response: Recovery.Response
            if manner < 0.78 {
                response = .accept
            } else if manner < 0.86, let part = recovery.amount.reduced(&draws) {
                response = .partial(part, reason: "只认可部分金额")
            } else {
                response = .dispute(defence: "认为商品与服务没有问题")
            }
            return [
                office(
                    "response", draws.hours_ms(20...150), .recordResponse(response),
                    staff.accountant)
            ]
        case .notified: return repaying(recovery, manner, &draws)
        case .disputed: return disputed(recovery, manner, &draws)
        case .writeOffProposed:
            let involved = Set(file.advance?.approvals.map(\.by) ?? []).union([file.filedBy])
            guard let other = staff.supervisors.first(where: { !involved.contains($0.name) })
            else { return [] }
            return [office("writeOff", draws.hours_ms(20...90), .approveWriteOff, other)]
        case .writtenOff:
            let isLost = recovery.recoveredLate.isPositive || manner < 0.97
            return isLost
                ? []
                : [
                    Plan(
                        key: "late", delayMs: draws.hours_ms(500...900),
                        effect: .repay(recovery.writtenOff))
                ]
        case .closed: return []
        }
    }

    private func repaying(
        _ recovery: Recovery, _ manner: Double, _ draws: inout Draws
    ) -> [Plan] {
        let wait = draws.hours_ms(10...220)
        let rest = recovery.outstanding
        if case .partial(let part, _) = recovery.response {
            // The rest is given up in the end: a lawsuit would cost more.
            guard recovery.repaid.isPositive else {
                return [Plan(key: "repay/part", delayMs: wait, effect: .repay(part))]
            }
            return [givingUp(&draws)]
        }
        switch manner {
        case ..<0.62: return [Plan(key: "repay/whole", delayMs: wait, effect: .repay(rest))]
        case ..<0.70:
            // In two instalments, the second later than the limit.
            let half = Money(fen: recovery.amount.fen / 2)
            if !recovery.repaid.isPositive {
                return [Plan(key: "repay/1", delayMs: wait, effect: .repay(half))]
            }
            return [Plan(key: "repay/2", delayMs: wait * 2, effect: .repay(rest))]
        case ..<0.74:
            let reference = "质保金划拨-\(draws.int(10_000...99_999))"
            return [
                Plan(
                    key: "deposit", delayMs: draws.hours_ms(400...500),
                    effect: .setOff(rest, reference: reference), isOfficeWork: true)
            ]
        default: return [givingUp(&draws)]
        }
    }

    private func disputed(
        _ recovery: Recovery, _ manner: Double, _ draws: inout Draws
    ) -> [Plan] {
        if manner < 0.89, !recovery.waived.isPositive,
            let part = recovery.outstanding.reduced(&draws)
        {
            let waived = recovery.outstanding.subtracting(part) ?? part
            let uphold = Command.upholdDefence(waived, reason: "部分抗辩成立")
            return [office("defence", draws.hours_ms(48...200), uphold, staff.supervisors[1])]
        }
        if manner < 0.95 {
            return [
                Plan(
                    key: "repay/disputed", delayMs: draws.hours_ms(100...600),
                    effect: .repay(recovery.outstanding))
            ]
        }
        return [givingUp(&draws)]
    }

    private func givingUp(_ draws: inout Draws) -> Plan {
        let giveUp = Command.proposeWriteOff(reason: "商家已停业，无可供执行的财产")
        return office("giveUp", draws.hours_ms(1_400...2_000), giveUp, staff.accountant)
    }

    private func office(_ key: String, _ delayMs: Int64, _ command: Command, _ actor: Actor) -> Plan
    {
        Plan(key: key, delayMs: delayMs, effect: .commands([(command, actor)]), isOfficeWork: true)
    }
}

extension Money {
    /// What the two sides meet at: between half and all of it, in whole yuan where it is more than one.
    fileprivate func settledAt(_ fraction: Double) -> Money {
        let met = times(0.5 + fraction / 2)
        return met.fen >= 100 ? Money(fen: met.fen / 100 * 100) : self
    }
}
