import Ledger
import Testing

/// A fund that bears fees for good, beside what an advance fund books.
struct FeeWaiverBooksTests {
    private static let chart = Chart(
        entries: Chart.advanceFund.entries + [
            Chart.Entry(Chart.feeWaivers, "费用免除支出", "Fees Waived", .expense, division: .required)
        ], guards: Chart.advanceFund.guards)

    @Test func `waived fees are neither quick pays nor recoverable`() throws {
        let book = try Self.book([
            ("2015-03-02", Posting.appropriation(Money(fen: 100_000))),
            ("2015-03-03", Posting.feeWaiver(Money(fen: 38_000), toCase: "c1", for: "f1")),
            ("2015-03-03", Posting.feeWaiver(Money(fen: 12_000), toCase: "c2", for: "f2")),
            (
                "2015-03-04",
                Posting.payoutSucceeded(Money(fen: 38_000), toCase: "c1", from: Posting.bank)
            ),
            ("2016-03-05", Posting.feeWaiverUnclaimed(Money(fen: 12_000), ofCase: "c2", for: "f2")),
        ])
        let statement = FundStatement(of: book.vouchers)
        #expect(statement.feesWaived == Money(fen: 38_000))
        #expect(statement.quickPaid == .zero && statement.recoverableGross == .zero)
        #expect(statement.approved == Money(fen: 38_000))
        #expect(statement.paidOut == Money(fen: 38_000) && statement.payable == .zero)
        let year = PeriodStatement(
            of: book.vouchers, days: Day("2015-01-01")!...Day("2015-12-31")!,
            known: Moment(ms: .max))
        #expect(year.moved.feesWaived == Money(fen: 50_000))
        #expect(year.closing.spendable == Money(fen: 50_000))
        #expect(year.csv.contains("其中：费用免除,fees waived,500.00"))
        #expect(year.cashFlow == Money(fen: 62_000))
    }

    @Test func `a statement of a fund that waives nothing has no line for them`() throws {
        let book = try Self.book([("2015-03-02", Posting.appropriation(Money(fen: 100_000)))])
        let year = PeriodStatement(
            of: book.vouchers, days: Day("2015-01-01")!...Day("2015-12-31")!,
            known: Moment(ms: .max))
        #expect(!year.csv.contains("费用免除"))
    }

    @Test func `the end of a year carries what was waived into the fund`() throws {
        var book = try Self.book([
            ("2015-03-02", Posting.appropriation(Money(fen: 100_000))),
            ("2015-03-03", Posting.feeWaiver(Money(fen: 38_000), toCase: "c1", for: "f1")),
        ]).book
        let end = Position(
            at: Moment(ms: 2), through: Day("2015-12-31"), head: book.head,
            balances: book.balances, open: [:])
        let drafts = end.carryForward(
            Self.chart, fund: "cq", currency: "CNY", maker: "ann", checker: "sue")
        #expect(drafts.count == 1)
        for draft in drafts { _ = try book.post(draft, at: Moment(ms: 3)) }
        #expect(book.total(Chart.feeWaivers) == .zero)
        #expect(book.total(Chart.available) == Money(fen: -62_000))
    }

    @Test func `a waiver that the pool cannot pay is refused`() throws {
        #expect(throws: PostingError.self) {
            try Self.book([
                ("2015-03-02", Posting.appropriation(Money(fen: 100))),
                ("2015-03-03", Posting.feeWaiver(Money(fen: 101), toCase: "c1", for: "f1")),
            ])
        }
        // The advance fund's own chart knows no such expense.
        var book = Book(chart: .advanceFund, fund: "cq")
        #expect(throws: PostingError.self) {
            let lines = Posting.feeWaiver(Money(fen: 1), toCase: "c", for: "f")
            _ = try book.post(Self.draft(0, "2015-03-03", lines), at: Moment(ms: 0))
        }
    }

    private static func book(
        _ steps: [(day: String, lines: [Line])]
    ) throws -> (book: Book, vouchers: [Voucher]) {
        var book = Book(chart: chart, fund: "cq")
        var vouchers: [Voucher] = []
        for (place, step) in steps.enumerated() {
            vouchers.append(
                try book.post(
                    draft(place, step.day, step.lines), at: Moment(ms: Int64(place))))
        }
        return (book, vouchers)
    }

    private static func draft(_ place: Int, _ day: String, _ lines: [Line]) -> Draft {
        Draft(
            id: ID("d\(place)"), fund: "cq", businessDate: Day(day)!, reason: "r",
            source: "s\(place)", maker: "ann", lines: lines)
    }
}
