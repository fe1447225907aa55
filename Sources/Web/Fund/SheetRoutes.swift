import Casework
import HTTPTypes
import Hummingbird
import Ledger
import Store
import Workflow

/// What an accountant or auditor takes away: sheets as CSV, vouchers for paper, the outlook.
enum SheetRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/fund/outlook", id: "showOutlook",
            summary: Phrase("资金可用多久，按近十三周估计", "How long the fund lasts, by the last 13 weeks"),
            access: .action(.readBooks), success: .view(200, OutlookView.self)
        ) { call in
            Answer(OutlookView(try await call.office.outlook()))
        },
        Route(
            method: .get, path: "/api/v1/ledger/sheets/{sheet}", id: "showSheet",
            summary: Phrase(
                "账表（CSV）：科目余额表、序时账、总账、明细账、账龄、资金收支表",
                "A sheet as CSV: trial balance, journal, general and subsidiary ledger, ages, statement"
            ),
            access: .action(.readBooks),
            query: parameters, success: .bytes
        ) { call in
            try await call.sheet()
        },
        Route(
            method: .get, path: "/api/v1/vouchers/{number}/sheet", id: "showVoucherSheet",
            summary: Phrase("一张凭证，供打印", "A voucher as a sheet for paper"),
            access: .action(.readBooks), success: .bytes
        ) { call in
            let voucher = try await call.voucher()
            return Answer(
                200, "text/plain; charset=utf-8",
                ByteBuffer(string: voucher.sheet(call.office.books.chart)))
        },
    ]

    static let parameters: [Route.QueryParameter] = [
        .init(
            name: "period", about: Phrase("会计期间，如2025-03", "the period, such as 2025-03"),
            schema: ["type": "string"]),
        .init(
            name: "account", about: Phrase("明细账的科目", "of a subsidiary ledger: the code"),
            schema: ["type": "string"]),
    ]
}

extension Call {
    /// The sheet in the path, as CSV to be kept.
    func sheet() async throws -> Answer {
        let name = part("sheet")
        guard let sheet = BookSheet(rawValue: name) else {
            throw Problem.noSuch(Phrase("账表", "sheet"), name)
        }
        let text = try await office.sheet(sheet, days: try days(), code: query("account"))
        return Answer(200, "text/csv; charset=utf-8", ByteBuffer(string: text))
            .with(.contentDisposition, "attachment; filename=\"\(sheet.rawValue).csv\"")
    }

    /// The days of the `period` asked for; this month's when none is.
    fileprivate func days() throws -> ClosedRange<Day> {
        guard let text = query("period") else {
            let month = Period.month(of: zone.day(at: office.now()))
            return month.firstDay...month.lastDay
        }
        guard let period = Period(text) else {
            throw Problem.malformedQuery(
                "period", "应为期间，如2025-03-08、2025-03或2025",
                "must be a period such as 2025-03-08, 2025-03 or 2025")
        }
        return period.firstDay...period.lastDay
    }

    /// The voucher whose number is in the path.
    func voucher() async throws -> Voucher {
        let text = part("number")
        guard let number = Int64(text), number > 0, number < .max else {
            throw Problem.noSuch(Phrase("凭证", "voucher"), text)
        }
        var filter = VoucherFilter()
        (filter.after, filter.limit) = (number - 1, 1)
        let fund = office.books.fund
        let page = try await office.read { [filter] in try $0.vouchers(fund, filter) }
        guard let voucher = page.first, voucher.number == number else {
            throw Problem.noSuch(Phrase("凭证", "voucher"), text)
        }
        return voucher
    }
}
