import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct BankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank", abstract: "Statements of the dedicated account and of the platform.",
        subcommands: [Import.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a statement, camt.053 or the bank's CSV, and meet it with the books.",
            discussion: "Whole or not at all; the same file again changes nothing.")
        @Argument(help: "The file, or - for standard input.") var file: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let bytes = try read(file)
            let actor = options.actor(.cashier)
            let done = try await options.withOffice { office in
                try await office.work { try $0.importStatement(bytes, by: actor) }
            }
            if options.json { return try printJSON(ImportView(done)) }
            if done.isRepeat {
                return print(
                    "imported before as statement \(done.statements[0].position): nothing changed")
            }
            for row in done.statements {
                print(
                    "\(row.account) statement \(row.position): \(row.from) to \(row.to), \(row.lines) lines, "
                        + "\(row.opening) → \(row.closing)")
            }
            print(
                done.matched.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                    separator: ", "))
        }
    }
}

private struct ImportView: Encodable {
    let repeated: Bool
    let statements: [Int64]
    let matched: [String: Int]

    init(_ done: StatementImport) {
        repeated = done.isRepeat
        statements = done.statements.map(\.position)
        matched = done.matched
    }
}

/// The daily close from one person's side: all of it but the second person's agreement.
struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Import statements, meet them with the books, prove the books, put the day forward.",
        discussion: """
            Says what is open, and what is in the way if books and bank do not agree to the fen. Another \
            person then closes the day with `amends ledger close DAY --as NAME`, which signs the checkpoint.
            """)
    @Argument(help: "Statement files to import first.") var files: [String] = []
    @Option(help: "The day, such as 2024-07-31; yesterday when left out.") var day: String?
    @Flag(help: "Only look; put nothing forward.") var dryRun = false
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        let wanted = try day.map { text in
            guard let day = Day(text) else {
                throw ValidationError("'\(text)' is no day: write it like 2024-07-31.")
            }
            return day
        }
        let actor = options.actor(.accountant)
        let outcome = try await options.withOffice { office in
            for file in files {
                let bytes = try read(file)
                let done = try await office.work { try $0.importStatement(bytes, by: actor) }
                complain(
                    done.isRepeat
                        ? "\(file): imported before"
                        : "\(file): \(done.matched.values.reduce(0, +)) new lines")
            }
            let proof = try await office.verifyBooks()
            let isDry = dryRun || !proof.isSound
            return try await office.work { work in
                let day = wanted ?? work.today.advanced(by: -1)
                let obstacles = try work.obstacles(toClosing: .day(day))
                if !isDry, obstacles.isEmpty {
                    _ = try work.proposeClosing(.day(day), by: actor)
                }
                return Outcome(
                    day: day, isSound: proof.isSound, obstacles: obstacles,
                    suspense: try work.transaction.suspenseCount())
            }
        }
        report(outcome)
        guard outcome.obstacles.isEmpty, outcome.isSound else { throw ExitCode(1) }
    }

    private struct Outcome: Sendable {
        let day: Day
        let isSound: Bool
        let obstacles: [WorkflowError.Problem]
        let suspense: Int
    }

    private func report(_ outcome: Outcome) {
        for obstacle in outcome.obstacles { print("\(obstacle.field): \(obstacle.english)") }
        if outcome.suspense > 0 {
            print("in suspense: \(outcome.suspense) lines nobody has identified yet")
        }
        if !outcome.isSound { print("the books are NOT sound: run amends ledger verify") }
        guard outcome.obstacles.isEmpty, outcome.isSound else { return }
        print(
            dryRun
                ? "nothing is in the way of closing \(outcome.day)"
                : "\(outcome.day) is put forward: another person closes it with amends ledger close \(outcome.day) --as NAME"
        )
    }
}
