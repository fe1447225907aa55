import Casework
import Database
import Ledger
import Store
import Testing

/// What is kept of tourists' ratings, codes and messages, and of who looks at a case, on both engines.
@Suite struct TouristStoreTests {
    private static let now = Moment("2024-06-03T09:00:00+08:00")!
    private let id = ID<Case>("SY-24-0000001-7")

    private func message(_ name: String, minutes: Int = 10) -> TouristMessage {
        TouristMessage(
            id: name, caseID: id, to: Personal("138"), text: Personal("text \(name)"),
            ends: Self.now.advanced(byMinutes: minutes))
    }

    @Test(arguments: Place.all)
    func `a message is leased by one, comes back after a fault, and is forgotten when sent`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            func lease(_ minutes: Int) async throws -> [String] {
                try await database.write {
                    try $0.leaseMessages(
                        by: .sms, at: Self.now.advanced(byMinutes: minutes), leaseMs: 60_000,
                        limit: 10
                    ).map { "\($0.id) \($0.attempts) \($0.text.revealed)" }
                }
            }
            try await database.write {
                try $0.enqueue(message("a"), at: Self.now)
                try $0.enqueue(message("b", minutes: 3), at: Self.now)
            }
            #expect(try await lease(0).sorted() == ["a 1 text a", "b 1 text b"])
            #expect(try await lease(0).isEmpty)
            try await database.write {
                try $0.finishMessage("a", at: Self.now)
                try $0.postponeMessage(
                    "b", until: Self.now.advanced(byMinutes: 2), because: "status 503")
            }
            #expect(try await lease(1).isEmpty)
            #expect(try await lease(2) == ["b 2 text b"])
            #expect(try await lease(3).isEmpty, "of no use any more")
            let kept = try await database.read {
                try $0.rows("select payload from tourist_message where id = 'a'")
                    .map { (row) throws(DatabaseError) in try row.text(0) }
            }
            #expect(kept == [""])
            try await database.write {
                try $0.enqueue(message("c", minutes: 20), at: Self.now.advanced(byMinutes: 11))
            }
            let left = try await database.read {
                try $0.rows("select id from tourist_message").count
            }
            #expect(left == 1)
        }
    }

    @Test(arguments: Place.all)
    func `codes are counted within their window, and the last one counts`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            func ask(_ hash: String, _ minutes: Int) async throws -> Int64? {
                try await database.write {
                    try $0.countAsk(
                        of: hash, limit: 2, within: 60 * 60_000,
                        at: Self.now.advanced(byMinutes: minutes))
                }
            }
            #expect(try await ask("x", 0) == nil)
            #expect(try await ask("x", 10) == nil)
            #expect(try await ask("x", 20) == 40 * 60_000)
            #expect(try await ask("y", 20) == nil)
            #expect(try await ask("x", 60) == nil)
            let ends = Self.now.advanced(byMinutes: 10)
            try await database.write {
                try $0.write(OneTimeCode(hash: "1", ends: ends, tries: 4), of: id)
                try $0.write(OneTimeCode(hash: "2", ends: ends), of: id)
                try $0.writeTrackingCode(hash: "old", of: id)
                try $0.replaceTrackingCode(hash: "new", of: id)
            }
            let (code, tracking) = try await database.read {
                (try $0.oneTimeCode(of: id), try $0.isTrackingCode("new", of: id.text))
            }
            #expect(code == OneTimeCode(hash: "2", ends: ends, tries: 0) && tracking)
        }
    }

    @Test(arguments: Place.all)
    func `a case is rated once, and presence lapses`(on place: Place) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let rating = CaseRating(stars: 4, text: "“好” & \\ \n行")
            try await database.write { try $0.write(rating, of: id, at: Self.now) }
            #expect(try await database.read { try $0.rating(of: id) } == rating)
            await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.write(rating, of: id, at: Self.now) }
            }
            let people = [
                Presence(person: "a", displayName: "甲"), Presence(person: "b", displayName: "乙"),
            ]
            for (minutes, person) in people.enumerated() {
                let now = Self.now.advanced(byMinutes: minutes)
                try await database.write {
                    try $0.see(person, at: id, at: now, since: now.advanced(byMinutes: -5))
                }
            }
            func present(since minutes: Int) async throws -> [Presence] {
                try await database.read {
                    try $0.present(at: id, since: Self.now.advanced(byMinutes: minutes))
                }
            }
            #expect(try await present(since: 0) == people)
            #expect(try await present(since: 1) == [people[1]])
            try await database.write { try $0.leave("b", id) }
            #expect(try await present(since: 0) == [people[0]])
        }
    }
}
