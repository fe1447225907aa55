import Ledger
import Testing

struct PeriodTests {
    @Test(arguments: [
        ("2025-03-08", "2025-03-08", "2025-03-08", "2025-03-09"),
        ("2025-02", "2025-02-01", "2025-02-28", "2025-03"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-03"),
        ("2025-12", "2025-12-01", "2025-12-31", "2026-01"),
        ("2025-01", "2025-01-01", "2025-01-31", "2025-02"),
        ("2025-04", "2025-04-01", "2025-04-30", "2025-05"),
        ("2024", "2024-01-01", "2024-12-31", "2025"),
        ("9999-12", "9999-12-01", "9999-12-31", "9999-12"),
    ])
    func `a period knows its days and the one after it`(
        text: String, first: String, last: String, next: String
    ) throws {
        let period = try #require(Period(text))
        #expect(period.description == text)
        #expect(period.firstDay == Day(first) && period.lastDay == Day(last))
        #expect(period.next.description == next)
        #expect(period.endsYear == (last.hasSuffix("-12-31")))
        #expect(period.contains(period.lastDay))
        #expect(!period.contains(period.firstDay.advanced(by: -1)) || first == "0001-01-01")
    }

    @Test(arguments: ["", "2025-13", "2025-00", "2025-02-29", "20250", "25", "2025-3", "0000"])
    func `what is no period is refused`(text: String) { #expect(Period(text) == nil) }

    /// Vouchers dated and recorded day by day, through one whole year.
    private struct Year {
        var book = Book(chart: .advanceFund, fund: fund)
        var vouchers: [Voucher] = []
        var closings: [Closing] = []

        mutating func post(_ id: String, _ lines: [Line], on day: String) throws {
            try post(dated(id, lines, on: day), recorded: Zone.china.moment(of: Day(day)!))
        }

        mutating func post(_ draft: Draft, recorded: Moment) throws {
            vouchers.append(try book.post(draft, at: recorded))
        }

        /// Closes by 王 and 李 as of the morning after, or on `today`.
        @discardableResult
        mutating func close(
            _ period: String, today: String? = nil, maker: String = "王", checker: String = "李"
        ) throws -> Closing {
            let period = Period(period)!
            let today = today.map { Day($0)! } ?? period.lastDay.advanced(by: 1)
            let now = Zone.china.moment(of: today, minutes: 60)
            let closing = try Closing(
                period, of: fund, chart: book.chart,
                position: Position(of: vouchers, at: now, through: period.lastDay),
                lapsesDue: book.lapses(at: now).compactMap { $0.reservations.first },
                after: closings, today: today, maker: maker, checker: checker)
            closings.append(closing)
            book.close(through: period.lastDay)
            return closing
        }

        func refusal(
            _ period: String, today: String? = nil, maker: String = "王", checker: String = "李"
        ) -> ClosingError? {
            var copy = self
            do {
                try copy.close(period, today: today, maker: maker, checker: checker)
                return nil
            } catch { return error as? ClosingError }
        }

        func verified() -> Fault? {
            verify(vouchers, chart: book.chart, fund: fund, closings: closings).fault
        }
    }

    private func year() throws -> Year {
        var year = Year()
        try year.post("g", Posting.appropriation(yuan("1000")), on: "2025-01-02")
        try year.post(
            "q", Posting.quickPay(yuan("300"), toCase: "C", owedBy: "M"), on: "2025-01-20")
        try year.post("i", Posting.interest(yuan("12.34")), on: "2025-06-21")
        try year.post("f", Posting.bankFee(yuan("0.50")), on: "2025-06-30")
        try year.post("w", Posting.writeOff(yuan("100"), of: "M"), on: "2025-12-20")
        return year
    }

    @Test func `a closed period takes no voucher, and the first open day does`() throws {
        var year = try year()
        try year.close("2025-01")
        let late = dated("late", Posting.interest(yuan("1")), on: "2025-01-31")
        let refusal = PostingError.periodClosed(Day("2025-01-31")!, firstOpen: Day("2025-02-01")!)
        #expect(throws: refusal) { try year.book.post(late, at: start) }
        try year.post("late", Posting.interest(yuan("1")), on: "2025-02-01")
        #expect(throws: refusal) {
            var part = part(of: year.book, for: late)
            part.close(through: Day("2025-01-31")!)
            part.close(through: Day("2024-12-31")!)
            _ = try part.post(late, at: start)
        }
        #expect(year.verified() == nil)
    }

    @Test func `the same voucher again is accepted after its period was closed`() throws {
        var year = try year()
        try year.close("2025-01")
        let again = year.vouchers[0]
        #expect(try year.book.post(again.draft, at: start) == again)
    }

    @Test func `a period is closed by two people, once it is over, in order, and for good`() throws
    {
        var year = try year()
        #expect(year.refusal("2025-01", checker: "王") == .samePerson("王"))
        #expect(year.refusal("2025-01", checker: "") == .samePerson("王"))
        #expect(
            year.refusal("2025-01", today: "2025-01-30")
                == .notOver(Period("2025-01")!, today: Day("2025-01-30")!))
        #expect(year.refusal("2025-01", today: "2025-01-31") == nil)
        try year.close("2025-01-20")
        try year.close("2025-01-24")
        #expect(year.refusal("2025-01-24") == .alreadyClosed(Period("2025-01-24")!))
        #expect(year.refusal("2025-01-23") == .alreadyClosed(Period("2025-01-24")!))
        try year.close("2025-01")
        #expect(year.refusal("2025-01") == .alreadyClosed(Period("2025-01")!))
        #expect(
            year.refusal("2025-03")
                == .outOfOrder(Period("2025-03")!, next: Period("2025-02")!))
        try year.close("2025-02")
        #expect(year.closings.closedThrough(of: fund) == Day("2025-02-28"))
        #expect(year.closings.closedThrough(of: "other") == nil)
        #expect(year.verified() == nil)
    }

    @Test func `balances of another day, or that do not balance, close nothing`() throws {
        let year = try year()
        func refusal(_ position: Position, _ due: [ID<Reservation>] = []) -> ClosingError? {
            do {
                _ = try Closing(
                    Period("2025-01")!, of: fund, chart: .advanceFund, position: position,
                    lapsesDue: due, after: [], today: Day("2025-02-01")!, maker: "王", checker: "李")
                return nil
            } catch { return error }
        }
        let now = Moment(ms: .max)
        let (last, other) = (Day("2025-01-31")!, Day("2025-01-30")!)
        #expect(
            refusal(Position(of: year.vouchers, at: now, through: other))
                == .wrongPosition(through: other, wanted: last))
        #expect(
            refusal(Position(of: year.vouchers, at: now))
                == .wrongPosition(through: nil, wanted: last))
        let damaged = Position(
            at: now, through: last, head: .none, balances: [Posting.bank: yuan("1")], open: [:])
        #expect(refusal(damaged, [ID("R")]) == .booksOutOfBalance(fund: fund))
        let sound = Position(of: year.vouchers, at: now, through: last)
        #expect(refusal(sound, [ID("S"), ID("R")]) == .lapseDue(ID("R")))
        #expect(refusal(sound) == nil)
    }

    @Test(arguments: ["2025-12-31", "2025-12", "2025"])
    func `no period ends a year whose income and loss were not carried forward`(text: String) throws
    {
        let year = try year()
        #expect(
            year.refusal(text) == .notCarriedForward(Account(Chart.interest), yuan("-12.34")))
    }

    @Test func `the end of a year carries income, expense and loss into the fund to the fen`()
        throws
    {
        var year = try year()
        let last = Day("2025-12-31")!
        let now = Zone.china.moment(of: last.advanced(by: 1), minutes: 30)
        try year.post("next", Posting.interest(yuan("7")), on: "2026-01-01")
        let before = Position(of: year.vouchers, at: now, through: last)
        func carry() -> [Draft] {
            Position(of: year.vouchers, at: now, through: last).carryForward(
                .advanceFund, fund: fund, currency: "CNY", maker: "王", checker: "李")
        }
        let drafts = carry()
        #expect(drafts.count == 1 && carry() == drafts)
        for draft in drafts { try year.post(draft, recorded: now) }
        #expect(carry().isEmpty)
        let after = Position(of: year.vouchers, at: now, through: last)
        for code in [Chart.interest, Chart.bankFees, Chart.loss] {
            #expect(after.total(code) == .zero)
        }
        // 12.34 earned, 0.50 of fees, 100 lost: the fund is 88.16 smaller, and nothing else moved.
        #expect(after.total(Chart.available) == yuan("-911.84"))
        for code in [Chart.bank, Chart.receivable, Chart.payable] {
            #expect(after.total(code) == before.total(code))
        }
        #expect(year.book.total(Chart.interest) == yuan("-7"), "the new year's interest stays")
        let closing = try year.close("2025")
        #expect(closing.balances == after.balances)
        let opening = Position(
            of: year.vouchers, at: Moment(ms: .max),
            through: Period("2026")!.firstDay.advanced(by: -1))
        #expect(opening.balances == closing.balances)
        #expect(year.verified() == nil)
        let statement = FundStatement(of: year.vouchers)
        #expect(statement.interest == yuan("19.34") && statement.recoveredAfterWriteOff == .zero)
        #expect(statement.appropriated == yuan("1000") && statement.bankFees == yuan("0.5"))
    }

    @Test func `a thousand written-off merchants are carried forward in several vouchers`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        var vouchers = [try book.post(draft("g", Posting.appropriation(yuan("10000"))), at: start)]
        for merchant in 1...1_200 {
            let amount = Money(fen: Int64(merchant))
            let quick = Posting.quickPay(amount, toCase: "C", owedBy: "M\(merchant)")
            let lines = quick + Posting.writeOff(amount, of: "M\(merchant)")
            vouchers.append(try book.post(draft("w\(merchant)", lines), at: start))
        }
        let position = Position(of: vouchers, at: start, through: Day("2025-12-31"))
        let drafts = position.carryForward(
            .advanceFund, fund: fund, currency: "CNY", maker: "王", checker: "李")
        #expect(drafts.map(\.lines.count) == [1_000, 202])
        for draft in drafts { _ = try book.post(draft, at: start) }
        #expect(book.total(Chart.loss) == .zero)
        #expect(book.total(Chart.available).fen == -1_000_000 + 1_200 * 1_201 / 2)
    }

    @Test func `a voucher slipped into a closed period, or a closing that was changed, is found`()
        throws
    {
        var year = try year()
        let closing = try year.close("2025-01")
        try year.post("later", Posting.interest(yuan("1")), on: "2025-02-01")
        #expect(year.verified() == nil)
        let slipped = chained(
            year.vouchers.map { ($0.draft, $0.recordedAt) } + [
                (dated("s", Posting.interest(yuan("1")), on: "2025-01-31"), start)
            ])
        let found = verify(slipped, chart: .advanceFund, fund: fund, closings: [closing])
        #expect(
            found.fault?.reason
                == .refused(.periodClosed(Day("2025-01-31")!, firstOpen: Day("2025-02-01")!)))
        func changed(
            head: Head? = nil, balances: [Account: Money]? = nil, checker: String = "李"
        ) -> Closing {
            Closing(
                fund: fund, period: closing.period, head: head ?? closing.head,
                balances: balances ?? closing.balances, closedAt: closing.closedAt, maker: "王",
                checker: checker)
        }
        var balances = closing.balances
        balances[Posting.bank] = yuan("999.99")
        let forged = [
            changed(head: Head(number: closing.head.number, hash: .zero)),
            changed(balances: balances), changed(checker: "王"),
        ]
        for closing in forged {
            let found = verify(year.vouchers, chart: .advanceFund, fund: fund, closings: [closing])
            #expect(found.fault?.number == closing.head.number)
            #expect(found.fault?.reason == .closingDiffers(closing.period))
        }
    }

    @Test func `a period without vouchers closes too`() throws {
        var year = Year()
        let closing = try year.close("2025-01")
        #expect(closing.head == .none && closing.balances.isEmpty)
        try year.post("g", Posting.appropriation(yuan("1")), on: "2025-02-01")
        #expect(year.verified() == nil)
        let early = chained([(dated("e", Posting.interest(yuan("1")), on: "2025-01-31"), start)])
        let found = verify(early, chart: .advanceFund, fund: fund, closings: [closing])
        #expect(found.fault?.number == 1)
    }

    @Test func `a lapse whose day is closed is dated on the first open day`() throws {
        var year = try year()
        let expiry = Zone.china.moment(of: Day("2026-01-05")!)
        try year.post(
            dated("r", Posting.reserve(yuan("5"), as: ID("R"), expires: expiry), on: "2026-01-01"),
            recorded: Zone.china.moment(of: Day("2026-01-01")!))
        year.book.close(through: Day("2026-01-31")!)
        let lapsed = try year.book.lapse(at: expiry)
        #expect(lapsed.map(\.draft.businessDate) == [Day("2026-02-01")!])
    }
}

func dated(_ id: String, _ lines: [Line], on day: String) -> Draft {
    Draft(
        id: ID(id), fund: fund, businessDate: Day(day)!, reason: "摘要", source: "test",
        maker: "clerk",
        lines: lines)
}
