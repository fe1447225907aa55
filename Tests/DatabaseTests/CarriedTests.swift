import Database
import Testing

/// What the closures of one commit hand on to each other.
@Suite struct CarriedTests {
    private struct Refusal: Error {}

    /// A sum per merchant, kept in `bill.amount_fen` of one bill.
    private struct Sums: Carried {
        var fen: Int64?
        var isChanged = false

        mutating func write(to transaction: Transaction) throws(DatabaseError) {
            try transaction.run("update bill set amount_fen = \(fen ?? 0) where id = 'b'")
            isChanged = false
        }

        mutating func add(_ amount: Int64, _ transaction: Transaction) throws(DatabaseError) {
            if fen == nil {
                fen = try transaction.first("select amount_fen from bill where id = 'b'")?
                    .integer(0)
            }
            fen = (fen ?? 0) + amount
            isChanged = true
        }
    }

    private func withBill(
        on place: Place, _ body: (Database) async throws -> Void
    ) async throws {
        try await withDatabase(on: place, steps: billSteps) { database in
            try await database.write { transaction in
                try transaction.run("insert into merchant (id, name) values ('m', 'M')")
                try transaction.run(
                    "insert into bill (id, merchant, number, amount_fen) values ('b', 'm', 1, 0)")
            }
            try await body(database)
        }
    }

    @Test(arguments: Place.all)
    func `what each adds is written, and what an undone one added is not`(
        place: Place
    ) async throws {
        try await withBill(on: place) { database in
            let before = database.commits
            await withTaskGroup(of: Void.self) { group in
                for number in 1...200 {
                    group.addTask {
                        try? await database.write { transaction in
                            try transaction.carrying(Sums.self) { sums in
                                try sums.add(Int64(number), transaction)
                            }
                            if number.isMultiple(of: 3) { throw Refusal() }
                        }
                    }
                }
            }
            let kept = (1...200).filter { !$0.isMultiple(of: 3) }.reduce(0, +)
            let stored = try await rows("select amount_fen from bill", in: database)
            #expect(stored == ["\(kept)"])
            #expect(database.commits - before <= 200)
        }
    }

    @Test(arguments: Place.all)
    func `whoever reads the rows writes them first`(place: Place) async throws {
        try await withBill(on: place) { database in
            let seen = try await database.write { transaction in
                try transaction.carrying(Sums.self) { try $0.add(7, transaction) }
                let stale = try transaction.first("select amount_fen from bill")?.integer(0)
                try transaction.write(Sums.self)
                return [stale, try transaction.first("select amount_fen from bill")?.integer(0)]
            }
            #expect(seen == [0, 7])
        }
    }

    @Test(arguments: Place.all)
    func `what the database refuses at the end undoes the closure`(place: Place) async throws {
        try await withBill(on: place) { database in
            let error = await thrown {
                try await database.write { transaction in
                    try transaction.run("update bill set note = 'seen'")
                    try transaction.carrying(Sums.self) { try $0.add(-1, transaction) }
                }
            }
            guard case .constraint(.check, _, _) = error else {
                Issue.record("the check of the amount did not answer: \(String(describing: error))")
                return
            }
            let stored = try await rows("select amount_fen, note from bill", in: database)
            #expect(stored == ["0|-"])
        }
    }
}
