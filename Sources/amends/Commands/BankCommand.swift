import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct BankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank", abstract: "Statements of the dedicated account and of the platform.",
        subcommands: [Import.self, SuspenseCommand.self])

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

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Close a day, if books and bank agree to the fen; else say what is in the way.")
    @Option(help: "The day, such as 2024-07-31; yesterday when left out.") var day: String?
    @Flag(help: "Only look; close nothing.") var dryRun = false
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        let wanted = try day.map { text in
            guard let day = Day(text) else {
                throw ValidationError("'\(text)' is no day: write it like 2024-07-31.")
            }
            return day
        }
        let actor = options.actor(.accountant)
        let isDry = dryRun
        let (closed, obstacles, suspense) = try await options.withOffice { office in
            try await office.work { work in
                let day = wanted ?? work.today.advanced(by: -1)
                let obstacles = try work.obstacles(toClosing: day)
                let closed = isDry || !obstacles.isEmpty ? nil : try work.closeDay(day, by: actor)
                return (closed, obstacles, try work.transaction.suspenseCount())
            }
        }
        for obstacle in obstacles { print("\(obstacle.field): \(obstacle.english)") }
        if suspense > 0 { print("in suspense: \(suspense) lines nobody has identified yet") }
        if let closed {
            print(
                "closed \(closed.day): bank \(closed.bank), platform \(closed.platform), voucher \(closed.head.number)"
            )
        }
        guard obstacles.isEmpty else { throw ExitCode(1) }
    }
}
