import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// Signs of risk stop what the rules would do alone, and accuse nobody (handbook §8).
@Suite struct RiskFlowTests {
    private func expectReview(_ file: Case, _ flags: [String]) {
        #expect(file.risk?.outcome.flags == flags)
        #expect(file.advance?.decision.path == .reserve)
        #expect(file.stage == .proposed)
        #expect(file.advance?.outstanding == [.reviewer, .supervisor])
        #expect(file.payouts.isEmpty)
    }

    @Test(arguments: Place.all)
    func `one account of four claimants in thirty days goes to review (H02)`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let shared = Payee(account: "wx-shared", name: "李雷")
            for order in ["A1", "A2"] {
                let file = try await play.file(play.filing(500, order: order, payee: shared))
                #expect(file.stage == .paying)
            }
            for order in ["A3", "A4"] {
                let file = try await play.file(play.filing(500, order: order, payee: shared))
                expectReview(file, ["SHARED_PAYEE"])
                let rule = try #require(file.risk?.grounds.rules.first)
                #expect(!rule.clause.isEmpty && !rule.chinese.isEmpty && !rule.english.isEmpty)
            }
            // After thirty days they are no pattern any more.
            play.clock.set(play.clock.now.advanced(byMinutes: 31 * 24 * 60))
            let later = play.filing(500, order: "A5", on: "2024-07-01", payee: shared)
            #expect(try await play.file(later).stage == .paying)
        }
    }

    @Test(arguments: Place.all)
    func `the same receipt in two cases is a hard stop for quick pay (H03)`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            _ = try await play.file(500, order: "B1")
            let filing = play.filing(500, order: "B2")
            let second = try await play.office.work {
                try $0.file(filing, by: PlayOffice.agent, trackingCode: "0").file
            }
            _ = try await play.add("receipt", to: second.id, text: "receipt B1")
            let file = try await play.add("photo", to: second.id, text: "photo B2")
            expectReview(file, ["EVIDENCE_SEEN"])
        }
    }

    @Test(arguments: Place.all)
    func `ten claims of 998 against one merchant in a day are looked into (H04)`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            for index in 1...10 {
                let file = try await play.file(998, order: "N\(index)")
                if index < 3 {
                    #expect(file.stage == .paying)
                } else {
                    expectReview(file, ["NEAR_LIMIT"])
                }
            }
        }
    }

    @Test(arguments: Place.all)
    func `somebody else's account waits for a person before the money leaves`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            // Named after the advance was granted: nothing was looked into before.
            let filing = play.filing(500, order: "P1")
            let open = Filing(
                channel: filing.channel, claimant: filing.claimant, merchant: filing.merchant,
                merchantName: filing.merchantName, order: filing.order, matter: filing.matter,
                occurredOn: filing.occurredOn, paid: filing.paid, claimed: filing.claimed,
                story: filing.story, wanted: filing.wanted, facts: filing.facts, payee: nil,
                transferredFrom: nil)
            let file = try await play.file(open)
            #expect(file.stage == .paying && file.payouts.isEmpty)
            let other = Payee(account: "wx-other", name: "韩梅梅")
            let asked = try await play.perform(.setPayee(other), on: file.id, by: .tourist)
            #expect(asked.payouts.isEmpty)
            #expect(asked.payoutReview == .asked(flags: ["THIRD_PARTY_PAYEE"]))
            await #expect(throws: Refusal.self) {
                try await play.perform(
                    .clearPayout(reason: "自批"), on: file.id,
                    by: Actor(name: "agent", roles: [.reviewer]))
            }
            let cleared = try await play.perform(
                .clearPayout(reason: "有委托书"), on: file.id, by: PlayOffice.reviewer)
            #expect(cleared.payouts.count == 1)
            try await play.pass(minutes: 90)
            #expect(try await play.show(file.id).stage == .resolved(.paidByFund))
        }
    }

    @Test(arguments: Place.all)
    func `an account changed shortly before payment waits for a person`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let file = try await play.file(3_000, order: "Q1")
            try await play.perform(.approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            try await play.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
            let changed = Payee(account: "wx-new", name: "李雷")
            try await play.perform(.setPayee(changed), on: file.id, by: .tourist)
            let released = try await play.perform(
                .recordNoAgreement(reason: "拒绝"), on: file.id, by: PlayOffice.bureau)
            #expect(released.advance?.state == .payable)
            #expect(released.payoutReview == .asked(flags: ["PAYEE_CHANGED"]))
            #expect(released.payouts.isEmpty)
        }
    }
}
