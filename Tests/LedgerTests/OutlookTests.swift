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

    @Test func `money that turns out to be a grant is no negative week either`() {
        let amount = Money(fen: 100_00)
        let found = outlook(
            vouchers([
                ("g", 300, Posting.appropriation(Money(fen: 1_000_00))),
                (
                    "u", 10,
                    [
                        Line(.debit, Posting.bank, amount),
                        .credit(Chart.suspense, sub: "line", amount),
                    ]
                ),
                (
                    "n", 5,
                    [.debit(Chart.suspense, sub: "line", amount), .credit(Chart.available, amount)]
                ),
            ]))
        #expect(found.weeks.allSatisfy { $0 == .zero })
        #expect(found.ifAllReleased == Money(fen: 1_100_00))
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

    @Test
    func `what stands in the books and moved in the weeks is enough for outlook and course`() {
        let all = vouchers([
            ("g", 300, Posting.appropriation(Money(fen: 1_000_00))),
            ("o", 91, Posting.quickPay(Money(fen: 70_00), toCase: "a", owedBy: "m")),
            ("q", 90, Posting.quickPay(Money(fen: 50_00), toCase: "b", owedBy: "m")),
            ("s", 8, Posting.reserve(Money(fen: 300_00), as: ID("c/1"))),
            ("r", 0, Posting.merchantRepays(Money(fen: 20_00), by: "m")),
        ])
        func total(_ code: String) -> Money {
            let fen = all.flatMap(\.lines).filter { $0.account.code == code }
                .reduce(Int128(0)) { $0 + $1.side.signed($1.amount) }
            return Money(fen: Int64(fen))
        }
        let recent = all.filter { $0.draft.businessDate.distance(to: Self.day) < 91 }
        #expect(recent.count == 3)
        let short = FundOutlook(
            recent: DailyMovements(of: recent), on: Self.day, chart: .advanceFund, currency: "CNY",
            total: total)
        #expect(short == outlook(all))
        let points = FundCourse(recent: DailyMovements(of: recent), on: Self.day, total: total)
            .points
        #expect(points.count == 14 && points.last?.day == Self.day)
        #expect(points.map(\.spendable.fen).prefix(2) == [930_00, 880_00])
        #expect(points.suffix(3).map(\.spendable.fen) == [880_00, 580_00, 600_00])
        #expect(points.suffix(3).map(\.reserved.fen) == [0, 300_00, 300_00])
        #expect(points.suffix(2).map(\.receivable.fen) == [120_00, 100_00])
        #expect(short.daysLeft(at: Money(fen: 70_00)) == 60)
        #expect(short.daysLeft(at: .zero) == nil)
    }
}
