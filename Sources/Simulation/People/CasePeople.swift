import Casework
import Ledger
import Workflow

/// What somebody does about a case.
enum Deed: Sendable {
    case command(Command, by: Actor)
    case evidence(kind: String, bytes: [UInt8], by: Actor)
    case notice(on: Day, by: Actor)
    /// Money reaches the dedicated account; the books learn of it from the statement, or from whoever writes it
    /// down.
    case remittance(fen: Int64, text: String, writtenDown: Command?, by: Actor)

    var name: String {
        switch self {
        case .command(let command, let actor): "\(command.kind.rawValue) by \(actor.name)"
        case .evidence(let kind, _, let actor): "evidence \(kind) by \(actor.name)"
        case .notice(_, let actor): "notice by \(actor.name)"
        case .remittance(_, _, let command, _): "remittance \(command?.kind.rawValue ?? "")"
        }
    }
}

/// What people do about a case as it stands: mostly what it calls for, by who may; now and then something else,
/// or by somebody else.
struct CasePeople: Sendable {
    let staff: Staff
    let filings = Filings()

    func deed(
        on file: Case, at now: Moment, under edition: Edition, _ chance: inout Chance
    ) -> Deed? {
        if chance.happens(90) { return nonsense(file, now, &chance) }
        if let recovery = file.recovery, chance.happens(400),
            let deed = recoveryDeed(recovery, file, now, &chance)
        {
            return deed
        }
        switch file.stage {
        case .filed, .assessing: return assessing(file, now, edition, &chance)
        case .declined: return objecting(file, &chance)
        case .awaitingEvidence(let wanted): return evidence(wanted, file, &chance)
        case .proposed, .awaitingFunds: return agreeing(file, &chance)
        case .withBureau: return atTheBureau(file, &chance)
        case .paying: return paying(file, &chance)
        case .resolved, .closed: return ending(file, &chance)
        case .handedOver, .merged, .withdrawn: return nil
        }
    }

    private func agent(_ chance: inout Chance) -> Actor { chance.pick(staff.agents) }

    private func assessing(
        _ file: Case, _ now: Moment, _ edition: Edition, _ chance: inout Chance
    ) -> Deed? {
        let agent = agent(&chance)
        if chance.happens(100) { return .command(.withdraw(reason: "算了"), by: .tourist) }
        if chance.happens(100) {
            return .command(.recordMerchantPayment(part(file, &chance), proof: "转账截图"), by: agent)
        }
        let kinds = edition.factSchema.filter { $0.source != .derived }
        let kind =
            chance.happens(500)
            ? edition.factKind("necessaryCosts") ?? chance.pick(kinds) : chance.pick(kinds)
        guard
            let fact = filings.fact(
                kind, paid: max(0, file.filing.paid.fen), Zone.china.day(at: now), now, &chance)
        else { return nil }
        return .command(.correctFacts([kind.name: fact], reason: "核实"), by: agent)
    }

    private func objecting(_ file: Case, _ chance: inout Chance) -> Deed? {
        if let contest = file.contest, contest.answer == nil {
            return answering(file, &chance)
        }
        guard chance.happens(400) else {
            return .command(
                .followUp(chance.pick(FollowUp.Grade.allCases), note: "回访"), by: agent(&chance))
        }
        return .command(.contest(reason: "不服"), by: .tourist)
    }

    private func answering(_ file: Case, _ chance: inout Chance) -> Deed {
        let claimed = max(1, min(file.filing.claimed.fen, 50_000_000))
        let isUpheld = chance.happens(400)
        return .command(
            .answerContest(
                isUpheld: isUpheld, reason: "复核",
                grant: isUpheld || chance.happens(100)
                    ? nil : Money(fen: Int64(chance.int(1...Int(claimed))))),
            by: chance.pick(staff.supervisors))
    }

    private func evidence(_ wanted: [String], _ file: Case, _ chance: inout Chance) -> Deed? {
        let agent = agent(&chance)
        switch chance.int(0...99) {
        case ..<4: return .command(.withdraw(reason: "不投诉了"), by: .tourist)
        case ..<9: return .command(.goOnWithout(reason: "联系不上"), by: agent)
        case ..<12:
            return .command(.recordMerchantPayment(part(file, &chance), proof: "收据"), by: agent)
        default: break
        }
        let missing = wanted.filter { kind in !file.evidence.contains { $0.kind == kind } }
        guard let kind = (missing.isEmpty ? wanted : missing).first else { return nil }
        // Now and then the picture is one that another case has.
        let of = chance.happens(60) ? "shared" : file.id.text
        return .evidence(
            kind: chance.happens(20) ? "no-such-kind" : kind, bytes: Array("\(kind) \(of)".utf8),
            by: chance.happens(500) ? .tourist : agent)
    }

    private func agreeing(_ file: Case, _ chance: inout Chance) -> Deed? {
        guard let advance = file.advance else { return nil }
        let role = advance.outstanding.first ?? .reviewer
        let person = staff.approver(as: role, of: file, &chance)
        switch chance.int(0...99) {
        case ..<8: return .command(.refuseAdvance(reason: "不实"), by: person)
        case ..<18:
            let less = Money(fen: max(1, advance.amount.fen * Int64(chance.int(20...95)) / 100))
            return .command(.reduce(to: less, reason: "部分"), by: person)
        case ..<22:
            return .command(
                .recordMerchantPayment(part(file, &chance), proof: "收据"), by: agent(&chance))
        case ..<25: return .command(.withdraw(reason: "和解"), by: .tourist)
        default: return .command(.approve(as: role), by: person)
        }
    }

    private func atTheBureau(_ file: Case, _ chance: inout Chance) -> Deed? {
        if let contest = file.contest, contest.answer == nil, chance.happens(700) {
            return answering(file, &chance)
        }
        guard let handling = file.handlings.last else { return nil }
        let officer = staff.officer(of: handling.bureau)
        switch handling.state {
        case .dispatched where chance.happens(600): return .command(.acknowledge, by: officer)
        case .returned:
            return .command(
                .designate(bureau: chance.pick(["market", "lodging", "transport"]), reason: "指定"),
                by: chance.pick(staff.supervisors))
        default: break
        }
        if handling.isOpen, handling.state != .mediating, chance.happens(600) {
            return .command(.audit(finding(file, &chance)), by: officer)
        }
        switch chance.int(0...9) {
        case ..<4: return .command(.recordNoAgreement(reason: "谈不拢"), by: officer)
        case ..<7:
            return .command(.recordMerchantPayment(part(file, &chance), proof: "凭证"), by: officer)
        case 7: return .command(.contest(reason: "不服"), by: .tourist)
        case 8: return .command(.withdraw(reason: "和解"), by: .tourist)
        default:
            return .command(
                .designate(bureau: "culture-tourism", reason: "牵头"),
                by: chance.pick(staff.supervisors))
        }
    }

    private func finding(_ file: Case, _ chance: inout Chance) -> AuditFinding {
        switch chance.int(0...9) {
        case ..<5: .approve
        case 5:
            .reduce(
                to: Money(fen: max(1, (file.advance?.amount.fen ?? 100) * 7 / 10)), reason: "部分")
        case 6: .refuse(reason: "商家无过错")
        case 7: .askEvidence(["chat"], note: "沟通记录")
        case 8: .notOurs(reason: "不归我们管")
        default: .approve
        }
    }

    private func paying(_ file: Case, _ chance: inout Chance) -> Deed? {
        let person = abs(file.filing.claimant.name.revealed.hashValueOfDigits) % 30
        guard file.payee != nil else {
            return .command(.setPayee(filings.payee(person, &chance)), by: .tourist)
        }
        if case .asked = file.payoutReview {
            return .command(
                .clearPayout(reason: "电话核实"), by: chance.pick(staff.reviewers + staff.supervisors))
        }
        switch file.payouts.last?.state {
        case .failed, .bounced, .lapsed:
            let other = chance.happens(400) ? filings.payee(person, &chance) : nil
            return .command(.reissuePayout(other), by: chance.pick(staff.cashiers))
        default: break
        }
        switch chance.int(0...9) {
        case 0: return .command(.reissuePayout(nil), by: chance.pick(staff.cashiers))
        case 1: return .command(.setPayee(filings.payee(person, &chance)), by: .tourist)
        case 2:
            return .command(
                file.unclaimedProposer == nil
                    ? .proposeUnclaimedReturn(reason: "一年无人领取") : .approveUnclaimedReturn,
                by: file.unclaimedProposer == nil
                    ? staff.accountants[0] : chance.pick(staff.supervisors))
        default: return nil
        }
    }

    private func ending(_ file: Case, _ chance: inout Chance) -> Deed? {
        if let contest = file.contest, contest.answer == nil, chance.happens(500) {
            return answering(file, &chance)
        }
        let agent = agent(&chance)
        switch chance.int(0...9) {
        case ..<3:
            return .command(.followUp(chance.pick(FollowUp.Grade.allCases), note: "回访"), by: agent)
        case ..<8: return .command(.close, by: agent)
        case 8: return .command(.reopen(reason: "新情况"), by: agent)
        default: return .command(.contest(reason: "不服"), by: .tourist)
        }
    }

    /// Of what is due, or a little more than that.
    func part(_ file: Case, _ chance: inout Chance) -> Money {
        let due = max(1, file.advance?.amount.fen ?? file.filing.claimed.fen)
        switch chance.int(0...4) {
        case 0: return Money(fen: due)
        case 1: return Money(fen: due + 1)
        default: return Money(fen: Int64(chance.int(1...Int(min(due, 100_000_000)))))
        }
    }
}

extension String {
    /// The digits in it as a number.
    var hashValueOfDigits: Int { Int(filter(\.isNumber).suffix(9)) ?? 0 }
}
