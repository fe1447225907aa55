import ArgumentParser
import Database
import Foundation

struct LedgerBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Durable vouchers a second on one hot account, and the time to prove the books.",
        discussion: """
            Beside the ledger the same rows by plain SQL, on the same disk and with the same batching, \
            computing nothing; beside the proof, hledger on the exported journal. A run is clean when \
            others took less than a tenth of the machine.
            """)
    @Option(help: "Vouchers for each figure.") var vouchers = 20_000
    @Option(help: "Vouchers of the books to prove.") var verify: [Int] = [100_000]
    @Option(help: "Where to put the databases; on the disk to be measured.") var folder = ".amends"
    @Option(help: "A PostgreSQL server to measure as well; its schemas bench_… are dropped.")
    var postgres: String?

    func run() async throws {
        let place = "\(folder)/bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }  // Only a scratch folder.
        var scratch = [ScratchDatabases.files(folder: place)]
        if let postgres { scratch.append(.server(url: postgres)) }
        let places = scratch.map { databases in
            LedgerBench.Place(engine: databases.engine) { name in
                try await Database.open(try await databases.make(name))
            }
        }
        let bench = LedgerBench(vouchers: vouchers)
        let progress = Progress("bench", total: places.count * 9)
        var rows = [
            [
                "engine", "clients", "", "vouchers/s", "of plain SQL", "CPU µs", "commits",
                "others took",
            ]
        ]
        for place in places {
            let figures = try await reporting { try await bench.run(place, progress) }
            rows += figures.map { row($0, figures) }
            let (granted, wanted) = try await reporting { try await bench.oversell(place) }
            rows.append(
                [place.engine, "64", "wanted \(wanted), fund has \(granted): granted \(granted)"])
        }
        progress.finish()
        print(columns(rows, numeric: [1, 3, 4, 5, 6]))
        for count in verify { print(try await proof(of: count, in: place)) }
    }

    private func row(_ figure: LedgerBench.Figure, _ all: [LedgerBench.Figure]) -> [String] {
        let base = all.first { $0.clients == figure.clients && $0.name == "plain SQL" }
        return [
            figure.engine, figure.clients.map(String.init) ?? "bulk", figure.name,
            String(format: "%.0f", figure.perSecond),
            base.map { String(format: "%.2f", figure.perSecond / $0.perSecond) } ?? "",
            String(format: "%.0f", figure.cpuMicroseconds), "\(figure.commits)",
            figure.cost.othersText,
        ]
    }

    private func proof(of count: Int, in folder: String) async throws -> String {
        let hasHledger = FileManager.default.isExecutableFile(atPath: "/usr/bin/hledger")
        let figure = try await reporting {
            try await VerifyBench(folder: folder, hasHledger: hasHledger).run(count)
        }
        let hledger = figure.hledger.map {
            String(format: "hledger check %.1f s (%.0f ×)", $0, $0 / figure.verified.seconds)
        }
        return """

            \(count) vouchers of \(figure.lines) lines, \
            \(String(format: "%.0f", figure.bytesPerLine)) bytes a line on disk; written in \
            \(String(format: "%.1f", figure.written.seconds)) s
            proved from the database in \(String(format: "%.2f", figure.verified.seconds)) s \
            (others took \(figure.verified.othersText)), in memory \
            \(String(format: "%.2f", figure.proved.seconds)) s; \(hledger ?? "hledger is not installed")
            """
    }
}
