import ArgumentParser
import Database
import Foundation
import Soak
import Store

/// Long runs of random work held against an independent model.
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Put the books through long runs of random work, beside an independent model.",
        subcommands: [SoakLedger.self])
}

struct SoakLedger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract:
            "Writers race on one fund; a model with books of its own agrees after every step.",
        discussion: """
            Good drafts and bad: reservations with expiries, reversals, corrections, payouts that bounce, \
            duplicates, closings. Works in a database of its own, which is removed when all agree and kept \
            when not. Exit code 1 says that books and model part; with one writer the same seed does the \
            same again, with more the order in which they race is another.
            """)
    @Option(help: "The seed of all drafts; by default another each time.") var seed: UInt64?
    @Option(help: "How many vouchers to post, at least.") var vouchers: Int64 = 100_000
    @Option(help: "How many writers race, 1…64.") var writers = 8
    @Option(help: "How many servers they share, 1…8.") var servers = 2
    @Option(
        help: """
            sqlite:FILE that does not exist yet, or the URL of a PostgreSQL server, for a schema soak_… of \
            its own.
            """)
    var database = "sqlite:amends-soak.db"

    func validate() throws {
        guard vouchers > 0, (1...64).contains(writers), (1...8).contains(servers) else {
            throw ValidationError("--vouchers is at least 1, --writers 1…64, --servers 1…8.")
        }
        if let file, FileManager.default.fileExists(atPath: file) {
            throw ValidationError("\(file) exists: a soak begins with a database of its own.")
        }
        if database == "sqlite::memory:", servers > 1 {
            throw ValidationError("a database in memory has one server: --servers 1.")
        }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: 0...UInt64.max)
        print("seed \(seed), \(writers) writers on \(servers) servers")
        let name = "soak_\(ProcessInfo.processInfo.processIdentifier)"
        let url = try await reporting { try await place(name) }
        let plan = LedgerSoak.Plan(seed: seed, vouchers: vouchers, writers: writers)
        let start = Date()
        let report: LedgerSoak.Report
        do {
            report = try await soak(plan, url)
        } catch let found as Disagreement {
            complain(
                """
                \(found)
                Run it again with --seed \(seed) --vouchers \(vouchers) --writers \(writers); what was \
                posted is kept in \(file ?? "schema \(name)").
                """)
            throw ExitCode(1)
        } catch {
            try await reporting { throw error }
            return
        }
        let seconds = Date().timeIntervalSince(start)
        print(
            """
            \(report.vouchers) vouchers of \(report.drafts) drafts in \
            \(String(format: "%.0f", seconds)) s: all agree
            \(report.outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", "))
            """)
        try await reporting { try await remove(name) }
    }

    private func soak(_ plan: LedgerSoak.Plan, _ url: String) async throws -> LedgerSoak.Report {
        var handles: [Database] = []
        for _ in 0..<servers { handles.append(try await Database.open(url)) }
        let progress = Progress("soak", total: Int(plan.vouchers))
        defer { progress.finish() }
        let outcome: Result<LedgerSoak.Report, any Error>
        do {
            try await handles[0].migrate(Schema.steps)
            outcome = .success(
                try await LedgerSoak(plan, on: handles).run { progress.show(Int($0)) })
        } catch {
            outcome = .failure(error)
        }
        for handle in handles { await handle.close() }
        return try outcome.get()
    }

    /// The path of a SQLite file; nil for a server and for memory.
    private var file: String? {
        guard database.hasPrefix("sqlite:"), database != "sqlite::memory:" else { return nil }
        return String(database.dropFirst("sqlite:".count))
    }

    /// Where to work: the file, or a new schema on the server.
    private func place(_ name: String) async throws -> String {
        guard !database.hasPrefix("sqlite:") else { return database }
        let server = try await Database.open(database)
        try await server.write { try $0.run(SQL(stringLiteral: "create schema \(name)")) }
        await server.close()
        let mark = database.contains("?") ? "&" : "?"
        return "\(database)\(mark)options=-csearch_path%3D\(name)"
    }

    private func remove(_ name: String) async throws {
        if let file {
            // The last two are gone already when the last connection closed well.
            for part in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: file + part)
            }
        }
        guard !database.hasPrefix("sqlite:") else { return }
        let server = try await Database.open(database)
        try await server.write { try $0.run(SQL(stringLiteral: "drop schema \(name) cascade")) }
        await server.close()
    }
}
