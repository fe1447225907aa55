import Banking
import Casework
import Database
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// An office that began without data keys and is given some.
struct SealEarlierTests {
    private static let keys = "k1 " + String(repeating: "11", count: 32)
    private static let secrets = [
        "李雷", "干贝变质", "wx-A1", "110101199003071234", "13800138000", "王女士", "路灯不亮",
        "receipt A1", "tracking-code-A1", "转账附言", "lei@example.org", "shop@example.org",
    ]

    private static func open(_ url: String, _ keys: String?) async throws -> Office {
        try await Office.open(
            database: url, policies: PlayOffice.policies,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            dataKeys: try keys.map { try DataKeys($0) },
            now: { Moment("2024-06-04T09:00:00+08:00")! })
    }

    /// Two cases, a work order, evidence, an answer kept, a line of a statement.
    private static func furnish(_ play: PlayOffice) async throws -> (Case, ID<WorkOrder>) {
        let file = try await play.file(
            play.filing(800, order: "A1", identity: "110101199003071234"))
        _ = try await play.file(300, order: "A2")
        let intake = OrderIntake(
            channel: .phone, caller: Caller(name: "王女士", phone: "13800138000"), kind: "complaint",
            category: "tourism-scenic", text: "路灯不亮，电话13800138000",
            facts: ["subject": .text("scenic")])
        let order = try await play.office.work { work in
            try work.transaction.keepAnswer(
                EarlierAnswer(requestHash: "h", status: 201, body: "tracking-code-A1"), to: "k-1",
                by: "tourist/", at: work.now)
            try work.setContact(
                MessageContact(way: .mail, address: Personal("lei@example.org")), of: file.id)
            try work.transaction.write(
                MessageContact(way: .mail, address: Personal("shop@example.org")),
                of: ID<Merchant>("M1"), by: "supervisor", at: work.now)
            try work.transaction.writeLines(
                [
                    StatementLineRow(
                        account: Account("1002"), key: "l-1", line: 1, bookedOn: work.today,
                        amount: Money(fen: 1), counterparty: "李雷", remittance: "转账附言",
                        reference: "r-1", matched: "suspense", target: nil)
                ], of: 1)
            return try work.registerOrder(
                intake, by: PlayHotline.agent, trackingCode: "12345678"
            ).order.id
        }
        return (file, order)
    }

    /// Everything that stands in the tables where something personal could.
    private static func everything(_ office: Office) async throws -> String {
        try await office.read { transaction in
            var text = ""
            for query: SQL in [
                "select payload from case_event", "select payload from order_event",
                "select text from order_row", "select value from case_key",
                "select value from order_key", "select hash from tracking_code",
                "select body from idempotency", "select remittance from statement_line",
                "select counterparty from statement_line", "select claimant from case_row",
                "select payload from tourist_contact", "select payload from merchant_contact",
            ] {
                text += try transaction.rows(query).map { try $0.textOrNil(0) ?? "" }.joined()
            }
            for row in try transaction.rows("select bytes from evidence") {
                text += String(decoding: try row.blob(0), as: UTF8.self)
            }
            return text
        }
    }

    private static func check(_ office: Office, _ file: Case, _ order: ID<WorkOrder>) async throws {
        let read = try await office.read { transaction in
            #expect(try transaction.caseFile(file.id) == file)
            #expect(
                try transaction.workOrder(order)?.demand.caller.phone?.revealed == "13800138000")
            #expect(try transaction.orderRow(order, for: nil)?.text == "路灯不亮，电话13800138000")
            #expect(
                try transaction.earlierAnswer(to: "k-1", by: "tourist/")?.body == "tracking-code-A1"
            )
            #expect(try transaction.linesInSuspense(limit: 9).map(\.counterparty) == ["李雷"])
            #expect(try transaction.linesInSuspense(limit: 9).map(\.remittance) == ["转账附言"])
            let hash = try #require(file.evidence.first).hash
            let bytes = try #require(try transaction.evidenceBytes(hash)?.bytes)
            #expect(sha256Hex(bytes) == hash)
            // Found again by what they have in common, whichever way it is stored.
            #expect(try transaction.earlierCase(like: file.filing, than: nil)?.first == file.id)
            let demand = try #require(try transaction.workOrder(order)?.demand)
            #expect(try transaction.ordersLike(demand).map(\.id) == [order])
            #expect(try transaction.ordersLike(demand).first?.isSameCaller == true)
            return [
                try transaction.isTrackingCode(sha256Hex("00000000"), of: file.id.text),
                try transaction.isTrackingCode(sha256Hex("12345678"), of: order.text),
                try transaction.isTrackingCode(sha256Hex("12345678"), of: file.id.text),
            ]
        }
        #expect(read == [true, true, false])
    }

    @Test(arguments: Place.kept)
    func `what lay plain is sealed in small steps, reads as before, and is found as before`(
        on place: Place
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(url)
            let (file, order) = try await Self.furnish(play)
            let before = try await Self.everything(play.office)
            for secret in Self.secrets where secret != "wx-A1" {
                let isHashed = ["110101199003071234"].contains(secret)
                #expect(
                    isHashed || before.contains(secret), "\(secret): the test looks for nothing")
            }
            await play.office.close()

            let keyed = try await Self.open(url, Self.keys)
            try await Self.check(keyed, file, order)
            // Broken off after the first step of a kind: nothing is half done.
            let first = try await keyed.work { work in
                try work.transaction.sealEarlier(
                    .cases, after: .start(of: .cases), limit: 1, at: work.now)
            }
            #expect(first.sealed == 1 && first.next != nil)
            try await Self.check(keyed, file, order)
            await keyed.close()

            let again = try await Self.open(url, Self.keys)
            var counts: [EarlierKind: Int] = [:]
            try await again.sealEarlier(batch: 1) { counts[$0] = $1 }
            #expect(counts[.cases] == 1 && counts[.orders] == 1 && counts[.evidence] == 4)
            #expect(counts[.trackingCodes] == 3 && counts[.claimants] == 2)
            #expect(counts[.contacts] == 1 && counts[.merchantContacts] == 1)
            try await Self.check(again, file, order)
            let after = try await Self.everything(again)
            for secret in Self.secrets { #expect(!after.contains(secret), "\(secret)") }
            #expect(!after.contains(sha256Hex("00000000")))
            counts = [:]
            try await again.sealEarlier(batch: 3) { counts[$0] = $1 }
            #expect(counts.isEmpty, "a second run finds nothing to do")
            #expect(try await again.verifyBooks().isSound)
            await again.close()
        }
    }

    @Test func `a tracking code cannot be tried on a copy of the database`() async throws {
        try await withEmptyDatabase(on: .sqliteMemory) { url in
            let office = try await Self.open(url, Self.keys)
            let id = ID<Case>("SY-24-0000001-4")
            try await office.work { work in
                try work.transaction.writeTrackingCode(hash: sha256Hex("00000017"), of: id)
            }
            let kept = try await office.read {
                try $0.first("select hash from tracking_code")?.text(0) ?? ""
            }
            for code in 0..<100 {
                let text = String(repeating: "0", count: 8 - "\(code)".count) + "\(code)"
                #expect(
                    !kept.contains(sha256Hex(text)) && !kept.contains(sha256Hex(sha256Hex(text))))
            }
            #expect(
                try await office.read { try $0.isTrackingCode(sha256Hex("00000017"), of: id.text) })
            #expect(
                try await office.read { try !$0.isTrackingCode(sha256Hex("00000018"), of: id.text) }
            )
            await office.close()
        }
    }
}
