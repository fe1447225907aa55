import Database
import Ledger
import Store
import Testing

@Suite struct BookStoreTests {
    private static let now = Moment("2024-06-03T09:00:00+08:00")!

    private func draft(_ id: String, _ lines: [Line], reason: String = "r") -> Draft {
        Draft(
            id: ID(id), fund: "sanya", businessDate: Day("2024-06-03")!, reason: reason,
            source: "\(id)#0",
            maker: "m", lines: lines)
    }

    private func post(_ draft: Draft, _ database: Database) async throws -> Posted {
        try await database.write { try $0.post(draft, chart: .advanceFund, at: Self.now) }
    }

    @Test(arguments: Place.all)
    func `stored books are what the vouchers give`(on place: Place) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            _ = try await post(draft("g", Posting.appropriation(Money(fen: 1_000))), database)
            _ = try await post(
                draft("r", Posting.reserve(Money(fen: 400), as: ID("c/1"))), database)
            _ = try await post(
                draft(
                    "x", Posting.release(Money(fen: 300), of: ID("c/1"), toCase: "c", owedBy: "m")),
                database)
            _ = try await post(
                draft("y", Posting.returned(Money(fen: 100), of: ID("c/1"))), database)
            let vouchers = try await database.read { try $0.vouchers("sanya", VoucherFilter()) }
            let verification = verify(vouchers, chart: .advanceFund, fund: "sanya")
            #expect(verification.isSound)
            let stored = try await database.read { transaction in
                let part = try transaction.book(
                    .advanceFund, fund: "sanya", currency: "CNY", at: Self.now)
                return Book(
                    chart: .advanceFund, fund: "sanya", head: part.head, totals: part.totals,
                    balances: try transaction.balances("sanya"),
                    reservations: try transaction.reservations("sanya"))
            }
            #expect(verification.book.differences(from: stored).isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `the same draft twice is one voucher, another under its id is refused`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let grant = draft("g", Posting.appropriation(Money(fen: 1_000)))
            let first = try await post(grant, database)
            let second = try await post(grant, database)
            #expect(first.isNew && !second.isNew && first.voucher == second.voucher)
            let other = draft("g", Posting.appropriation(Money(fen: 2_000)))
            await #expect(throws: PostingError.idTaken(ID("g"))) {
                _ = try await post(other, database)
            }
        }
    }

    @Test(arguments: Place.all)
    func `sixty-four at once never promise more than there is`(on place: Place) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            _ = try await post(draft("g", Posting.appropriation(Money(fen: 1_000))), database)
            let granted = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<64 {
                    let wanted = draft(
                        "r\(number)", Posting.reserve(Money(fen: 100), as: ID("c\(number)")))
                    group.addTask { (try? await post(wanted, database)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(granted == 10)
            let book = try await database.read {
                try $0.book(.advanceFund, fund: "sanya", currency: "CNY", at: Self.now)
            }
            #expect(book.free(Chart.spendableGuard) == .zero)
            #expect(book.head.number == 11)
        }
    }

    @Test(arguments: Place.all)
    func `a closure that fails takes its vouchers along, and nobody else's`(on place: Place)
        async throws
    {
        struct Change: Error {}
        try await withDatabase(on: place, steps: Schema.steps) { database in
            _ = try await post(draft("g", Posting.appropriation(Money(fen: 10_000))), database)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<120 {
                    let wanted = draft(
                        "r\(number)", Posting.reserve(Money(fen: 100), as: ID("c\(number)")))
                    group.addTask {
                        try? await database.write { transaction in
                            _ = try transaction.post(wanted, chart: .advanceFund, at: Self.now)
                            // Every other one reads the rows, so that they are written early.
                            if number.isMultiple(of: 2) {
                                let head = try transaction.ledgerHead("sanya")
                                var filter = VoucherFilter()
                                filter.limit = 1_000
                                let last = try transaction.vouchers("sanya", filter).last
                                #expect(last?.number == head.number)
                            }
                            if number.isMultiple(of: 4) { throw Change() }
                        }
                    }
                }
            }
            let stored = try await database.read { transaction in
                var filter = VoucherFilter()
                filter.limit = 1_000
                return (
                    try transaction.vouchers("sanya", filter),
                    Book(
                        chart: .advanceFund, fund: "sanya",
                        head: try transaction.ledgerHead("sanya"),
                        totals: try transaction.book(
                            .advanceFund, fund: "sanya", currency: "CNY", at: Self.now
                        ).totals,
                        balances: try transaction.balances("sanya"),
                        reservations: try transaction.reservations("sanya"))
                )
            }
            let verification = verify(stored.0, chart: .advanceFund, fund: "sanya")
            #expect(verification.isSound && verification.checked == 1 + 90)
            #expect(verification.book.differences(from: stored.1).isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `many drafts at once are posted in their order, or none of them`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let grant = draft("g", Posting.appropriation(Money(fen: 30_000)))
            let wanted = (0..<301).map {
                draft("r\($0)", Posting.reserve(Money(fen: 100), as: ID("c\($0)")))
            }
            await #expect(throws: PostingError.self) {
                try await database.write {
                    _ = try $0.post([grant] + wanted, chart: .advanceFund, at: Self.now)
                }
            }
            let posted = try await database.write {
                try $0.post([grant] + wanted.dropLast(), chart: .advanceFund, at: Self.now)
            }
            #expect(posted.map(\.voucher.number) == Array(1...301))
            let again = try await database.write {
                try $0.post([grant] + wanted.dropLast(), chart: .advanceFund, at: Self.now)
            }
            #expect(again.allSatisfy { !$0.isNew } && again.map(\.voucher) == posted.map(\.voucher))
        }
    }

    @Test(arguments: Place.all)
    func `what has expired lapses before anything else is posted, once`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let expiry = Moment(ms: Self.now.ms + 60_000)
            let held = Line(
                .credit, Account(Chart.reserved), Money(fen: 1_000),
                reservation: .opens(ID("c/1"), expires: expiry))
            _ = try await post(draft("g", Posting.appropriation(Money(fen: 1_000))), database)
            _ = try await post(
                draft("r", [.debit(Chart.available, Money(fen: 1_000)), held]), database)
            // All of the fund is set aside until the expiry, and free from it on.
            let wanted = draft("s", Posting.reserve(Money(fen: 1_000), as: ID("c/2")))
            await #expect(throws: PostingError.self) { _ = try await post(wanted, database) }
            for _ in 1...2 {
                try await database.write {
                    try $0.lapse(.advanceFund, fund: "sanya", currency: "CNY", at: expiry)
                }
            }
            let late = try await database.write {
                try $0.post(wanted, chart: .advanceFund, at: expiry)
            }
            #expect(late.voucher.number == 4)
            let reservations = try await database.read { try $0.reservations("sanya") }
            #expect(reservations.first?.lapsed == Money(fen: 1_000))
            let vouchers = try await database.read { try $0.vouchers("sanya", VoucherFilter()) }
            #expect(verify(vouchers, chart: .advanceFund, fund: "sanya").isSound)
        }
    }
}
