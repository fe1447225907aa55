import Casework
import Database
import Ledger
import Store
import Testing

@testable import Workflow

/// Faults that others shipped, each tried here for real: at once, on every engine.
@Suite struct NamedFaultTests {
    /// Does all of `acts` at the same moment; how many went well.
    private func atOnce(
        _ acts: [(command: Command, actor: Actor)], on id: ID<Case>, _ play: PlayOffice
    ) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for act in acts {
                group.addTask {
                    do {
                        try await play.perform(act.command, on: id, by: act.actor)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func reserved(_ play: PlayOffice, order: String) async throws -> Case {
        let file = try await play.file(3_000, order: order)
        return try await play.perform(
            .approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
    }

    private func vouchers(of id: ID<Case>, _ play: PlayOffice) async throws -> [Voucher] {
        try await play.office.read { [fund = play.office.books.fund] transaction in
            var filter = VoucherFilter()
            filter.caseID = id.text
            filter.limit = 1_000
            return try transaction.vouchers(fund, filter)
        }
    }

    @Test(arguments: Place.all)
    func `one reservation, settled by two callers at once, is settled once`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            for round in 1...5 {
                let file = try await reserved(play, order: "S\(round)")
                try await play.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
                _ = await atOnce(
                    [
                        (.recordNoAgreement(reason: "拒绝"), PlayOffice.bureau),
                        (
                            .recordMerchantPayment(Money(fen: 300_000), proof: "收条"),
                            PlayOffice.bureau
                        ),
                        (.withdraw(reason: "和解"), .tourist),
                        (.recordNoAgreement(reason: "拒绝"), PlayOffice.bureau),
                    ], on: file.id, play)
                let steps = try await vouchers(of: file.id, play).flatMap(\.lines)
                    .compactMap(\.reservation?.step)
                #expect(steps.filter { $0 == .opens }.count == 1)
                #expect(steps.filter { $0 != .opens }.count == 1, "\(steps)")
            }
        }
    }

    @Test(arguments: Place.all)
    func `a refund is given once, however many ask for it at once`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await reserved(play, order: "R1")
            try await play.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
            let lost = Command.recordNoAgreement(reason: "拒绝")
            _ = await atOnce(
                Array(repeating: (lost, PlayOffice.bureau), count: 4), on: file.id, play)
            let before = play.wallet.book.balance
            // Two servers make their rounds at the same time, again and again.
            for _ in 0..<40 {
                play.clock.set(play.clock.now.advanced(byMinutes: 1))
                async let one = Paymaster(office: play.office, wallet: play.wallet).runOnce()
                async let two = Paymaster(office: play.office, wallet: play.wallet).runOnce()
                _ = try await (one, two)
            }
            #expect(try await play.show(file.id).stage == .resolved(.paidByFund))
            #expect(play.wallet.book.balance == Money(fen: before.fen - 300_000))
            let again = await atOnce(
                [(.reissuePayout(nil), PlayOffice.cashier)], on: file.id, play)
            #expect(again == 0)
        }
    }

    @Test(arguments: Place.all)
    func `three channels at once about one loss make one advance`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...3 {
                    group.addTask {
                        let filing = play.filing(3_000, order: "L1")
                        _ = try await play.office.work {
                            try $0.file(filing, by: PlayOffice.agent, trackingCode: "0").file
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await play.office.read { try $0.caseRows(CaseFilter()) }
            #expect(rows.count == 3)
            #expect(rows.filter { $0.stage == "merged" }.count == 2)
            let first = try #require(rows.first { $0.stage != "merged" })
            for kind in ["receipt", "photo"] {
                _ = try await play.add(kind, to: first.id, text: "\(kind) L1")
            }
            let file = try await play.perform(
                .approve(as: .reviewer), on: first.id, by: PlayOffice.reviewer)
            #expect(file.advance?.state == .reserved)
            #expect(file.contacts.count == 2)
            let reservations = try await play.office.read {
                [fund = play.office.books.fund] in try $0.reservations(fund)
            }
            #expect(reservations.count == 1)
        }
    }

    @Test(arguments: Place.all)
    func `five reservations and a sixth against a pool for five: one waits`(on place: Place)
        async throws
    {
        try await withOffice(on: place, fund: 15_000_00) { play in
            var cases: [ID<Case>] = []
            for index in 1...6 { cases.append(try await play.file(3_000, order: "P\(index)").id) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in cases {
                    group.addTask {
                        try await play.perform(
                            .approve(as: .reviewer), on: id, by: PlayOffice.reviewer)
                    }
                }
                try await group.waitForAll()
            }
            var states: [Stage] = []
            for id in cases { states.append(try await play.show(id).stage) }
            #expect(states.filter { $0 == .withBureau }.count == 5)
            #expect(states.filter { $0 == .awaitingFunds }.count == 1)
            #expect(try await play.office.verifyBooks().spendable == .zero)
        }
    }

    @Test(arguments: Place.all)
    func `no case is closed while money is open`(on place: Place) async throws {
        var behaviour = WalletBehaviour(seed: 1)
        behaviour.bounced = 1_000
        try await withOffice(on: place, behaviour: behaviour) { play in
            func expectOpen(_ id: ID<Case>) async {
                await #expect(throws: Refusal.moneyOpen) {
                    try await play.perform(.close, on: id, by: PlayOffice.agent)
                }
            }
            await expectOpen(try await reserved(play, order: "O1").id)
            let quick = try await play.file(800, order: "O2")
            await expectOpen(quick.id)
            try await play.pass(minutes: 90)
            try await play.perform(.close, on: quick.id, by: PlayOffice.agent)
            // The money comes back: the case is open again, and stays so.
            try await play.pass(minutes: 4 * 24 * 60)
            #expect(try await play.show(quick.id).stage == .paying)
            await expectOpen(quick.id)
        }
    }
}
