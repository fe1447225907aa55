import Casework
import Ledger
import Randomness
import Testing

/// Thousands of cases on one fund, in which anybody tries anything at any time.
@Suite struct RandomWalkTests {
    @Test(arguments: 1...4)
    func `whoever does what in any order, books and cases agree and nothing is paid twice`(
        seed: UInt64
    ) throws {
        var walk = Walk(seed: seed)
        for sequence in 1...1_300 {
            let faults = try walk.play(sequence)
            for fault in faults { Issue.record("seed \(seed), case \(sequence): \(fault)") }
            if !faults.isEmpty { return }
        }
        // A walk that never gets anywhere proves nothing. (An upheld defence takes three people in turn;
        // not every walk meets it, and RecoveryTests does.)
        let rare: Set<String> = [
            "feeWaived", "payoutBounced", "payoutLapsed", "writtenOff", "repaidAfterWriteOff",
            "reservationReduced", "reservationReturned", "released", "fundsAwaited",
            "contestAnswered", "capReached", "authorityRaised", "payoutCleared",
            "assignmentTaken",
            "recoveryClosed", "reopened", "merged", "handedOver", "declined", "withdrawn",
        ]
        #expect(
            rare.subtracting(walk.kinds).isEmpty, "never happened: \(rare.subtracting(walk.kinds))")
        #expect(walk.kinds.isSubset(of: Set(EventFormatTests.events.map(\.kind))))
        #expect(walk.overspendingRefused > 0)
    }
}

/// A seeded walk; the ledger goes from case to case.
struct Walk {
    private var random: SeededRandom
    private var ledger = FundLedger(granted: 3_000_00)
    /// Kinds of events that happened.
    private(set) var kinds: Set<String> = []
    private(set) var overspendingRefused = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// Plays one case; answers what went wrong.
    mutating func play(_ sequence: Int) throws -> [String] {
        // Grants come late, so that the pool is short now and then.
        if sequence % 20 == 0, ledger.spendable < Money(fen: 500_00) {
            ledger.grant(Money(fen: 5_000_00), as: "grant-\(sequence)")
        }
        var desk = Desk(
            CaseNumber.make(prefix: "SY", year: 2025, sequence: sequence),
            filing: Sample.filing(payee: chance(80) ? Sample.payee("wx-li") : nil),
            terms: Sample.terms(unclaimedDays: 5), ledger: ledger)
        ledger = FundLedger(granted: 1)  // One owner at a time, so that the books are not copied.
        defer { ledger = desk.ledger }
        desk.now = desk.now.advanced(byMinutes: sequence)
        guard (try? desk.file(by: pick([People.all["amy"]!, .tourist, People.all["duo"]!]))) != nil
        else { return ["could not file"] }
        for _ in 0..<Int.random(in: 5...70, using: &random) {
            if chance(20) {
                desk.now = desk.now.advanced(
                    byMs: Int64.random(in: -60_000...900_000_000, using: &random))
            }
            if let fault = step(&desk) {
                return [fault] + desk.recorded.suffix(12).map { Brief.text($0.event) }
            }
        }
        if Case(id: desk.id, replaying: desk.recorded) != desk.file {
            return ["the replay differs"]
        }
        return []
    }

    private mutating func step(_ desk: inout Desk) -> String? {
        guard let before = desk.file else { return "no case" }
        var isNextStep = false
        var (actor, command) = anyMove(at: desk, of: before)
        if chance(50), let next = before.nextStep {
            (actor, command) = (.office, self.command(for: next, of: before, at: desk))
            isNextStep = true
        } else if chance(60) {
            // Something that goes, if it is found soon: chance alone seldom gets past the desk.
            for _ in 0..<6 {
                let events = try? before.decide(command, by: actor, at: desk.now)
                if events?.isEmpty == false { break }
                (actor, command) = anyMove(at: desk, of: before)
            }
        }
        do {
            for event in try desk.perform(command, by: actor) { kinds.insert(event.kind) }
        } catch let refusal as Refusal {
            if desk.file != before { return "\(refusal) changed the case" }
            if isNextStep, case .outOfTurn = refusal {
                return "the next step is out of turn: \(refusal)"
            }
        } catch PostingError.guardWouldFall(Chart.spendableGuard, _, _) {
            guard case .commitFunds = command else { return "overspent by \(command.kind)" }
            if desk.file != before { return "an overspending commit changed the case" }
            overspendingRefused += 1
        } catch {
            return "\(command) of \(actor.name): \(error)"
        }
        return desk.ledger.difference ?? desk.file.flatMap { fault(in: $0) }
    }

    /// What may never be, whatever was done.
    private func fault(in file: Case) -> String? {
        let open = file.payouts.filter(\.isOpen).count
        let paid = file.payouts.filter { if case .confirmed = $0.state { true } else { false } }
            .count
        if open + paid > 1 { return "\(open) payouts open and \(paid) paid" }
        if Set(file.payouts.map(\.number)).count != file.payouts.count { return "a number twice" }
        if (paid == 1) != (file.advance?.state == .paid) {
            return "paid without a payout, or the reverse"
        }
        if let advance = file.advance {
            let approvers = advance.approvals.map(\.by)
            let makers = file.preparedBy.union([file.filedBy, advance.proposer])
            if Set(approvers).count != approvers.count { return "one person approved twice" }
            if !makers.isDisjoint(with: approvers) { return "a maker approved" }
            let isOut =
                advance.state == .reserved || advance.state == .payable || advance.state == .paid
            if isOut, !advance.outstanding.isEmpty { return "money without approval" }
            if isOut, !advance.amount.isPositive { return "an advance of nothing" }
        }
        return faultOfStage(in: file)
    }

    private func faultOfStage(in file: Case) -> String? {
        let state = file.advance?.state
        switch file.stage {
        case .proposed:
            return state == .proposed
                ? nil : "proposed, but \(state.map { "\($0)" } ?? "no advance")"
        case .awaitingFunds:
            if case .awaitingFunds = state { return nil }
            return "awaiting funds, but \(state.map { "\($0)" } ?? "no advance")"
        case .paying:
            return state == .payable ? nil : "paying, but \(state.map { "\($0)" } ?? "no advance")"
        case .resolved, .closed, .withdrawn, .declined, .merged, .handedOver:
            for name in [Clock.Name.acceptance, .audit, .closing, .freeze, .capReset] {
                if let clock = file.clocks[name], clock.stoppedAt == nil {
                    return "\(name) still runs in \(file.stage)"
                }
            }
            if file.handlings.contains(where: \.isOpen) {
                return "a work order is open in \(file.stage)"
            }
            return file.hasOpenMoney ? "money is open in \(file.stage)" : nil
        case .filed, .assessing, .awaitingEvidence, .withBureau:
            return state == .payable ? "owed, but \(file.stage)" : nil
        }
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }
    private mutating func pick<T>(_ values: [T]) -> T { values.randomElement(using: &random)! }
}

// MARK: - Commands

extension Walk {
    private mutating func fen(_ range: ClosedRange<Int64>) -> Money {
        Money(fen: Int64.random(in: range, using: &random))
    }

    /// Of the right size, of the wrong one, or nothing at all.
    private mutating func anyAmount(near amount: Money?) -> Money {
        let near = amount ?? Money(fen: 500_00)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .zero
        case 1: return Money(fen: -1)
        case 2: return Money(fen: near.fen &+ 1)
        case 3: return Money(fen: .max)
        case 4, 5: return near
        default: return Money(fen: near.fen / 2)
        }
    }

    /// What the policy might rule on the office's next step.
    private mutating func command(for step: NextStep, of file: Case, at desk: Desk) -> Command {
        let words: String
        switch step {
        case .classify: words = "classify"
        case .ruleOnAcceptance:
            words =
                chance(88)
                ? "accept" : pick(["decline", "emergency", "discipline", "merge SY-25-1"])
        case .determine:
            words = "determine \(fen(1_00...3_000_00))" + (chance(15) ? " receipt" : "")
        case .proposeAdvance:
            let path = pick([
                "quickPay", "waiveFee", "reserve", "reserve", "mediateOnly", "major", "notEligible",
            ])
            let authority = pick(["automatic", "automatic", "reviewer", "reviewer supervisor", ""])
            words = "propose \(path) \(file.determination?.outcome.covered ?? .zero) \(authority)"
        case .commitFunds:
            words =
                chance(80)
                ? "commit"
                : pick([
                    "commit 9999999", "commit 9999999", "commit 9999999", "commit 9999999",
                    "commit cap day 500 100", "commit cap tourist 500 499",
                    "commit cap automaticDay 500 400", "commit roles reviewer supervisor",
                    "commit risk SHARED_PAYEE",
                ])
        case .forward: words = "forward \(pick(["market", "tourism"])) \(pick(["", "silent"]))"
        case .settle:
            words = "settle " + pick(["returnToPool", "release", "resolvedWithoutAdvance", "wait"])
        case .openRecovery: words = "openRecovery"
        case .orderPayout: words = chance(85) ? "orderPayout" : "orderPayout SHARED_PAYEE"
        case .reissuePayout: words = "reissue"
        }
        return parsed(words, at: desk)
    }

    private mutating func anyMove(at desk: Desk, of file: Case) -> (Actor, Command) {
        let command = anyCommand(for: file, at: desk)
        guard chance(80), let able = Self.able[command.kind], !able.isEmpty else {
            return (pick(People.list), command)
        }
        return (pick(able), command)
    }

    private static let able = Dictionary(
        uniqueKeysWithValues: Command.Kind.allCases.map { kind in
            (kind, People.list.filter { Permissions.permit($0.roles, kind) })
        })

    private mutating func anyCommand(for file: Case, at desk: Desk) -> Command {
        if chance(12) { return command(for: pick(NextStep.all), of: file, at: desk) }
        if file.recovery?.state == .open, file.recovery?.deed != nil, chance(30) {
            return parsed("serve proof", at: desk)
        }
        if file.recovery?.state == .notified, chance(20) {
            return parsed("proposeWriteOff why", at: desk)
        }
        if file.recovery?.writeOffProposer != nil, chance(40) {
            return parsed(
                pick(["approveWriteOff", "approveWriteOff", "rejectWriteOff why"]), at: desk)
        }
        if file.recovery?.state == .writtenOff, chance(30) {
            return parsed("repay \(anyAmount(near: file.recovery?.writtenOff)) r7", at: desk)
        }
        var group = pick(Self.groups)
        if file.recovery != nil, chance(50) { group = Self.recovery }
        if !file.payouts.isEmpty, chance(30) { group = Self.payouts }
        if file.recovery?.paidOn != nil, chance(20) { group = Self.deeper }
        var words: [String] = []
        for word in pick(group).split(separator: " ") { words.append(filled(word, for: file)) }
        return parsed(words.joined(separator: " "), at: desk)
    }

    private mutating func filled(_ word: Substring, for file: Case) -> String {
        switch word {
        case "ADVANCE": "\(anyAmount(near: file.advance?.amount))"
        case "OWED":
            "\(anyAmount(near: file.recovery.map { max($0.outstanding, $0.writtenOff) }))"
        case "LAST": "P\(max(1, file.payouts.count))"
        case "REF": "r\(Int.random(in: 0...5, using: &random))"
        case "KINDS": pick(["receipt", "photo", "receipt+photo", "-"])
        case "BUREAU": pick(["market", "tourism"])
        case "CLOCK": pick(Clock.Name.allCases).rawValue
        case "ANSWER":
            pick(["underWay", "unknown", "confirmed", "failed", "lapsed", "bounced", "ordered"])
        default: String(word)
        }
    }

    private static let recovery = [
        "serve proof", "respond accept", "respond dispute", "respond partial OWED",
        "uphold OWED why", "repay OWED REF", "setOff OWED REF", "proposeWriteOff why",
        "proposeWriteOff why", "approveWriteOff", "approveWriteOff", "approveWriteOff",
        "repay OWED REF",
    ]
    private static let deeper = [
        "rejectWriteOff why", "demand letter", "plan 5 OWED", "deed paper", "suspense OWED REF",
        "upholdTourist OWED why",
        "double OWED slip", "double OWED slip", "claimBack why", "claimBack why",
        "tellTourist letter", "touristPays OWED REF", "touristPays OWED REF",
    ]
    private static let payouts = [
        "wallet LAST ANSWER", "wallet LAST ANSWER", "wallet P1 ANSWER", "reissue", "reissue REF",
        "orderPayout", "orderPayout SHARED_PAYEE", "clear why", "clear why",
        "proposeUnclaimed why", "approveUnclaimed", "returnSuspense LAST ADVANCE",
    ]
    private static let groups = [
        [
            "evidence receipt REF", "evidence photo REF", "correct why", "request KINDS",
            "goOn why",
            "join REF", "payee REF", "withdraw", "followUp b",
        ],
        [
            "approve reviewer", "approve supervisor", "approve supervisor", "reduce ADVANCE why",
            "refuse why", "contest why", "contest why", "grant ADVANCE why", "stands why",
        ],
        [
            "acknowledge", "audit approve", "audit reduce ADVANCE why", "audit refuse why",
            "audit askEvidence KINDS", "audit notOurs why", "designate BUREAU why",
            "merchantPaid ADVANCE slip", "noAgreement why",
        ],
        payouts,
        recovery, deeper,
        [
            "close", "reopen why", "fire CLOCK warning", "fire CLOCK breach", "fire freeze warning",
            "fire freeze breach",
        ],
    ]

    private func parsed(_ words: String, at desk: Desk) -> Command {
        let words = words.split(separator: " ").map(String.init)
        return try! Script.command(words[0], Array(words.dropFirst()), at: desk)
    }
}

extension NextStep {
    fileprivate static let all: [NextStep] = [
        .classify, .ruleOnAcceptance, .determine, .proposeAdvance, .commitFunds, .forward, .settle,
        .openRecovery, .orderPayout, .reissuePayout,
    ]
}
