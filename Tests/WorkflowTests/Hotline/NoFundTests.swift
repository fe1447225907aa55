import Casework
import Ledger
import Testing

@testable import Workflow

/// A hotline without a fund opens, and no money moves in it.
@Suite struct NoFundTests {
    @Test(arguments: ["weihai", "dinghai", "yantai-89000"])
    func `an office without a fund opens and refuses all that moves money, by name`(office: String)
        async throws
    {
        let policies = Hotlines.directory + "/" + office
        try await withOffice(on: .sqliteMemory, fund: 0, policies: policies) { play in
            #expect(!play.office.books.hasFund)
            #expect(play.office.hotlinePolicies.editions.last?.hotline.isOffered == true)
            let refusal = WorkflowError.noFund(jurisdiction: office)
            let day = Day("2024-06-03")!
            await #expect(throws: refusal) {
                try await play.office.work {
                    try $0.appropriate(
                        Money(fen: 1), id: "g", reason: "拨付", on: day, by: PlayOffice.cashier)
                }
            }
            await #expect(throws: refusal) {
                try await play.office.work {
                    try $0.transfer(
                        Money(fen: 1), toPlatform: true, id: "t", on: day, by: PlayOffice.cashier)
                }
            }
            await #expect(throws: refusal) {
                try await play.office.work {
                    try $0.importStatement([], by: PlayOffice.accountant)
                }
            }
            await #expect(throws: refusal) { try await play.close(.day(day)) }
            let vouchers = try await play.office.allVouchers()
            #expect(vouchers.isEmpty)
        }
    }

    @Test func `a claim for compensation is turned away with the way to go`() async throws {
        let policies = Hotlines.directory + "/weihai"
        try await withOffice(on: .sqliteMemory, fund: 0, policies: policies) { play in
            do {
                _ = try await play.file(800, order: "A1")
                Issue.record("a claim was taken without a fund")
            } catch WorkflowError.unfit(let problems) {
                #expect(problems.map(\.field) == ["matter"])
                #expect(problems[0].english.contains("work order"))
            }
        }
    }

    @Test(arguments: Place.all)
    func `Sanya's office has its fund and its hotline part, each with a register`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            #expect(play.office.books.hasFund && play.office.books.fund == "sanya")
            #expect(play.office.hotlinePolicies.jurisdiction == "sanya/hotline")
            #expect(play.office.policies.editions.allSatisfy { !$0.hotline.isOffered })
            let register = try #require(try await play.office.hotlineRegister())
            #expect(register.approved.map(\.edition) == ["2023-01-01"])
            #expect(try await play.office.editionRegister().approved.count == 7)
        }
    }

    @Test func `an edition of the hotline part goes into force by two people, alone`() async throws
    {
        let scratch = try ScratchPolicies()
        try await withOffice(on: .sqliteMemory, policies: scratch.directory) { play in
            try scratch.write(
                """
                edition: {from: 2027-01-01, extends: 2023-01-01, zh: 新版, en: new}
                parameters:
                  civicHandlingDays: {value: 4, unit: working days, status: K, source: 自定}

                """, to: "hotline/2027-01-01/jurisdiction.yaml")
            let ana = Actor(name: "ana", roles: [.policyOfficer])
            let ben = Actor(name: "ben", roles: [.policyOfficer])
            #expect(
                try await play.office.submit("hotline/2027-01-01", by: ana).state == .submitted)
            await #expect(throws: EditionRefusal.ownSubmission("2027-01-01", actor: "ana")) {
                try await play.office.approve("hotline/2027-01-01", by: ana)
            }
            #expect(try await play.office.approve("hotline/2027-01-01", by: ben).isApproved)
            let new = try #require(play.office.hotlinePolicies.editions.last)
            #expect(new.name == "sanya/hotline/2027-01-01")
            #expect(try new.integer("civicHandlingDays") == 4)
            #expect(play.office.policies.editions.last?.id == "2026-03-08")
        }
    }
}
