import Database
import Ledger
import LedgerModel
import Store
import Testing

/// Books of some hundred vouchers with everything in them, as the ledger itself posted them.
func sampleDrafts(seed: UInt64, count: Int) -> [(draft: Draft, now: Moment)] {
    var generator = DraftGenerator(
        seed: seed, fund: "sanya", from: Moment("2024-06-03T09:00:00+08:00")!)
    return (0..<count).map { _ in
        let draft = generator.next()
        return (draft, generator.now)
    }
}

/// Posts them one after another, in as few transactions as may be; what is refused is passed over.
func postSample(
    _ drafts: [(draft: Draft, now: Moment)], to database: Database
) async throws {
    try await database.write { transaction in
        for (draft, now) in drafts {
            do {
                _ = try transaction.post(draft, chart: .advanceFund, at: now)
            } catch is PostingError {}
        }
    }
}

@Suite struct ProveTests {
    private func prove(_ database: Database, step: Int = 7) async throws -> (Int64, Fault?) {
        try await database.read { transaction in
            let start = Verifier(
                chart: .advanceFund, fund: "sanya",
                closings: try transaction.closingsWithBalances("sanya"))
            let proof = try transaction.prove(start, step: step)
            #expect(proof.brokenBlock == nil && proof.isStatementTrue)
            return (proof.verifier.book.head.number, proof.fault)
        }
    }

    @Test(arguments: Place.all)
    func `a proof by pages on two threads is that of all vouchers at once`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await postSample(sampleDrafts(seed: 5, count: 400), to: database)
            let vouchers = try await database.read { transaction in
                var vouchers: [Voucher] = []
                try transaction.forEachVoucher(of: "sanya", step: 11) { vouchers.append($0) }
                return vouchers
            }
            #expect(vouchers.count > 100)
            #expect(verify(vouchers, chart: .advanceFund, fund: "sanya").isSound)
            for step in [1, 7, 1_000] {
                let (number, fault) = try await prove(database, step: step)
                #expect(number == Int64(vouchers.count) && fault == nil, "pages of \(step)")
            }
        }
    }

    /// Each damage with the voucher that must be named; the rest of many pages is never waited for.
    @Test(arguments: Place.all)
    func `one row altered, added, removed or moved is found and named`(on place: Place)
        async throws
    {
        let damages: [(sql: SQL, named: Int64)] = [
            ("update voucher set reason = 'x' where number = 40", 40),
            ("update voucher_line set amount_fen = amount_fen + 1 where number = 41", 41),
            ("update voucher_line set account = '1012' where number = 1 and line = 1", 1),
            ("delete from voucher_line where number = 42 and line = 2", 42),
            ("delete from voucher where number = 43", 44),
            ("update voucher set business_day = '2024-06-01' where number = 44", 44),
            (
                """
                insert into voucher_line (fund, number, line, account, side, amount_fen)
                values ('sanya', 45, 99, '6701', 1, 5)
                """, 45
            ),
            ("update voucher set number = 900000 where number = 46", 47),
            ("update voucher set recorded_ms = recorded_ms + 1 where number = 47", 47),
        ]
        for (sql, named) in damages {
            try await withDatabase(on: place, steps: Schema.steps) { database in
                try await postSample(sampleDrafts(seed: 5, count: 300), to: database)
                try await database.write { try $0.run(sql) }
                let (number, fault) = try await prove(database)
                #expect(fault?.number == named, "\(sql.text): \(String(describing: fault))")
                #expect(number < named)
            }
        }
    }

    @Test(arguments: Place.all)
    func `a row that cannot be read ends the proof as an error, not as a fault`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await postSample(sampleDrafts(seed: 5, count: 300), to: database)
            try await database.write {
                try $0.run("update voucher_line set account = 'nowhere' where number = 60")
            }
            await #expect(throws: DatabaseError.corrupt("not an account: nowhere")) {
                _ = try await prove(database)
            }
        }
    }
}
