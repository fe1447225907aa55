import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// What becomes of a payout that the tourist does not confirm, or that the bank sends back.
@Suite struct PayoutFlowTests {
    private func payable(_ play: PlayOffice) async throws -> Money {
        let ties = try await play.office.verifyBooks().ties
        return try #require(ties.first { $0.name == "payable" }).books
    }

    @Test(arguments: Place.all)
    func `not confirmed for a day it is closed, the liability stays, the number is new (I03)`(
        on place: Place
    ) async throws {
        var behaviour = WalletBehaviour(seed: 1)
        behaviour.unconfirmed = 1_000
        try await withOffice(on: place, behaviour: behaviour) { play in
            let file = try await play.file(800, order: "A1")
            let spendable = try await play.office.verifyBooks().spendable
            try await play.pass(minutes: 27 * 60)
            let lapsed = try await play.show(file.id)
            #expect(lapsed.payouts.first?.state == .lapsed)
            #expect(
                lapsed.payouts.map(\.number)
                    == [1, 2].map { Payout.number(for: file.id, attempt: $0) })
            #expect(lapsed.advance?.state == .payable)
            #expect(try await payable(play) == Money(fen: 800_00))
            #expect(try await play.office.verifyBooks().spendable == spendable)
            // Three times more by itself, then a person looks.
            try await play.pass(minutes: 5 * 24 * 60)
            let given = try await play.show(file.id)
            #expect(given.payouts.count == 4)
            #expect(given.payouts.allSatisfy { $0.state == .lapsed })
            #expect(given.stage == .paying)
            #expect(play.wallet.book.balance == Money(fen: 1_000_000_00))
        }
    }

    @Test(arguments: Place.all)
    func `the bank returns it after two days: payee details wrong, the fund as before (I04)`(
        on place: Place
    ) async throws {
        var behaviour = WalletBehaviour(seed: 1)
        behaviour.bounced = 1_000
        try await withOffice(on: place, behaviour: behaviour) { play in
            let file = try await play.file(800, order: "B1")
            let before = try await play.office.verifyBooks().spendable
            try await play.pass(minutes: 90)
            #expect(try await play.show(file.id).stage == .resolved(.paidByFund))
            #expect(try await payable(play) == .zero)
            try await play.pass(minutes: 4 * 24 * 60)
            let returned = try await play.show(file.id)
            #expect(returned.stage == .paying)
            #expect(returned.advance?.state == .payable)
            #expect(try await payable(play) == Money(fen: 800_00))
            #expect(try await play.office.verifyBooks().spendable == before)
            // Nothing is sent again to the account that did not work.
            #expect(returned.payouts.count == 1)
            #expect(returned.recovery?.deed == nil)
            let right = Payee(account: "wx-right", name: "李雷")
            try await play.perform(.setPayee(right), on: file.id, by: .tourist)
            let asked = try await play.perform(
                .reissuePayout(nil), on: file.id, by: PlayOffice.cashier)
            #expect(asked.payoutReview == .asked(flags: ["PAYEE_CHANGED"]))
            let sent = try await play.perform(
                .clearPayout(reason: "已致电核实"), on: file.id, by: PlayOffice.reviewer)
            #expect(sent.payouts.last?.number == Payout.number(for: file.id, attempt: 2))
            #expect(sent.payouts.last?.payee == right)
        }
    }
}
