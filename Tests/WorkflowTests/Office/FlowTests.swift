import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// One complaint from intake to reconciled books, on every engine.
@Suite struct FlowTests {
    @Test(arguments: Place.all)
    func `a small claim with sufficient evidence is paid without a reservation`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let file = try await play.file(800, order: "A1")
            #expect(file.advance?.decision.path == .quickPay)
            #expect(file.stage == .paying)
            #expect(file.payouts.map(\.number) == [Payout.number(for: file.id, attempt: 1)])
            #expect(file.recovery?.outstanding == Money(fen: 80_000))
            try await play.pass(minutes: 90)
            #expect(try await play.show(file.id).stage == .resolved(.paidByFund))
            #expect(play.wallet.book.balance == Money(fen: 1_000_000_00 - 80_000))
        }
    }

    @Test(arguments: Place.all)
    func `reserved money returns to the pool when the merchant pays`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(3_000, order: "B1")
            #expect(file.stage == .proposed)
            let reserved = try await play.perform(
                .approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            #expect(reserved.advance?.state == .reserved)
            #expect(reserved.stage == .withBureau)
            let before = try await play.office.verifyBooks().spendable
            try await play.perform(.acknowledge, on: file.id, by: PlayOffice.bureau)
            try await play.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
            let paid = Command.recordMerchantPayment(Money(fen: 300_000), proof: "收条")
            let after = try await play.perform(paid, on: file.id, by: PlayOffice.bureau)
            #expect(after.stage == .resolved(.paidByMerchant))
            #expect(after.payouts.isEmpty)
            let spendable = try await play.office.verifyBooks().spendable
            #expect(spendable == Money(fen: before.fen + 300_000))
        }
    }

    @Test(arguments: Place.all)
    func `without agreement the reserved money goes to the tourist and the merchant owes it`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(3_000, order: "C1")
            try await play.perform(.approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            try await play.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
            let released = try await play.perform(
                .recordNoAgreement(reason: "拒绝"), on: file.id, by: PlayOffice.bureau)
            #expect(released.advance?.state == .payable)
            try await play.pass(minutes: 90)
            let paid = try await play.show(file.id)
            #expect(paid.stage == .resolved(.paidByFund))
            #expect(paid.recovery?.outstanding == Money(fen: 300_000))
        }
    }

    @Test(arguments: Place.all)
    func `silence ends the freeze: the money is released at its end, not before`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let file = try await play.file(3_000, order: "D1")
            let reserved = try await play.perform(
                .approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            try await play.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
            let due = try #require(reserved.clocks[.freeze]?.due)
            try await play.pass(minutes: Int(play.clock.now.distanceMs(to: due) / 60_000) - 60)
            #expect(try await play.show(file.id).advance?.state == .reserved)
            try await play.pass(minutes: 240)
            #expect(try await play.show(file.id).stage == .resolved(.paidByFund))
        }
    }

    @Test(arguments: Place.all)
    func `a case the pool cannot cover waits, and goes on when money comes`(on place: Place)
        async throws
    {
        try await withOffice(on: place, fund: 500_00) { play in
            let file = try await play.file(800, order: "E1")
            #expect(file.stage == .awaitingFunds)
            let waiting = try await play.office.read {
                try $0.casesAwaitingFunds(limit: 10).map(\.id)
            }
            #expect(waiting == [file.id])
            try await play.office.work { work in
                _ = try work.appropriate(
                    Money(fen: 100_000), id: "g1", reason: "补充", on: work.today,
                    by: PlayOffice.cashier)
            }
            #expect(try await play.show(file.id).stage == .paying)
        }
    }

    @Test(arguments: Place.all)
    func `three channels about one order are one case and one payout`(on place: Place) async throws
    {
        try await withOffice(on: place) { play in
            let first = try await play.file(800, order: "F1")
            let again = play.filing(800, order: "F1")
            let second = try await play.office.work {
                try $0.file(again, by: PlayOffice.agent, trackingCode: "1").file
            }
            #expect(second.stage == .merged(into: first.id))
            #expect(try await play.show(first.id).contacts.map(\.id) == [second.id])
            try await play.pass(minutes: 90)
            #expect(play.wallet.book.balance == Money(fen: 1_000_000_00 - 80_000))
        }
    }

    @Test(arguments: Place.all)
    func `an advance needs another person than the one who filed it`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let both = Actor(name: "agent", roles: [.agent, .reviewer])
            let file = try await play.file(3_000, order: "G1")
            await #expect(throws: Refusal.self) {
                try await play.perform(.approve(as: .reviewer), on: file.id, by: both)
            }
            #expect(try await play.show(file.id).stage == .proposed)
        }
    }

    @Test(arguments: Place.all)
    func `while evidence is missing the clocks stand still`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(800, order: "H1", evidence: ["receipt"])
            #expect(file.stage == .awaitingEvidence(["photo"]))
            try await play.pass(minutes: 600)
            let after = try await play.add("photo", to: file.id, text: "photo H1")
            #expect(after.stage == .paying)
            #expect(after.clocks[.audit]?.overrunMs(at: play.clock.now) == 0)
        }
    }
}
