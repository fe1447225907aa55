import ArgumentParser
import Workflow

struct SkipNumbersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skip-numbers",
        abstract: "After a restore to an earlier time: pass over the numbers given out since.",
        discussion: """
            Cases, work orders and payouts of the time that was lost have numbers, which people hold and the wallet \
            paid under. Skip more than can have been given out, before the service starts; what is skipped is never used.
            """)
    @Argument(help: "How many of each kind, 1 to 100000.") var count: Int64
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard (1...Work.skippedNumbersLimit).contains(count) else {
            throw ValidationError("COUNT is 1 to \(Work.skippedNumbersLimit)")
        }
    }

    func run() async throws {
        try options.refuseMissingFile()
        try await options.withOffice { office in
            try await office.work { [count] in try $0.skipNumbers(count) }
        }
        print("\(count) numbers of every kind are passed over")
    }
}
