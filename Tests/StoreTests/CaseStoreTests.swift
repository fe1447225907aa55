import Casework
import Database
import Ledger
import Store
import Testing

@Suite struct CaseStoreTests {
    static let now = Moment("2024-06-03T09:00:00+08:00")!
    static let agent = Actor(name: "agent", roles: [.agent])

    static func filing(order: String = "A-1", evidence: String = "") -> Filing {
        Filing(
            channel: .phone, claimant: Claimant(name: "李雷", identity: "46", phone: "138"),
            merchant: ID("M1"),
            merchantName: "店", order: order, matter: "goods-quality",
            occurredOn: Day("2024-06-01")!,
            paid: Money(fen: 100), claimed: Money(fen: 100), story: "‘; drop table case_row; --",
            wanted: "<b>",
            facts: ["receivedOn": .text("2024-06-01")], payee: nil, transferredFrom: nil)
    }

    /// A case just filed, with its recorded events.
    static func filed(_ sequence: Int, order: String = "A-1") throws -> (
        file: Case, recorded: [Recorded]
    ) {
        let id = CaseNumber.make(prefix: "SY", year: 2024, sequence: sequence)
        let terms = Terms(
            edition: "sanya/2024-02-05", editionHash: "e", standing: .enrolled, acceptMinutes: 3,
            auditMinutes: 30, closingMinutes: 1_440, freezeMinutes: 1_440, reissueLimit: 3)
        let events = try Case.file(filing(order: order), as: id, on: terms, by: agent, at: now)
        var recorded: [Recorded] = []
        for event in events {
            recorded.append(
                Recorded(event, position: recorded.count, actor: "agent", at: now, recordedAt: now))
        }
        let file = try #require(Case(id: id, replaying: recorded))
        return (file, recorded)
    }

    private func withStore(on place: Place, _ body: (Database) async throws -> Void) async throws {
        try await withDatabase(on: place, steps: Schema.steps, body)
    }

    @Test(arguments: Place.all)
    func `a case reads back as the sum of its events`(on place: Place) async throws {
        try await withStore(on: place) { database in
            let (file, recorded) = try Self.filed(1)
            try await database.write {
                try $0.append(recorded, to: file, leaving: nil, zone: .china)
            }
            let stored = try await database.read { try $0.caseFile(file.id) }
            #expect(stored == file)
            let row = try await database.read { try $0.caseRow(file.id) }
            #expect(row?.stage == "filed")
            #expect(row?.dueClock == "acceptance")
            let none = try await database.read { try $0.caseFile(ID("SY-24-0000002-1")) }
            #expect(none == nil)
        }
    }

    @Test(arguments: Place.all)
    func `who appends second, from an older state, appends nothing`(on place: Place) async throws {
        try await withStore(on: place) { database in
            let (file, recorded) = try Self.filed(1)
            try await database.write {
                try $0.append(recorded, to: file, leaving: nil, zone: .china)
            }
            await #expect(throws: DatabaseError.self) {
                try await database.write {
                    try $0.append(recorded, to: file, leaving: nil, zone: .china)
                }
            }
            let count = try await database.read { try $0.events(of: file.id).count }
            #expect(count == recorded.count)
        }
    }

    @Test(arguments: Place.all)
    func `a page of cases follows on the last without a gap or a repeat`(on place: Place)
        async throws
    {
        try await withStore(on: place) { database in
            for sequence in 1...25 {
                let (file, recorded) = try Self.filed(sequence, order: "O\(sequence)")
                try await database.write {
                    try $0.append(recorded, to: file, leaving: nil, zone: .china)
                }
            }
            var seen: [String] = []
            var filter = CaseFilter()
            filter.limit = 7
            while true {
                let wanted = filter
                let page = try await database.read { try $0.caseRows(wanted) }
                guard let last = page.last else { break }
                seen += page.map(\.id.text)
                filter.after = last.id
            }
            #expect(seen.count == 25)
            #expect(seen == seen.sorted(by: >))
        }
    }

    @Test(arguments: Place.all)
    func `the same order is found however it is written`(on place: Place) async throws {
        try await withStore(on: place) { database in
            let (file, recorded) = try Self.filed(1, order: "TN-77 81")
            try await database.write {
                try $0.append(recorded, to: file, leaving: nil, zone: .china)
            }
            let again = Self.filing(order: "tn7781")
            let found = try await database.read { try $0.earlierCase(like: again, than: nil) }
            #expect(found?.first == file.id)
            #expect(found?.kind == "order")
        }
    }

    @Test(arguments: Place.all)
    func `clock steps come in due order`(on place: Place) async throws {
        try await withStore(on: place) { database in
            let (file, recorded) = try Self.filed(1)
            try await database.write {
                try $0.append(recorded, to: file, leaving: nil, zone: .china)
            }
            let late = Self.now.advanced(byMinutes: 10_000)
            let due = try await database.read { try $0.dueSteps(at: late, limit: 10) }
            #expect(due.map(\.clock) == [.acceptance, .closing])
            #expect(due.map(\.step) == [.warning, .warning])
            let none = try await database.read { try $0.dueSteps(at: Self.now, limit: 10) }
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `running numbers have no gap under concurrency`(on place: Place) async throws {
        try await withStore(on: place) { database in
            let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await database.write { try $0.next("case/2024") } }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(1...100))
        }
    }

    @Test(arguments: Place.all)
    func `a message is leased by one server at a time, and again after the lease`(on place: Place)
        async throws
    {
        try await withStore(on: place) { database in
            let message = Message(id: "P1", kind: .payout, caseID: ID("c"), payload: "P1")
            try await database.write { transaction in
                try transaction.enqueue(message, notBefore: Self.now)
                try transaction.enqueue(message, notBefore: Self.now)
            }
            func lease(_ minutes: Int) async throws -> [Int] {
                try await database.write { transaction in
                    try transaction.lease(
                        at: Self.now.advanced(byMinutes: minutes), leaseMs: 120_000, limit: 10
                    ).map(\.attempts)
                }
            }
            #expect(try await lease(0) == [1])
            #expect(try await lease(1) == [])
            #expect(try await lease(3) == [2])
            try await database.write { try $0.finish("P1", at: Self.now) }
            #expect(try await lease(60) == [])
        }
    }

    @Test(arguments: Place.all)
    func `the same evidence is kept once`(on place: Place) async throws {
        try await withStore(on: place) { database in
            for _ in 0..<2 {
                try await database.write {
                    try $0.storeEvidence(hash: "h", type: .pdf, bytes: [1, 2, 3], at: Self.now)
                }
            }
            let kept = try await database.read { try $0.evidenceBytes("h") }
            #expect(kept?.bytes == [1, 2, 3])
        }
    }
}
