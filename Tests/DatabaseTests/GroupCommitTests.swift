import Database
import Foundation
import Synchronization
import Testing

@Suite struct GroupCommitTests {
    private struct Refusal: Error, Equatable { let number: Int }

    private final class Refused: Sendable {
        let errors = Mutex<[Int: DatabaseError]>([:])
    }

    /// Keeps a closure, and its thread, from going on until `open`.
    private final class Gate: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        private let hasArrived = Atomic<Bool>(false)

        func pass() {
            hasArrived.store(true, ordering: .releasing)
            semaphore.wait()
        }

        func arrival() async {
            while !hasArrived.load(ordering: .acquiring) { await Task.yield() }
        }

        func open() { semaphore.signal() }
    }

    /// Holds the writer until `count` writes wait, which `queue` makes, and `whileHeld` has run.
    private func together(
        _ count: Int, on database: Database, _ queue: (inout TaskGroup<Void>) -> Void,
        whileHeld: (inout TaskGroup<Void>) async -> Void = { _ in }
    ) async throws {
        let gate = Gate()
        async let first: Void = database.write { _ in gate.pass() }
        await gate.arrival()
        await withTaskGroup(of: Void.self) { group in
            queue(&group)
            while database.waitingWrites < count { await Task.yield() }
            await whileHeld(&group)
            gate.open()
        }
        try await first
    }

    @Test(arguments: Place.all)
    func `a thousand writes share few commits and each gets its own answer`(
        place: Place
    ) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            try await database.write { transaction in
                try transaction.run("insert into merchant (id, name) values ('m', 'M')")
            }
            let before = database.commits
            try await together(1_000, on: database) { group in
                for number in 0..<1_000 {
                    group.addTask { await write(number, to: database) }
                }
            }
            // The one that held the writer has nothing to commit on some engines.
            #expect(database.commits - before <= 3)
            let rows = try await database.read {
                try $0.rows("select number from bill order by number")
            }
            #expect(try rows.map { try $0.integer(0) } == (0..<1_000).filter { $0 % 5 < 2 })
        }

        /// Succeeds twice in five; else fails in three ways, each of which must leave nothing.
        @Sendable func write(_ number: Int, to database: Database) async {
            let result = await Result {
                try await database.write { transaction in
                    try transaction.run(
                        "insert into bill (id, merchant, number) values (\("b\(number)"), 'm', \(number))"
                    )
                    switch number % 5 {
                    case 2: throw Refusal(number: number)
                    case 3:
                        try transaction.run(
                            "insert into bill (id, merchant, number) values (\("c\(number)"), 'm', \(number))"
                        )
                    case 4: _ = try? transaction.rows("select wrong")
                    default: break
                    }
                    return number * 2
                }
            }
            switch (number % 5, result) {
            case (0, .success(number * 2)), (1, .success(number * 2)): break
            case (2, .failure(let error)): #expect(error as? Refusal == Refusal(number: number))
            case (3, .failure(DatabaseError.constraint(.unique, _, _))): break
            case (4, .failure(DatabaseError.statement(sql: "select wrong", _))): break
            default: Issue.record("\(number): \(result)")
            }
        }
    }

    @Test(arguments: Place.all)
    func `one that fails only at the commit is refused alone`(place: Place) async throws {
        let steps = [
            SchemaStep(
                id: "0001",
                """
                create table bureau (id {id} primary key) {strict};
                create table officer (
                    id {id} primary key,
                    bureau {id} not null references bureau (id) deferrable initially deferred
                ) {strict};
                """)
        ]
        try await withDatabase(on: place, steps: steps) { database in
            let refused = Refused()
            try await together(64, on: database) { group in
                for number in 0..<64 {
                    group.addTask {
                        let error = await thrown {
                            try await database.write { transaction in
                                try transaction.run(
                                    "insert into officer (id, bureau) values (\("o\(number)"), \("b\(number)"))"
                                )
                                if number != 37 {
                                    try transaction.run(
                                        "insert into bureau (id) values (\("b\(number)"))")
                                }
                            }
                        }
                        if let error { refused.errors.withLock { $0[number] = error } }
                    }
                }
            }
            let errors = refused.errors.withLock { $0 }
            #expect(errors.keys.sorted() == [37])
            guard case .constraint(.foreignKey, _, _) = errors[37] else {
                Issue.record("\(errors)")
                return
            }
            let count = try await database.read { try $0.first("select count(*) from officer") }
            #expect(count == Row([.integer(63)]))
        }
    }

    @Test(arguments: Place.kept)
    func `two servers on one database lose no update`(place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            let servers = [try await Database.open(url), try await Database.open(url)]
            try await servers[0].migrate(billSteps)
            try await servers[0].write { transaction in
                try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                try transaction.run(
                    "insert into bill (id, merchant, number, amount_fen) values ('b', 'm', 1, 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        try await servers[index % 2].write { transaction in
                            let amount = try transaction.first("select amount_fen from bill")?
                                .integer(0)
                            try transaction.run("update bill set amount_fen = \((amount ?? 0) + 1)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try await servers[1].read { try $0.first("select amount_fen from bill") }
            #expect(row == Row([.integer(200)]))
            for server in servers { await server.close() }
        }
    }

    @Test(arguments: Place.kept)
    func `closing finishes what waits, refuses the rest, and keeps all`(place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            let database = try await Database.open(url)
            try await database.migrate(billSteps)
            try await together(100, on: database) { group in
                for number in 0..<100 {
                    group.addTask {
                        let error = await thrown {
                            try await database.write {
                                try $0.run(
                                    "insert into merchant (id, name) values (\("m\(number)"), '')")
                            }
                        }
                        #expect(error == nil)
                    }
                }
            } whileHeld: { group in
                group.addTask { await database.close() }
            }
            #expect(await thrown { try await database.write { _ in 1 } } == .closed)
            #expect(await thrown { try await database.read { _ in 1 } } == .closed)
            await database.close()

            let again = try await Database.open(url)
            try await again.migrate(billSteps)
            let row = try await again.read { try $0.first("select count(*) from merchant") }
            #expect(row == Row([.integer(100)]))
            await again.close()
        }
    }

    @Test func `more than may wait are refused as busy`() async throws {
        var options = Database.Options()
        options.waitingLimit = 3
        try await withDatabase(on: .sqliteMemory, options: options) { database in
            try await together(3, on: database) { group in
                for _ in 0..<3 {
                    group.addTask {
                        #expect(await thrown { try await database.write { _ in 1 } } == nil)
                    }
                }
            } whileHeld: { _ in
                #expect(await thrown { try await database.write { _ in 1 } } == .busy)
            }
        }
    }

    @Test(arguments: Place.kept)
    func `a read sees one state while others write`(place: Place) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            let (looked, written) = (Gate(), Gate())
            async let counts = database.read { transaction in
                let before = try transaction.first("select count(*) from merchant")
                looked.open()
                written.pass()
                return (before, try transaction.first("select count(*) from merchant"))
            }
            async let change = database.write { transaction in
                looked.pass()
                return try transaction.run("insert into merchant (id, name) values ('m', '')")
            }
            #expect(try await change == 1)
            // What was answered is there for the next read, while the first still reads.
            let now = try await database.read { try $0.first("select count(*) from merchant") }
            #expect(now == Row([.integer(1)]))
            written.open()
            let (before, after) = try await counts
            #expect(before == Row([.integer(0)]) && after == before)
        }
    }

    @Test(arguments: Place.all, [0, 1, 4, 255, 256, 1_000, 3_333])
    func `many rows are inserted in few statements`(place: Place, count: Int) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            try await database.write { transaction in
                try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                try transaction.insert(
                    into: "bill", "id, merchant, number, note",
                    rows: (0..<count).map { number in
                        [
                            .text("b\(number)"), .text("m"), .integer(Int64(number)),
                            number % 2 == 0 ? .null : .text("odd"),
                        ]
                    })
            }
            let row = try await database.read {
                try $0.first("select count(*), count(note), coalesce(max(number), -1) from bill")
            }
            #expect(
                row
                    == Row([
                        .integer(Int64(count)), .integer(Int64(count / 2)),
                        .integer(Int64(count) - 1),
                    ]))
        }
    }

    @Test func `a commit on SQLite is durable: synchronous is full on the writer`() async throws {
        try await withDatabase(on: .sqliteFile) { database in
            let settings = try await database.write { transaction in
                try [
                    "pragma synchronous", "pragma journal_mode", "pragma foreign_keys",
                    "pragma busy_timeout",
                ].map { try transaction.first(SQL(stringLiteral: $0)) }
            }
            #expect(settings.map { $0.map(shown) } == ["2", "wal", "1", "5000"])
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
