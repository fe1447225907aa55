import Casework
import Database
import Ledger
import Store
import Testing

/// What anybody may read of cases and work orders, on both engines.
@Suite struct Open311StoreTests {
    @Test(arguments: Place.all)
    func
        `requests are found by time, number, service and state, and steps only of what came this way`(
            on place: Place
        ) async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            var made: [Case] = []
            for number in 1...3 {
                let (file, recorded) = try CaseStoreTests.filed(number, order: "ORDER-\(number)")
                try await database.write {
                    try $0.append(recorded, to: file, leaving: nil, zone: .china)
                }
                made.append(file)
            }
            let filed = made
            let now = CaseStoreTests.now
            func numbers(_ change: (inout PublicRequestFilter) -> Void) async throws -> [String] {
                var filter = PublicRequestFilter(
                    from: now.advanced(byMinutes: -60), to: now.advanced(byMinutes: 60), limit: 10)
                change(&filter)
                return try await database.read { [filter] in try $0.publicRequests(filter) }
                    .map(\.number)
            }
            let all = filed.map(\.id.text).sorted().reversed()
            #expect(try await numbers { _ in } == Array(all))
            #expect(
                try await numbers {
                    $0.limit = 1; $0.offset = 1
                } == [all.dropFirst().first!])
            #expect(try await numbers { $0.isClosed = true }.isEmpty)
            #expect(try await numbers { $0.isClosed = false }.count == 3)
            #expect(try await numbers { $0.services = [filed[0].filing.matter, "x"] }.count == 3)
            #expect(try await numbers { $0.services = ["x"] }.isEmpty)
            #expect(try await numbers { $0.from = now.advanced(byMinutes: 30) }.isEmpty)
            #expect(
                try await numbers {
                    ($0.from, $0.numbers) = (now.advanced(byMinutes: 30), [filed[1].id.text])
                } == [filed[1].id.text])
            try await database.write {
                try $0.noteOpen311(filed[0].id.text, by: "app", at: now)
                try $0.noteOpen311(filed[0].id.text, by: "other", at: now)
            }
            let (owner, nobody, steps) = try await database.read {
                (
                    try $0.open311Actor(of: filed[0].id.text),
                    try $0.open311Actor(of: filed[1].id.text),
                    try $0.open311Steps(
                        from: now.advanced(byMinutes: -60), to: now.advanced(byMinutes: 60),
                        filedAfter: now, limit: 100)
                )
            }
            #expect(owner == "app" && nobody == nil)
            #expect(Set(steps.map(\.number)) == [filed[0].id.text])
            #expect(steps.first?.kind == "filed" && steps.map(\.position) == Array(0..<steps.count))
        }
    }
}
