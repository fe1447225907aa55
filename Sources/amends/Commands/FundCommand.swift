import ArgumentParser
import Casework
import Ledger
import Workflow

struct FundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund",
        abstract: "Money into the fund and between its accounts, and what is owed to it.",
        subcommands: [Grant.self, Transfer.self, FundAgeing.self])

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Book money granted to the fund; cases that waited for it go on.")
        @Argument(help: "Yuan, such as 10000000 or 1,500.50.") var amount: String
        @Option(help: "Names the grant; the same name again changes nothing.") var id: String
        @Option(help: "What it is, for the voucher.") var reason = "拨付先行赔付资金"
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let amount = try yuan(amount)
            let actor = options.actor(.cashier)
            let voucher = try await options.withOffice { office in
                try await office.work { [id, reason] work in
                    try work.appropriate(amount, id: id, reason: reason, on: work.today, by: actor)
                }
            }
            print("voucher \(voucher.number) (\(voucher.id)): \(amount) into the fund")
        }
    }

    struct Transfer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Book a transfer between the bank account and the payment platform.")

        enum Target: String, ExpressibleByArgument, CaseIterable { case platform, bank }

        @Argument(help: "Yuan.") var amount: String
        @Option(help: "Where it goes: platform or bank.") var to: Target = .platform
        @Option(help: "Names the transfer; the same name again changes nothing.") var id: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let amount = try yuan(amount)
            let actor = options.actor(.cashier)
            let voucher = try await options.withOffice { office in
                try await office.work { [id, to] work in
                    try work.transfer(
                        amount, toPlatform: to == .platform, id: id, on: work.today, by: actor)
                }
            }
            print("voucher \(voucher.number) (\(voucher.id)): \(amount) to the \(to.rawValue)")
        }
    }
}

/// An amount as a person types it.
func yuan(_ text: String) throws -> Money {
    guard let amount = Money(yuan: text), amount.isPositive else {
        throw ValidationError("'\(text)' is not an amount: write yuan such as 1200 or 1,200.50.")
    }
    return amount
}
