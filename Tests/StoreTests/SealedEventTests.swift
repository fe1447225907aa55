import Casework
import Database
import Ledger
import Store
import Testing

@Suite struct SealedEventTests {
    private static let first = "k1 " + String(repeating: "11", count: 32)
    private static let second = "k2 " + String(repeating: "22", count: 32)

    /// A database opened with the keys in `lines`; nil: with none.
    private func open(_ url: String, _ lines: String?) async throws -> Database {
        let keys = try lines.map { try DataKeys($0) }
        let database = try await Database.open(url, companion: keys)
        try await database.migrate(Schema.steps)
        return database
    }

    private func payloads(_ database: Database) async throws -> String {
        try await database.read { transaction in
            try transaction.rows("select payload from case_event order by case_id, position")
                .map { try $0.text(0) }.joined(separator: "\n")
        }
    }

    private func store(_ sequence: Int, in database: Database) async throws -> Case {
        let (file, recorded) = try CaseStoreTests.filed(sequence, order: "ORDER-\(sequence)")
        try await database.write { try $0.append(recorded, to: file, leaving: nil, zone: .china) }
        return file
    }

    @Test(arguments: Place.all)
    func `what is personal reads back and stands nowhere in the events`(on place: Place)
        async throws
    {
        try await withEmptyDatabase(on: place) { url in
            let database = try await open(url, Self.first)
            let file = try await store(1, in: database)
            #expect(try await database.read { try $0.caseFile(file.id) } == file)
            let text = try await payloads(database)
            for personal in ["李雷", "138", "\"46\"", "drop table", "<b>", "ORDER-1"] {
                #expect(!text.contains(personal), "\(personal)")
            }
            #expect(text.contains("goods-quality"))
            #expect(text.contains("receivedOn"))
            await database.close()
        }
    }

    @Test(arguments: Place.all)
    func `a case whose key is destroyed keeps its events and nobody's name`(on place: Place)
        async throws
    {
        try await withEmptyDatabase(on: place) { url in
            let database = try await open(url, Self.first)
            let file = try await store(1, in: database)
            let other = try await store(2, in: database)
            let erased = try await database.write {
                [
                    try $0.eraseKey(of: file.id.text, at: CaseStoreTests.now),
                    try $0.eraseKey(of: file.id.text, at: CaseStoreTests.now),
                ]
            }
            #expect(erased == [true, false])
            let left = try #require(try await database.read { try $0.caseFile(file.id) })
            #expect(left.filing.claimant.phone.revealed == "已删除 erased")
            #expect(left.filing.story == "已删除 erased")
            #expect(left.stage == file.stage)
            #expect(left.filing.claimed == file.filing.claimed)
            #expect(try await database.read { try $0.caseFile(other.id) } == other)
            await database.close()
        }
    }

    @Test(arguments: Place.all)
    func `a text moved to another case does not open`(on place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            let database = try await open(url, Self.first)
            let file = try await store(1, in: database)
            let other = try await store(2, in: database)
            try await database.write {
                try $0.run(
                    """
                    update case_event set payload = (select payload from case_event
                        where case_id = \(other.id.text) and position = 0)
                    where case_id = \(file.id.text) and position = 0
                    """)
            }
            await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.caseFile(file.id) }
            }
            await database.close()
        }
    }

    @Test(arguments: Place.kept)
    func `a newer key takes over, and the older can go`(on place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            let old = try await open(url, Self.first)
            let file = try await store(1, in: old)
            await old.close()
            let both = try await open(url, Self.first + "\n" + Self.second)
            let counts = try await both.write {
                [try $0.rotateKeys(limit: 5), try $0.rotateKeys(limit: 5)]
            }
            // Of the case, and of the office itself.
            #expect(counts == [2, 0])
            await both.close()
            let new = try await open(url, Self.second)
            #expect(try await new.read { try $0.caseFile(file.id) } == file)
            await new.close()
            let wrong = try await open(url, Self.first)
            await #expect(throws: DatabaseError.self) {
                try await wrong.read { try $0.caseFile(file.id) }
            }
            await wrong.close()
        }
    }

    @Test(arguments: Place.kept)
    func `what was begun without a key stays readable, and sealed cases refuse to go without`(
        on place: Place
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            let plain = try await open(url, nil)
            let file = try await store(1, in: plain)
            try await plain.read { try $0.checkDataKeys() }
            await plain.close()
            let keyed = try await open(url, Self.first)
            #expect(try await keyed.read { try $0.caseFile(file.id) } == file)
            _ = try await store(2, in: keyed)
            await keyed.close()
            let without = try await open(url, nil)
            await #expect(throws: DatabaseError.self) {
                try await without.read { try $0.checkDataKeys() }
            }
            await without.close()
        }
    }

    @Test(arguments: [
        ("", DataKeyError.empty), ("# nothing", .empty), ("k1", .malformed(line: 1)),
        ("k1 11", .malformed(line: 1)),
        ("k-1 " + String(repeating: "11", count: 32), .malformed(line: 1)),
        (first + "\n" + first, .sameID("k1")),
    ])
    func `a file that holds no keys is refused with the line`(_ text: String, _ error: DataKeyError)
    {
        #expect(throws: error) { try DataKeys(text) }
    }
}
