import Testing

@testable import Database

/// Several reads at once.
@Suite struct SeveralReadsTests {
    private static let steps = [
        SchemaStep(
            id: "1",
            "create table item (id {int} not null primary key, name {text} not null) {strict};")
    ]

    @Test(arguments: Place.all)
    func `each has the rows it would have had alone, and sees what was put before`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Self.steps) { database in
            let found = try await database.write { transaction in
                for id in 0..<100 {
                    try transaction.put(
                        "insert into item (id, name) values (\(Int64(id)), \("n\(id % 7)"))")
                }
                // More than travel together, some with no rows, some alike.
                let reads: [SQL] = (0..<75).map { number in
                    "select id, name from item where name = \("n\(number % 9)") order by id"
                }
                return try transaction.rows(ofAll: reads).map { rows in
                    try rows.map { "\(try $0.integer(0)) \(try $0.text(1))" }
                }
            }
            #expect(found.count == 75)
            for (number, rows) in found.enumerated() {
                let expected = (0..<100).filter { $0 % 7 == number % 9 }
                    .map { "\($0) n\(number % 9)" }
                #expect(rows == expected, "\(number)")
            }
            let none = try await database.read { try $0.rows(ofAll: []).count }
            #expect(none == 0)
        }
    }

    @Test(arguments: Place.all)
    func `one that fails fails them all, and its transaction`(on place: Place) async throws {
        try await withDatabase(on: place, steps: Self.steps) { database in
            await #expect(throws: DatabaseError.self) {
                try await database.write { transaction in
                    try transaction.put("insert into item (id, name) values (1, 'x')")
                    _ = try transaction.rows(ofAll: [
                        "select id from item", "select nothing from item", "select name from item",
                    ])
                }
            }
            let kept = try await database.read { try $0.rows("select id from item").count }
            #expect(kept == 0)
            try await database.write { try $0.run("insert into item (id, name) values (2, 'y')") }
            let rows = try await database.read { try $0.rows(ofAll: ["select name from item"]) }
            #expect(try rows.first?.first?.text(0) == "y")
        }
    }
}
