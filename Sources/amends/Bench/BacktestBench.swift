import ArgumentParser
import Database
import Foundation
import Store
import Workflow

extension BenchCommand {
    struct BacktestBench: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backtest",
            abstract: "Past cases a second, decided again under an edition.",
            discussion: """
                The cases of the database are read once and then judged again and again from memory, each \
                time from their stored text, until there were as many as asked for. Nothing is remembered \
                from one to the next.
                """)
        @Option(help: "Cases to judge.") var cases = 100_000
        @Option(help: "The edition's folder, or its name in the jurisdiction's folder.")
        var edition =
            "2024-02-05"
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let (report, read, cost) = try await reporting {
                let edition = try PolicyBook.edition(at: edition, in: try options.policyDirectory)
                let backtest = try Backtest(under: edition, shown: 10)
                try options.refuseMissingFile()
                let database = try await Database.open(try options.databaseURL)
                let stored = try await Backtest.stored(in: database)
                await database.close()
                let whole = stored.reduce(0) { $0 + $1.count }
                guard whole > 0 else { throw ValidationError("the database holds no case.") }
                var batches: [[StoredRecord]] = []
                var count = 0
                while count < cases {
                    let batch = stored[batches.count % stored.count]
                    batches.append(batch)
                    count += batch.count
                }
                let (report, cost) = try await Cost.measure { [batches] in
                    try await backtest.run(on: batches)
                }
                return (report, whole, cost)
            }
            print(
                columns(
                    [
                        ["cases", "of", "s", "cases/s", "CPU µs/case", "others took"],
                        [
                            "\(report.cases)", "\(read)", String(format: "%.2f", cost.seconds),
                            String(format: "%.0f", Double(report.cases) / cost.seconds),
                            String(format: "%.1f", cost.cpuSeconds / Double(report.cases) * 1e6),
                            String(format: "%.0f %%", cost.othersShare * 100)
                                + (cost.isClean ? "" : ", not clean"),
                        ],
                    ], numeric: [0, 1, 2, 3, 4]))
        }
    }
}
