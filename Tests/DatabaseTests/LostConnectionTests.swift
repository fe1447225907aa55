import Database
import Synchronization
import Testing

/// What a server does that SQLite cannot: leave.
@Suite(.enabled(if: Place.serverURL != nil, "AMENDS_TEST_POSTGRES holds no URL"))
struct LostConnectionTests {
    private static let end: SQL = "select cast(pg_terminate_backend(pg_backend_pid()) as int)"

    @Test func `a write whose connection breaks before the commit runs again`() async throws {
        try await withDatabase(on: .postgres, steps: billSteps) { database in
            let runs = Atomic<Int>(0)
            try await database.write { transaction in
                try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                if runs.add(1, ordering: .relaxed).newValue == 1 {
                    _ = try transaction.rows(Self.end)
                }
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            let rows = try await database.read { try $0.rows("select id from merchant") }
            #expect(rows == [Row([.text("m")])])
        }
    }

    @Test func `a read whose connection breaks runs again`() async throws {
        try await withDatabase(on: .postgres, steps: billSteps) { database in
            let runs = Atomic<Int>(0)
            let row = try await database.read { transaction in
                if runs.add(1, ordering: .relaxed).newValue == 1 {
                    _ = try transaction.rows(Self.end)
                }
                return try transaction.first("select 1")
            }
            #expect(row == Row([.integer(1)]))
            #expect(runs.load(ordering: .relaxed) == 2)
        }
    }

    @Test func `a commit without an answer is told, and not done again`() async throws {
        let steps = [
            SchemaStep(
                id: "0001",
                """
                create table t (id {id} primary key);
                create function leave() returns trigger language plpgsql as
                    'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
                create constraint trigger t_leave after insert on t deferrable initially deferred
                    for each row execute function leave();
                """)
        ]
        try await withDatabase(on: .postgres, steps: steps) { database in
            let runs = Atomic<Int>(0)
            let error = await thrown {
                try await database.write { transaction in
                    runs.add(1, ordering: .relaxed)
                    try transaction.run("insert into t (id) values ('a')")
                }
            }
            #expect(error == .commitUnknown)
            #expect(runs.load(ordering: .relaxed) == 1)
            let row = try await database.write { try $0.first("select 1") }
            #expect(row == Row([.integer(1)]))
        }
    }

    @Test func `statements stay few when many texts were prepared`() async throws {
        try await withDatabase(on: .postgres) { database in
            for round in 0..<3 {
                try await database.write { transaction in
                    for number in 0..<300 {
                        let row = try transaction.first(
                            SQL(stringLiteral: "select \(round * 300 + number)"))
                        #expect(row == Row([.integer(Int64(round * 300 + number))]))
                    }
                }
            }
            let row = try await database.write {
                try $0.first("select count(*) from pg_prepared_statements")
            }
            #expect(try #require(row).integer(0) < 600)
        }
    }
}
