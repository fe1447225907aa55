import Database
import Foundation
import Soak
import Store
import Testing

/// Racing writers on every engine, held against an independent model after every step.
///
/// `AMENDS_SOAK_VOUCHERS=100000 AMENDS_SOAK_SEED=7 swift test --filter SoakTests` runs longer; so does
/// `amends soak ledger`.
@Suite(.serialized) struct SoakTests {
    private static let settings = ProcessInfo.processInfo.environment
    private static let vouchers = settings["AMENDS_SOAK_VOUCHERS"].flatMap { Int64($0) } ?? 3_000
    private static let seed = settings["AMENDS_SOAK_SEED"].flatMap { UInt64($0) } ?? 20_250_308

    @Test(arguments: Place.all)
    func `racing writers and an independent model agree after every step`(on place: Place)
        async throws
    {
        try await withEmptyDatabase(on: place) { url in
            // Two servers on one database, where it can have two.
            let count = place == .sqliteMemory ? 1 : 2
            var servers: [Database] = []
            for _ in 0..<count { servers.append(try await Database.open(url)) }
            try await servers[0].migrate(Schema.steps)
            let plan = LedgerSoak.Plan(seed: Self.seed, vouchers: Self.vouchers, writers: 6)
            let report: LedgerSoak.Report
            do {
                report = try await LedgerSoak(plan, on: servers).run()
            } catch {
                for server in servers { await server.close() }
                Issue.record("seed \(Self.seed), \(place): \(error)")
                return
            }
            for server in servers { await server.close() }
            print("seed \(Self.seed), \(place): \(report)")
            #expect(report.vouchers >= Self.vouchers)
            let wanted = [
                "ok", "again", "taken", "few", "amount", "account", "unbalanced", "both",
                "unlike", "missing", "misplaced", "reserved", "unknown", "settled", "expired",
                "unlimited", "insufficient", "malformed", "overdrawn", "closed",
                "spendable", "reversed", "lapse",
            ]
            for outcome in wanted {
                #expect(report.outcomes[outcome, default: 0] > 0, "\(outcome) was never seen")
            }
        }
    }
}
