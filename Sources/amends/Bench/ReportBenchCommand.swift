import ArgumentParser
import Database
import Foundation
import Store

struct ReportBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports",
        abstract: "What a bulletin, an opened figure and a change of a record cost on SQLite.",
        discussion: """
            A year's records of one office, written through the tallies as the office would write them; \
            then every form of bulletin, and single changes with a durable commit each.
            """)
    @Option(help: "Records of the year.") var records = 1_000_000
    @Option(help: "Changes for each figure.") var changes = 4_000
    @Option(help: "Where to put the database; on the disk to be measured.") var folder = ".amends"

    func run() async throws {
        let place = "\(folder)/bench-reports-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let file = "\(place)/reports.db"
        let database = try await Database.open("sqlite:\(file)")
        try await database.migrate(Schema.steps)
        let bench = ReportBench(records: records)
        let load = try await bench.load(database, file: file)
        print(
            "\(load.records) records in \(Int(load.seconds)) s, \(load.bytes / 1_000_000) MB,"
                + " \(load.tallyRows) sums")
        for figure in try await bench.read(database) {
            print("\(figure.name): \(String(format: "%.1f", figure.ms)) ms, \(figure.lines) lines")
        }
        for clients in [1, 64] {
            let cost = try await bench.change(database, count: changes, clients: clients)
            print("a change, \(clients) at a time: \(Int(cost)) µs")
        }
        await database.close()
    }
}
