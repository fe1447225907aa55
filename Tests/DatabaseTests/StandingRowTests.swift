import Database
import Testing

@Suite struct StandingRowTests {
    private static let steps = [
        SchemaStep(id: "0001", "create table kept (n {int} not null, t {text}, b {blob}) {strict}")
    ]

    private func fill(_ database: Database) async throws {
        try await database.write { transaction in
            try transaction.insert(
                into: "kept", "n, t, b",
                rows: [
                    [.integer(.min), .text(""), .blob([])],
                    [.integer(7), .text("三亚 🏝️"), .blob([0, 255, 16])],
                    [.integer(.max), .null, .null],
                ])
        }
    }

    @Test(arguments: Place.all)
    func `rows that are read where they stand say what copied rows say`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Self.steps) { database in
            try await fill(database)
            try await database.read { transaction in
                let sql: SQL = "select n, t, b from kept where n >= \(Int64.min) order by n"
                var standing: [Row] = []
                try transaction.each(sql) { row throws(DatabaseError) in
                    var bytes: [UInt8]?
                    var text: [UInt8]?
                    if !row.isNull(2) { try row.withBlob(2) { bytes = Array($0) } }
                    if !row.isNull(1) { try row.withText(1) { text = Array($0) } }
                    #expect(try row.textOrNil(1).map { Array($0.utf8) } == text)
                    standing.append(
                        Row([
                            .integer(try row.integer(0)), SQLValue(try row.textOrNil(1)),
                            SQLValue(bytes),
                        ]))
                    #expect(try row.integerOrNil(0) != nil)
                }
                #expect(standing == (try transaction.rows(sql)))
                #expect(standing.count == 3)
            }
        }
    }

    private static func read(_ row: any StandingRow, _ wrong: Int) throws(DatabaseError) {
        switch wrong {
        case 0: _ = try row.integer(1)
        case 1: _ = try row.text(0)
        case 2: _ = try row.text(2)
        case 3: try row.withText(2) { _ in }
        case 4: try row.withBlob(1) { _ in }
        case 5: _ = try row.integer(3)
        case 6: _ = try row.text(3)
        default: try row.withBlob(3) { _ in }
        }
    }

    @Test(arguments: Place.all)
    func `a column of another type is refused, and so is a null where none may be`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Self.steps) { database in
            try await fill(database)
            for wrong in 0..<8 {
                let error = await #expect(throws: DatabaseError.self) {
                    try await database.read { transaction in
                        try transaction.each(
                            """
                            select n, t, b, (select max(n) from kept where n > n) as missing
                            from kept where n = 7
                            """
                        ) { row throws(DatabaseError) in try Self.read(row, wrong) }
                    }
                }
                guard case .unexpectedColumn = error else {
                    Issue.record("refused as \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test(arguments: Place.all)
    func `a closure that fails in the middle of a result leaves the connection usable`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Self.steps) { database in
            try await fill(database)
            for _ in 1...3 {
                await #expect(throws: DatabaseError.corrupt("enough")) {
                    try await database.read { transaction in
                        try transaction.each("select n from kept order by n") {
                            _ throws(DatabaseError) in throw .corrupt("enough")
                        }
                    }
                }
                let count = try await database.read { try $0.rows("select n from kept").count }
                #expect(count == 3)
            }
        }
    }
}
