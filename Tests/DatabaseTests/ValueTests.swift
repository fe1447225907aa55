import Database
import Testing

@Suite struct ValueTests {
    /// Writes `value` into `column` and reads it back, on every engine.
    private func check(
        _ value: SQLValue, in column: StaticString, on place: Place,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withDatabase(
            on: place,
            steps: [
                SchemaStep(
                    id: "0001", "create table kept (i {int}, t {text}, b {blob}) {strict}")
            ]
        ) { database in
            try await database.write { transaction in
                try transaction.run("insert into kept (\(raw: column)) values (\(value))")
            }
            let row = try await database.read { transaction in
                try transaction.first(
                    "select \(raw: column) from kept where \(raw: column) = \(value)")
            }
            #expect(row == Row([value]), sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: Place.all, [0, 1, -1, Int64.max, Int64.min, 1 << 53 + 1] as [Int64])
    func `integers keep all 64 bits`(place: Place, value: Int64) async throws {
        try await check(.integer(value), in: "i", on: place)
    }

    @Test(
        arguments: Place.all,
        [
            "", " ", "'; drop table kept; --", "$1", "三亚 🏝️", "e\u{301}", "\u{1}\u{7f}\u{10ffff}",
            "a\r\n\tb",
        ])
    func `texts come back as they were`(place: Place, value: String) async throws {
        try await check(.text(value), in: "t", on: place)
    }

    @Test(arguments: Place.all, [[], [0], [0, 255, 0], Array(0...255)] as [[UInt8]])
    func `bytes come back as they were`(place: Place, value: [UInt8]) async throws {
        try await check(.blob(value), in: "b", on: place)
    }

    @Test(arguments: Place.all)
    func `a million bytes come back as they were`(place: Place) async throws {
        try await check(.blob((0..<1_000_000).map { UInt8($0 % 251) }), in: "b", on: place)
        try await check(.text(String(repeating: "赔付", count: 200_000)), in: "t", on: place)
    }

    @Test(arguments: Place.all)
    func `a text with U+0000 is refused`(place: Place) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            let error = await thrown {
                try await database.write {
                    try $0.run("insert into merchant (id, name) values (\("m"), \("a\0b"))")
                }
            }
            #expect(
                error == .nulInText(sql: "insert into merchant (id, name) values ($1, $2)"))
        }
    }

    @Test(arguments: Place.all)
    func `a sum beyond 64 bits is refused, not rounded`(place: Place) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            let error = await thrown {
                try await database.write { transaction in
                    try transaction.run("insert into merchant (id, name) values ('m', '')")
                    try transaction.run(
                        """
                        insert into bill (id, merchant, number, amount_fen)
                        values ('a', 'm', 1, \(Int64.max)), ('b', 'm', 2, \(Int64.max))
                        """)
                    return try transaction.rows("select sum(amount_fen) from bill")
                }
            }
            switch error {
            case .statement, .unexpectedColumn: break
            default: Issue.record("\(String(describing: error))")
            }
        }
    }

    @Test(arguments: Place.all)
    func `a fraction is refused`(place: Place) async throws {
        try await withDatabase(on: place) { database in
            let error = await thrown {
                try await database.read { try $0.rows("select 1.5") }
            }
            guard case .unexpectedColumn(0, _, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a row's readers refuse what they do not find`() throws {
        let row = Row([.integer(1), .text("a"), .blob([1]), .null])
        #expect(try row.integer(0) == 1)
        #expect(try row.text(1) == "a")
        #expect(try row.blob(2) == [1])
        #expect(try row.integerOrNil(3) == nil)
        #expect(try row.textOrNil(3) == nil)
        #expect(try row.blobOrNil(3) == nil)
        #expect(try row.integerOrNil(0) == 1)
        #expect(throws: DatabaseError.unexpectedColumn(1, wanted: "integer", found: "text")) {
            try row.integerOrNil(1)
        }
        #expect(throws: DatabaseError.unexpectedColumn(3, wanted: "text", found: "null")) {
            try row.text(3)
        }
        #expect(throws: DatabaseError.unexpectedColumn(4, wanted: "blob", found: "nothing")) {
            try row.blobOrNil(4)
        }
        #expect(throws: DatabaseError.unexpectedColumn(-1, wanted: "blob", found: "nothing")) {
            try row.blob(-1)
        }
    }

    @Test func `values never become part of the text`() {
        let id = "x' or '1' = '1"
        let none: String? = nil
        let sql: SQL =
            "select 1 from t where id = \(id) and n = \(7) and b = \([1] as [UInt8]) and o = \(none)"
        #expect(sql.text == "select 1 from t where id = $1 and n = $2 and b = $3 and o = $4")
        #expect(sql.values == [.text(id), .integer(7), .blob([1]), .null])
    }
}
