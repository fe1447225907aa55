import Casework
import Foundation
import Ledger
import Testing

/// Events are a storage format: what a released office has written must be read for ever.
@Suite struct EventFormatTests {
    /// One of each kind, in the order of `Event`.
    static let events: [Event] = {
        let amount = Money(fen: 800_00)
        let day = Day("2025-03-10")!
        let number = "SY2500000010P1"
        let first = ID<Case>("SY-25-0000009-9")
        let routing = Routing(bureau: "market", auditMinutes: 30, onExpiry: .escalate)
        return [
            .filed(Sample.filing(), Sample.terms()),
            .classified(
                Sample.ruling(Classification(category: "lodging", isUrgent: true, isMajor: false))),
            .accepted(Sample.ruling(.accept)),
            .declined(
                Sample.ruling(.decline(code: "LATE", clause: "13", referral: "court")),
                code: "LATE",
                referral: "court"),
            .handedOver(Sample.ruling(.emergency(line: "120")), to: "120"),
            .merged(Sample.ruling(.merge), into: first),
            .contactJoined(first, channel: .hotline, story: "again", hasNewFacts: true),
            .evidenceAdded(
                Sample.evidence("receipt", hash: "ab12", at: Moment(ms: 1_741_568_400_000))),
            .evidenceRequested(["receipt"], note: "please"), .evidenceComplete,
            .evidenceWaived(reason: "closed down"),
            .factsCorrected(
                [
                    "nights": .integer(3), "isGroup": .flag(true), "rate": .text("1500.00"),
                    "stays": .list([.record(["from": .text("2025-03-08"), "none": .list([])])]),
                ], reason: "typo"),
            .payeeSet(Sample.payee("wx-li")),
            .determined(Sample.ruling(Sample.determination(amount, missing: ["order"]))),
            .advanceProposed(
                Sample.ruling(AdvanceDecision(path: .quickPay, amount: amount, code: "QUICK_PAY")),
                Sample.ruling(.people([.reviewer, .supervisor])), amount: amount),
            .approved(as: .reviewer), .reduced(to: amount, reason: "half used"),
            .advanceRefused(reason: "late"), .contested(reason: "in time"),
            .contestAnswered(isUpheld: false, reason: "in time"), .fundsAwaited(short: amount),
            .reserved(amount), .quickPayGranted(amount), .reservationReduced(by: amount),
            .reservationReturned(amount), .released(amount),
            .payoutOrdered(number: number, amount, Sample.payee("wx-li")),
            .payoutProgressed(number: number, state: "PROCESSING"),
            .payoutUnknown(number: number, why: "timeout"),
            .payoutConfirmed(number: number, amount, on: day),
            .payoutFailed(number: number, reason: "closed"), .payoutLapsed(number: number),
            .payoutBounced(number: number, amount, reason: "closed"),
            .forwarded(Sample.ruling(routing)), .designated(bureau: "tourism", reason: "hotel"),
            .acknowledged, .audited(.reduce(to: amount, reason: "half used")),
            .merchantPaid(amount, proof: "slip-1"), .noAgreementReached(reason: "refuses"),
            .settled(Sample.ruling(.release)), .resolved(.paidByFund),
            .recoveryOpened(Sample.ruling(RecoveryTerms(responseDays: 7, paymentDays: 15)), amount),
            .noticeServed(Recovery.Notice(servedOn: day, proof: "letter-1")),
            .merchantResponded(.partial(amount, reason: "half")),
            .defenceUpheld(amount, reason: "paid already"),
            .repaid(amount, reference: "bank-1", on: day),
            .depositSetOff(amount, reference: "deposit-1", on: day),
            .writeOffProposed(reason: "bankrupt"), .writtenOff(amount),
            .repaidAfterWriteOff(amount, reference: "bank-2", on: day), .recoveryClosed,
            .followedUp(.a, note: "thanks"), .closed, .reopened(reason: "new facts"),
            .withdrawn(reason: "settled"), .escalated(reason: "audit limit passed"),
            .clockStarted(
                .audit, Clock.Limit(count: 30, unit: .minutes), due: Moment(ms: 1_741_570_200_000)),
            .clockSuspended(.audit, reason: "waiting for evidence"), .clockResumed(.audit),
            .clockStopped(.audit), .clockFired(.audit, .warning),
            // Joined later.
            .capReached(Cap(.day, limit: amount, used: Money(fen: 1)), wanted: amount),
            .authorityRaised(to: [.reviewer, .supervisor], reason: "day"),
            .riskAssessed(
                Sample.ruling(Risk(needsReview: true, flags: ["SHARED_PAYEE"]))),
            .payoutReviewAsked(flags: ["PAYEE_CHANGED"]), .payoutCleared(reason: "called back"),
            .unclaimedReturnProposed(reason: "gone"),
            .unclaimedReturned(amount, recoverable: Money(fen: 1)),
            .assignmentTaken(Recovery.Deed(reference: number, signedOn: day)),
            .demanded(on: day, proof: "letter-2"),
            .planAgreed([Recovery.Instalment(dueOn: day, amount: amount)]), .planBroken,
            .interestPaid(amount, reference: "bank-3", on: day),
            .repaidFromSuspense(
                amount, reference: "bank-4", on: day, line: "k1", proposer: "cass"),
            .writeOffRejected(reason: "solvent"),
            .doublePaymentFound(amount, proof: "slip-2"),
            .claimBackOpened(amount, reason: "paid twice"),
            .claimBackNotified(Recovery.Notice(servedOn: day, proof: "letter-3")),
            .touristRepaid(amount, reference: "bank-5", on: day),
            .touristRepaidFromSuspense(
                amount, reference: "bank-6", on: day, line: "k2", proposer: "cass"),
            .claimBackWriteOffProposed(reason: "gone abroad"), .claimBackWrittenOff(amount),
            .feeWaived(amount),
            .payoutReturnedFromSuspense(
                number: number, amount, reference: "suspense/1", on: day, line: "k3",
                proposer: "cass"),
        ]
    }()

    /// Cases of these types that the events above do not show.
    private static let acceptances: [Acceptance] = [
        .accept, .decline(code: "c", clause: "k", referral: "r"), .emergency(line: "110"),
        .discipline(body: "b"), .merge,
    ]
    private static let findings: [AuditFinding] = [
        .approve, .reduce(to: Money(fen: 1), reason: "r"), .refuse(reason: "r"),
        .askEvidence(["photo"], note: "n"), .notOurs(reason: "r"),
    ]
    private static let responses: [Recovery.Response] = [
        .accept, .partial(Money(fen: 1), reason: "r"), .dispute(defence: "d"),
    ]

    @Test func `every kind of event is written as it always was`() throws {
        #expect(Set(Self.events.map(\.kind)).count == Self.events.count)
        var lines = try Self.events.map { try json($0) }
        lines += try Self.acceptances.map { try json($0) }
        lines += try Self.findings.map { try json($0) }
        lines += try Self.responses.map { try json($0) }
        try checkGolden(lines.joined(separator: "\n") + "\n", "events.jsonl")
    }

    @Test func `every kind of event is read back as it was`() throws {
        for event in Self.events {
            let text = try json(event)
            #expect(try JSONDecoder().decode(Event.self, from: Data(text.utf8)) == event)
            #expect(
                text.hasPrefix("{\"\(event.kind)\":"),
                "the kind is the name under which it is stored")
        }
        for value in Self.acceptances { #expect(try back(value) == value) }
        for value in Self.findings { #expect(try back(value) == value) }
        for value in Self.responses { #expect(try back(value) == value) }
    }

    @Test func `a fact is plain JSON, without fractions and without guessing`() throws {
        let cases: [(String, Fact)] = [
            ("true", .flag(true)), ("1", .integer(1)), ("0", .integer(0)),
            ("-9223372036854775808", .integer(.min)), ("\"1\"", .text("1")),
            ("\"true\"", .text("true")),
            ("[]", .list([])), ("{}", .record([:])),
            ("[1,\"a\",[false]]", .list([.integer(1), .text("a"), .list([.flag(false)])])),
            ("{\"a\":{\"b\":1}}", .record(["a": .record(["b": .integer(1)])])),
        ]
        for (text, fact) in cases {
            #expect(try JSONDecoder().decode(Fact.self, from: Data(text.utf8)) == fact, "\(text)")
            #expect(try json(fact) == text)
        }
        for text in ["1.5", "null", "[null]", "9223372036854775808", "{\"a\":[0.1]}"] {
            #expect(throws: DecodingError.self, "\(text)") {
                try JSONDecoder().decode(Fact.self, from: Data(text.utf8))
            }
        }
    }

    @Test func `nothing about a person is printed by accident`() {
        let filing = Sample.filing()
        var dumped = ""
        dump(filing, to: &dumped)
        for text in ["\(filing)", String(reflecting: filing), dumped] {
            for secret in ["李明", "4602", "1380", "wx-li"] {
                #expect(!text.contains(secret), "\(secret) in \(text)")
            }
            #expect(text.contains("‹personal›"))
        }
    }

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try String(decoding: encoder.encode(value), as: UTF8.self)
    }

    private func back<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json(value).utf8))
    }
}
