import ArgumentParser
import Casework
import Ledger
import Workflow

/// How an edition comes into force, from the command line.
extension PolicyCommand {
    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract:
                "The editions the office goes by, their days, and who brought them into force.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let (register, hotline, zone, today) = try await options.withOffice { office in
                (
                    try await office.editionRegister(), try await office.hotlineRegister(),
                    office.books.zone, office.books.zone.day(at: office.now())
                )
            }
            let entries =
                register.entries.map { ($0.edition, $0) }
                + (hotline?.entries ?? []).map { ("hotline/\($0.edition)", $0) }
            if options.json { return try printJSON(entries.map { EntryView($0, $1, zone) }) }
            let rows = entries.map { name, entry in
                [
                    name, entry.seal.until?.description ?? "", entry.state.rawValue,
                    String(entry.seal.hash.prefix(12)),
                    entry.history.map { "\($0.step.kind) \($0.actor) \(zone.day(at: $0.at))" }
                        .joined(separator: ", "),
                ]
            }
            print(columns([["from", "until", "state", "hash", "by"]] + rows))
            if let last = register.endsAfter {
                print(
                    "no edition follows after \(last): publish one before then (today is \(today))")
            }
        }
    }

    struct SubmitCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "submit",
            abstract:
                "Put an edition before a second person; it is checked and its cases run first.")
        @Argument(help: "The edition's folder within the jurisdiction's, its first day.")
        var edition: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let entry = try await options.withOffice { office in
                try await office.submit(edition, by: options.actor(.policyOfficer))
            }
            print("\(edition) is submitted, \(entry.seal.hash): another person approves it")
        }
    }

    struct ApproveCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve",
            abstract: "Approve a submitted edition, as another person (--as) than who submitted it."
        )
        @Argument(help: "The edition, its first day.") var edition: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let entry = try await options.withOffice { office in
                try await office.approve(edition, by: options.actor(.policyOfficer))
            }
            print("\(edition) is approved, \(entry.seal.hash): in force from \(entry.seal.from)")
        }
    }

    struct WithdrawCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Withdraw an edition before its first day.")
        @Argument(help: "The edition, its first day.") var edition: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            _ = try await options.withOffice { office in
                try await office.withdraw(
                    edition, reason: reason, by: options.actor(.policyOfficer))
            }
            print("\(edition) is withdrawn")
        }
    }
}

private struct EntryView: Encodable {
    let edition: String
    let from: Day
    let until: Day?
    let state: String
    let hash: String
    let steps: [StepView]

    struct StepView: Encodable {
        let step: String
        let by: String
        let at: String
    }

    init(_ name: String, _ entry: EditionRegister.Entry, _ zone: Zone) {
        edition = name
        from = entry.seal.from
        until = entry.seal.until
        state = entry.state.rawValue
        hash = entry.seal.hash
        steps = entry.history.map {
            StepView(step: $0.step.kind, by: $0.actor, at: zone.text($0.at))
        }
    }
}
