import Ledger
import Testing

/// The exports tie to each other, on books that were made by chance.
struct StatementTests {
    private let chart = Chart.advanceFund
    private let ranges = [
        "2025-01-01"..."2025-12-31", "2025-03-01"..."2025-03-31", "2025-06-10"..."2026-02-14",
        "2026-12-31"..."2026-12-31",
    ].map { Day($0.lowerBound)!...Day($0.upperBound)! }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `journal, general and subsidiary ledgers, trial balance and positions tie`(seed: UInt64)
        throws
    {
        let vouchers = try RandomBooks(seed: seed, count: 700).vouchers
        #expect(vouchers.contains { $0.id.text.hasSuffix("#lapse") })
        for days in ranges {
            let general = GeneralLedger(of: vouchers, chart: chart, days: days)
            let details = SubsidiaryLedger.all(of: vouchers, days: days)
            #expect(general.debits == general.credits)
            let inRange = vouchers.filter { days.contains($0.draft.businessDate) }
            let trial = TrialBalance(of: inRange, chart: chart)
            #expect(trial.debits == general.debits && trial.balances)
            let journal = inRange.flatMap(\.lines).filter { $0.side == .debit }
                .reduce(0) { $0 + $1.amount.fen }
            #expect(general.debits.fen == journal)
            let end = Position(of: plain(vouchers), at: Moment(ms: .max), through: days.upperBound)
            let before = days.lowerBound.advanced(by: -1)
            let start = Position(of: plain(vouchers), at: Moment(ms: .max), through: before)
            for row in general.rows {
                #expect(row.closing == end.total(row.code), "\(row.code)")
                #expect(row.opening == start.total(row.code), "\(row.code)")
                let parts = details.filter { $0.account.code == row.code }
                func sum(_ part: KeyPath<SubsidiaryLedger, Money>) -> Int64 {
                    parts.reduce(0) { $0 + $1[keyPath: part].fen }
                }
                #expect(sum(\.opening) == row.opening.fen && sum(\.closing) == row.closing.fen)
                #expect(sum(\.debits) == row.debits.fen && sum(\.credits) == row.credits.fen)
            }
            for detail in details {
                #expect(detail.closing == end.balance(detail.account))
                #expect(detail.rows.map(\.day) == detail.rows.map(\.day).sorted())
            }
            #expect(details.map(\.account) == details.map(\.account).sorted())
        }
    }

    /// Without expiries, so that a position is what was posted and no more.
    private func plain(_ vouchers: [Voucher]) -> [Voucher] {
        vouchers.map { voucher in
            let draft = voucher.draft
            let lines = draft.lines.map { line in
                Line(
                    line.side, line.account, line.amount,
                    reservation: line.reservation.map { .init($0.step, $0.id) })
            }
            let bare = Draft(
                id: draft.id, fund: draft.fund, businessDate: draft.businessDate,
                reason: draft.reason, source: draft.source, maker: draft.maker, lines: lines)
            return Voucher(
                draft: bare, number: voucher.number, recordedAt: voucher.recordedAt,
                previousHash: voucher.previousHash, hash: voucher.hash)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `statements of periods add up, and each opens as the one before closed`(seed: UInt64)
        throws
    {
        let vouchers = try RandomBooks(seed: seed, count: 900).vouchers
        let known = vouchers.last!.recordedAt
        func statement(_ first: Day, _ last: Day) -> PeriodStatement {
            PeriodStatement(of: vouchers, days: first...last, known: known)
        }
        let last = Period.month(of: vouchers.map(\.draft.businessDate).max()!).lastDay
        let whole = statement(RandomBooks.firstDay, last)
        #expect(whole.opening.cash == .zero)
        #expect(whole.moved == FundStatement(of: vouchers))
        #expect(whole.moved.reserved == whole.closing.reserved)
        #expect(whole.moved.recoverable == whole.closing.receivable)
        #expect(whole.moved.payable == whole.closing.payable)
        #expect(whole.cashFlow == whole.closing.cash)
        var opening = whole.opening
        var month = Period.month(of: RandomBooks.firstDay)
        var (approved, cash) = (Int64(0), Int64(0))
        while month.firstDay <= last {
            let part = statement(month.firstDay, month.lastDay)
            #expect(part.opening == opening, "\(month)")
            #expect(part.opening.cash.adding(part.cashFlow) == part.closing.cash, "\(month)")
            approved += part.moved.approved.fen
            cash += part.cashFlow.fen
            opening = part.closing
            month = month.next
        }
        #expect(approved == whole.moved.approved.fen && cash == whole.closing.cash.fen)
        #expect(opening == whole.closing)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `aged receivables are the receivables, merchant by merchant`(seed: UInt64) throws {
        let vouchers = try RandomBooks(seed: seed, count: 900).vouchers
        for days in ranges {
            let aged = AgedReceivables(of: vouchers, on: days.upperBound)
            let details = SubsidiaryLedger.all(of: vouchers, days: days, code: Chart.receivable)
            #expect(aged.total.fen == details.reduce(0) { $0 + $1.closing.fen })
            for detail in details {
                let row = aged.rows.first { $0.debtor == detail.account.sub }
                #expect((row?.total ?? .zero) == detail.closing, "\(detail.account)")
            }
            let buckets = AgedReceivables.Age.allCases.reduce(0) { $0 + aged.total($1).fen }
            #expect(buckets - aged.rows.reduce(0) { $0 + $1.overpaid.fen } == aged.total.fen)
        }
    }

    @Test(arguments: [
        (0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (365, 3), (366, 4),
        (1_095, 4),
        (1_096, 5), (-3, 0),
    ])
    func `a debt changes its age on the right day`(days: Int, age: Int) throws {
        #expect(AgedReceivables.Age(days: days).rawValue == age)
    }

    @Test func `a payment settles the oldest debt, and a bounced one leaves it as old as it was`()
        throws
    {
        var book = Book(chart: chart, fund: fund)
        var vouchers: [Voucher] = []
        func post(_ draft: Draft) throws { vouchers.append(try book.post(draft, at: start)) }
        func owe(_ id: String, _ amount: String, on day: String) throws {
            try post(dated(id, Posting.quickPay(yuan(amount), toCase: "C", owedBy: "M1"), on: day))
        }
        try post(dated("g", Posting.appropriation(yuan("9000")), on: "2025-01-01"))
        try owe("a", "100", on: "2025-01-10")
        try owe("b", "200", on: "2025-03-01")
        let paid = Posting.merchantRepays(yuan("150"), by: "M1")
        try post(dated("p", paid, on: "2025-03-05"))
        let march = Day("2025-03-11")!
        let aged = AgedReceivables(of: vouchers, on: march)
        #expect(aged.rows.map(\.debtor) == ["M1"])
        #expect(aged.rows[0].amounts == [.upTo30: yuan("150")])
        #expect(aged.rows[0].oldest == Day("2025-03-01"))
        try post(
            Draft(
                id: ID("x"), fund: fund, businessDate: Day("2025-03-10")!, reason: "退票",
                source: "t",
                maker: "m", reverses: ID("p"), lines: Posting.reversal(of: paid) { $0 }))
        let bounced = AgedReceivables(of: vouchers, on: march)
        #expect(bounced.rows[0].amounts == [.upTo30: yuan("200"), .upTo90: yuan("100")])
        #expect(bounced.rows[0].oldest == Day("2025-01-10"))
        #expect(AgedReceivables(of: vouchers, on: Day("2025-03-09")!).total == yuan("150"))
        #expect(
            bounced.csv == """
                对象,0-30天,31-90天,91-180天,181-365天,1-3年,3年以上,多付,合计,最早日期\r
                M1,200.00,100.00,0.00,0.00,0.00,0.00,0.00,300.00,2025-01-10\r
                合计,200.00,100.00,0.00,0.00,0.00,0.00,0.00,300.00,\r

                """)
    }

    @Test func `the statement of a range names every figure, and how long the money lasts`() throws
    {
        let statement = PeriodStatement(
            of: try sampleVouchers(), days: Day("2025-01-01")!...Day("2025-01-11")!,
            known: Moment(ms: .max))
        #expect(statement.moved.approved == yuan("4798.55"))
        #expect(statement.closing.spendable == yuan("10002671.84"))
        // 4798.55 − 800.55 returned in 11 days: 10002671.84 lasts 27521 days.
        #expect(statement.coverageDays == 27_521)
        #expect(statement.csv.contains("启用（冻结及快赔）,\"approved, gross\",4798.55\r\n"))
        #expect(statement.csv.contains("可用天数,coverage in days,27521\r\n"))
        let quiet = PeriodStatement(
            of: [], days: Day("2025-01-01")!...Day("2025-01-01")!, known: start)
        #expect(quiet.coverageDays == nil && quiet.closing.cash == .zero)
    }
}
