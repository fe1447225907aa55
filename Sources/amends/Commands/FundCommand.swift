import ArgumentParser
import Casework
import Ledger
import Web
import Workflow

struct FundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund",
        abstract:
            "Money into the fund and between its accounts, what is owed to it, how long it lasts.",
        subcommands: [Grant.self, Transfer.self, FundAgeing.self, Outlook.self])

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

extension FundCommand {
    struct Outlook: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How long the fund lasts at the rate of the last thirteen weeks.",
            discussion: """
                An estimate. The range is that of the four heaviest and the four lightest of these weeks; \
                money granted to the fund does not count.
                """)
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let outlook = try await options.withOffice { try await $0.outlook() }
            let view = OutlookView(outlook)
            if options.json { return try printJSON(view) }
            func weeks(_ count: Int64?) -> String {
                count.map { "\($0) weeks" } ?? "does not run out"
            }
            let rows = [
                ["cash at bank and platform", "\(outlook.cash)"],
                ["left if every reservation is released", "\(outlook.ifAllReleased)"],
                ["left if every reservation is returned", "\(outlook.ifAllReturned)"],
                ["taken a week", "\(outlook.weeklyRate)", weeks(view.weeksLeft)],
                ["in the heaviest weeks", "\(outlook.heavyRate)", weeks(view.weeksLeftAtLeast)],
                ["in the lightest weeks", "\(outlook.lightRate)", weeks(view.weeksLeftAtMost)],
            ]
            print(columns(rows, numeric: [1]))
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
