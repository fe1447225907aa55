import Banking
import Foundation
import Ledger
import Testing

private let heading = "凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息"

struct CorporateCSVTests {
    @Test func `a corporate export is read line by line`() throws {
        let text = """
            账户明细,,,\r
            起始日期:2025-03-01,\r
            \r
            \(heading)\r
            0001 ,\t2201 ,6222000,2025-03-01 09:30:00,借,"1,300.50",,1026,转账,赔付 SY-25-0001234-K,张三,"8,699.50",\r
            0002,2201,6222001,20250302,贷,0.00,990,1026,转账,偿还,海岛旅游公司,9689.50,附言,\r
            合计,,,,,1300.50,990.00,,,,,,\r

            """
        for prefix in ["", "\u{FEFF}"] {
            let statement = try parseCorporateCSV(Array((prefix + text).utf8))
            #expect(statement.account == "2201")
            #expect(statement.currency == "CNY")
            #expect(statement.opening == yuan("10000"))
            #expect(statement.closing == yuan("9689.50"))
            #expect((statement.from, statement.to) == (day("2025-03-01"), day("2025-03-02")))
            #expect(
                statement.lines == [
                    StatementLine(
                        bookedOn: day("2025-03-01"), amount: yuan("-1300.50"),
                        counterpartyName: "张三",
                        counterpartyAccount: "6222000", remittance: "转账 赔付 SY-25-0001234-K",
                        reference: "0001", balanceAfter: yuan("8699.50")),
                    StatementLine(
                        bookedOn: day("2025-03-02"), amount: yuan("990"),
                        counterpartyName: "海岛旅游公司",
                        counterpartyAccount: "6222001", remittance: "转账 偿还 附言", reference: "0002",
                        balanceAfter: yuan("9689.50")),
                ])
        }
    }

    @Test func `what is written is read again, forward and backward`() throws {
        let statement = sample()
        let text = writeCorporateCSV(statement)
        #expect(try parseCorporateCSV(Array(text.utf8)) == statement)
        var rows = text.components(separatedBy: "\r\n").dropLast()
        let total = rows.removeLast()
        let backward = [rows[0]] + rows.dropFirst().reversed() + [total]
        let read = try parseCorporateCSV(Array(backward.joined(separator: "\n").utf8))
        #expect(read == statement)
        #expect(try readStatements(Array(text.utf8)) == [statement])
    }

    @Test func `columns may stand in another order`() throws {
        let text =
            "余额,贷方发生额,借方发生额,借/贷,交易时间,本方账号,凭证号,对方账号,对方行号,摘要,用途,对方单位名称,个性化信息\n5,5,,贷,2025/03/01,22,1,,,,,,"
        #expect(try parseCorporateCSV(Array(text.utf8)).lines.first?.amount == yuan("5"))
    }

    @Test(arguments: [
        (
            "1,22,,2025-03-01,借,5.005,,,,,,5,",
            "Line 2, column 6 (借方发生额): “5.005” is no amount; at most two decimals."
        ),
        (
            "1,22,,2025-02-30,借,5,,,,,,5,",
            "Line 2, column 4 (交易时间): “2025-02-30” is no date; write yyyy-MM-dd."
        ),
        ("1,22,,,借,5,,,,,,5,", "Line 2, column 4 (交易时间) is missing or empty."),
        (
            "1,22,,2025-03-01,贷,5,,,,,,5,",
            "Line 2, column 5 (借/贷): “贷” does not say debit or credit as the amounts do."
        ),
        (
            "1,22,,2025-03-01,借,5,5,,,,,5,",
            "Line 2, column 6 (借方发生额): “5 / 5” is no amount; at most two decimals."
        ),
        (
            "1,22,,2025-03-01,借,,,,,,,5,",
            "Line 2, column 6 (借方发生额): “ / ” is no amount; at most two decimals."
        ),
        (
            "1,22,,2025-03-01,贷,,1e3,,,,,5,",
            "Line 2, column 7 (贷方发生额): “1e3” is no amount; at most two decimals."
        ),
        ("1,22,,2025-03-01,借,5,,,,,,,", "Line 2, column 12 (余额) is missing or empty."),
        ("1,,,2025-03-01,借,5,,,,,,5,", "Line 2, column 2 (本方账号) is missing or empty."),
        (
            "1,22,,2025-03-01,借,5,,",
            "Line 2 has 8 cells instead of 13; is a comma or quotation mark wrong?"
        ),
        (
            "1,22,,2025-03-01,借,5,,,a\"b,,,5,",
            "Line 2, column 9: a stray quotation mark; write it twice, in a quoted cell."
        ),
        (
            "1,22,,2025-03-01,借,5,,,\"a\"b,,,5,",
            "Line 2, column 9: a stray quotation mark; write it twice, in a quoted cell."
        ),
        (
            "1,22,,2025-03-01,借,5,,,\"ab,,,5,",
            "Line 2, column 9: a quotation mark is never closed; is the file cut off?"
        ),
        ("", "The file has no lines, so its balances are not known; export a day with lines."),
        (
            "1,22,,2025-03-01,借,5,,,,,,5,\n2,23,,2025-03-01,借,5,,,,,,0,",
            "Line 3, column 2 (本方账号): account “23” in a statement of “22”; export one account a file."
        ),
        (
            "1,22,,2025-03-01,借,5,,,,,,50,\n2,22,,2025-03-01,借,5,,,,,,46,",
            "Line 3, column 12 (余额): the balance reads 46.00, but 45.00 follows; is a line missing?"
        ),
        (
            "1,22,,2025-03-01,借,5,,,,,,50,\n合计,,,,,6,,,,,,,",
            "Line 3, column 6 (借方发生额): the total reads 6.00, but the lines give 5.00; is a line missing?"
        ),
        (
            "1,22,,2025-03-01,借,5,,,,,,50,\n合计,,,,,5,1,,,,,,",
            "Line 3, column 7 (贷方发生额): the total reads 1.00, but the lines give 0.00; is a line missing?"
        ),
        ("1,22,,2025-03-01,借,92233720368547758.07,,,,,,-5,", nil),
        (
            "1,22,,2025-03-01,借,92233720368547758.07,,,,,,5,",
            "Line 2, column 12 (余额): “5.00” is no amount; at most two decimals."
        ),
    ])
    func `a bad export is refused whole, with place, value and mend`(row: String, expected: String?)
    {
        #expect(refusal(heading + "\n" + row)?.description == expected)
    }

    @Test func `other files are refused for what they are`() {
        #expect(refusal("") == .unknownFormat)
        #expect(refusal("a,b\n1,2") == .unknownFormat)
        #expect(refusal(heading.replacing("余额", with: "结余")) == .noHeading(missing: "余额"))
        #expect(refusal([0x41, 10, 0xC4, 0xFA]) == .unknownFormat)
        #expect(refusal([0x41, 10, 0xC4, 0xFF]) == .notText(line: 2))
        #expect(refusal("a\n\n\0") == .notText(line: 3))
        let long = heading + "\n" + String(repeating: "x", count: StatementLimit.cellBytes + 1)
        #expect(refusal(long) == .cellTooLong(Place(line: 2, column: 1)))
        let quoted = heading + "\n\"" + String(repeating: "x", count: StatementLimit.cellBytes + 1)
        #expect(refusal(quoted) == .cellTooLong(Place(line: 2, column: 1)))
        let huge = [UInt8](repeating: 32, count: StatementLimit.bytes + 1)
        #expect(refusal(huge) == .tooLarge(bytes: StatementLimit.bytes + 1))
    }

    @Test
    func `a quoted cell may hold commas, quotes and line breaks, and lines are still counted`() {
        let row = "1,22,,2025-03-01,借,5,,,\"a,\"\"b\n\nc\",,,50,\n"
        #expect(refusal(heading + "\n" + row) == nil)
        let next = "2,22,,2025-03-01,借,x,,,,,,50,"
        #expect(
            refusal(heading + "\r\n" + row + next)
                == .badAmount(Place(line: 5, column: 6, field: "借方发生额"), "x"))
    }
}
