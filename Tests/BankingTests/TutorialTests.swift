import Banking
import Foundation
import Ledger
import Testing

/// The tutorial of `Banking` as code: what stands between the marks is what the article shows.
@Suite struct TutorialTests {
    @Test func `the tutorial does what it says`() throws {
        // tutorial
        let file = """
            记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号
            2025-03-01,09:30:00,人民币,-300.50,699.50,转账支出,网上银行,-,SY240001234P1 先行赔付,张三,6222,-,6222021234569999
            2025-03-02,10:00:00,人民币,"4,500.00","5,199.50",转账收入,网上银行,-,偿还,海岛旅游公司,6223,-,6222021234569999

            """
        let statement = try #require(try readStatements(Array(file.utf8)).first)

        let first = try #require(Day("2025-02-20"))
        let last = try #require(Day("2025-03-10"))
        let expected = [
            Expectation(
                id: "P1", kind: .payout, amount: Money(fen: 30_050), numbers: ["SY240001234P1"],
                window: first...last),
            Expectation(
                id: "R1", kind: .repayment, amount: Money(fen: 500_000), numbers: [],
                counterpartyName: "海岛旅游公司", window: first...last),
        ]
        let found = match(lines: statement.lines, expectations: expected)
        let bases = found.matches.map(\.basis)

        var isRefused = false
        do throws(StatementError) {
            _ = try readStatements(Array(file.replacing("699.50", with: "699.51").utf8))
        } catch {
            isRefused = true
        }
        // end

        #expect(
            statement.opening == Money(fen: 100_000) && statement.closing == Money(fen: 519_950))
        #expect(bases == [.number, .partial] && found.unmatched.isEmpty)
        #expect(isRefused)
    }

    @Test func `the article shows the code that is tested`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/Banking/Banking.docc/FindWhatALineIs.md"),
            encoding: .utf8)
        let shown = article.components(separatedBy: "```").enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .flatMap { lines(of: String($0.element.dropFirst("swift".count))) }
        let test = try String(contentsOfFile: #filePath, encoding: .utf8)
        let start = try #require(test.range(of: "// tutorial\n"))
        let end = try #require(test.range(of: "// end\n"))
        #expect(shown == lines(of: String(test[start.upperBound..<end.lowerBound])))
    }

    /// Without indentation and blank lines: the formatter has its own view of both.
    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}
