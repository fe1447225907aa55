import ArgumentParser
import Database
import Workflow

extension PolicyCommand {
    struct BacktestCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backtest",
            abstract: "Decide all past cases again under an edition, without touching them.",
            discussion: """
                Who would get more, less, or another path, and what it would cost the fund. Each case is \
                judged with what was known when it was decided; the caps of the day and the money in the \
                pool stand as they were then.
                """)
        @Option(help: "The edition's folder, or the name of one in the jurisdiction's folder.")
        var edition: String
        @Option(help: "How many differing cases to show with their reasons.") var cases = 10
        @Flag(help: "Print Chinese instead of English.") var zh = false
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let report = try await reporting {
                let edition = try PolicyBook.edition(at: edition, in: try options.policyDirectory)
                let backtest = try Backtest(under: edition, shown: max(0, cases))
                try options.refuseMissingFile()
                // Not the office: opening that may write.
                let database = try await Database.open(try options.databaseURL)
                do {
                    let report = try await backtest.run(on: database)
                    await database.close()
                    return report
                } catch {
                    await database.close()
                    throw error
                }
            }
            if options.json {
                try printJSON(BacktestView(report))
            } else {
                print(BacktestText(report, zh ? .chinese : .english).text)
            }
        }
    }
}
