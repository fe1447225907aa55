import Casework
import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// How editions come into force, and what they are when they are.
@Suite struct EditionTests {
    private static let ana = Actor(name: "ana", roles: [.policyOfficer])
    private static let ben = Actor(name: "ben", roles: [.policyOfficer])

    @Test(arguments: Place.all)
    func `a new office is founded with the editions it finds, by hash`(on place: Place) async throws
    {
        try await withEmptyDatabase(on: place) { url in
            let office = try await open(url, Sanya.directory)
            let register = try await office.editionRegister()
            #expect(register.approved == (try Sanya.book.get()).editions.map(\.seal))
            #expect(register.entries.allSatisfy { $0.history.map(\.actor) == ["administrator"] })
            #expect(office.policies.editions.map(\.id) == register.approved.map(\.edition))
            await office.close()
        }
    }

    @Test func `a file changed after approval is refused, by name and both hashes`() async throws {
        let scratch = try ScratchPolicies()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            await (try await open(url, scratch.directory)).close()
            try scratch.replace(
                "\"1000.00\"", with: "\"2000.00\"", in: "2024-02-05/jurisdiction.yaml")
            let approved = try Sanya.edition("2024-02-05")
                .fileHashes["2024-02-05/jurisdiction.yaml"]
            let found = try scratch.load().edition(named: "2024-02-05")
                .fileHashes["2024-02-05/jurisdiction.yaml"]
            let refusal = PolicyError.changedAfterApproval(
                edition: "2024-02-05", file: "2024-02-05/jurisdiction.yaml",
                approved: try #require(approved), found: try #require(found))
            await #expect(throws: refusal) { try await open(url, scratch.directory) }
            // The mend works: the approved file is put back.
            try scratch.replace(
                "\"2000.00\"", with: "\"1000.00\"", in: "2024-02-05/jurisdiction.yaml")
            await (try await open(url, scratch.directory)).close()
        }
    }

    @Test func `a file added to an approved edition, and one taken away, are refused`() async throws
    {
        let scratch = try ScratchPolicies()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            await (try await open(url, scratch.directory)).close()
            let model = try String(
                contentsOfFile: scratch.directory + "/2023-04-27/recovery.dmn", encoding: .utf8)
            try scratch.write(model, to: "2024-02-05/recovery.dmn")
            await #expect(throws: PolicyError.self) { try await open(url, scratch.directory) }
            try scratch.remove("2024-02-05/recovery.dmn")
            try scratch.remove("2024-02-05/advance.dmn")
            do {
                await (try await open(url, scratch.directory)).close()
                Issue.record("an edition without its model opened")
            } catch PolicyError.changedAfterApproval(_, let file, _, let found) {
                #expect(file == "2024-02-05/advance.dmn" && found == "none")
            }
        }
    }

    @Test func `an edition goes into force by two people, and decides from its day on`()
        async throws
    {
        let scratch = try ScratchPolicies()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            let office = try await open(url, scratch.directory)
            try draft(scratch, "2027-01-01")
            // A draft on disk decides nothing.
            #expect(!office.policies.editions.contains { $0.id == "2027-01-01" })
            await #expect(throws: EditionRefusal.notSubmitted("2027-01-01")) {
                try await office.approve("2027-01-01", by: Self.ben)
            }
            #expect(try await office.submit("2027-01-01", by: Self.ana).state == .submitted)
            await #expect(throws: EditionRefusal.ownSubmission("2027-01-01", actor: "ana")) {
                try await office.approve("2027-01-01", by: Self.ana)
            }
            await #expect(throws: WorkflowError.self) {
                try await office.approve("2027-01-01", by: Actor(name: "eve", roles: [.agent]))
            }
            #expect(try await office.approve("2027-01-01", by: Self.ben).isApproved)
            #expect(
                try office.policies.edition(inForceOn: try #require(Day("2027-01-01"))).id
                    == "2027-01-01")
            await office.close()
            // The same after a restart; and a draft that does not even load is in nobody's way.
            try scratch.write("nonsense: [", to: "2028-01-01/jurisdiction.yaml")
            let again = try await open(url, scratch.directory)
            #expect(again.policies.editions.last?.id == "2027-01-01")
            #expect(
                try await again.editionRegister().entry("2027-01-01")?.history.map(\.actor)
                    == ["ana", "ben"])
            await again.close()
        }
    }

    @Test func `what was changed since it was submitted is not approved`() async throws {
        let scratch = try ScratchPolicies()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            let office = try await open(url, scratch.directory)
            try draft(scratch, "2027-01-01")
            _ = try await office.submit("2027-01-01", by: Self.ana)
            try draft(
                scratch, "2027-01-01",
                more: "parameters:\n  caseCap: {value: \"1.00\", unit: CNY, status: K, source: 无}\n"
            )
            do {
                _ = try await office.approve("2027-01-01", by: Self.ben)
                Issue.record("changed contents were approved")
            } catch EditionRefusal.changedSince(let edition, let submitted, let found) {
                #expect(edition == "2027-01-01" && submitted != found)
            }
            await office.close()
        }
    }

    @Test func `an edition that fails its tests is refused with what failed`() async throws {
        let scratch = try ScratchPolicies()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            let office = try await open(url, scratch.directory)
            try draft(scratch, "2027-01-01")
            let model = try String(
                contentsOfFile: scratch.directory + "/2023-04-27/recovery.dmn", encoding: .utf8)
            try scratch.write(
                model.replacingOccurrences(of: "recoveryResponseDays</text>", with: "3</text>"),
                to: "2027-01-01/recovery.dmn")
            do {
                _ = try await office.submit("2027-01-01", by: Self.ana)
                Issue.record("an unfit edition was submitted")
            } catch WorkflowError.unfit(let problems) {
                #expect(!problems.isEmpty)
            }
            #expect(try await office.editionRegister().entry("2027-01-01") == nil)
            await office.close()
        }
    }

    // MARK: Days

    @Test func `no two editions are in force at once, and none is missing between`() throws {
        var register = EditionRegister()
        apply(.founded(seal("2024-01-01", until: "2024-12-31")), to: &register)
        apply(.founded(seal("2025-01-01")), to: &register)
        let today = try #require(Day("2025-06-01"))
        func refusal(_ seal: EditionSeal) -> EditionRefusal? {
            do throws(EditionRefusal) {
                _ = try register.submit(seal, today: today)
                return nil
            } catch { return error }
        }
        #expect(refusal(seal("2026-01-01")) == nil)
        #expect(
            refusal(seal("2025-06-01"))
                == .tooLate("2025-06-01", from: day("2025-06-01"), today: today))
        #expect(refusal(seal("2025-01-01")) == .alreadyApproved("2025-01-01"))
        approve(seal("2026-01-01", until: "2026-12-31"), in: &register)
        #expect(
            refusal(seal("2027-02-01"))
                == .gap("2027-02-01", from: day("2027-01-01"), to: day("2027-01-31")))
        #expect(
            refusal(seal("2026-06-01"))
                == .twoInForce("2026-01-01", "2026-06-01", on: day("2026-06-01")))
        #expect(
            refusal(seal("2025-07-01", until: "2025-11-30"))
                == .gap("2025-07-01", from: day("2025-12-01"), to: day("2025-12-31")))
        #expect(register.endsAfter == day("2026-12-31"))
        approve(seal("2027-01-01"), in: &register)
        #expect(register.endsAfter == nil)
        // 2026 gone, 2025 has no last day of its own: it goes on until 2027.
        #expect(throws: Never.self) {
            try register.withdraw("2026-01-01", reason: "x", today: today)
        }
        #expect(throws: EditionRefusal.inForce("2025-01-01", from: day("2025-01-01"))) {
            try register.withdraw("2025-01-01", reason: "x", today: today)
        }
        #expect(throws: EditionRefusal.reasonMissing) {
            try register.withdraw("2027-01-01", reason: " ", today: today)
        }
    }

    @Test func `a decided case keeps its edition when another comes into force`() async throws {
        let scratch = try ScratchPolicies()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            let office = try await open(url, scratch.directory, at: "2026-06-01T09:00:00+08:00")
            let play = Actor(name: "agent", roles: [.agent])
            let filing = Filing(
                channel: .phone, claimant: Claimant(name: "李雷", identity: "ID1", phone: "1"),
                merchant: nil, merchantName: "椰风海产店", order: "A1", matter: "goods-quality",
                occurredOn: day("2026-05-30"), paid: Money(fen: 80_000),
                claimed: Money(fen: 80_000), story: "干贝变质", wanted: "退款",
                facts: ["receivedOn": .text("2026-05-30")], payee: nil, transferredFrom: nil)
            let file = try await office.work {
                try $0.file(filing, by: play, trackingCode: "00000000").file
            }
            try draft(scratch, "2026-06-02")
            _ = try await office.submit("2026-06-02", by: Self.ana)
            _ = try await office.approve("2026-06-02", by: Self.ben)
            await office.close()

            let later = try await open(url, scratch.directory, at: "2026-06-03T09:00:00+08:00")
            let kept = try #require(try await later.read { try $0.caseFile(file.id) })
            #expect(kept.terms.edition == "sanya/2026-03-08" && kept.terms == file.terms)
            let again = try await later.work {
                try $0.addEvidence(
                    Array("receipt".utf8), kind: "receipt", name: "r.txt", to: file.id, by: play)
            }
            #expect(again.determination?.grounds.edition == "sanya/2026-03-08")
            #expect(try later.policies.edition(inForceOn: day("2026-06-03")).id == "2026-06-02")
            await later.close()
        }
    }

    // MARK: Means

    private func open(
        _ url: String, _ directory: String, at now: String = "2026-06-01T09:00:00+08:00"
    ) async throws -> Office {
        let moment = try #require(Moment(now))
        return try await Office.open(
            database: url, policies: directory,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { moment })
    }

    private func draft(
        _ scratch: borrowing ScratchPolicies, _ from: String, more: String = ""
    ) throws {
        try scratch.write(
            "edition: {from: \(from), extends: 2026-03-08, zh: 新版, en: new}\n" + more,
            to: "\(from)/jurisdiction.yaml")
    }

    private func day(_ text: String) -> Day { Day(text)! }

    private func seal(_ from: String, until: String? = nil) -> EditionSeal {
        EditionSeal(
            edition: from, from: day(from), until: until.map { day($0) }, hash: "h" + from,
            files: [:])
    }

    private func apply(
        _ step: EditionStep, by actor: String = "ana", to register: inout EditionRegister
    ) {
        register.apply(RecordedEditionStep(step, by: actor, at: Moment(ms: 0)))
    }

    private func approve(_ seal: EditionSeal, in register: inout EditionRegister) {
        apply(.submitted(seal), to: &register)
        apply(.approved(edition: seal.edition, hash: seal.hash), by: "ben", to: &register)
    }
}
