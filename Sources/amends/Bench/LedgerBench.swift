import Database
import Foundation
import Ledger
import Store
import Workflow

/// Durable vouchers a second on one hot fund account, beside the same rows written by plain SQL.
///
/// Each client reserves and returns in turn, so that every voucher moves the same two accounts. The
/// plain rows carry the same batching and compute nothing: no hash, no guard, no balance read.
struct LedgerBench {
    struct Figure {
        let engine: String
        let name: String
        /// Nil: many vouchers in one closure.
        let clients: Int?
        let vouchers: Int
        let commits: Int
        let cost: Cost

        var perSecond: Double { Double(vouchers) / cost.seconds }
        var cpuMicroseconds: Double { cost.cpuSeconds / Double(vouchers) * 1e6 }
    }

    /// One engine with a way to an empty database in it.
    struct Place {
        let engine: String
        let empty: (_ name: String) async throws -> Database
    }

    static let fund = "bench"
    static let bulk = 1_000

    /// Vouchers for each figure.
    let vouchers: Int

    func run(_ place: Place, _ progress: Progress) async throws -> [Figure] {
        var figures: [Figure] = []
        for clients in [1, 8, 32, 64] {
            for isPlain in [false, true] {
                let name = "\(isPlain ? "plain" : "ledger")-\(clients)"
                let database = try await open(place, name)
                figures.append(
                    try await measure(
                        place, isPlain ? "plain SQL" : "ledger", clients, on: database
                    ) {
                        try await each(clients) { number in
                            let draft = Self.draft(number)
                            if isPlain {
                                try await database.write { try PlainRows.write(draft, number, $0) }
                            } else {
                                try await Self.post([draft], in: database)
                            }
                        }
                    })
                if !isPlain { try await Self.prove(database, vouchers: rounded(clients)) }
                await database.close()
                progress.step()
            }
        }
        let database = try await open(place, "bulk")
        figures.append(
            try await measure(place, "ledger", nil, on: database) {
                for start in stride(from: 0, to: rounded(1), by: Self.bulk) {
                    let end = min(start + Self.bulk, rounded(1))
                    try await Self.post((start..<end).map(Self.draft), in: database)
                }
            })
        await database.close()
        progress.step()
        return figures
    }

    /// Sixty-four clients want twice what the fund has: exactly what it has is reserved.
    ///
    /// - Returns: what was granted, of how much.
    func oversell(_ place: Place) async throws -> (granted: Int, of: Int) {
        let database = try await place.empty("oversell")
        try await database.migrate(Schema.steps)
        let fits = 2_000
        try await Self.post([Self.grant(Money(fen: Int64(fits) * 100))], in: database)
        let granted = await withTaskGroup(of: Int.self) { group in
            for client in 0..<64 {
                group.addTask {
                    var granted = 0
                    for index in 0..<(2 * fits / 64) {
                        let draft = Self.reserve(client * fits + index)
                        if (try? await Self.post([draft], in: database)) != nil { granted += 1 }
                    }
                    return granted
                }
            }
            return await group.reduce(0, +)
        }
        await database.close()
        guard granted == min(fits, 2 * fits / 64 * 64) else { throw LedgerBenchError.oversold }
        return (granted, 2 * fits / 64 * 64)
    }

    // MARK: Drafts

    private static let now = Moment(ms: 1_722_470_400_000)
    private static let day = Day("2024-08-01")!

    private static func draft(_ id: String, _ lines: [Line]) -> Draft {
        Draft(
            id: ID(id), fund: fund, businessDate: day, reason: "冻结 SY-24-0000001-4",
            source: "\(id)#7", maker: "office", lines: lines)
    }

    private static func grant(_ amount: Money) -> Draft {
        draft("grant", Posting.appropriation(amount))
    }

    private static func reserve(_ number: Int) -> Draft {
        draft("C\(number)#1", Posting.reserve(Money(fen: 100), as: ID("C\(number)/1")))
    }

    /// Even numbers reserve, odd ones return what the number before reserved.
    private static func draft(_ number: Int) -> Draft {
        if number.isMultiple(of: 2) { return reserve(number) }
        return draft(
            "C\(number - 1)#2", Posting.returned(Money(fen: 100), of: ID("C\(number - 1)/1")))
    }

    private static func post(_ drafts: [Draft], in database: Database) async throws {
        try await database.write {
            _ = try $0.post(drafts, chart: .advanceFund, at: now)
        }
    }

    // MARK: Measuring

    private func open(_ place: Place, _ name: String) async throws -> Database {
        let database = try await place.empty(name)
        try await database.migrate(Schema.steps)
        try await Self.post([Self.grant(Money(fen: 1_000_000_000))], in: database)
        return database
    }

    /// As many as each client can do an even number of.
    private func rounded(_ clients: Int) -> Int { max(2, vouchers / clients / 2 * 2) * clients }

    private func each(
        _ clients: Int, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let share = rounded(clients) / clients
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    for index in 0..<share { try await body(client * share + index) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func measure(
        _ place: Place, _ name: String, _ clients: Int?, on database: Database,
        _ body: () async throws -> Void
    ) async throws -> Figure {
        let before = database.commits
        let (_, cost) = try await Cost.measure(body)
        return Figure(
            engine: place.engine, name: name, clients: clients, vouchers: rounded(clients ?? 1),
            commits: database.commits - before, cost: cost)
    }

    /// What was written is what the vouchers give, and nothing is missing.
    private static func prove(_ database: Database, vouchers: Int) async throws {
        let isSound = try await database.read { transaction in
            var verifier = Verifier(chart: .advanceFund, fund: fund)
            try transaction.forEachVoucher(of: fund) { try verifier.check($0) }
            let head = try transaction.ledgerHead(fund)
            return verifier.book.head == head && head.number == vouchers + 1
        }
        guard isSound else { throw LedgerBenchError.unsound }
    }
}

enum LedgerBenchError: Error, CustomStringConvertible {
    case oversold
    case unsound

    var description: String {
        switch self {
        case .oversold: "more or less was reserved than the fund has: no figure counts"
        case .unsound: "the vouchers written are not those that were posted: no figure counts"
        }
    }
}
