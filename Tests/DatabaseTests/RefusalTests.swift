import Database
import Foundation
import Synchronization
import Testing

@Suite struct RefusalTests {
    private struct Refusal: Error, Equatable { let number: Int }

    /// Runs `statement` after a merchant and a bill exist, and compares the error.
    private func check(
        _ statement: SQL, on place: Place, _ isExpected: (DatabaseError?) -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            try await database.write { transaction in
                try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                try transaction.run(
                    "insert into bill (id, merchant, number) values ('b', 'm', 1)")
            }
            let error = await thrown { try await database.write { try $0.run(statement) } }
            #expect(
                isExpected(error), "\(String(describing: error))", sourceLocation: sourceLocation)
            let count = try await database.read { try $0.first("select count(*) from bill") }
            #expect(count == Row([.integer(1)]), sourceLocation: sourceLocation)
        }
    }

    private func isConstraint(
        _ wanted: DatabaseError.Constraint
    ) -> (DatabaseError?) -> Bool {
        { if case .constraint(wanted, _, _) = $0 { true } else { false } }
    }

    @Test(arguments: Place.all)
    func `the kind of a broken constraint is told`(place: Place) async throws {
        try await check(
            "insert into bill (id, merchant, number) values ('b2', 'm', 1)", on: place,
            isConstraint(.unique))
        try await check(
            "insert into bill (id, merchant, number) values ('b', 'm', 2)", on: place,
            isConstraint(.unique))
        try await check(
            "insert into bill (id, merchant, number) values ('b2', 'nobody', 2)", on: place,
            isConstraint(.foreignKey))
        try await check(
            "insert into bill (id, merchant) values ('b2', 'm')", on: place, isConstraint(.notNull))
        try await check(
            "insert into bill (id, merchant, number, amount_fen) values ('b2', 'm', 2, -1)",
            on: place, isConstraint(.check))
    }

    @Test(arguments: Place.all)
    func `a wrong statement is told with its text`(place: Place) async throws {
        for text in [
            "selec 1", "select nothing from bill", "select 1; select 2", "insert into bill",
        ] {
            try await check(SQL(stringLiteral: text), on: place) {
                if case .statement(text, let message) = $0 { !message.isEmpty } else { false }
            }
        }
    }

    @Test(arguments: Place.all)
    func `a transaction inside the transaction is refused`(place: Place) async throws {
        for text in [
            "commit", " BEGIN;", "rollback", "savepoint a", "release a", "end", "start transaction",
        ] {
            try await check(SQL(stringLiteral: text), on: place) {
                if case .statement(text, _) = $0 { true } else { false }
            }
        }
    }

    @Test(arguments: Place.all)
    func `a read cannot write`(place: Place) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            let text = "insert into merchant (id, name) values ('m', 'M')"
            let error = await thrown {
                try await database.read { try $0.run(SQL(stringLiteral: text)) }
            }
            #expect(error == .readOnly(sql: text))
            // The connection that refused can go on reading, and the writer writing.
            let left = try await rows("select id from merchant", in: database)
            #expect(left.isEmpty)
            let count = try await database.write { try $0.run(SQL(stringLiteral: text)) }
            #expect(count == 1)
        }
    }

    @Test(arguments: Place.all)
    func `a closure that swallows a database error fails all the same`(place: Place) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            let error = await thrown {
                try await database.write { transaction in
                    try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                    _ = try? transaction.run("insert into merchant (id, name) values ('m', 'M')")
                    return 1
                }
            }
            #expect(isConstraint(.unique)(error))
            let left = try await rows("select id from merchant", in: database)
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `an error of the closure undoes it and reaches its caller`(place: Place) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            await #expect(throws: Refusal(number: 7)) {
                try await database.write { transaction in
                    try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                    throw Refusal(number: 7)
                }
            }
            await #expect(throws: Refusal(number: 8)) {
                try await database.read { _ in throw Refusal(number: 8) }
            }
            let left = try await rows("select id from merchant", in: database)
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `a transaction kept beyond its closure can do nothing`(place: Place) async throws {
        final class Keeper: @unchecked Sendable { var transaction: Transaction? }
        try await withDatabase(on: place, steps: billSteps) { database in
            let keeper = Keeper()
            try await database.write { keeper.transaction = $0 }
            #expect(throws: DatabaseError.closed) { try keeper.transaction?.rows("select 1") }
        }
    }

    @Test(arguments: Place.all)
    func `values and parameters that differ in number are refused`(place: Place) async throws {
        try await check("select 1 from bill where id = $1", on: place) {
            if case .statement = $0 { true } else { false }
        }
    }

    @Test(arguments: Place.all)
    func `more values than a statement takes are refused`(place: Place) async throws {
        let list = (0..<5_000).map { SQLValue.integer($0) }
        try await check("select 1 from bill where number in (\(list: list))", on: place) {
            if case .statement(_, "more than 4096 values") = $0 { true } else { false }
        }
    }

    @Test(arguments: [
        "mysql://localhost/amends", "", "sqlite", "sqlite:/nowhere/at/all/amends.db", "sqlite:/",
        "postgres://amends@127.0.0.1:1/amends",
        "postgresql://nobody:secret@127.0.0.1:1/x?password=secret",
        "postgres://[",
    ])
    func `what cannot be opened says why, without the password`(url: String) async {
        let error = await thrown { try await Database.open(url) }
        guard case .cannotOpen(let name, let why) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!why.isEmpty)
        #expect(!name.contains("secret") && !why.contains("secret"))
    }

    @Test func `a file that is no database is not opened, and not touched`() async throws {
        let path =
            FileManager.default.temporaryDirectory.path
            + "/amends-\(UInt64.random(in: 0...UInt64.max))"
        let contents = Data(String(repeating: "This is a letter. ", count: 100).utf8)
        try contents.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = await thrown { try await Database.open("sqlite:\(path)") }
        guard case .cannotOpen(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == contents)
    }
}
