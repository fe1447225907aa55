import ArgumentParser
import Ledger
import Logging
import Workflow

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run 15 months of Sanya on a virtual clock into an empty database.",
        discussion: """
            The complaints are generated from a seed; policy and procedure decide each of them. The table \
            sets what came out beside what Sanya published on 1 August 2024.
            """)
    @Option(help: "Another seed, other complaints.") var seed: UInt64 = Demonstration.defaultSeed
    @Option(help: "How many complaints.") var count = Demonstration.publishedCount
    @Option(help: "Afterwards, this many complaints filed now, so that the queue has live clocks.")
    var live = 0
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        let report = try await reporting {
            // Opened once for its folder, and to say early what is wrong with it.
            await (try options.open()).close()
            let progress = Progress("complaints", total: count)
            defer { progress.finish() }
            return try await runDemonstration(
                databaseURL: options.databaseURL, policyDirectory: options.policyDirectory,
                signingKey: try options.readSigningKey(), seed: seed, count: count,
                logger: makeLogger(.warning)
            ) { done, _ in progress.show(done) }
        }
        if options.json { try printJSON(report) } else { print(report) }
        guard live > 0 else { return }
        let filed = try await options.withOffice { try await fileLiveCases($0, live) }
        if !options.json { print("filed now, with live clocks: \(filed.count) cases") }
    }
}
