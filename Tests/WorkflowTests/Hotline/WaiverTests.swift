import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// Chongqing's waiver: the fee of the first transport, borne by a fund, on the same ledger and engine as any
/// advance.
@Suite struct WaiverTests {
    private static let policies = Hotlines.directory + "/chongqing-96000"

    @Test(arguments: Place.all)
    func
        `the first transport booked through the hotline is paid to the provider, and owed by nobody`(
            on place: Place
        ) async throws
    {
        try await withOffice(on: place, policies: Self.policies) { play in
            let asked = try await play.office.work {
                try $0.file(filing("A1"), by: PlayOffice.agent, trackingCode: "00000000").file
            }
            #expect(asked.stage == .awaitingEvidence(["invoice"]))
            let file = try await play.add("invoice", to: asked.id, text: "invoice A1")
            let head = try #require(file.determination?.outcome.heads.first)
            #expect(head.arithmetic == "380.00 × 100% = 380.00" && head.isCovered)
            #expect(
                file.advance?.decision
                    == AdvanceDecision(path: .waiveFee, amount: Money(fen: 38_000), code: "WAIVED"))
            #expect(file.recovery == nil && file.stage == .paying)
            try await play.pass(minutes: 90)
            let paid = try await play.show(file.id)
            #expect(paid.stage == .resolved(.paidByFund) && paid.recovery == nil)
            #expect(play.wallet.book.balance == Money(fen: 1_000_000_00 - 38_000))
            let vouchers = try await play.office.allVouchers()
            let voucher = try #require(vouchers.first { $0.draft.reason.hasPrefix("费用免除") })
            let id = file.id.text
            #expect(voucher.lines == Posting.feeWaiver(Money(fen: 38_000), toCase: id, for: "M1"))
            let statement = FundStatement(of: vouchers)
            #expect(statement.feesWaived == Money(fen: 38_000) && statement.quickPaid == .zero)
            #expect(statement.recoverableGross == .zero && statement.paidOut == Money(fen: 38_000))
        }
    }

    @Test(arguments: [
        ("bookedThroughHotline", "NOT_THROUGH_HOTLINE"), ("isFirstTransport", "NOT_FIRST"),
        ("inMainDistricts", "OUTSIDE_MAIN_DISTRICTS"),
    ])
    func `what the measure does not cover is not waived`(fact: String, code: String) async throws {
        try await withOffice(on: .sqliteMemory, policies: Self.policies) { play in
            let file = try await play.file(
                filing("B1", but: [fact: .flag(false)]), evidence: ["invoice"])
            #expect(file.determination?.outcome.code == code)
            #expect(file.advance?.decision.path == .notEligible)
            #expect(try await play.office.verifyBooks().spendable == Money(fen: 1_000_000_00))
        }
    }

    @Test func `a fee above the automatic limit takes a reviewer, above the cap only the cap`()
        async throws
    {
        try await withOffice(on: .sqliteMemory, policies: Self.policies) { play in
            let file = try await play.file(filing("C1", fee: 6_200), evidence: ["invoice"])
            #expect(file.stage == .proposed && file.advance?.amount == Money(fen: 500_000))
            let agreed = try await play.perform(
                .approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            #expect(agreed.stage == .paying && agreed.recovery == nil)
        }
    }

    @Test func `a pool that is empty lets the waiver wait, and goes on when money comes`()
        async throws
    {
        try await withOffice(on: .sqliteMemory, fund: 100_00, policies: Self.policies) { play in
            let file = try await play.file(filing("D1"), evidence: ["invoice"])
            #expect(file.stage == .awaitingFunds)
            try await play.office.work { work in
                _ = try work.appropriate(
                    Money(fen: 1_000_00), id: "g1", reason: "拨付", on: work.today,
                    by: PlayOffice.cashier)
            }
            #expect(try await play.show(file.id).stage == .paying)
        }
    }

    private func filing(_ order: String, fee: Int64 = 380, but others: Facts = [:]) -> Filing {
        let facts: Facts = [
            "transportFee": .text("\(fee).00"), "isFirstTransport": .flag(true),
            "inMainDistricts": .flag(true), "bookedThroughHotline": .flag(true),
        ]
        return Filing(
            channel: .phone,
            claimant: Claimant(name: "王平", identity: "ID\(order)", phone: "1\(order)"),
            merchant: ID("M1"), merchantName: "江南殡仪服务站", order: order, matter: "first-transport",
            occurredOn: Day("2024-06-02")!, paid: .zero, claimed: Money(fen: fee * 100),
            story: "首次接运 \(order)", wanted: "免除接运费",
            facts: facts.merging(others) { $1 },
            payee: Payee(account: "wx-provider", name: "江南殡仪服务站"), transferredFrom: nil)
    }
}
