import Foundation
import Ledger
import Testing

/// The tutorial of `Ledger` as code: what stands between the marks is what the article shows.
@Suite struct TutorialTests {
    @Test func `the tutorial does what it says`() throws {
        // tutorial
        var book = Book(chart: .advanceFund, fund: "sanya")
        let morning = try #require(Moment("2025-03-08T09:00:00+08:00"))
        let today = try #require(Day("2025-03-08"))
        let million = Money(fen: 100_000_000)
        let grant = Draft(
            id: ID("grant-1"), fund: "sanya", businessDate: today, reason: "财政拨款", source: "doc-7",
            maker: "chen", lines: Posting.appropriation(million))
        _ = try book.post(grant, at: morning)

        let claim = ID<Reservation>("SY-25-0001234-7/advance/1")
        let reserve = Draft(
            id: ID("SY-25-0001234-7#5"), fund: "sanya", businessDate: today, reason: "冻结",
            source: "SY-25-0001234-7#5", maker: "office",
            lines: Posting.reserve(Money(fen: 80_000), as: claim))
        let voucher = try book.post(reserve, at: morning)
        let spendable = book.free(Chart.spendableGuard)
        let again = try book.post(reserve, at: morning)

        let proof = verify(
            [try book.post(grant, at: morning), voucher], chart: .advanceFund, fund: "sanya")
        let isSound = proof.fault == nil
        // end

        #expect(spendable == Money(fen: 99_920_000))
        #expect(again == voucher && book.head.number == 2)
        #expect(isSound && proof.book.head == book.head)
    }

    @Test func `the article shows the code that is tested`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/Ledger/Ledger.docc/KeepAFundsBooks.md"),
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
