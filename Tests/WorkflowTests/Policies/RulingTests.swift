import Casework
import Ledger
import Testing

@testable import Workflow

/// From the facts as the office knows them to the ruling as the procedure takes it. The tables
/// themselves are tested by the policy cases.
struct RulingTests {
    // MARK: Determination

    @Test func `a hotel cancellation is reckoned from the moments a tourist can name`() throws {
        try hotel(
            "A02", cancelled: "2025-06-03T23:59:59+08:00", checkIn: "2025-06-10",
            "1200.00 × 100% = 1200.00")
        try hotel(
            "A04", cancelled: "2025-06-07T12:00:00+08:00", checkIn: "2025-06-10",
            "1200.00 × 50% = 600.00")
        try hotel(
            "A05", cancelled: "2025-06-08T00:00:00+08:00", checkIn: "2025-06-10",
            "1200.00 × 20% = 240.00")
        try hotel(
            "midnight in UTC is not midnight here", cancelled: "2025-06-07T16:00:00Z",
            checkIn: "2025-06-10", "1200.00 × 20% = 240.00")
        try hotel(
            "A10: National Day", cancelled: "2025-09-21T12:00:00+08:00", checkIn: "2025-10-01",
            "1200.00 × 50% = 600.00")
        try hotel(
            "a Saturday worked for it is no holiday", cancelled: "2025-10-01T12:00:00+08:00",
            checkIn: "2025-10-11", "1200.00 × 100% = 1200.00")
        try hotel(
            "day of check-in", cancelled: "2025-06-10T08:00:00+08:00", checkIn: "2025-06-10",
            "1200.00 × 0% = 0.00")
    }

    @Test func `an island queue is reckoned from queueing and boarding`() throws {
        try island(
            "B01", queued: "2025-06-01T09:10:00+08:00", boarded: "2025-06-01T10:11:00+08:00",
            "REFUND", "144.00 × 50% = 72.00")
        try island(
            "sixty minutes", queued: "2025-06-01T09:10:00+08:00",
            boarded: "2025-06-01T10:10:00+08:00", "NO_REFUND", "144.00 × 0% = 0.00")
        try island(
            "a second more than sixty minutes", queued: "2025-06-01T09:10:00+08:00",
            boarded: "2025-06-01T10:10:01+08:00", "REFUND", "144.00 × 50% = 72.00")
        try island(
            "09:30:59 still belongs to 09:30", queued: "2025-06-01T09:30:59+08:00",
            boarded: "2025-06-01T10:31:00+08:00", "REFUND", "144.00 × 50% = 72.00")
        try island(
            "B09", queued: "2025-06-01T09:10:00+08:00", boarded: "2025-06-01T10:11:00+08:00",
            "REFUND",
            "(144.00 + 144.00 + 0.00) × 100% = 288.00",
            [
                "tickets": .list([.text("144.00"), .text("144.00"), .text("0")]),
                "returnQueuedAt": .text("2025-06-01T14:00:00+08:00"),
                "returnBoardedAt": .text("2025-06-01T15:31:00+08:00"),
            ])
        try island(
            "B07", queued: "2025-06-01T09:10:00+08:00", boarded: "2025-06-01T10:11:00+08:00",
            "LATE", nil,
            ["filedAt": .text("2025-06-03T20:00:00+08:00")])
    }

    @Test func `arithmetic shows deductions, floors and roundings`() throws {
        try general(
            "force-majeure", ["pricePaid": .text("5000.00"), "necessaryCosts": .text("1800.00")],
            ["(5000.00 − 1800.00) × 100% = 3200.00"])
        try general(
            "price-fraud", ["pricePaid": .text("120.00"), "breachProven": .flag(true)],
            ["120.00 × 100% = 120.00", "max(120.00 × 300%, 500.00) = 500.00"])
        try general(
            "forced-shopping",
            [
                "affectedAmount": .text("3680.00"), "breachProven": .flag(true),
                "times": .integer(2),
                "tourFee": .text("333.33"), "tripEndedOn": .text("2025-05-30"),
            ],
            ["3680.00 × 100% = 3680.00", "333.33 × 20% × 2 = 133.332 ≈ 133.33"])
        try general(
            "prepaid-closed", ["pricePaid": .text("1000.00"), "valueUsed": .text("1200.00")],
            ["max((1000.00 − 1200.00) × 100%, 0.00) = 0.00"])
    }

    @Test func `what the fund covers and what the merchant owes are two sums`() throws {
        let ruling = try Sanya.edition("2025-03-08").determine(
            Self.facts("price-fraud", ["pricePaid": .text("120.00"), "breachProven": .flag(true)]))
        #expect(ruling.outcome.covered == Money(fen: 12_000))
        #expect(ruling.outcome.entitlement == Money(fen: 62_000))
        #expect(ruling.outcome.code == "STAT_TOTAL")
    }

    @Test func `A16: after the trial lapsed no rule is in force`() throws {
        let facts = Self.facts(
            "hotel-cancellation",
            ["occurredOn": .text("2026-03-09"), "filedOn": .text("2026-03-10")])
        let ruling = try Sanya.edition("2026-03-08").determine(facts)
        #expect(ruling.outcome.code == "NO_RULE_IN_FORCE")
        #expect(!ruling.outcome.isBasisClear && ruling.outcome.heads.isEmpty)
        #expect(ruling.grounds.edition == "sanya/2026-03-08")
    }

    @Test func `missing evidence is named`() throws {
        let ruling = try Sanya.edition("2025-03-08").determine(
            Self.facts(
                "goods-quality",
                ["receivedOn": .text("2025-05-30"), "evidenceKinds": .list([.text("receipt")])]))
        #expect(ruling.outcome.missing == ["photo"])
    }

    // MARK: Procedure

    @Test func `the advance follows the edition of the day of filing`() throws {
        let facts = Self.claim
        let quick = try Sanya.edition("2024-02-05").decideAdvance(facts).outcome
        #expect(
            quick == AdvanceDecision(path: .quickPay, amount: Money(fen: 80_000), code: "QUICK_PAY")
        )
        let before = try Sanya.edition("2023-04-27").decideAdvance(facts).outcome
        #expect(
            before == AdvanceDecision(path: .reserve, amount: Money(fen: 80_000), code: "FREEZE"))
        let poor = facts.merging(["poolSpendable": .text("500.00")]) { $1 }
        let waits = try Sanya.edition("2024-02-05").decideAdvance(poor).outcome
        #expect(
            waits == AdvanceDecision(path: .quickPay, amount: Money(fen: 80_000), code: "HOLD_FUND")
        )
    }

    @Test func `acceptance answers with code, clause and where to go`() throws {
        let edition = try Sanya.edition("2025-03-08")
        var facts = Self.facts(
            "goods-quality", ["realName": .flag(true), "respondentKnown": .flag(true)])
        #expect(try edition.ruleOnAcceptance(facts).outcome == .accept)
        facts["otherForum"] = .text("court")
        guard
            case .decline("IN_COURT", let clause, "受理法院") = try edition.ruleOnAcceptance(facts)
                .outcome
        else {
            Issue.record("a court has it")
            return
        }
        #expect(clause.contains("旅游投诉处理办法"))
        facts["repeatOf"] = .text("order")
        #expect(try edition.ruleOnAcceptance(facts).outcome == .merge)
        facts["aboutOfficial"] = .flag(true)
        #expect(try edition.ruleOnAcceptance(facts).outcome == .discipline(body: "12388"))
        facts["emergency"] = .text("fire")
        #expect(try edition.ruleOnAcceptance(facts).outcome == .emergency(line: "119"))
    }

    @Test func `authority, routing, settlement and recovery answer in the procedure's words`()
        throws
    {
        let edition = try Sanya.edition("2025-03-08")
        let large: Facts = ["path": .text("reserve"), "amount": .text("20000.01")]
        #expect(
            try edition.authority(large).outcome == .people([.reviewer, .supervisor, .accountant]))
        let small: Facts = ["path": .text("quickPay"), "amount": .text("800.00")]
        #expect(try edition.authority(small).outcome == .automatic)
        let routed = try edition.route(["category": .text("price"), "isMajor": .flag(false)])
            .outcome
        #expect(routed == Routing(bureau: "market", auditMinutes: 30, onExpiry: .escalate))
        let paid: Facts = [
            "advanceState": .text("reserved"), "amount": .text("560.00"),
            "paidByMerchant": .text("560.00"),
        ]
        #expect(try edition.settle(paid).outcome == .returnToPool)
        let terms = try edition.recoveryTerms(["merchantStanding": .text("enrolled")]).outcome
        #expect(
            terms
                == RecoveryTerms(
                    responseDays: 7, paymentDays: 15, interestBasisPoints: 0, limitationYears: 3))
        let hurt = try edition.classify(Self.facts("island-queue", ["hasInjury": .flag(true)]))
            .outcome
        #expect(hurt == Classification(category: "injury", isUrgent: true, isMajor: true))
    }

    // MARK: Grounds and refusals

    @Test func `grounds hold edition, hash, inputs and cited rules, and can be explained`() throws {
        let book = try Sanya.book.get()
        let edition = try book.edition(named: "2024-02-05")
        let grounds = try edition.decideAdvance(Self.claim).grounds
        #expect(grounds.edition == "sanya/2024-02-05" && grounds.editionHash == edition.hash)
        #expect(grounds.inputs["quickPayLimit"] == .text("1000.00"))
        #expect(grounds.inputs["claimed"] == .text("800.00"))
        #expect(grounds.rules.contains { $0.table == "track" && $0.clause.contains("小额快赔") })
        for rule in grounds.rules {
            #expect(!rule.clause.isEmpty && !rule.chinese.isEmpty && !rule.english.isEmpty)
        }
        let explanation = try book.explain(grounds)
        #expect(explanation.isUnchanged)
        #expect(explanation.steps.map(\.rule) == grounds.rules)
        let track = try #require(explanation.tables.first { $0.name == "track" })
        #expect(
            track.steps[0].conditions.contains {
                $0.input == "payable <= quickPayLimit" && $0.actual == "true"
            })
        #expect(track.nearMisses.contains { $0.failed.input == "riskReview" })
    }

    @Test func `facts that are not known are named as a person would give them`() throws {
        let edition = try Sanya.edition("2025-03-08")
        var facts = Self.facts("hotel-cancellation", ["bookingChannel": .text("platform")])
        facts["pricePaid"] = nil
        #expect(
            throws: PolicyError.missingFacts(
                model: "determination-hotel",
                ["cancelledAt", "checkInOn", "confirmedAt", "pricePaid"])
        ) { try edition.determine(facts) }
    }

    @Test func `a holiday of a year not yet announced is for a person to say`() throws {
        let edition = try Sanya.edition("2025-03-08")
        var facts = Self.facts(
            "hotel-cancellation",
            [
                "bookingChannel": .text("platform"),
                "confirmedAt": .text("2025-05-20T10:00:00+08:00"),
                "cancelledAt": .text("2025-06-01T10:00:00+08:00"), "checkInOn": .text("2029-01-01"),
            ])
        #expect(throws: PolicyError.missingFacts(model: "determination-hotel", ["stayOnHoliday"])) {
            try edition.determine(facts)
        }
        facts["stayOnHoliday"] = .flag(true)
        #expect(try edition.determine(facts).outcome.code == "REFUND")
    }

    @Test func `an island claim without queue times is not refused`() throws {
        let facts = Self.facts(
            "island-queue",
            [
                "site": .text("xidao"), "tickets": .list([.text("144.00")]),
                "returnedAt": .text("2025-06-01T18:00:00+08:00"),
            ])
        let outcome = try Sanya.edition("2025-03-08").determine(facts).outcome
        #expect(outcome.code == "NO_QUEUE_STATED" && !outcome.isBasisClear)
    }

    @Test func `facts of the wrong kind never reach a table`() throws {
        let edition = try Sanya.edition("2025-03-08")
        var facts = Self.claim
        facts["claimed"] = .text("eight hundred")
        #expect(throws: PolicyError.self) { try edition.decideAdvance(facts) }
        facts["claimed"] = .text("-1.00")
        #expect(throws: PolicyError.self) { try edition.decideAdvance(facts) }
        facts["claimed"] = .text("800.00")
        facts["merchantStanding"] = .text("famous")
        #expect(throws: PolicyError.self) { try edition.decideAdvance(facts) }
        #expect(throws: PolicyError.unknownMatter(edition: "2025-03-08", matter: "nothing")) {
            try edition.determine(["matter": .text("nothing")])
        }
    }

    @Test func `an unsound answer is not used`() throws {
        let scratch = try ScratchPolicies()
        // The row for what is not paid in full and not released goes: a gap.
        try scratch.replace(
            "<text>\"wait\"</text>", with: "<text>null</text>", in: "2023-04-27/settlement.dmn")
        let edition = try scratch.load().edition(named: "2023-04-27")
        let facts: Facts = ["advanceState": .text("reserved"), "amount": .text("560.00")]
        do throws(PolicyError) {
            _ = try edition.settle(facts)
            Issue.record("null is no settlement")
        } catch {
            switch error {
            case .unsound(_, "settlement", _), .unusable(_, "settlement", _): break
            default: Issue.record("\(error)")
            }
        }
    }

    // MARK: Tables

    private static let claim: Facts = facts(
        "goods-quality",
        [
            "isMajor": .flag(false), "merchantStanding": .text("enrolled"), "realName": .flag(true),
            "evidenceSufficient": .flag(true), "basisClear": .flag(true),
            "claimed": .text("800.00"),
            "covered": .text("800.00"), "merchantDayTotal": .text("0"), "dayTotal": .text("0"),
            "poolSpendable": .text("10000000.00"),
        ])

    private static func facts(_ matter: String, _ more: Facts) -> Facts {
        let common: Facts = [
            "matter": .text(matter), "occurredOn": .text("2025-06-01"),
            "filedOn": .text("2025-06-02"),
            "filedAt": .text("2025-06-02T10:00:00+08:00"), "claimed": .text("1200.00"),
            "pricePaid": .text("1200.00"),
            "evidenceKinds": .list(
                ["order", "receipt", "contract", "ticket", "photo", "inspection"].map(Fact.text)),
        ]
        return common.merging(more) { $1 }
    }

    private func hotel(
        _ name: String, cancelled: String, checkIn: String, _ arithmetic: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let facts = Self.facts(
            "hotel-cancellation",
            [
                "bookingChannel": .text("platform"),
                "confirmedAt": .text("2025-05-20T10:00:00+08:00"), "cancelledAt": .text(cancelled),
                "checkInOn": .text(checkIn),
            ])
        let ruling = try Sanya.edition("2025-03-08").determine(facts)
        #expect(
            ruling.outcome.heads.map(\.arithmetic) == [arithmetic], "\(name)",
            sourceLocation: sourceLocation)
        #expect(ruling.grounds.model == "determination-hotel")
    }

    private func island(
        _ name: String, queued: String, boarded: String, _ code: String, _ arithmetic: String?,
        _ more: Facts = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let facts = Self.facts(
            "island-queue",
            [
                "site": .text("xidao"), "tickets": .list([.text("144.00")]),
                "outboundQueuedAt": .text(queued), "outboundBoardedAt": .text(boarded),
                "returnedAt": .text("2025-06-01T18:00:00+08:00"),
            ]
        ).merging(more) { $1 }
        let ruling = try Sanya.edition("2025-03-08").determine(facts)
        #expect(ruling.outcome.code == code, "\(name)", sourceLocation: sourceLocation)
        #expect(
            ruling.outcome.heads.map(\.arithmetic) == (arithmetic.map { [$0] } ?? []), "\(name)",
            sourceLocation: sourceLocation)
    }

    private func general(
        _ matter: String, _ more: Facts, _ arithmetic: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let ruling = try Sanya.edition("2023-04-27").determine(Self.facts(matter, more))
        #expect(
            ruling.outcome.heads.map(\.arithmetic) == arithmetic, sourceLocation: sourceLocation)
    }
}
