import ArgumentParser
import Casework
import Foundation
import Ledger
import Store
import Workflow

struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments",
        abstract: "Payouts by bank: files that one person prepares and another releases.",
        subcommands: [
            List.self, Prepare.self, Release.self, Withdraw.self, Document.self, Report.self,
            Return.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Payment files, the newest first, and payouts that wait for one.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let (files, waiting) = try await options.withOffice { office in
                try await office.read {
                    (try $0.paymentFiles(limit: 200), try $0.payoutsWaiting(limit: 500))
                }
            }
            print(
                columns(
                    files.map { file in
                        [
                            file.id, file.state.rawValue, "\(file.payments)",
                            file.amount.description, "\(file.open) open", "\(file.executionOn)",
                            file.preparedBy, file.decidedBy ?? "",
                        ]
                    }, numeric: [2, 3]))
            for payout in waiting {
                print("waiting: \(payout.number) \(payout.amount)")
            }
        }
    }

    struct Prepare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the payouts that wait into a file, the oldest first.")
        @Option(help: "When the bank is to pay; today when left out.") var day: String?
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let wanted = try day.map { text in
                guard let day = Day(text) else {
                    throw ValidationError("'\(text)' is no day: write it like 2024-07-31.")
                }
                return day
            }
            let actor = options.actor(.cashier)
            let prepared = try await options.withOffice { office in
                try await office.work {
                    try $0.preparePayments(executionOn: wanted ?? $0.today, by: actor)
                }
            }
            for left in prepared.leftOut { print("left out: \(left.field): \(left.english)") }
            print(
                "\(prepared.file.id): \(prepared.file.payments) payments, \(prepared.file.amount); "
                    + "another person releases it: amends payments release \(prepared.file.id) --as NAME"
            )
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a prepared file leave for the bank, as another person.")
        @Argument(help: "The file's number.") var file: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.accountant)
            let row = try await options.withOffice { office in
                try await office.work { try $0.releasePayments(file, by: actor) }
            }
            print("released: hand in the document (amends payments document \(row.id))")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take apart a file that was not released; its payouts wait for another.")
        @Argument(help: "The file's number.") var file: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.cashier)
            let row = try await options.withOffice { office in
                try await office.work { try $0.withdrawPayments(file, by: actor) }
            }
            print("withdrawn: \(row.payments) payouts wait for another file")
        }
    }

    struct Document: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the document for the bank (pain.001.001.09); only once released.")
        @Argument(help: "The file's number.") var file: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.cashier)
            let document = try await options.withOffice { office in
                try await office.work { try $0.paymentDocument(file, for: actor) }
            }
            FileHandle.standardOutput.write(Data(document.utf8))
        }
    }

    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the bank's answer to a payment file (pain.002).",
            discussion: "Whole or not at all; the same answer again changes nothing.")
        @Argument(help: "The bank's file, or - for standard input.") var answer: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let bytes = try read(answer)
            let actor = options.actor(.cashier)
            let taken = try await options.withOffice { office in
                try await office.work { try $0.takePaymentReport(bytes, by: actor) }
            }
            if taken.isRepeat { return print("taken before: nothing changed") }
            print(
                "\(taken.file.id): \(taken.paid) paid, \(taken.failed) failed, "
                    + "\(taken.underWay) under way")
        }
    }

    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn back a payout that no file holds, so that its payee can be corrected.")
        @Argument(help: "The payout's number.") var number: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.cashier)
            let file = try await options.withOffice { office in
                try await office.work {
                    try $0.turnBackPayout(number, reason: reason, by: actor)
                }
            }
            print("turned back: correct the payee of \(file.id) and send it again")
        }
    }
}
