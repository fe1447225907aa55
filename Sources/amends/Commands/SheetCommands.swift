import ArgumentParser
import Ledger
import Store
import Workflow

extension BookSheet: ExpressibleByArgument {}

extension LedgerCommand {
    struct SheetCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sheet",
            abstract: "A sheet of the books as CSV that Excel opens.",
            discussion: """
                trial-balance 科目余额表, journal 序时账, general-ledger 总账, subsidiary-ledger 明细账, \
                aged-receivables 账龄, fund-statement 资金收支表.
                """)
        @Argument(help: "Which sheet.") var sheet: BookSheet
        @Option(help: "The period: 2025-03-08, 2025-03 or 2025; this month when left out.")
        var period: PeriodArgument?
        @Option(help: "Of a subsidiary ledger: the accounts under this code alone.")
        var account: String?
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let text = try await options.withOffice { office in
                let today = office.books.zone.day(at: office.now())
                let period = period?.period ?? .month(of: today)
                return try await office.sheet(
                    sheet, days: period.firstDay...period.lastDay, code: account)
            }
            print(text, terminator: "")
        }
    }

    struct VoucherCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "voucher", abstract: "A voucher as a sheet for paper (记账凭证).")
        @Argument(help: "Its number.") var number: Int64
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let sheet = try await options.withOffice { office in
                let books = office.books
                var filter = VoucherFilter()
                (filter.after, filter.limit) = (max(number, 1) - 1, 1)
                let page = try await office.read { [filter] in
                    try $0.vouchers(books.fund, filter)
                }
                return page.first { $0.number == number }?.sheet(books.chart)
            }
            guard let sheet else { throw ValidationError("there is no voucher \(number)") }
            print(sheet, terminator: "")
        }
    }
}
