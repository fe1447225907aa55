import Database
import Testing

@Suite struct MigrationTests {
    private let first = SchemaStep(id: "0001-a", "create table a (id {id} primary key) {strict}")
    private let second = SchemaStep(
        id: "0002-b",
        """
        create table b (id {id} primary key, n {int} not null, t {text}, x {blob}) {strict};
        insert into b (id, n) values ('one', 1);
        """)

    @Test(arguments: Place.kept)
    func `each step is applied once, in order`(place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            for steps in [[first], [first, second], [first, second]] {
                let database = try await Database.open(url)
                try await database.migrate(steps)
                await database.close()
            }
            let database = try await Database.open(url)
            let rows = try await database.read {
                try $0.rows("select id from schema_step order by id") + $0.rows("select id from b")
            }
            #expect(rows.map(shown) == ["0001-a", "0002-b", "one"])
            await database.close()
        }
    }

    @Test(arguments: Place.all)
    func `a step that fails leaves nothing of itself`(place: Place) async throws {
        try await withDatabase(on: place) { database in
            let wrong = SchemaStep(
                id: "0002", "create table b (id {id} primary key) {strict}; create tabel c")
            let error = await thrown { try await database.migrate([first, wrong]) }
            guard case .statement = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            try await database.migrate([first, second])
            let row = try await database.read { try $0.first("select count(*) from b") }
            #expect(row == Row([.integer(1)]))
        }
    }

    @Test(arguments: Place.all)
    func `a program older than the database is refused`(place: Place) async throws {
        try await withDatabase(on: place, steps: [first, second]) { database in
            #expect(await thrown { try await database.migrate([first]) } == .schemaAhead("0002-b"))
        }
    }

    @Test(arguments: Place.all)
    func `a step edited after it was applied is refused`(place: Place) async throws {
        try await withDatabase(on: place, steps: [first]) { database in
            let edited = SchemaStep(id: first.id, first.statements + " -- better")
            let error = await thrown { try await database.migrate([edited, second]) }
            #expect(error == .schemaEdited("0001-a"))
        }
    }

    @Test(arguments: Place.kept)
    func `programs that start together apply each step once`(place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let database = try await Database.open(url)
                        try await database.migrate([first, second])
                        await database.close()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `type words are rendered for each engine`() {
        #expect(
            second.text(for: .sqlite).hasPrefix(
                "create table b (id text primary key, n integer not null, t text, x blob) strict;"))
        #expect(
            second.text(for: .postgres).hasPrefix(
                "create table b (id text primary key, n bigint not null, t text, x bytea) ;"))
    }
}
