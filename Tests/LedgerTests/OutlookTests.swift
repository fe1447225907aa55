import Testing

@testable import Ledger

/// How long the fund lasts.
@Suite struct OutlookTests {
    private static let day = Day("2024-08-04")!

    /// Vouchers of 100.00 each, by days before the day asked for.
    private func vouchers(_ entries: [(id: String, daysAgo: Int, lines: [Line])]) -> [Voucher] {
        var book = Book(chart: .advanceFund, fund: "sanya")
        return entries.map { entry in
            let draft = Draft(
                id: ID(entry.id), fund: "sanya",
                businessDate: Self.day.advanced(by: -entry.daysAgo), reason: "r", source: "s",
                maker: "m", lines: entry.lines)
            return try! book.post(draft, at: Moment(ms: 0))
        }
    }

    private func outlook(_ vouchers: [Voucher]) -> FundOutlook {
        FundOutlook(of: vouchers, on: Self.day, chart: .advanceFund, currency: "CNY")
    }

    @Test func `a steady hundred a week lasts as many weeks as there are hundreds`() {
        let grant = Posting.appropriation(Money(fen: 2_300_00))
        let weeks = (0..<13).map { week in
            (
                "q\(week)", week * 7 + 3,
                Posting.quickPay(Money(fen: 100_00), toCase: "c\(week)", owedBy: "m")
            )
        }
        let found = outlook(vouchers([("g", 200, grant)] + weeks.reversed()))
        #expect(found.weeks == Array(repeating: Money(fen: 100_00), count: 13))
        #expect(found.ifAllReleased == Money(fen: 1_000_00))
        for rate in [found.weeklyRate, found.heavyRate, found.lightRate] {
            #expect(found.weeksLeft(at: rate) == 10)
        }
    }

    @Test func `a grant is no negative week, and a fund that fills up does not run out`() {
        let found = outlook(
            vouchers([
                ("g", 5, Posting.appropriation(Money(fen: 1_000_00))),
                ("q", 20, Posting.quickPay(Money(fen: 100_00), toCase: "c", owedBy: "m")),
                ("r", 1, Posting.merchantRepays(Money(fen: 100_00), by: "m")),
            ]))
        #expect(found.weeks.last == Money(fen: -100_00))
        #expect(found.weeklyRate == .zero && found.weeksLeft(at: found.weeklyRate) == nil)
    }

    @Test func `released or returned, what is reserved makes the difference`() {
        let found = outlook(
            vouchers([
                ("g", 300, Posting.appropriation(Money(fen: 1_000_00))),
                ("r", 300, Posting.reserve(Money(fen: 300_00), as: ID("c/1"))),
            ]))
        #expect(found.ifAllReleased == Money(fen: 700_00))
        #expect(found.ifAllReturned == Money(fen: 1_000_00))
        #expect(found.weeks.allSatisfy { $0 == .zero })
    }
}
