import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// No door leads past an approver's limit, and who tries is on record.
@Suite struct ControlTests {
    private func attempts(_ play: PlayOffice) async throws -> [String] {
        try await play.office.read { transaction in
            try transaction.attempts(limit: 50).map {
                "\($0.actor) \($0.command) \($0.rule) \($0.caseID?.text ?? "–")"
            }
        }
    }

    @Test(arguments: Place.all)
    func `an attempt to approve one's own is refused, recorded and listed`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let both = Actor(name: "agent", roles: [.agent, .reviewer])
            let file = try await play.file(3_000, order: "A1")
            for _ in 1...2 {
                await #expect(throws: Refusal.separationOfDuties(.approve, actor: "agent")) {
                    try await play.perform(.approve(as: .reviewer), on: file.id, by: both)
                }
            }
            // A role one does not hold.
            await #expect(throws: Refusal.approvalNotWanted(.supervisor)) {
                try await play.perform(
                    .approve(as: .supervisor), on: file.id, by: PlayOffice.reviewer)
            }
            // Out of turn is no attempt.
            await #expect(throws: Refusal.self) {
                try await play.perform(.close, on: file.id, by: PlayOffice.agent)
            }
            #expect(
                try await attempts(play) == [
                    "reviewer approve approval_not_wanted \(file.id)",
                    "agent approve separation_of_duties \(file.id)",
                    "agent approve separation_of_duties \(file.id)",
                ])
            #expect(try await play.show(file.id).version == file.version)
        }
    }

    @Test(arguments: Place.all)
    func `a grant above a supervisor's limit takes those whom the ladder names`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let unlisted = play.filing(30_000, order: "C1", merchant: nil)
            let file = try await play.file(unlisted)
            #expect(file.stage == .withBureau)
            try await play.perform(.contest(reason: "应予赔付"), on: file.id, by: .tourist)
            let granted = try await play.perform(
                .answerContest(isUpheld: false, reason: "复核", grant: Money(fen: 30_000_00)),
                on: file.id, by: PlayOffice.supervisor)
            #expect(granted.advance?.outstanding == [.reviewer, .supervisor, .accountant])
            // Never on one role's say: the second supervisor's word alone moves nothing.
            let half = try await play.perform(
                .approve(as: .supervisor), on: file.id, by: PlayOffice.otherSupervisor)
            #expect(half.stage == .proposed)
            try await play.perform(.approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            let reserved = try await play.perform(
                .approve(as: .accountant), on: file.id, by: PlayOffice.accountant)
            #expect(reserved.advance?.state == .reserved)
        }
    }

    @Test(arguments: Place.all)
    func `a grant above the case's cap waits for a person, whoever agreed to it`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let file = try await play.file(play.filing(60_000, order: "C2", merchant: nil))
            try await play.perform(.contest(reason: "应予赔付"), on: file.id, by: .tourist)
            try await play.perform(
                .answerContest(isUpheld: false, reason: "复核", grant: Money(fen: 60_000_00)),
                on: file.id, by: PlayOffice.supervisor)
            for (role, actor) in [
                (Role.reviewer, PlayOffice.reviewer), (.supervisor, PlayOffice.otherSupervisor),
                (.accountant, PlayOffice.accountant),
            ] {
                try await play.perform(.approve(as: role), on: file.id, by: actor)
            }
            let stopped = try await play.show(file.id)
            #expect(stopped.stage == .awaitingFunds)
            #expect(stopped.capReached?.kind == .perCase)
            let lowered = try await play.perform(
                .reduce(to: Money(fen: 50_000_00), reason: "单案限额"), on: file.id,
                by: PlayOffice.otherReviewer)
            #expect(lowered.advance?.state == .reserved)
        }
    }

    @Test(arguments: Place.all)
    func `no form and no correction says what the books say`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(
                play.filing(30_000, order: "D1"), evidence: ["receipt"])
            try await play.perform(
                .correctFacts(
                    [
                        "amount": .text("1.00"), "path": .text("quickPay"),
                        "riskReview": .flag(false), "covered": .text("99999.00"),
                        "dayTotal": .text("0"),
                    ], reason: "试图改低"), on: file.id, by: PlayOffice.otherReviewer)
            let proposed = try await play.add("photo", to: file.id, text: "photo D1")
            #expect(proposed.advance?.amount == Money(fen: 30_000_00))
            #expect(
                proposed.advance?.outstanding == [.reviewer, .supervisor, .accountant])
        }
    }

    @Test(arguments: Place.all)
    func `who moved money by hand does not say that books and bank agree`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let both = Actor(name: "cashier", roles: [.cashier, .accountant])
            await #expect(throws: WorkflowError.anotherPersonNeeded("proposeClosing", both)) {
                try await play.office.work {
                    try $0.proposeClosing(.day(Day("2024-06-02")!), by: both)
                }
            }
            let recorded = try await attempts(play)
            #expect(recorded == ["cashier proposeClosing separation_of_duties –"])
        }
    }
}
