import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

/// What may be taken away from the books, by people who log in: the same bytes as the command line gives.
enum DownloadPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/money/books/{format}", "booksDownload", Phrase("全部凭证", "All vouchers"),
            .action(.readBooks)
        ) { call in
            let name = call.part("format")
            guard let format = BookFormat(rawValue: name) else {
                throw Problem.noSuch(Phrase("格式", "format"), name)
            }
            let chart = call.office.books.chart
            let text = format.text(of: try await call.office.allVouchers(), chart: chart)
            return Answer(200, format.mediaType, ByteBuffer(string: text)).with(
                .contentDisposition,
                "attachment; filename=\"\(call.office.books.fund).\(format.suffix)\"")
        },
        PageRoutes.page(
            "/money/sheets/{sheet}", "sheetDownload", Phrase("账表（CSV）", "A sheet as CSV"),
            .action(.readBooks), query: SheetRoutes.parameters
        ) { call in
            try await call.sheet()
        },
        PageRoutes.page(
            "/money/checkpoints", "checkpointsDownload",
            Phrase("签名检查点", "Signed checkpoints"), .action(.readBooks)
        ) { call in
            let fund = call.office.books.fund
            let texts = try await call.office.read { try $0.checkpoints(fund).map(\.text) }
            return Answer(
                200, "text/plain; charset=utf-8",
                ByteBuffer(string: texts.joined(separator: "\n"))
            ).with(.contentDisposition, "attachment; filename=\"\(fund)-checkpoints.txt\"")
        },
    ]
}

/// A form in which all vouchers can be taken away.
enum BookFormat: String, CaseIterable, Sendable {
    case hledger, beancount, csv, jsonl

    var suffix: String { self == .hledger ? "journal" : rawValue }

    var mediaType: String {
        switch self {
        case .hledger, .beancount: "text/plain; charset=utf-8"
        case .csv: "text/csv; charset=utf-8"
        case .jsonl: "application/jsonl"
        }
    }

    func text(of vouchers: [Voucher], chart: Chart) -> String {
        switch self {
        case .hledger: Export.hledger(of: vouchers, chart: chart)
        case .beancount: Export.beancount(of: vouchers, chart: chart)
        case .csv: Export.journalCSV(of: vouchers, chart: chart)
        case .jsonl: Export.jsonLines(of: vouchers)
        }
    }
}

/// The links to all of them.
struct DownloadsPart {
    let parts: Parts
    let month: Period

    var markup: HTML {
        let books: [HTML] = BookFormat.allCases.map { format in
            "<a class=\"button second\" href=\"\(Link.money.below("books").below(format.rawValue))\" download>\(format.rawValue)</a>\n"
        }
        let sheets: [HTML] = BookSheet.allCases.map { sheet in
            let link = Link.money.below("sheets").below(sheet.rawValue)
                .with("period", month.description)
            return
                "<a class=\"button second\" href=\"\(link)\" download>\(parts.say(Self.name(sheet)))</a>\n"
        }
        let checkpoints: HTML =
            "<a class=\"button second\" href=\"\(Link.money.below("checkpoints"))\" download>\(parts.word(.checkpoints))</a>"
        return """
            <h3>\(parts.say(Phrase("全部凭证", "All vouchers")))</h3><p class="offers">\(books)\(checkpoints)</p>
            <h3>\(parts.say(Phrase("账表（CSV），\(month)", "Sheets (CSV), \(month)")))</h3><p class="offers">\(sheets)</p>
            """
    }

    private static func name(_ sheet: BookSheet) -> Phrase {
        switch sheet {
        case .trialBalance: Phrase("科目余额表", "Trial balance")
        case .journal: Phrase("序时账", "Journal")
        case .generalLedger: Phrase("总账", "General ledger")
        case .subsidiaryLedger: Phrase("明细账", "Subsidiary ledger")
        case .agedReceivables: Phrase("应追偿款账龄", "Ages of receivables")
        case .fundStatement: Phrase("资金收支表", "Statement of the fund")
        }
    }
}
