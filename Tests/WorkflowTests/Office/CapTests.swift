import Casework
import Database
import Ledger
import Randomness
import Store
import Testing

@testable import Workflow

/// Caps count what is reserved and what was paid at once, and hold whoever comes at the same time.
@Suite struct CapTests {
    /// Small enough to be reached by a handful of cases.
    private func smallCaps(_ changes: [(String, String)]) throws -> ScratchPolicies {
        let scratch = try ScratchPolicies()
        for (old, new) in changes {
            try scratch.replace(old, with: new, in: "2023-04-27/jurisdiction.yaml")
        }
        return scratch
    }

    private static let merchantCap = (
        "merchantDayCap: {value: \"50000.00\"", "merchantDayCap: {value: \"3000.00\""
    )

    @Test(arguments: Place.all)
    func `many cases at once never commit more than the caps of a day`(on place: Place)
        async throws
    {
        let policies = try smallCaps([
            Self.merchantCap, ("  dayCap: {value: \"300000.00\"", "  dayCap: {value: \"4000.00\""),
        ])
        try await withOffice(on: place, policies: policies.directory) { play in
            _ = try await play.office.work { work in
                _ = try work.enrol(ID("M2"), name: "海韵店", trade: "shop", by: PlayOffice.supervisor)
                return try work.changeStanding(
                    of: ID("M2"), StandingChange(.enrolled, from: Day("2023-05-01")!, reason: "入册"),
                    by: PlayOffice.supervisor)
            }
            var random = SeededRandom(seed: 7)
            var waiting: [ID<Case>] = []
            for index in 1...12 {
                let filing = play.filing(
                    Int64.random(in: 1_050...1_450, using: &random), order: "S\(index)",
                    merchant: ID(index.isMultiple(of: 3) ? "M2" : "M1"))
                waiting.append(try await play.file(filing).id)
            }
            // Each was within the caps when it was proposed; now all are agreed to at once.
            let proposed = try await shown(waiting, play)
            #expect(proposed.allSatisfy { $0.stage == .proposed })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in waiting {
                    group.addTask {
                        try await play.perform(
                            .approve(as: .reviewer), on: id, by: PlayOffice.reviewer)
                    }
                }
                try await group.waitForAll()
            }
            try await expectWithinCaps(play, waiting)
            let files = try await shown(waiting, play)
            let stopped = files.filter { $0.stage == .awaitingFunds }
            #expect(!stopped.isEmpty)
            #expect(stopped.allSatisfy { $0.capReached != nil })
            #expect(stopped.allSatisfy { $0.clocks[.capReset]?.isRunning == true })
            // Midnight frees the caps, as often as it takes.
            for _ in 0..<6 { try await play.pass(minutes: 24 * 60) }
            try await expectWithinCaps(play, waiting)
            let after = try await shown(waiting, play)
            #expect(after.allSatisfy { $0.advance?.state == .reserved })
        }
    }

    @Test(arguments: Place.all)
    func `a stored sum that its advances do not give is found`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(3_000, order: "V1")
            _ = try await play.perform(
                .approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            #expect(try await play.office.verifyBooks().isSound)
            try await move(-1, in: play)
            let proof = try await play.office.verifyBooks()
            #expect(!proof.isSound && proof.brokenCaps.count == 1, "\(proof.brokenCaps)")
            try await move(1, in: play)
        }
    }

    /// A server of the release before knows no counted sums and writes beside this one for a while.
    @Test(arguments: Place.all)
    func `what an older server commits counts as well`(on place: Place) async throws {
        let policies = try smallCaps([Self.merchantCap])
        try await withOffice(on: place, policies: policies.directory) { play in
            let first = try await play.file(1_400, order: "O1")
            _ = try await play.perform(
                .approve(as: .reviewer), on: first.id, by: PlayOffice.reviewer)
            _ = try await play.office.work { work in
                try work.transaction.run("update commitment set amount_counted = 0")
                try work.transaction.run("update committed_day set amount_fen = 0")
            }
            let second = try await play.file(1_400, order: "O2")
            _ = try await play.perform(
                .approve(as: .reviewer), on: second.id, by: PlayOffice.reviewer)
            let third = try await play.file(1_400, order: "O3")
            _ = try await play.perform(
                .approve(as: .reviewer), on: third.id, by: PlayOffice.reviewer)
            let today = play.office.books.zone.day(at: play.clock.now)
            let committed = try await play.office.read {
                try $0.committed(on: today, beside: third, since: today)
            }
            #expect(committed.onDay == Money(fen: 2_800_00))
            #expect(try await play.show(third.id).stage == .awaitingFunds)
        }
    }

    private func move(_ fen: Int64, in play: PlayOffice) async throws {
        _ = try await play.office.work { work in
            try work.transaction.run("update committed_day set amount_fen = amount_fen + \(fen)")
        }
    }

    /// From the events alone: what was committed on each day, in all and for each merchant.
    private func expectWithinCaps(_ play: PlayOffice, _ cases: [ID<Case>]) async throws {
        #expect(try await play.office.read { try $0.committedFaults() } == [])
        var byDay: [Day: Int64] = [:]
        var byMerchant: [String: Int64] = [:]
        for id in cases {
            let (events, file) = try await play.office.read {
                (try $0.events(of: id), try $0.caseFile(id))
            }
            for each in events {
                guard case .reserved(let amount) = each.event else { continue }
                let day = Zone.china.day(at: each.at)
                byDay[day, default: 0] += amount.fen
                byMerchant["\(day)/\(file?.filing.merchant?.text ?? "")", default: 0] += amount.fen
            }
        }
        #expect(byDay.values.allSatisfy { $0 <= 4_000_00 }, "\(byDay)")
        #expect(byMerchant.values.allSatisfy { $0 <= 3_000_00 }, "\(byMerchant)")
    }

    private func shown(_ ids: [ID<Case>], _ play: PlayOffice) async throws -> [Case] {
        var files: [Case] = []
        for id in ids { files.append(try await play.show(id)) }
        return files
    }

    @Test(arguments: Place.all)
    func `what goes back to the pool is free under its cap again`(on place: Place) async throws {
        let policies = try smallCaps([Self.merchantCap])
        try await withOffice(on: place, policies: policies.directory) { play in
            let first = try await play.file(2_000, order: "R1")
            try await play.perform(.approve(as: .reviewer), on: first.id, by: PlayOffice.reviewer)
            let second = try await play.file(2_000, order: "R2")
            // The advance model saw that the merchant's day is full, or the commitment does.
            if second.stage == .proposed {
                let stopped = try await play.perform(
                    .approve(as: .reviewer), on: second.id, by: PlayOffice.reviewer)
                #expect(stopped.capReached?.kind == .merchantDay)
            }
            try await play.perform(.withdraw(reason: "和解"), on: first.id, by: .tourist)
            let used = try await play.office.read { transaction in
                try transaction.committed(
                    on: Day("2024-06-03")!, beside: second, since: Day("2024-06-03")!)
            }
            #expect(used.forMerchantOnDay == .zero)
        }
    }

    @Test(arguments: Place.all)
    func `one tourist's year, and what the rules may commit in a day, go to a person`(
        on place: Place
    ) async throws {
        let policies = try smallCaps([
            ("touristYearCap: {value: \"80000.00\"", "touristYearCap: {value: \"1000.00\""),
            ("automaticDayCap: {value: \"50000.00\"", "automaticDayCap: {value: \"1500.00\""),
        ])
        try await withOffice(on: place, policies: policies.directory) { play in
            _ = try await play.file(play.filing(700, order: "T1", identity: "P1"))
            let second = try await play.file(
                play.filing(700, order: "T2", on: "2024-06-01", identity: "P1"))
            #expect(second.stage == .awaitingFunds)
            #expect(second.capReached?.kind == .tourist)
            #expect(second.escalations.last?.contains("tourist") == true)
            let lowered = try await play.perform(
                .reduce(to: Money(fen: 300_00), reason: "限额"), on: second.id,
                by: PlayOffice.reviewer)
            #expect(lowered.stage == .paying)
            // 700 + 300 by the rules alone; the next one needs a reviewer.
            let third = try await play.file(play.filing(700, order: "T3", identity: "P2"))
            #expect(third.stage == .proposed)
            #expect(third.advance?.outstanding == [.reviewer])
            let approved = try await play.perform(
                .approve(as: .reviewer), on: third.id, by: PlayOffice.reviewer)
            #expect(approved.stage == .paying)
        }
    }
}
