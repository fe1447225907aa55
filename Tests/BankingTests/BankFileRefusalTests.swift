import Banking
import Ledger
import Testing

/// The sample with `old` replaced once by `new` is refused with these words; nil: it is read.
private func check(
    _ text: String, _ old: String, _ new: String, _ expected: String?,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let range = text.firstRange(of: old) else {
        Issue.record("\(old) does not stand in the sample", sourceLocation: sourceLocation)
        return
    }
    let changed = text.replacingCharacters(range, with: new)
    #expect(
        refusal(changed, of: Samples.accounts)?.description == expected,
        sourceLocation: sourceLocation)
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

struct BankFileRefusalTests {
    @Test(arguments: ["<?x?>", "<?x ?>", "<?x\n?>", "<?xml?>", "<??>"])
    func `an instruction that says nothing is refused, and ends no process`(text: String) {
        let written = text.dropFirst(2).prefix { !$0.isWhitespace && $0 != "?" }
        for place in ["<Stmt>", "<Document "] {
            guard
                case .refusedDeclaration(_, let found)? = refusal(
                    Samples.all[0].text.replacing(
                        place, with: "\(text)\(place)", maxReplacements: 1))
            else {
                Issue.record("\(text) before \(place) is accepted")
                continue
            }
            #expect(found == "<?\(written)?>")
        }
        let report = report("<!-- -->\(text)")
        #expect(throws: PaymentReportError.self) { try parsePain002(Array(report.utf8)) }
    }

    @Test func `a declaration that says another encoding is refused, however long it is`() {
        let blanks = String(repeating: " ", count: 400)
        for encoding in ["UTF-7", "UTF-16", "GB18030", "x"] {
            let text = Samples.all[0].text.replacing(
                "encoding=\"UTF-8\"", with: "\(blanks)encoding=\"\(encoding)\"")
            guard case .refusedDeclaration? = refusal(text) else {
                Issue.record("\(encoding) is accepted: \(String(describing: refusal(text)))")
                continue
            }
        }
        #expect(refusal(Samples.all[0].text, of: Samples.accounts) == nil)
    }

    @Test func `totals and counts that lines do not come to are refused`() {
        check(
            Samples.icbcPersonal, "\"300.51\"", "\"300.52\"",
            "Line 13, column 11 (记账金额(支出)): the total reads 300.52, but the lines give 300.51; is a line missing?"
        )
        check(Samples.icbcPersonal, "\"4,512.34\",\"300.51\"", ",", nil)
        check(
            Samples.icbcPersonal, "\"300.51\"", "\"3,00.51\"",
            "Line 13, column 11 (记账金额(支出)): “3,00.51” is no amount; at most two decimals.")
        check(
            Samples.cmb, "2 笔，共 300.51", "3 笔，共 300.51",
            "Line 10, column 1 (支出合计:3笔，): the total reads 3, but the lines give 2; is a line missing?"
        )
        check(
            Samples.alipay, "共5笔", "共20笔",
            "Line 7, column 1 (共20笔记录): the total reads 20, but the lines give 5; is a line missing?"
        )
        check(
            Samples.alipay, "4512.34元", "4512.35元",
            "Line 8, column 1 (收入：2笔451): the total reads 4512.35, but the lines give 4512.34; is a line missing?"
        )
        check(
            Samples.alipay, "4512.34元", "4512.345元",
            "Line 8, column 1 (收入：2笔451): “4512.345” is no amount; at most two decimals.")
        check(
            Samples.wechat, "`4,`2,`4512.34", "`20,`2,`4512.34",
            "Line 7, column 1 (资金流水总笔数): the total reads 20, but the lines give 4; is a line missing?"
        )
        check(
            Samples.wechat, "`300.51\r\n", "`300.50\r\n",
            "Line 7, column 5 (支出金额): the total reads 300.50, but the lines give 300.51; is a line missing?"
        )
        check(
            Samples.wechat, "`4,`2,`4512.34,`2,`300.51\r\n", "",
            "Line 6, column 1 (资金流水总笔数) is missing or empty.")
        check(
            Samples.wechat, "`4,`2,`4512.34,`2,`300.51\r\n", "`4,`2,`4512.34,`2\r\n",
            "Line 7 has 4 cells instead of 5; is a comma or quotation mark wrong?")
        check(
            Samples.wechat, "`300.51\r\n", "300.51\r\n",
            "Line 7, column 5 (支出金额): “300.51” is not of the form of this field; export the file again."
        )
    }

    @Test func `a balance that does not follow is refused`() {
        check(
            Samples.boc, "\"5,199.49\"", "\"5,199.50\"",
            "Line 4, column 5 (余额): the balance reads 5199.50, but 5199.49 follows; is a line missing?"
        )
        check(
            Samples.abc, "\"5,199.50\"", "\"5,199.60\"",
            "Line 5, column 5 (本次余额): the balance reads 5199.60, but 5199.50 follows; is a line missing?"
        )
        check(
            Samples.cmb, "\"4,500.00\",\"5,199.50\"", "\"4,500.00\",\"5,199.40\"",
            "Line 6, column 4 (联机余额): the balance reads 5199.40, but 5199.50 follows; is a line missing?"
        )
        check(
            Samples.mt940, "CNY5211,83\n:64", "CNY5211,84\n:64",
            "Line 21, column 1 (:62F:): the balance reads 5211.84, but 5211.83 follows; is a line missing?"
        )
        check(
            Samples.mt940, ":60M:C250302CNY5199,5", ":60M:C250302CNY5199,6",
            "Line 16, column 1 (:60M:): the balance reads 5199.60, but 5199.50 follows; is a line missing?"
        )
    }

    @Test func `mixed accounts and currencies are refused`() {
        check(
            Samples.boc, "11:00:00,人民币", "11:00:00,美元",
            "Line 4, column 5 (余额): “USD” where “CNY” is expected; one currency a statement.")
        check(
            Samples.boc, "11:00:00,人民币", "11:00:00,某币",
            "Line 4, column 3 (币别): “某币” where “CNY” is expected; one currency a statement.")
        check(
            Samples.boc, "6222021234569999\n2025-03-03", "6222021234569998\n2025-03-03",
            "Line 3, column 5 (余额): account “6222021234569998” in a statement of “6222021234569999”; export one account a file."
        )
        check(
            Samples.cmb, "2025-03-04,CNY", "2025-03-04,USD",
            "Line 8, column 4 (联机余额): “USD” where “CNY” is expected; one currency a statement.")
        check(
            Samples.mt940, ":65:C250305CNY", ":65:C250305USD",
            "Line 23, column 1 (:65:): “USD” where “CNY” is expected; one currency a statement.")
        check(
            Samples.mt940, "D300,50", "DD300,50",
            "Line 6, column 1 (:61:): “D” where “CNY” is expected; one currency a statement.")
        check(Samples.mt940, "D300,50", "DY300,50", nil)
    }

    @Test func `a line outside the period is refused`() {
        check(
            Samples.cmb, "终止日期: [20250331]", "终止日期: [20250303]",
            "Line 8, column 1 (记账日期): 2025-03-04 is outside 2025-03-01 to 2025-03-03, which the statement covers; export the file again."
        )
        check(
            Samples.icbcPersonal, "2025-03-31", "2025-03-02",
            "Line 8, column 1 (交易日期): 2025-03-04 is outside 2025-03-01 to 2025-03-02, which the statement covers; export the file again."
        )
        check(
            Samples.bocom, "2025-03-31", "2025-03-03",
            "Line 7, column 2 (交易日期): 2025-03-04 is outside 2025-03-01 to 2025-03-03, which the statement covers; export the file again."
        )
        check(
            Samples.abc, "起始日期：20250301", "起始日期：20250302",
            "Line 4, column 1 (交易日期): 2025-03-01 is outside 2025-03-02 to 2025-03-31, which the statement covers; export the file again."
        )
        check(
            Samples.alipay, "[2025-03-31 23:59:59]", "[2025-03-03 23:59:59]",
            "Line 14, column 1 (交易时间): 2025-03-04 is outside 2025-03-01 to 2025-03-03, which the statement covers; export the file again."
        )
        check(
            Samples.mt940, ":61:2503040304", ":61:2503040306",
            "Line 19, column 1 (:61:): 2025-03-06 is outside 2025-02-28 to 2025-03-04, which the statement covers; export the file again."
        )
        check(
            writeCamt053(sample(), createdAt: createdAt), "2025-03-04T23", "2025-03-03T23",
            "Line 13, column 6 (Ntry/Amt): 2025-03-04 is outside 2025-03-01 to 2025-03-03, which the statement covers; export the file again."
        )
    }

    @Test func `the same line twice is refused, though the totals were mended`() {
        let wechat = Samples.wechat.replacing("`1003,`1003F9", with: "`1004,`1004F8")
        #expect(
            refusal(wechat, of: Samples.accounts)
                == .duplicateLine(Place(line: 5, column: 8, field: "账户结余(元)"), first: 4))
        let alipay = Samples.alipay.replacing("20250303000001", with: "20250304000001")
        #expect(
            refusal(alipay, of: Samples.accounts)
                == .duplicateLine(Place(line: 15, column: 7, field: "金额"), first: 14))
        let line = StatementLine(
            bookedOn: day("2025-03-01"), amount: yuan("5"), remittance: "x", reference: "B1")
        func statement(_ lines: [StatementLine]) -> Statement {
            Statement(
                account: "1", from: day("2025-03-01"), to: day("2025-03-01"), opening: .zero,
                closing: yuan("10"), lines: lines)
        }
        let twice = statement([line, line])
        #expect(
            refusal(writeMT940(twice))
                == .duplicateLine(Place(line: 7, column: 1, field: ":61:"), first: 5))
        guard
            case .duplicateLine(let place, let first)? = refusal(
                writeCamt053(twice, createdAt: createdAt))
        else {
            Issue.record("a doubled entry passed")
            return
        }
        #expect(place.line == first + 1)
        // Without a number of the bank's, two equal lines of a day are two.
        let unnumbered = StatementLine(bookedOn: day("2025-03-01"), amount: yuan("5"))
        #expect(refusal(writeMT940(statement([unnumbered, unnumbered]))) == nil)
    }

    @Test func `numbers that run on may not leave one out`() {
        check(
            Samples.bocom, "\n3,2025", "\n4,2025",
            "Line 6, column 1 (序号): number 4 where 3 follows; is a page or line missing?")
        check(
            Samples.mt940, "/002", "/003",
            "Line 16, column 1 (:60M:): number 3 where 2 follows; is a page or line missing?")
        check(
            Samples.mt940, "00003/002", "00004/002",
            "Line 16, column 1 (:60M:): number 4 where 3 follows; is a page or line missing?")
    }

    @Test(arguments: [
        ("-0.01", "-0.015", "“-0.015” is no amount; at most two decimals."),
        ("-0.01", "-1e3", "“-1e3” is no amount; at most two decimals."),
        ("-0.01", "0.00", "“0” is no amount; at most two decimals."),
        ("-0.01", "", "is missing or empty."), ("-0.01", "------", "is missing or empty."),
    ])
    func `an amount that is none is named`(old: String, new: String, words: String) {
        for (text, place) in [
            (Samples.boc, "Line 4, column 4 (金额)"), (Samples.abc, "Line 6, column 4 (交易金额)"),
            (Samples.cmb, "Line 7, column 3 (交易金额)"),
        ] {
            let separator = words.hasPrefix("is") ? " " : ": "
            check(text, old, new, place + separator + words)
        }
    }

    @Test func `what a cell may not say is named`() {
        check(
            Samples.bocom, "借 Dr", "借?",
            "Line 4, column 5 (借贷): “借?” does not say debit or credit as the amounts do.")
        check(
            Samples.bocom, "300.50", "-300.50",
            "Line 4, column 6 (交易金额): “-300.50” is no amount; at most two decimals.")
        check(
            Samples.icbcPersonal, "\"\",\"300.50\"", "\"1.00\",\"300.50\"",
            "Line 11, column 10 (记账金额(收入)): “1.00 / 300.50” is no amount; at most two decimals.")
        check(
            Samples.icbcPersonal, "2025-03-04,\"利息", "2025-02-30,\"利息",
            "Line 8, column 1 (交易日期): “2025-02-30” is no date; write yyyy-MM-dd.")
        check(
            Samples.abc, "20250304,", "2025304,",
            "Line 7, column 1 (交易日期): “2025304” is no date; write yyyy-MM-dd.")
        check(
            Samples.alipay, "交易关闭", "等待付款",
            "Line 16, column 9 (交易状态): “等待付款” is no known status of an entry.")
        check(
            Samples.alipay, ",支出,300.50", ",不计收支,300.50",
            "Line 18, column 6 (收/支): “不计收支” does not say debit or credit as the amounts do.")
        check(
            Samples.wechat, "`1003F9", "`",
            "Line 4, column 3 (资金流水单号) is missing or empty.")
        check(
            Samples.wechat, "`1003F9", "1003F9",
            "Line 4, column 3: “1003F9” is not of the form of this field; export the file again.")
        check(
            Samples.wechat, "`1003F9", "`10,`03",
            "Line 4 has 12 cells instead of 11; is a comma or quotation mark wrong?")
        check(
            Samples.boc, "利息,其他", "\"利息,其他",
            "Line 5, column 6: a quotation mark is never closed; is the file cut off?")
    }

    @Test func `two exports in one file are refused`() {
        check(
            Samples.cmb, "# 支出合计", "2025-03-05,CNY,1,2,x,,\n# 支出合计",
            "Line 10 stands below the totals; were two exports joined? Import them one by one.")
        #expect(
            refusal(Samples.icbcPersonal + Samples.icbcPersonal, of: Samples.accounts)
                == .lineAfterTotals(line: 14))
        #expect(
            refusal(Samples.boc + Samples.boc, of: Samples.accounts)
                == .badAmount(Place(line: 6, column: 4, field: "金额"), "金额"))
    }

    @Test func `a heading with a column gone is named`() {
        check(
            Samples.boc, ",附言,", ",",
            "No heading row was found; the column 附言 is missing. Export with headings.")
        check(
            Samples.wechat, ",账户结余(元)", "",
            "No heading row was found; the column 账户结余(元) is missing. Export with headings.")
        check(
            Samples.abc, "日 志 号", "日志",
            "No heading row was found; the column 日志号 is missing. Export with headings.")
        let rows = Samples.boc.split(separator: "\n")
        #expect(refusal(String(rows[0]), of: Samples.accounts) == .noLines)
    }
}
