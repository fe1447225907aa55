import Banking
import Ledger
import Testing

struct BankFileTests {
    @Test(arguments: Samples.all)
    func `every format is recognised and says the same`(format: StatementFormat, text: String)
        throws
    {
        let bytes = Array(text.utf8)
        #expect(try statementFormat(of: bytes) == format)
        let read = try readStatements(bytes, of: Samples.accounts)
        let statement = try #require(read.first)
        #expect(read.count == 1)
        #expect(statement.lines.map(\.amount) == ["-300.50", "4500", "-0.01", "12.34"].map(yuan))
        #expect(statement.lines.map(\.bookedOn) == (1...4).map { day("2025-03-0\($0)") })
        #expect(statement.opening == yuan("1000") && statement.closing == yuan("5211.83"))
        #expect(statement.currency == "CNY")
        #expect(statement.lines[0].counterpartyName == (format == .wechat ? nil : "张三"))
        #expect(statement.lines[0].remittance.contains("先行赔付"))
        #expect(Set(statement.keys).count == 4)
        if ![.camt053, .icbcCorporate].contains(format) {
            #expect(statement.account == Samples.accounts[format.isWallet ? 1 : 0].number)
            #expect(statement.lines[1].remittance.contains("SY-25-0001234-7"))
        }
        // Read again, the keys are the same.
        #expect(try readStatements(bytes, of: Samples.accounts)[0].keys == statement.keys)
    }

    @Test(arguments: Samples.all)
    func `the encoding changes nothing`(format: StatementFormat, text: String) throws {
        let statements = try readStatements(Array(text.utf8), of: Samples.accounts)
        let marked = Array("\u{FEFF}\(text)".utf8)
        #expect(try readStatements(marked, of: Samples.accounts) == statements)
        let chinese = gb18030(text)
        if format == .camt053 {
            #expect(refusal(chinese) == .notUTF8(line: 10))
        } else {
            #expect(try readStatements(chinese, of: Samples.accounts) == statements)
        }
    }

    /// In an export without totals the first or last line of a file can be missing unseen: the next
    /// statement, which must go on from the last balance, shows it then.
    @Test(arguments: Samples.all)
    func `a line taken out or doubled is found`(format: StatementFormat, text: String) throws {
        let rows = rows(of: text)
        let lines = rows.indices.filter { isLine(rows[$0], format) }
        #expect(lines.count >= 4)
        for index in lines {
            let doubled = (rows[...index] + rows[index...]).joined(separator: "\n")
            #expect(refusal(doubled, of: Samples.accounts) != nil, "\(format) row \(index + 1)")
            let shorter = (rows[..<index] + rows[(index + 1)...]).joined(separator: "\n")
            let isSeen =
                switch format {
                case .boc, .abc: index != lines.first && index != lines.last
                case .bocom: index != lines.last
                default: true
                }
            #expect((refusal(shorter, of: Samples.accounts) != nil) == isSeen, "row \(index + 1)")
        }
    }

    /// CR LF is one character to Swift, so that a line feed alone would split nothing.
    private func rows(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    private func isLine(_ row: Substring, _ format: StatementFormat) -> Bool {
        switch format {
        case .camt053: row.hasPrefix("<Ntry>")
        case .mt940: row.hasPrefix(":61:")
        case .icbcCorporate: row.hasPrefix("V")
        case .bocom: row.first.map { "1234".contains($0) } ?? false
        default: row.hasPrefix("2025") || row.hasPrefix("`2025")
        }
    }

    @Test(arguments: [
        (
            StatementFormat.icbcPersonal,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "6222****5678", remittance: "他行汇入 偿还SY-25-0001234-7 网上银行",
                balanceAfter: yuan("5199.50"))
        ),
        (
            .boc,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "622200005678", remittance: "转账收入 偿还SY-25-0001234-7",
                balanceAfter: yuan("5199.50"))
        ),
        (
            .abc,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "622200005678", remittance: "转存 偿还SY-25-0001234-7",
                reference: "100000002", balanceAfter: yuan("5199.50"))
        ),
        (
            .bocom,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "622200005678", remittance: "网银转账 偿还SY-25-0001234-7",
                balanceAfter: yuan("5199.50"))
        ),
        (
            .cmb,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "622200005678", remittance: "汇入汇款 偿还SY-25-0001234-7",
                balanceAfter: yuan("5199.50"))
        ),
        (
            .alipay,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "hd***@163.com", remittance: "转账红包 偿还SY-25-0001234-7",
                reference: "20250302000001")
        ),
        (
            .wechat,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"),
                remittance: "充值 偿还SY-25-0001234-7",
                reference: "1002F1", endToEndID: "TU-7", balanceAfter: yuan("5199.50"))
        ),
        (
            .mt940,
            StatementLine(
                bookedOn: day("2025-03-02"), amount: yuan("4500"), counterpartyName: "海岛旅游公司",
                counterpartyAccount: "622200005678", remittance: "他行汇入 偿还SY-25-0001234-7",
                reference: "B0002")
        ),
    ])
    func `a line keeps all the format says of it`(format: StatementFormat, line: StatementLine)
        throws
    {
        let text = try #require(Samples.all.first { $0.format == format }?.text)
        #expect(try readStatements(Array(text.utf8), of: Samples.accounts)[0].lines[1] == line)
    }

    @Test func `the order in which a bank exports does not matter`() throws {
        for text in [Samples.boc, Samples.abc, Samples.cmb, Samples.wechat, Samples.alipay] {
            var rows = rows(of: text)
            let isLine = { (row: Substring) in row.hasPrefix("2025") || row.hasPrefix("`2025") }
            let places = rows.indices.filter { isLine(rows[$0]) }
            for (place, row) in zip(places, places.reversed().map { rows[$0] }) {
                rows[place] = row
            }
            let turned = rows.joined(separator: "\n")
            #expect(
                try readStatements(Array(turned.utf8), of: Samples.accounts)
                    == readStatements(Array(text.utf8), of: Samples.accounts))
        }
    }

    @Test func `a masked or absent account is the fund's only one that fits`() throws {
        let text = Samples.icbcPersonal
        let other = OwnAccount(number: "6222000000009999", kind: .bank)
        #expect(
            refusal(text, of: Samples.accounts + [other])
                == .unknownAccount(stated: "6222****9999", fitting: 2))
        #expect(
            refusal(text.replacing("6222****9999", with: "6222****9998"), of: Samples.accounts)
                == .unknownAccount(stated: "6222****9998", fitting: 0))
        #expect(refusal(Samples.wechat) == .unknownAccount(stated: nil, fitting: 0))
        #expect(
            refusal(Samples.wechat, of: [Samples.accounts[0]])
                == .unknownAccount(stated: nil, fitting: 0))
        // Without any account to choose from, a mask is the best name there is.
        #expect(try readStatements(Array(text.utf8))[0].account == "6222****9999")
        #expect(refusal(Samples.alipay) == .noBalances(account: "1900000109"))
    }

    @Test func `a bill is the one that was announced, by its digest`() throws {
        let bill = Array("abc".utf8)
        try checkDigest(of: bill, sha1: "A9993E364706816ABA3E25717850C26C9CD0D89D")
        #expect(
            throws: StatementError.digestMismatch(
                stated: "00", expected: "a9993e364706816aba3e25717850c26c9cd0d89d")
        ) { try checkDigest(of: bill, sha1: "00") }
    }

    @Test func `bytes that are no text are refused with their line`() {
        var bytes = gb18030(Samples.boc)
        let second = bytes.firstIndex(of: 10)! + 1
        bytes.insert(0xFF, at: second + 40)
        #expect(refusal(bytes) == .notText(line: 2))
        #expect(refusal(gb18030("赔付") + [10, 0x80]) == .notText(line: 2))
        #expect(refusal(gb18030("赔付") + [10, 10, 0xC5]) == .notText(line: 3))
        #expect(refusal(gb18030("赔付") + [0x81, 0x30, 0x81]) == .notText(line: 1))
        #expect(refusal([0x41, 10, 0]) == .notText(line: 2))
    }
}
