import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct SuspenseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspense",
        abstract: "Lines nobody could name, and whose two people say they are.",
        subcommands: [List.self, Propose.self, Confirm.self, Reject.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What lies in suspense, the oldest first, and what was proposed.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let (lines, claims) = try await options.withOffice { office in
                try await office.read {
                    (try $0.linesInSuspense(limit: 500), try $0.openSuspenseClaims())
                }
            }
            print(
                columns(
                    lines.map { line in
                        [
                            "\(line.bookedOn)", line.amount.description, line.account.description,
                            line.key, line.counterparty ?? "", line.remittance,
                        ]
                    }, numeric: [1]))
            for claim in claims {
                print(
                    "proposal \(claim.number): \(claim.amount) is \(claim.target.kind) "
                        + "\(claim.target.name), says \(claim.proposedBy): \(claim.reason)")
            }
        }
    }

    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whose a line is; another person confirms it.")
        @Argument(help: "The line's key, as `list` shows it.") var key: String
        @Option(help: "A repayment of this case.") var `case`: String?
        @Option(help: "A repayment of this merchant's cases, the oldest first.") var merchant:
            String?
        @Option(help: "What the tourist of this case pays back.") var tourist: String?
        @Option(help: "The payout of this number, come back.") var payoutReturn: String?
        @Flag(help: "Money granted to the fund.") var grant = false
        @Flag(help: "Interest.") var interest = false
        @Option(help: "Yuan; all of the line when left out.") var amount: String?
        @Option(help: "Why.") var reason: String
        @Flag(help: "The line is of the platform, not of the bank.") var platform = false
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let target: SuspenseClaim.Target
            switch (`case`, merchant, tourist, payoutReturn, grant, interest) {
            case (let number?, nil, nil, nil, false, false):
                target = .recovery(try caseNumber(number))
            case (nil, let id?, nil, nil, false, false): target = .merchant(ID(id))
            case (nil, nil, let number?, nil, false, false):
                target = .tourist(try caseNumber(number))
            case (nil, nil, nil, let number?, false, false): target = .payoutReturn(number)
            case (nil, nil, nil, nil, true, false): target = .grant
            case (nil, nil, nil, nil, false, true): target = .interest
            default:
                throw ValidationError(
                    "name one of --case, --merchant, --tourist, --payout-return, --grant and --interest."
                )
            }
            let amount = try amount.map { try yuan($0) }
            let actor = options.actor(.accountant)
            let claim = try await options.withOffice { office in
                try await office.work { [key, reason, platform] work in
                    try work.proposeSuspense(
                        key: key, on: platform ? Posting.platform : Posting.bank, as: target,
                        amount: amount, reason: reason, by: actor)
                }
            }
            print("proposal \(claim.number): \(claim.amount); another person confirms it")
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Agree to a proposal, as another person, and book it.")
        @Argument(help: "The proposal's number.") var number: Int64
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.supervisor)
            let claim = try await options.withOffice { office in
                try await office.work { [number] in try $0.confirmSuspense(number, by: actor) }
            }
            print("proposal \(claim.number): \(claim.amount) booked out of suspense")
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do not agree to a proposal, as another person.")
        @Argument(help: "The proposal's number.") var number: Int64
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.supervisor)
            let claim = try await options.withOffice { office in
                try await office.work { [number] in try $0.rejectSuspense(number, by: actor) }
            }
            print("proposal \(claim.number) rejected: \(claim.amount) stays in suspense")
        }
    }
}
