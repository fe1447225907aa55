import Casework
import Ledger

/// The commands of a story, in its words. `-` is a blank text.
enum Script {
    struct Unreadable: Error { let words: [String] }

    static func command(
        _ name: String, _ arguments: [String], at desk: Desk
    ) throws -> Command {
        func text(_ index: Int) -> String {
            index < arguments.count
                ? (arguments[index] == "-" ? "  " : arguments[index]) : "because"
        }
        func amount(_ index: Int) -> Money { Money(yuan: text(index))! }
        func kinds(_ index: Int) -> [String] {
            text(index).split(separator: "+").map(String.init)
        }
        let today = Zone.china.day(at: desk.now)
        switch name {
        case "classify":
            return .classify(
                Sample.ruling(Classification(category: "lodging", isUrgent: false, isMajor: false)))
        case "accept": return .ruleOnAcceptance(Sample.ruling(.accept), repeatOf: nil)
        case "decline":
            return .ruleOnAcceptance(
                Sample.ruling(.decline(code: "LATE", clause: "第十三条", referral: "法院")), repeatOf: nil
            )
        case "emergency":
            return .ruleOnAcceptance(Sample.ruling(.emergency(line: "120")), repeatOf: nil)
        case "discipline":
            return .ruleOnAcceptance(Sample.ruling(.discipline(body: "纪委")), repeatOf: nil)
        case "merge":
            return .ruleOnAcceptance(
                Sample.ruling(.merge), repeatOf: arguments.first.map { ID($0) })
        case "determine":
            return .determine(
                Sample.ruling(
                    Sample.determination(amount(0), missing: Array(arguments.dropFirst()))))
        case "propose":
            let decision = AdvanceDecision(
                path: AdvanceDecision.Path(rawValue: text(0))!, amount: amount(1), code: "CODE")
            let roles = arguments.dropFirst(2).compactMap(Role.init(rawValue:))
            let isAutomatic = arguments.last == "automatic"
            return .proposeAdvance(
                Sample.ruling(decision), Sample.ruling(isAutomatic ? .automatic : .people(roles)))
        case "commit":
            // `commit` alone, with what there is, or `commit cap day 1000 400`, `commit roles supervisor`.
            var gate = Gate()
            if arguments.first == "cap" {
                gate.caps = [
                    Cap(Cap.Kind(rawValue: text(1))!, limit: amount(2), used: amount(3))
                ]
            } else if arguments.first == "roles" {
                let roles = arguments.dropFirst().compactMap(Role.init(rawValue:))
                gate.authority = Sample.ruling(.people(roles))
            } else if arguments.first == "risk" {
                gate.risk = Sample.risk(Array(arguments.dropFirst()))
            }
            let isPlain = arguments.first.map { Money(yuan: $0) != nil } ?? false
            return .commitFunds(
                spendable: isPlain ? amount(0) : desk.ledger.spendable, gate: gate)
        case "forward":
            return .forward(
                Sample.ruling(
                    Routing(
                        bureau: text(0), auditMinutes: 45,
                        onExpiry: arguments.last == "silent" ? .approve : .escalate)))
        case "settle":
            return .settle(
                Sample.ruling(Settlement(rawValue: text(0))!),
                noAgreement: desk.file?.noAgreement ?? false)
        case "openRecovery":
            return .openRecovery(
                Sample.ruling(
                    RecoveryTerms(
                        responseDays: 7, paymentDays: 15,
                        interestBasisPoints: arguments.first.flatMap { Int($0) })))
        case "orderPayout":
            return .orderPayout(risk: arguments.isEmpty ? nil : Sample.risk(arguments))
        case "evidence":
            return .addEvidence(
                Sample.evidence(
                    text(0), hash: arguments.count > 1 ? text(1) : "h-" + text(0), at: desk.now))
        case "correct": return .correctFacts(["nights": .integer(3)], reason: text(0))
        case "request": return .requestEvidence(kinds(0), note: "please")
        case "goOn": return .goOnWithout(reason: text(0))
        case "designate": return .designate(bureau: text(0), reason: text(1))
        case "join":
            return .joinContact(ID(text(0)), channel: .phone, story: "同一件事", hasNewFacts: true)
        case "payee": return .setPayee(Sample.payee(text(0)))
        case "approve": return .approve(as: Role(rawValue: text(0))!)
        case "reduce": return .reduce(to: amount(0), reason: text(1))
        case "refuse": return .refuseAdvance(reason: text(0))
        case "contest": return .contest(reason: text(0))
        case "stands": return .answerContest(isUpheld: true, reason: text(0), grant: nil)
        case "grant":
            return .answerContest(
                isUpheld: false, reason: text(1), grant: arguments.isEmpty ? nil : amount(0),
                authority: arguments.contains("unasked")
                    ? nil : Sample.ruling(.people([.supervisor])))
        case "withdraw": return .withdraw(reason: text(0))
        case "followUp": return .followUp(FollowUp.Grade(rawValue: text(0))!, note: "")
        case "close": return .close
        case "reopen": return .reopen(reason: text(0))
        default: return try laterCommand(name, arguments, today, text, amount, kinds, desk)
        }
    }

    private static func laterCommand(
        _ name: String, _ arguments: [String], _ today: Day, _ text: (Int) -> String,
        _ amount: (Int) -> Money, _ kinds: (Int) -> [String], _ desk: Desk
    ) throws -> Command {
        switch (name, arguments.first) {
        case ("acknowledge", _): return .acknowledge
        case ("audit", "approve"): return .audit(.approve)
        case ("audit", "reduce"): return .audit(.reduce(to: amount(1), reason: text(2)))
        case ("audit", "refuse"): return .audit(.refuse(reason: text(1)))
        case ("audit", "askEvidence"): return .audit(.askEvidence(kinds(1), note: "please"))
        case ("audit", "notOurs"): return .audit(.notOurs(reason: text(1)))
        case ("merchantPaid", _): return .recordMerchantPayment(amount(0), proof: text(1))
        case ("noAgreement", _): return .recordNoAgreement(reason: text(0))
        case ("wallet", _):
            return .payoutAnswered(number: number(text(0), desk), try answer(arguments, today))
        case ("reissue", let account): return .reissuePayout(account.map { Sample.payee($0) })
        case ("serve", _):
            return .serveNotice(
                Recovery.Notice(servedOn: today, proof: text(0)),
                responseDue: desk.now.advanced(byMinutes: 7 * 1_440),
                repaymentDue: desk.now.advanced(byMinutes: 15 * 1_440))
        case ("respond", "accept"): return .recordResponse(.accept)
        case ("respond", "partial"):
            return .recordResponse(.partial(amount(1), reason: "half"))
        case ("respond", "dispute"): return .recordResponse(.dispute(defence: "已退款"))
        case ("clear", _): return .clearPayout(reason: text(0))
        case ("deed", _):
            return .recordAssignment(Recovery.Deed(reference: text(0), signedOn: today))
        case ("demand", _): return .demand(on: today, proof: text(0))
        case ("plan", _):
            return .agreePlan(
                stride(from: 0, to: arguments.count - 1, by: 2).map { index in
                    Recovery.Instalment(
                        dueOn: today.advanced(by: Int(text(index))!), amount: amount(index + 1))
                })
        case ("interest", _): return .recordInterest(amount(0), reference: text(1), on: today)
        case ("suspense", _):
            return .takeFromSuspense(
                amount(0), reference: text(1), on: today, line: "k1",
                proposer: arguments.count > 2 ? text(2) : "cass")
        case ("rejectWriteOff", _): return .rejectWriteOff(reason: text(0))
        case ("double", _): return .findDoublePayment(amount(0), proof: text(1))
        case ("claimBack", _): return .claimBack(reason: text(0))
        case ("tellTourist", _):
            return .notifyClaimBack(Recovery.Notice(servedOn: today, proof: text(0)))
        case ("touristPays", _):
            return .recordTouristRepayment(amount(0), reference: text(1), on: today)
        case ("touristSuspense", _):
            return .takeTouristFromSuspense(
                amount(0), reference: text(1), on: today, line: "k1",
                proposer: arguments.count > 2 ? text(2) : "cass")
        case ("returnSuspense", _):
            return .takeReturnFromSuspense(
                number: number(text(0), desk), amount(1), reference: "suspense/1", on: today,
                line: "k1", proposer: arguments.count > 2 ? text(2) : "cass")
        case ("proposeClaimBackWriteOff", _):
            return .proposeClaimBackWriteOff(reason: text(0))
        case ("approveClaimBackWriteOff", _): return .approveClaimBackWriteOff
        case ("proposeUnclaimed", _): return .proposeUnclaimedReturn(reason: text(0))
        case ("approveUnclaimed", _): return .approveUnclaimedReturn
        case ("upholdTourist", _):
            return .upholdDefence(amount(0), reason: text(1), bornBy: .tourist)
        case ("uphold", _): return .upholdDefence(amount(0), reason: text(1))
        case ("repay", _): return .recordRepayment(amount(0), reference: text(1), on: today)
        case ("setOff", _): return .setOffDeposit(amount(0), reference: text(1), on: today)
        case ("proposeWriteOff", _): return .proposeWriteOff(reason: text(0))
        case ("approveWriteOff", _): return .approveWriteOff
        case ("fire", _):
            return .fire(Clock.Name(rawValue: text(0))!, Clock.Step(rawValue: text(1))!)
        default: throw Unreadable(words: [name] + arguments)
        }
    }

    /// `P2` is this case's second payout; anything else is taken as it stands.
    private static func number(_ text: String, _ desk: Desk) -> String {
        guard text.hasPrefix("P"), let attempt = Int(text.dropFirst()) else { return text }
        return Payout.number(for: desk.id, attempt: attempt)
    }

    private static func answer(_ arguments: [String], _ today: Day) throws -> Payout.State {
        switch arguments.dropFirst().first {
        case "ordered": .ordered
        case "underWay": .underWay(arguments.count > 2 ? arguments[2] : "PROCESSING")
        case "unknown": .unknown("timeout")
        case "confirmed": .confirmed(on: today)
        case "failed": .failed(reason: "account closed")
        case "lapsed": .lapsed
        case "bounced": .bounced(reason: "account closed")
        default: throw Unreadable(words: arguments)
        }
    }
}
