import Casework
import Database
import Foundation
import Ledger
import Store
import Testing

@testable import Workflow

/// What is personal goes when its time is over; the books stay whole.
struct ErasureTests {
    private static let keys = "k1 " + String(repeating: "11", count: 32)
    private static let rule = RetentionRule(terms: [
        .complaint: .init(years: 3, source: "时效"), .paid: .init(years: 5, source: "凭证"),
        .order: .init(years: 2, source: "选定"),
    ])

    private func due(_ play: PlayOffice) async throws -> [DueErasure] {
        var all: [DueErasure] = []
        try await play.office.dueErasures(by: Self.rule) { all.append($0) }
        return all
    }

    private func order(_ play: PlayOffice, _ text: String, evidence: String) async throws
        -> ID<WorkOrder>
    {
        let intake = OrderIntake(
            channel: .phone, caller: Caller(name: "王女士", phone: "13800138000"), kind: "complaint",
            category: "tourism-scenic", text: text, facts: ["subject": .text("scenic")])
        let id = try await play.office.work { work in
            try work.registerOrder(intake, by: PlayHotline.agent, trackingCode: "12345678").order.id
        }
        return try await play.office.work { work in
            _ = try work.perform(.withdraw(reason: "自行解决"), onOrder: id, by: PlayHotline.agent)
            return id
        }
    }

    /// - Parameter keys: With data keys the key of the case goes, without them the texts.
    @Test(arguments: Place.all, [true, false])
    func `what is due goes, what is held back stays with its reason, and the books are whole`(
        on place: Place, keys: Bool
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(
                url, dataKeys: keys ? try DataKeys(Self.keys) : nil)
            // Withdrawn; its receipt is evidence of another case that stays.
            let gone = try await play.file(play.filing(300, order: "A1"), evidence: ["receipt"])
            try await play.perform(.withdraw(reason: "不再追究"), on: gone.id, by: PlayOffice.agent)
            let open = try await play.file(play.filing(300, order: "A2"), evidence: [])
            _ = try await play.add("photo", to: open.id, text: "receipt A1")
            _ = try await play.add("receipt", to: open.id, text: "only here")
            // Paid, closed, and the merchant owes.
            let paid = try await play.file(800, order: "B1")
            try await play.pass(minutes: 90)
            try await play.perform(.close, on: paid.id, by: PlayOffice.agent)
            let order = try await order(play, "路灯不亮", evidence: "")
            let recoverable = try await play.show(paid.id).recovery?.outstanding
            #expect(recoverable == Money(fen: 800_00))

            #expect(try await due(play).isEmpty)
            play.clock.set(Moment("2027-06-03T09:00:00+08:00")!)
            #expect(
                try await due(play).map(\.subject) == [order.text],
                "on the day itself it is not due")
            play.clock.set(Moment("2030-06-04T09:00:00+08:00")!)
            let all = try await due(play)
            #expect(all.map(\.subject) == [gone.id.text, paid.id.text, order.text])
            #expect(all.map(\.heldBack) == [[], [.recovery], []])
            #expect(try await play.show(gone.id).filing == gone.filing, "looking changed nothing")

            let before = try await play.office.verifyBooks()
            for each in all {
                let isErased = try await play.office.erase(each, by: "admin")
                #expect(isErased == each.heldBack.isEmpty)
            }
            let left = try await play.show(gone.id)
            #expect(left.filing.claimant.phone.revealed == "已删除 erased")
            #expect(left.filing.story == "已删除 erased" && left.stage == .withdrawn)
            #expect(left.filing.claimed == Money(fen: 300_00))
            #expect(try await play.show(paid.id).filing.claimant.name.revealed == "李雷")
            let row = try await play.office.read { try $0.orderRow(order, for: nil) }
            #expect(row?.text == "已删除 erased")
            try await play.office.read { transaction in
                let shared = sha256Hex("receipt A1")
                #expect(try transaction.evidenceBytes(shared) != nil, "another case has it")
                #expect(try !transaction.isTrackingCode(sha256Hex("00000000"), of: gone.id.text))
                #expect(try transaction.isTrackingCode(sha256Hex("00000000"), of: open.id.text))
                #expect(try transaction.earlierCase(like: gone.filing, than: nil) == nil)
                let claimant = try transaction.first(
                    "select claimant from case_row where case_id = \(gone.id.text)")
                #expect(try claimant?.textOrNil(0) == nil)
                let text = try transaction.rows(
                    "select payload from case_event where case_id = \(gone.id.text)"
                )
                .map { try $0.text(0) }.joined()
                #expect(!text.contains("李雷") && !text.contains("干贝变质"))
            }
            let after = try await play.office.verifyBooks()
            #expect(after.isSound && after.vouchers == before.vouchers && after.head == before.head)
            #expect(
                try await due(play).map(\.subject) == [paid.id.text],
                "what is gone is not due again")

            // The merchant pays; the case may go, and takes its own files with it.
            let notice = Recovery.Notice(servedOn: Day("2030-06-04")!, proof: "EMS")
            _ = try await play.office.work {
                try $0.serveNotice(notice, on: paid.id, by: PlayOffice.accountant)
            }
            try await play.perform(
                .recordRepayment(Money(fen: 800_00), reference: "b-1", on: Day("2030-06-04")!),
                on: paid.id, by: PlayOffice.accountant)
            #expect(try await due(play).isEmpty, "its time runs from the last that happened")
            play.clock.set(Moment("2035-06-05T09:00:00+08:00")!)
            let last = try #require(try await due(play).first)
            #expect(last.heldBack.isEmpty)
            #expect(try await play.office.erase(last, by: "admin"))
            #expect(
                try await play.office.read { try $0.evidenceBytes(sha256Hex("receipt B1")) } == nil)
            #expect(try await play.office.verifyBooks().isSound)
            await play.office.close()
        }
    }

    @Test(arguments: Place.all)
    func `an advance of which nothing was booked is kept no longer than a complaint`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(20_000, order: "A3")
            #expect(file.advanceCount == 1 && file.stage.isOpen)
            try await play.perform(.withdraw(reason: "和解"), on: file.id, by: .tourist)
            play.clock.set(Moment("2027-06-05T09:00:00+08:00")!)
            let due = try await due(play)
            #expect(due.map(\.subject) == [file.id.text])
            #expect(due.map(\.kind) == [.complaint])
        }
    }

    @Test func `a rule is read with its sources, and a wrong one is refused with its key`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("amends-rule-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func load(_ text: String) throws -> RetentionRule? {
            try Data(text.utf8).write(to: folder.appendingPathComponent("retention.yaml"))
            return try RetentionRule.load(directory: folder.path)
        }
        #expect(try RetentionRule.load(directory: folder.path) == nil)
        let rule = try load("complaint: {years: 3, source: 民法典}\n")
        #expect(rule?.terms[.complaint] == .init(years: 3, source: "民法典"))
        #expect(rule?.terms[.paid] == nil)
        for wrong in [
            "complaint: {years: 0, source: x}", "complaint: {years: 101, source: x}",
            "complaint: {years: 3}", "complain: {years: 3, source: x}", "complaint: 3",
            "complaint: {years: 3, source: x, other: y}",
        ] {
            #expect(throws: PolicyError.self, "\(wrong)") { try load(wrong + "\n") }
        }
    }

    @Test func `rule and consent of an office are no editions, and change no edition's hash`()
        throws
    {
        let book = try PolicyBook.load(directory: PlayOffice.policies)
        #expect(book.editions.allSatisfy { $0.id != "retention.yaml" })
        let rule = try #require(try RetentionRule.load(directory: PlayOffice.policies))
        #expect(Set(rule.terms.keys) == Set(RetentionRule.Kind.allCases))
        let consents = try ConsentTexts.load(directory: PlayOffice.policies)
        let current = try #require(consents.current)
        #expect(current.hash.count == 64 && !current.chinese.isEmpty && !current.english.isEmpty)
        #expect(rule.end(of: .complaint, on: Day("2028-02-29")!) == Day("2025-02-28"))
    }

    @Test func `a filing keeps the version it was shown, and none that is not there`() async throws
    {
        try await withOffice(on: .sqliteMemory) { play in
            let version = try #require(play.office.consents.current)
            let file = try await play.office.work { work in
                try work.file(
                    play.filing(300, order: "A1"), consent: version.name, by: PlayOffice.agent,
                    trackingCode: "00000000"
                ).file
            }
            let kept = try await play.office.read { try $0.consent(of: file.id.text) }
            #expect(kept?.version == version.name && kept?.hash == version.hash)
            await #expect(throws: WorkflowError.self) {
                try await play.office.work { work in
                    try work.file(
                        play.filing(300, order: "A2"), consent: "1999-01-01", by: PlayOffice.agent,
                        trackingCode: "00000000")
                }
            }
        }
    }
}
