import ArgumentParser
import Casework
import Foundation
import Ledger
import Store
import Web
import Workflow

struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "File, show and list cases; demand, and let a payout go.",
        subcommands: [
            File.self, Show.self, List.self, CaseDemand.self, CaseClearPayout.self,
            CaseAttempts.self,
        ])

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a demand from a JSON file, as POST /api/v1/cases takes it.",
            discussion:
                "The policy takes it as far as it can at once: acceptance, determination, advance.")
        @Argument(help: "The file, or - for standard input.") var file: String
        @Option(help: "Evidence: KIND=FILE, any number of times.") var evidence: [String] = []
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let body = try read(file)
            let attachments = try evidence.map { try Attachment($0) }
            let actor = options.actor(.agent)
            var generator = SystemRandomNumberGenerator()
            let code = freshTrackingCode(using: &generator)
            let json = options.json
            try await options.withOffice { office in
                let filing = try Console.filing(from: body)
                let registered = try await office.work { work in
                    try work.file(filing, by: actor, trackingCode: code)
                }
                var file = registered.file
                for attachment in attachments {
                    try await office.scan(attachment.bytes)
                    file = try await office.work { [id = file.id] work in
                        try work.addEvidence(
                            attachment.bytes, kind: attachment.kind, name: attachment.name, to: id,
                            by: actor)
                    }
                }
                if json {
                    print(try await Console.json(of: file.id, in: office, for: actor))
                } else {
                    print("\(file.id)  tracking code \(code)")
                    print(summary(of: file))
                }
            }
        }

        private struct Attachment {
            let kind: String
            let name: String
            let bytes: [UInt8]

            init(_ text: String) throws {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else {
                    throw ValidationError("'\(text)': write the kind, =, and the file.")
                }
                kind = parts[0]
                name = URL(fileURLWithPath: parts[1]).lastPathComponent
                bytes = try read(parts[1])
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "A case: where it stands, the rules that hit with clause and arithmetic, its events."
        )
        @Argument(help: "The case number; spaces, dashes and case do not matter.") var number:
            String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            guard let id = CaseNumber.read(number) else {
                throw ValidationError(
                    "'\(number)' is no case number: like SY-24-0001234-7, the last digit checks the rest."
                )
            }
            let actor = options.actor(.agent)
            let json = options.json
            try await options.withOffice { office in
                if json {
                    return print(try await Console.json(of: id, in: office, for: actor))
                }
                let (file, events) = try await office.read { transaction in
                    let events = try transaction.events(of: id)
                    guard let file = Case(id: id, replaying: events) else {
                        throw WorkflowError.noSuchCase(id.text)
                    }
                    return (file, events)
                }
                print(id)
                print(summary(of: file))
                print(
                    columns(
                        events.map { ["#\($0.position)", "\($0.at)", $0.actor, $0.event.kind] }))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Cases, the newest first.")
        @Option(help: "Only those in this stage, such as awaitingFunds.") var stage: String?
        @Flag(help: "Only open ones.") var open = false
        @Option(help: "How many, at most 200.") var limit = 20
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            var filter = CaseFilter()
            filter.stage = stage
            filter.isOpen = open ? true : nil
            filter.limit = limit
            let wanted = filter
            let rows = try await options.withOffice {
                try await $0.read { try $0.caseRows(wanted) }
            }
            if options.json {
                return try printJSON(
                    rows.map {
                        [
                            "number": $0.id.text, "stage": $0.stage, "matter": $0.matter,
                            "path": $0.path,
                            "advance_fen": "\($0.advance.fen)", "filed_at": "\($0.filedAt)",
                        ]
                    })
            }
            print(
                columns(
                    rows.map { row in
                        [
                            row.id.text, "\(row.filedAt)", row.stage, row.matter, row.path,
                            row.advance.description, row.due.map { "due \($0)" } ?? "",
                        ]
                    }, numeric: [5]))
        }
    }
}

/// Standard input for `-`.
func read(_ file: String) throws -> [UInt8] {
    if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: file) else {
        throw ValidationError("\(file) cannot be read: is the name right, and may you read it?")
    }
    return Array(data)
}

/// Where a case stands and why, in a few lines.
private func summary(of file: Case) -> String {
    var lines = ["stage      \(file.stage)"]
    func cite(_ grounds: Grounds) {
        for rule in grounds.rules {
            lines.append("  \(grounds.model) \(rule.table) row \(rule.row): \(rule.clause)")
            lines.append("    \(rule.chinese) \(rule.english)")
        }
    }
    if let acceptance = file.acceptance {
        lines.append("acceptance \(acceptance.outcome)")
        cite(acceptance.grounds)
    }
    if let determination = file.determination {
        lines.append(
            "entitled   \(determination.outcome.entitlement), covered \(determination.outcome.covered)"
        )
        for head in determination.outcome.heads {
            lines.append("  \(head.code): \(head.arithmetic) (\(head.clause))")
        }
        cite(determination.grounds)
    }
    if let advance = file.advance {
        lines.append("advance    \(advance.decision.path) \(advance.amount): \(advance.state)")
        cite(advance.grounds)
    }
    for payout in file.payouts {
        lines.append("payout     \(payout.number) \(payout.amount): \(payout.state)")
    }
    if let recovery = file.recovery {
        lines.append("recovery   \(recovery.outstanding) of \(recovery.amount): \(recovery.state)")
        if let day = recovery.limitationDay { lines.append("  lapses on \(day), unless demanded") }
        if let next = recovery.nextInstalment {
            lines.append("  next instalment \(next.amount) on \(next.dueOn)")
        }
    }
    if let owed = file.claimBack {
        lines.append("claim back \(owed.outstanding) of \(owed.amount): \(owed.state)")
    }
    if let cap = file.capReached {
        lines.append("waits      \(cap.kind.rawValue): \(cap.used) of \(cap.limit) is committed")
    }
    if case .asked(let flags) = file.payoutReview {
        lines.append("payout     waits for a look: \(flags.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
}
