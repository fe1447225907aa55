import Ledger
import Randomness
import Testing

struct PositionTests {
    private func moment(_ day: String) -> Moment { Zone.china.moment(of: Day(day)!, minutes: 600) }

    @Test func `a back-dated correction leaves no cached balance wrong`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        var vouchers: [Voucher] = []
        var closings: [Closing] = []
        func post(_ draft: Draft, on recorded: String) throws {
            vouchers.append(try book.post(draft, at: moment(recorded)))
        }
        func position(_ through: String?, knownOn known: String) -> Position {
            Position(of: vouchers, at: moment(known), through: through.map { Day($0)! })
        }
        try post(
            dated("g", Posting.appropriation(yuan("1000")), on: "2025-01-05"), on: "2025-01-05")
        try post(dated("f", Posting.bankFee(yuan("10")), on: "2025-01-20"), on: "2025-01-20")
        let january = Period("2025-01")!
        let closing = try Closing(
            january, of: fund, chart: .advanceFund,
            position: position("2025-01-31", knownOn: "2025-02-01"), after: [],
            today: Day("2025-02-01")!, maker: "王", checker: "李")
        closings.append(closing)
        book.close(through: january.lastDay)
        try post(dated("i", Posting.interest(yuan("2")), on: "2025-02-10"), on: "2025-02-10")
        // What each month end looked like when somebody first asked, before the correction.
        let monthEnds: [String] = ["2025-01-31", "2025-02-15", "2025-02-28"]
        let cached = monthEnds.map { day in
            (day, position(day, knownOn: "2025-03-01"))
        }

        // 10 of fees were really 8. January is closed, so the correction goes back to 15 February.
        let fee = dated(
            "c", Posting.reversal(of: Posting.bankFee(yuan("2"))) { $0 }, on: "2025-01-20")
        #expect(
            throws: PostingError.periodClosed(Day("2025-01-20")!, firstOpen: Day("2025-02-01")!)
        ) {
            try book.post(fee, at: moment("2025-03-05"))
        }
        let correction = Draft(
            id: ID("c"), fund: fund, businessDate: Day("2025-02-15")!, reason: "更正", source: "test",
            maker: "王", checker: "李", corrects: ID("f"), lines: fee.lines)
        try post(correction, on: "2025-03-05")

        let fees = Account(Chart.bankFees)
        let known = ["2025-01-31": "10", "2025-02-15": "8", "2025-02-28": "8"]
        for (day, before) in cached {
            #expect(before.balance(fees) == yuan("10"))
            #expect(position(day, knownOn: "2025-03-01") == before, "what was known stays known")
            let after = position(day, knownOn: "2025-03-05")
            #expect(after.balance(fees) == yuan(known[day]!), "\(day)")
            #expect(after.isBalanced)
        }
        #expect(position("2025-01-31", knownOn: "2025-03-05").balances == closing.balances)
        #expect(position(nil, knownOn: "2025-03-05") == book.position(at: moment("2025-03-05")))
        #expect(book.balance(fees) == yuan("8"))
        #expect(
            verify(vouchers, chart: .advanceFund, fund: fund, closings: closings).book.balances
                == book.balances)
    }

    @Test func `balances and open reservations are of one moment, lapses included`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        var vouchers: [Voucher] = []
        let expiry = moment("2025-01-10")
        let events: [(Draft, Moment)] = [
            (draft("g", Posting.appropriation(yuan("1000"))), start),
            (draft("a", Posting.reserve(yuan("300"), as: ID("A"), expires: expiry)), start),
            (draft("b", Posting.reserve(yuan("200"), as: ID("B"))), start),
            (draft("c", Posting.returned(yuan("50"), of: ID("A"))), start.advanced(byMinutes: 5)),
        ]
        for (draft, at) in events { vouchers.append(try book.post(draft, at: at)) }
        let rule = Chart.advanceFund.guards[0]
        for (at, open, free) in [
            (start, ["A": "300", "B": "200"], "500"),
            (start.advanced(byMinutes: 5), ["A": "250", "B": "200"], "550"),
            (expiry.advanced(byMs: -1), ["A": "250", "B": "200"], "550"),
            (expiry, ["B": "200"], "800"), (Moment(ms: .max), ["B": "200"], "800"),
        ] {
            let past = Position(of: vouchers, at: at)
            let expected = Dictionary(
                uniqueKeysWithValues: open.map { (ID<Reservation>($0), yuan($1)) })
            #expect(past.open == expected)
            #expect(past.free(rule) == yuan(free))
            #expect(past.total(Chart.reserved).fen == -past.open.values.reduce(0) { $0 + $1.fen })
            if at >= start.advanced(byMinutes: 5) { #expect(book.position(at: at) == past) }
        }
        let before = book.position(at: expiry)
        vouchers += try book.lapse(at: expiry)
        let after = book.position(at: expiry)
        #expect(after.balances == before.balances && after.open == before.open)
        #expect(Position(of: vouchers, at: expiry) == after)
        #expect(Position(of: vouchers.reversed(), at: expiry) == after, "in any order")
        #expect(Position(of: vouchers, at: start.advanced(byMs: -1)).head == .none)
    }

    @Test func `by business date a reservation lapses on the day of its expiry`() throws {
        let expiry = moment("2025-01-10")
        var book = Book(chart: .advanceFund, fund: fund)
        var vouchers = [
            try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start),
            try book.post(
                draft("a", Posting.reserve(yuan("300"), as: ID("A"), expires: expiry)), at: start),
        ]
        vouchers += try book.lapse(at: moment("2025-01-12"))
        for known in [moment("2025-01-11"), moment("2025-01-20")] {
            let ninth = Position(of: vouchers, at: known, through: Day("2025-01-09"))
            let tenth = Position(of: vouchers, at: known, through: Day("2025-01-10"))
            #expect(ninth.open == [ID("A"): yuan("300")])
            #expect(tenth.open.isEmpty && tenth.total(Chart.reserved) == .zero)
        }
    }

    /// A position at each moment and day against sums made by hand from the lines.
    @Test func `every past position is the sum of what was recorded and had happened by then`()
        throws
    {
        let vouchers = try wholeLife()
        var random = SeededRandom(seed: 11)
        for _ in 0..<200 {
            let at = vouchers.randomElement(using: &random)!.recordedAt
            let day =
                Bool.random(using: &random)
                ? nil : vouchers.randomElement(using: &random)!.draft.businessDate
            var sums: [String: Int64] = [:]
            for voucher in vouchers
            where voucher.recordedAt <= at
                && voucher.draft.businessDate <= day ?? Day("9999-01-01")!
            {
                for line in voucher.lines {
                    let fen = line.side == .debit ? line.amount.fen : -line.amount.fen
                    sums[line.account.description, default: 0] += fen
                }
            }
            let past = Position(of: vouchers, at: at, through: day)
            var found: [String: Int64] = [:]
            for (account, balance) in past.balances { found[account.description] = balance.fen }
            #expect(found == sums.filter { $0.value != 0 })
            #expect(past.isBalanced)
        }
    }
}
