import Casework
import Ledger

/// How merchants answer to what they owe, tourists to what they must give back, and the office to both.
extension CasePeople {
    func recoveryDeed(
        _ recovery: Recovery, _ file: Case, _ now: Moment, _ chance: inout Chance
    ) -> Deed? {
        if let owed = file.claimBack, chance.happens(500) {
            return claimBackDeed(owed, file, &chance)
        }
        let accountant = chance.pick(staff.accountants)
        let today = Zone.china.day(at: now)
        switch recovery.state {
        case .open:
            if recovery.deed == nil {
                return .command(
                    .recordAssignment(.init(reference: "债权转让书", signedOn: today)), by: accountant)
            }
            return chance.happens(700)
                ? .notice(on: today.advanced(by: -chance.int(0...3)), by: accountant)
                : coming(recovery, file, today, &chance)
        case .notified, .disputed: return asked(recovery, file, today, &chance)
        case .writeOffProposed:
            let judge = chance.pick(staff.supervisors + [staff.chief])
            return .command(
                chance.happens(600) ? .approveWriteOff : .rejectWriteOff(reason: "还有财产"), by: judge)
        case .writtenOff: return coming(recovery, file, today, &chance)
        case .closed:
            return chance.happens(100)
                ? .command(
                    .findDoublePayment(Money(fen: 100), proof: "又付了一次"),
                    by: chance.pick(staff.agents))
                : nil
        }
    }

    private func asked(
        _ recovery: Recovery, _ file: Case, _ today: Day, _ chance: inout Chance
    ) -> Deed? {
        let accountant = chance.pick(staff.accountants)
        let owed = recovery.outstanding.fen
        switch chance.int(0...11) {
        case ..<4: return coming(recovery, file, today, &chance)
        case 4:
            let responses: [Recovery.Response] = [
                .accept, .dispute(defence: "无过错"),
                .partial(Money(fen: max(1, owed / 2)), reason: "只认一半"),
            ]
            return .command(.recordResponse(chance.pick(responses)), by: accountant)
        case 5:
            return .command(
                .upholdDefence(
                    Money(fen: max(1, owed / Int64(chance.int(1...3)))), reason: "抗辩成立",
                    bornBy: chance.happens(500) ? .fund : .tourist),
                by: chance.pick(staff.supervisors))
        case 6: return .command(.demand(on: today, proof: "催款函"), by: accountant)
        case 7:
            let first = owed / 2
            return .command(
                .agreePlan([
                    .init(dueOn: today.advanced(by: chance.int(1...4)), amount: Money(fen: first)),
                    .init(dueOn: today.advanced(by: 6), amount: Money(fen: owed - first)),
                ]), by: accountant)
        case 8: return .command(.proposeWriteOff(reason: "已注销"), by: accountant)
        case 9:
            let fen = max(1, owed / Int64(chance.int(1...2)))
            let reference = "质保金\(chance.int(1...9))"
            return .remittance(
                fen: fen, text: "\(reference) \(file.id)",
                writtenDown: .setOffDeposit(Money(fen: fen), reference: reference, on: today),
                by: accountant)
        case 10:
            return .command(
                .findDoublePayment(Money(fen: max(1, owed / 3)), proof: "商家又付给游客"),
                by: chance.pick(staff.agents + [accountant]))
        default: return nil
        }
    }

    /// The merchant pays, whole, in part or too much, with the case's number or without.
    private func coming(
        _ recovery: Recovery, _ file: Case, _ today: Day, _ chance: inout Chance
    ) -> Deed? {
        let owed = max(1, recovery.outstanding.fen)
        let fen: Int64 =
            switch chance.int(0...9) {
            case ..<5: owed
            case ..<8: max(1, owed / Int64(chance.int(2...3)))
            case 8: owed + Int64(chance.int(1...5_000))
            default: Int64(chance.int(1...1_000))
            }
        let text = chance.happens(800) ? "归还先行赔付款 \(file.id)" : "还款"
        guard chance.happens(250) else {
            return .remittance(fen: fen, text: text, writtenDown: nil, by: staff.accountants[0])
        }
        return .remittance(
            fen: fen, text: text,
            writtenDown: .recordRepayment(
                Money(fen: fen), reference: "水单\(chance.int(1...99))", on: today),
            by: chance.pick(staff.accountants))
    }

    private func claimBackDeed(
        _ owed: ClaimBack, _ file: Case, _ chance: inout Chance
    ) -> Deed? {
        let accountant = chance.pick(staff.accountants)
        let today = Zone.china.day(at: file.filedAt)
        switch owed.state {
        case .found:
            return .command(.claimBack(reason: "重复受偿"), by: chance.pick(staff.supervisors))
        case .open where chance.happens(400):
            return .command(
                .notifyClaimBack(.init(servedOn: today, proof: "送达回证")), by: accountant)
        case .open, .notified:
            switch chance.int(0...3) {
            case 0:
                return .command(
                    owed.writeOffProposer == nil
                        ? .proposeClaimBackWriteOff(reason: "已出境") : .approveClaimBackWriteOff,
                    by: owed.writeOffProposer == nil ? accountant : chance.pick(staff.supervisors))
            default:
                let fen = max(1, owed.outstanding.fen / Int64(chance.int(1...2)))
                return .remittance(
                    fen: fen, text: "退还多得款 \(file.id)",
                    writtenDown: .recordTouristRepayment(
                        Money(fen: fen), reference: "水单\(chance.int(100...199))", on: today),
                    by: accountant)
            }
        case .closed: return nil
        }
    }
}

/// Commands that hardly ever fit, from whoever happens to be there.
extension CasePeople {
    func nonsense(_ file: Case, _ now: Moment, _ chance: inout Chance) -> Deed {
        let today = Zone.china.day(at: now)
        let money = Money(fen: Int64(chance.int(-5...200_000)))
        let commands: [Command] = [
            .approve(as: chance.pick([.reviewer, .supervisor, .accountant, .agent])),
            .reduce(to: money, reason: chance.pick(["", "少一点"])), .refuseAdvance(reason: ""),
            .withdraw(reason: ""), .close, .reopen(reason: "再看看"), .acknowledge,
            .audit(.approve), .audit(.reduce(to: money, reason: "x")), .audit(.refuse(reason: "x")),
            .recordMerchantPayment(money, proof: "x"), .recordNoAgreement(reason: "x"),
            .reissuePayout(nil), .reissuePayout(Payee(account: "wx-thief", name: "别人")),
            .clearPayout(reason: "x"), .setPayee(Payee(account: "wx-thief", name: "别人")),
            .payoutAnswered(number: file.payouts.last?.number ?? "X1", .confirmed(on: today)),
            .payoutAnswered(number: "NOBODY", .failed(reason: "x")),
            .proposeUnclaimedReturn(reason: "x"), .approveUnclaimedReturn,
            .recordRepayment(money, reference: "", on: today),
            .proposeWriteOff(reason: "x"), .approveWriteOff, .rejectWriteOff(reason: "x"),
            .upholdDefence(money, reason: "x"), .claimBack(reason: "x"), .approveClaimBackWriteOff,
            .contest(reason: "x"), .answerContest(isUpheld: false, reason: "x", grant: money),
            .fire(chance.pick(Clock.Name.allCases), chance.pick(Clock.Step.allCases)),
            .commitFunds(spendable: Money(fen: .max)), .designate(bureau: "market", reason: "x"),
            .requestEvidence(["photo"], note: "x"), .goOnWithout(reason: "x"),
            .joinContact(file.id, channel: .phone, story: "x", hasNewFacts: true),
        ]
        let command = chance.pick(commands)
        var actor = staff.anybody(&chance, bureau: file.handlings.last?.bureau ?? "market")
        // What only the true bank's or wallet's word may say is said by no one else.
        if Permissions.allowed(command.kind) == [.office] { actor = staff.chief }
        return .command(command, by: actor)
    }
}
