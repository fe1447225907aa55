import ArgumentParser
import Foundation

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure this machine beside its own database.",
        subcommands: [
            Cases.self, Decisions.self, LedgerBenchCommand.self, BacktestBench.self,
            ClockBench.self, ReportBenchCommand.self, EnlargeCommand.self,
        ])

    struct Cases: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Cases a second through intake, determination, grant and payout order, all durable.",
            discussion: """
                Beside it the same statements by themselves on the same disk, with a commit for each step \
                and with the office's batching. Figures are ratios within one run; a run is clean when \
                others took less than a tenth of the machine.
                """)
        @Option(help: "Cases for each figure.") var cases = 2_000
        @Option(help: "Where to put the databases; on the disk to be measured.") var folder =
            ".amends"
        @Option(help: "The jurisdiction's folder of editions.") var policies = "policies/sanya"
        @Option(help: "A PostgreSQL server to measure instead; its schemas bench_… are dropped.")
        var postgres: String?

        func run() async throws {
            let place = "\(folder)/bench-\(ProcessInfo.processInfo.processIdentifier)"
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: place) }  // Only a scratch folder.
            let progress = Progress("bench", total: 3)
            let bench = CaseBench(
                databases: postgres.map { .server(url: $0) } ?? .files(folder: place),
                policies: policies, cases: cases)
            let figures = try await reporting { try await bench.run(progress) }
            progress.finish()
            print(table(figures))
        }

        private func table(_ figures: [CaseBench.Figure]) -> String {
            var rows = [
                ["clients", "", "cases/s", "of plain SQL", "CPU µs/case", "commits", "others took"]
            ]
            for figure in figures {
                let base = figures.first {
                    $0.clients == figure.clients && $0.name == "plain SQL, same batching"
                }
                let ratio = base.map { figure.perSecond / $0.perSecond } ?? 0
                rows.append([
                    "\(figure.clients)", figure.name, String(format: "%.0f", figure.perSecond),
                    String(format: "%.2f", ratio), String(format: "%.0f", figure.cpuMicroseconds),
                    "\(figure.commits)", figure.cost.othersText,
                ])
            }
            return columns(rows, numeric: [0, 2, 3, 4, 5])
        }
    }

    struct Decisions: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decisions a second, beside a function written by hand and other engines.",
            discussion: """
                All answers are compared before anything is timed. Figures are CPU time of one thread, the \
                least of several rounds; ratios are to the row marked 1 of the same run.
                """)
        @Option(help: "A Python that has zen-engine, cel-expr-python, SpiffWorkflow, bkflow-feel.")
        var python: String?
        @Option(help: "The program that runs them.") var peers = "scripts/bench-peers.py"
        @Option(help: "The jurisdiction's folder of editions.") var policies = "policies/sanya"

        func run() throws {
            let bench = DecisionBench(policies: policies, python: python, script: peers)
            var rows = [["what", "engine", "ns", "a second", "ratio"]]
            for row in try bench.run() {
                rows.append([
                    row.what, row.engine, String(format: "%.0f", row.nanoseconds),
                    String(format: "%.0f", 1e9 / row.nanoseconds), row.ratio,
                ])
            }
            print(columns(rows, numeric: [2, 3, 4]))
        }
    }
}
