import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

/// How periods are closed from the command line: one person puts forward, another closes.
extension LedgerCommand {
    struct ProposeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "propose",
            abstract: "Put a day, month or year forward to be closed by another person.")
        @Argument(help: "2025-03-08, 2025-03 or 2025.") var period: PeriodArgument
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let (period, actor) = (period.period, options.actor(.accountant))
            let proposal = try await options.withOffice { office in
                try await office.work { try $0.proposeClosing(period, by: actor) }
            }
            print(
                "\(period) is put forward by \(proposal.proposedBy): another person closes it with amends ledger close \(period) --as NAME"
            )
        }
    }

    struct CloseCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "Close a period that another person put forward, and print its checkpoint.")
        @Argument(help: "2025-03-08, 2025-03 or 2025.") var period: PeriodArgument
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let (period, actor) = (period.period, options.actor(.accountant))
            let closed = try await options.withOffice { office in
                try await office.work { try $0.close(period, by: actor) }
            }
            complain(
                "closed \(period): bank \(closed.bank), platform \(closed.platform), voucher \(closed.head.number), by \(closed.maker) and \(closed.checker)"
            )
            if let checkpoint = closed.checkpoint {
                print(checkpoint.text, terminator: "")
            } else {
                complain("no checkpoint was signed: name a key with --signing-key")
            }
        }
    }

    struct CheckpointsCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoints",
            abstract: "The signed checkpoints, to be kept away from the database.")
        @Flag(help: "Only the last.") var last = false
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let all = try await options.withOffice { office in
                try await office.read { try $0.checkpoints(office.books.fund) }
            }
            let wanted = last ? Array(all.suffix(1)) : all
            if options.json { return try printJSON(wanted.map(\.text)) }
            print(wanted.map(\.text).joined(separator: "\n"), terminator: "")
        }
    }

    struct KeyCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key",
            abstract: "Make a signing key, and print the half that an auditor keeps.")
        @Argument(help: "The file to write; never overwritten.") var file: String

        func run() throws {
            print(try KeyFile.make(file).verificationKey)
        }
    }
}

/// A day, month or year as a person types it.
struct PeriodArgument: ExpressibleByArgument {
    let period: Period

    init?(argument: String) {
        guard let period = Period(argument) else { return nil }
        self.period = period
    }
}
