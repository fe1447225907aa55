import Banking
import Ledger
import Randomness
import Testing

private let head = ":20:R1\n:25:6222\n:28C:1\n:60F:C250301CNY100,\n"
private let tail = ":62F:C250305CNY105,\n-\n"

/// One statement with these fields between opening and closing, 5.00 apart.
private func line(_ fields: String) throws(StatementError) -> StatementLine? {
    try readStatements(Array((head + fields + "\n" + tail).utf8)).first?.lines.first
}

private func words(_ text: String) -> String? { refusal(text)?.description }

struct MT940Tests {
    @Test(arguments: [1, 2, 3, Int.max])
    func `what is written is read again, in one page or several`(linesPerPage: Int) throws {
        let written = writeMT940(sample(), linesPerPage: linesPerPage)
        let expected = sample(withBalances: false)
        let read = try #require(try readStatements(Array(written.utf8)).first)
        #expect(read.lines == expected.lines)
        #expect(read.opening == expected.opening && read.closing == expected.closing)
        #expect(read.account == expected.account && read.currency == "CNY")
        #expect((read.from, read.to) == (expected.from, expected.to))
        let unix = written.replacing("\r\n", with: "\n")
        #expect(try readStatements(Array(unix.utf8)) == [read])
    }

    @Test func `long texts, odd starts of lines and reversals survive the fold`() throws {
        var random = SeededRandom(seed: 3)
        let letters = Array("赔付偿还SY25-0001234:-/?ab  ")
        for _ in 0..<300 {
            func text(_ count: Int) -> String {
                let raw = (0..<count).map { _ in letters.randomElement(using: &random)! }
                return String(raw).split(separator: " ").joined(separator: " ")
            }
            let lines = (0..<3).map { _ in
                StatementLine(
                    bookedOn: day("2025-03-0\(Int.random(in: 1...9, using: &random))"),
                    amount: Money(fen: Int64.random(in: 1...99_999_999, using: &random)),
                    counterpartyName: "甲\(text(20))乙", counterpartyAccount: "6222\(text(3))1",
                    remittance: "甲\(text(Int.random(in: 0...300, using: &random)))乙",
                    reference: "R\(text(20))1", endToEndID: "E\(text(9))1",
                    isReversal: Bool.random(using: &random))
            }
            let sum = lines.reduce(Int64(0)) { $0 + $1.amount.fen }
            let statement = Statement(
                account: "1", id: "R1", from: day("2025-03-01"), to: day("2025-03-09"),
                opening: Money(fen: -5), closing: Money(fen: sum - 5), lines: lines)
            #expect(try readStatements(Array(writeMT940(statement).utf8)) == [statement])
        }
    }

    @Test(arguments: [
        ("2503030303C5,NTRFX", "2025-03-03", "5"), ("250303C5,00NTRFX", "2025-03-03", "5"),
        ("2503030304RD5,NTRFX", "2025-03-04", "5"),
    ])
    func `mark, date and amount are read as SWIFT writes them`(
        text: String, date: String, amount: String
    ) throws {
        let read = try #require(try line(":61:\(text)"))
        #expect(read.bookedOn == day(date) && read.amount == yuan(amount))
        #expect(read.isReversal == text.contains("RD"))
    }

    @Test(arguments: [
        ("251231", "0102", "2026-01-02"), ("260102", "1231", "2025-12-31"),
        ("240228", "0229", "2024-02-29"), ("240301", "0229", "2024-02-29"),
        ("250601", "0601", "2025-06-01"),
    ])
    func `an entry date takes the year nearest its value date`(
        value: String, entry: String, booked: String
    ) throws {
        let text = """
            :20:R
            :25:1
            :28C:1
            :60F:C240101CNY0,
            :61:\(value)\(entry)C5,NTRFX
            :62F:C261231CNY5,
            """
        #expect(try readStatements(Array(text.utf8))[0].lines[0].bookedOn == day(booked))
    }

    @Test(arguments: [
        ("NTRFPO-1//B1", "PO-1", "B1"), ("NTRFNONREF//B1", nil, "B1"), ("NTRFPO-1", "PO-1", nil),
        ("NTRF//B1", nil, "B1"), ("S103PO-1", "PO-1", nil), ("NTRFNONREF//NONREF", nil, nil),
    ])
    func `our reference and the bank's are told apart`(text: String, ours: String?, bank: String?)
        throws
    {
        let read = try #require(try line(":61:250303C5,\(text)"))
        #expect(read.endToEndID == ours && read.reference == bank)
    }

    @Test(arguments: [
        ("偿还\nSY-25-0001234-7", nil, "偿还 SY-25-0001234-7"), ("", nil, ""),
        ("/REMI/1/2/3 of\n SY", nil, "1/2/3 of SY"), ("/NAME/A/S//REMI/x", "A/S/", "x"),
        ("/BENM//NAME/张三/REMI/赔付", "张三", "赔付"), ("/TRTP/SEPA/REMI/x/NAME/y", "y", "x"),
        ("?20a?21b?32张?33三", "张三", "ab"), ("077?00转账?20a?60b?31622", nil, "转账 ab"),
        ("/x/y", nil, "/x/y"), ("a?20b", nil, "a?20b"), ("/REMI", nil, "/REMI"),
    ])
    func `text is read in the three habits of banks`(
        text: String, name: String?, remittance: String
    )
        throws
    {
        let read = try #require(try line(":61:250303C5,NTRFX\n:86:\(text)"))
        #expect(read.remittance == remittance && read.counterpartyName == name)
    }

    @Test func `several statements of a file must go on from each other`() throws {
        let first = writeMT940(sample())
        let next = writeMT940(sample(opening: "5211.83"))
        #expect(try readStatements(Array((first + next).utf8)).count == 2)
        #expect(
            refusal(first + first)
                == .gap(
                    previousClosing: yuan("5211.83"), opening: yuan("1000"),
                    previousDay: day("2025-03-04")))
        let other = writeMT940(
            Statement(
                account: "2", from: day("2025-03-01"), to: day("2025-03-01"), opening: .zero,
                closing: .zero, lines: []))
        #expect(try readStatements(Array((first + other).utf8)).map(\.account).last == "2")
    }

    @Test(arguments: [
        (":61:250303C5NTRFX", "Line 5, column 1 (:61:): “5” is no amount; at most two decimals."),
        (
            ":61:250303C5,005NTRFX",
            "Line 5, column 1 (:61:): “5,005” is no amount; at most two decimals."
        ),
        (
            ":61:250303C5.00NTRFX",
            "Line 5, column 1 (:61:): “5.00” is no amount; at most two decimals."
        ),
        (":61:250303C,5NTRFX", "Line 5, column 1 (:61:): “,5” is no amount; at most two decimals."),
        (":61:250303C0,NTRFX", "Line 5, column 1 (:61:): “0” is no amount; at most two decimals."),
        (
            ":61:250303X5,NTRFX",
            "Line 5, column 1 (:61:): “X” does not say debit or credit as the amounts do."
        ),
        (
            ":61:250303EC5,NTRFX",
            "Line 5, column 1 (:61:): “E” does not say debit or credit as the amounts do."
        ),
        (":61:250230C5,NTRFX", "Line 5, column 1 (:61:): “250230” is no date; write yyyy-MM-dd."),
        (":61:2503031301C5,NTRFX", "Line 5, column 1 (:61:): “1301” is no date; write yyyy-MM-dd."),
        (
            ":61:250303C5,XTRFX",
            "Line 5, column 1 (:61:): “250303C5,XTRFX” is not of the form of this field; export the file again."
        ),
        (
            ":86:text",
            "Line 5, column 1 (:86:) may not stand here; is a line missing? Export the file again."
        ),
        (
            ":61:250303C5,NTRFX\n:86:a\n:86:b",
            "Line 7, column 1 (:86:) may not stand here; is a line missing? Export the file again."
        ),
        (
            ":61:250303C5,NTRFX\n:25:1",
            "Line 6, column 1 (:25:) may not stand here; is a line missing? Export the file again."
        ),
        (
            ":61:250303C5,NTRFX\n:99:1",
            "Line 6, column 1 (:99:) may not stand here; is a line missing? Export the file again."
        ),
        (
            ":61:250303C5,NTRFX\n:62F:C250304CNY105,",
            "Line 7, column 1 (:62F:) may not stand here; is a line missing? Export the file again."
        ),
    ])
    func `a field that does not fit is named`(fields: String, expected: String) {
        #expect(words(head + fields + "\n" + tail) == expected)
    }

    @Test func `a page or field that is missing is named`() {
        let body = ":61:250303C5,NTRFX\n"
        #expect(words(head + body) == "Line 5, column 1 (:62F:) is missing or empty.")
        #expect(
            words(head + body + ":62M:C250305CNY105,\n-\n")
                == "Line 6, column 1 (:62F:) is missing or empty.")
        #expect(
            words((head + body + tail).replacing("60F", with: "60M"))
                == "Line 4, column 1 (:60F:) is missing or empty.")
        #expect(
            words((head + body + tail).replacing(":25:6222\n", with: ""))
                == "Line 5, column 1 (:25:) is missing or empty.")
        #expect(
            words((head + body + tail).replacing(":28C:1", with: ":28C:x"))
                == "Line 3, column 1 (:28C:): “x” is not of the form of this field; export the file again."
        )
        #expect(
            words(head + body + tail + "abc\n")
                == "Line 8, column 1: “abc” is not of the form of this field; export the file again."
        )
        #expect(
            words(head + body + tail + ":61:x\n")
                == "Line 8, column 1 (:61:) may not stand here; is a line missing? Export the file again."
        )
        #expect(words("{1:F01}{2:I940}") == StatementError.noLines.description)
        #expect(
            words(head + body + tail.replacing("0305CNY", with: "0201CNY"))
                == "Line 6, column 1 (:62F:): “2025-02-01” is no date; write yyyy-MM-dd.")
    }
}
