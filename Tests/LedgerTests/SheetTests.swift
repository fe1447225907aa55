import Foundation
import Ledger
import Randomness
import Testing

struct SheetTests {
    /// The examples of 支付结算办法, annex 1, where it allows one way, and the ends of the range.
    @Test(arguments: [
        ("1409.50", "壹仟肆佰零玖元伍角"), ("6007.14", "陆仟零柒元壹角肆分"), ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"), ("1680.32", "壹仟陆佰捌拾元叁角贰分"), ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("0", "零元整"), ("0.01", "壹分"), ("0.10", "壹角"), ("0.15", "壹角伍分"), ("10", "壹拾元整"),
        ("1000", "壹仟元整"), ("1001", "壹仟零壹元整"), ("1010", "壹仟零壹拾元整"), ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"), ("100010", "壹拾万零壹拾元整"), ("1000000", "壹佰万元整"), ("3000", "叁仟元整"),
        ("1033022.33", "壹佰零叁万叁仟零贰拾贰元叁角叁分"), ("100000000", "壹亿元整"), ("100000001", "壹亿零壹元整"),
        ("120000000", "壹亿贰仟万元整"), ("101000000", "壹亿零壹佰万元整"), ("-5.20", "负伍元贰角"),
        ("1000000000000", "壹万亿元整"),
        ("92233720368547758.07", "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"),
    ])
    func `an amount is written in capital numerals`(text: String, capitals: String) {
        #expect(yuan(text).chineseCapitals == "人民币" + capitals)
    }

    @Test func `different amounts read differently, and no two zeros stand together`() {
        var random = SeededRandom(seed: 5)
        var seen: [String: Int64] = [:]
        for step in 0..<3_000 {
            let fen = step < 1_500 ? Int64(step) : Int64.random(in: 0...(.max), using: &random)
            let text = Money(fen: fen).chineseCapitals
            #expect(seen.updateValue(fen, forKey: text) == nil)
            #expect(!text.contains("零零") && (!text.contains("零元") || fen == 0), "\(text)")
        }
    }

    @Test func `a voucher prints as accountants know it`() throws {
        let vouchers = try wholeLife()
        #expect(
            vouchers[6].sheet(.advanceFund) == """
                                              记 账 凭 证
                资金：sanya   日期：2025年1月10日   记字第 7 号
                ┌──────────────┬─────────────────────────────────┬──────────┬──────────┐
                │ 摘要         │ 科目                            │ 借方金额 │ 贷方金额 │
                ├──────────────┼─────────────────────────────────┼──────────┼──────────┤
                │ 解冻付给游客 │ 3102 专用基金—冻结              │ 2,500.00 │          │
                │              │ 3101 专用基金—可用              │          │ 2,500.00 │
                │              │ 1122:M00012 应收追偿款—商家     │ 2,500.00 │          │
                │              │ 2241:SY-25-0000001-K 应付赔付款 │          │ 2,500.00 │
                ├──────────────┼─────────────────────────────────┼──────────┼──────────┤
                │ 合计         │ 人民币伍仟元整                  │ 5,000.00 │ 5,000.00 │
                └──────────────┴─────────────────────────────────┴──────────┴──────────┘
                制单：王经办   复核：   记账：2025-01-01T09:06:00+08:00
                编号：v7   依据：SY-25-0000001-K#6

                """)
        for voucher in vouchers {
            let lines = voucher.sheet(.advanceFund).split(separator: "\n")
            #expect(lines.count == 10 + voucher.lines.count, "one row a line: \(voucher.id)")
        }
        #expect(vouchers.first { $0.id == ID("w5") }!.sheet(.advanceFund).contains("   冲销 w4\n"))
        #expect(vouchers.first { $0.id == ID("w6") }!.sheet(.advanceFund).contains("   更正 w4\n"))
    }

    @Test func `Excel gets a byte order mark, and no text of a stranger runs as a formula`() throws
    {
        var book = Book(chart: .advanceFund, fund: fund)
        let evil = Account(Chart.receivable, sub: "=2+5")
        let lines = [
            Line(.debit, evil, yuan("1")), Line.credit(Chart.payable, sub: "@C", yuan("1")),
        ]
        let vouchers = try [
            book.post(draft("g", Posting.appropriation(yuan("10"))), at: start),
            book.post(draft("-1+1", lines, reason: "+cmd|' /C calc'!A0"), at: start),
        ]
        let days = Day("2025-01-01")!...Day("2025-12-31")!
        let chart = Chart.advanceFund
        let texts = [
            TrialBalance(of: vouchers, chart: chart).csv,
            GeneralLedger(of: vouchers, chart: chart, days: days).csv,
            SubsidiaryLedger.csv(
                of: SubsidiaryLedger.all(of: vouchers, days: days), chart: chart),
            AgedReceivables(of: vouchers, on: days.upperBound).csv,
            Export.journalCSV(of: vouchers, chart: chart),
        ]
        for text in texts {
            let excel = Export.forExcel(text)
            #expect(Array(excel.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
            for cell in text.split(whereSeparator: { $0 == "," || $0 == "\r\n" }) {
                let bare = cell.drop { $0 == "\"" }
                let runs = bare.first.map { "=+@".contains($0) } ?? false
                #expect(!runs, "\(cell)")
            }
        }
        #expect(texts[3].contains("\r\n'=2+5,0.00,"))
        #expect(texts[4].contains("'+cmd|"))
    }

    @Test func `ledgers read as accountants write them`() throws {
        let vouchers = try sampleVouchers()
        let days = Day("2025-01-02")!...Day("2025-01-31")!
        let general = GeneralLedger(of: vouchers, chart: .advanceFund, days: days)
        let lines = general.csv.components(separatedBy: "\r\n")
        #expect(lines[0] == "科目,名称,name_en,期初方向,期初余额,本期借方,本期贷方,期末方向,期末余额")
        #expect(
            lines[1] == "1002,银行专户存款,Bank,借,10000000.00,6671.34,20001.50,借,9986669.84")
        #expect(
            lines[3].hasPrefix(
                "1122,应收追偿款—商家,Receivable Merchant,贷,300.00,3498.00,1748.00,借,1450.00"))
        let detail = SubsidiaryLedger.all(of: vouchers, days: days, code: Chart.receivable)
        #expect(detail.map(\.account.sub) == ["M00012", "海岛1号"])
        let text = SubsidiaryLedger.csv(of: detail, chart: .advanceFund)
        #expect(text.contains("1122:M00012,应收追偿款—商家,,,期初余额,,,贷,300.00\r\n"))
        #expect(text.contains("1122:M00012,应收追偿款—商家,,,本期合计,2500.00,1650.00,借,550.00\r\n"))
    }

    @Test func `a fund of yen has no decimals, and the plain-text tools read it`() throws {
        var book = Book(chart: .advanceFund, fund: "naha", currency: "JPY")
        let draft = Draft(
            id: ID("g"), fund: "naha", currency: "JPY", businessDate: Day("2025-01-01")!,
            reason: "拨付", source: "s", maker: "m",
            lines: Posting.appropriation(Money(fen: 1_234_567)))
        let vouchers = [try book.post(draft, at: start)]
        let hledger = Export.hledger(of: vouchers, chart: .advanceFund)
        #expect(hledger.contains("commodity 1000. JPY\n") && hledger.contains("  -1234567 JPY\n"))
        #expect(Export.beancount(of: vouchers, chart: .advanceFund).contains("  1234567 JPY\n"))
        #expect(Export.journalCSV(of: vouchers, chart: .advanceFund).contains(",1234567,,JPY,"))
        #expect(
            TrialBalance(of: vouchers, chart: .advanceFund, currency: "JPY").csv.contains(
                "1002,银行专户存款,Bank,1234567,0,1234567\r\n"))
        let sheet = vouchers[0].sheet(.advanceFund)
        #expect(sheet.contains("1,234,567") && !sheet.contains("人民币"))
        let yuan = Draft(
            id: ID("y"), fund: "naha", businessDate: Day("2025-01-01")!, reason: "拨付", source: "s",
            maker: "m", lines: Posting.interest(Money(fen: 1)))
        #expect(throws: PostingError.wrongCurrency("CNY", expected: "JPY")) {
            try book.post(yuan, at: start)
        }
        guard Program.isInstalled("hledger") else { return }
        try Program.with(file: hledger, suffix: "journal") { path in
            let check = try Program.run("hledger", ["-f", path, "check", "-s"])
            #expect(check.status == 0, "\(check.text)")
        }
    }
}
