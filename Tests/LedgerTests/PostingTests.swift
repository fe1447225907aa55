import Ledger
import Testing

struct PostingTests {
    @Test func `a reservation is released in part and the rest is returned`() {
        check(
            """
            grant   v1     1000   ok           free 1000
            reserve v2 R1   800   ok           free 200  open 800
            release v3 R1   500   ok           free 200  open 300  owed 500  due 500
            return  v4 R1   300   ok           free 500  open 0
            release v5 R1   100   settled      free 500  open 0
            return  v6 R1   100   settled      free 500
            paid    v7      500   ok           free 500  due 0
            """)
    }

    @Test func `a reservation never gives more than it holds`() {
        check(
            """
            grant   v1     1000   ok                     free 1000
            reserve v2 R1   800   ok                     free 200
            release v3 R1   800.01  insufficient 800.00 800.01  open 800
            return  v4 R1   300   ok                     open 500
            release v5 R1   500.01  insufficient 500.00 500.01  open 500
            release v6 R1   500   ok                     open 0
            reserve v7 R1   100   reserved               open 0
            return  v8 R9   100   unknown                free 500
            """)
    }

    @Test func `five reservations count against the balance, and a sixth is refused`() {
        check(
            """
            grant   v1     1000   ok    free 1000
            reserve v2 R1   200   ok    free 800
            reserve v3 R2   200   ok    free 600
            reserve v4 R3   200   ok    free 400
            reserve v5 R4   200   ok    free 200
            reserve v6 R5   200   ok    free 0
            reserve v7 R6   200   spendable 0.00 200.00   free 0
            quick   v8     0.01   spendable 0.00 0.01     free 0
            return  v9 R3   200   ok    free 200
            reserve v7 R6   200   ok    free 0
            """)
    }

    @Test func `the fund's account does not lend what is tied up in receivables`() {
        check(
            """
            grant   v1     1000   ok                         free 1000
            quick   v2      900   ok                         free 100   owed 900
            paid    v3      900   ok                         free 100   due 0
            reserve v4 R1   500   spendable 100.00 500.00    free 100
            repay   v5      400   ok                         free 500   owed 500
            reserve v4 R1   500   ok                         free 0
            """)
    }

    @Test func `nobody is paid twice, and no merchant repays more than is owed`() {
        check(
            """
            grant   v1     1000   ok                       free 1000
            quick   v2      300   ok                       free 700  due 300
            paid    v3      300   ok                       free 700  due 0
            paid    v4      300   overdrawn 0.00 300.00    free 700
            bounced v5      300   ok                       free 700  due 300
            paid    v6      300   ok                       due 0
            repay   v7      990.00  overdrawn 300.00 990.00  owed 300
            repay   v8      290   ok                       owed 10
            deposit v9       10   ok                       owed 0
            writeoff v10      1   overdrawn 0.00 1.00      owed 0
            """)
    }

    @Test func `the same voucher twice is one voucher, and its id is never another's`() {
        check(
            """
            grant   v1     1000   ok        free 1000
            grant   v1     1000   again     free 1000
            grant   v1     1001   taken     free 1000
            reserve v2 R1   800   ok        free 200
            reserve v2 R1   800   again     free 200
            reserve v3 R1   800   reserved  free 200
            release v4 R1   800   ok        free 200
            release v4 R1   800   again     free 200
            """)
    }

    @Test func `defences, suspense, write-off, interest, fees and transfers move what they should`()
    {
        check(
            """
            grant    v1     1000   ok   free 1000
            quick    v2      600   ok   free 400  owed 600
            defence  v3      100   ok   free 400  owed 500
            tourist  v4      100   ok   free 500
            unknown  v5      200   ok   free 500  owed 500
            identify v6      200   ok   free 700  owed 300
            writeoff v7      300   ok   free 700  owed 0
            late     v8       50   ok   free 750
            interest v9        5   ok   free 755
            fee      v10       1   ok   free 754
            transfer v11     100   ok   free 754
            """)
    }

    @Test func `a part of the books answers as the whole does`() throws {
        var whole = Book(chart: .advanceFund, fund: fund)
        _ = try whole.post(draft("v1", Posting.appropriation(yuan("1000"))), at: start)
        _ = try whole.post(draft("v2", Posting.reserve(yuan("400"), as: ID("R1"))), at: start)
        let next = draft(
            "v3", Posting.release(yuan("400"), of: ID("R1"), toCase: "C1", owedBy: "M1"))
        var part = part(of: whole, for: next)
        let inPart = try part.post(next, at: start)
        #expect(try whole.post(next, at: start) == inPart)
        #expect(part.head == whole.head)
        #expect(part.totals == whole.totals)
    }

    @Test func `damaged totals stop every posting`() {
        let head = Head(number: 3, hash: .zero)
        let totals = [Chart.bank: yuan("10"), Chart.available: yuan("-9")]
        for totals in [totals, [:]] {
            var book = Book(chart: .advanceFund, fund: fund, head: head, totals: totals)
            #expect(throws: PostingError.booksOutOfBalance(fund: fund)) {
                try book.post(draft("v4", Posting.appropriation(yuan("1"))), at: start)
            }
        }
    }

    @Test func `a reversal undoes a voucher and names it`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("v1", Posting.appropriation(yuan("1000"))), at: start)
        let reserve = Posting.reserve(yuan("400"), as: ID("R1"))
        _ = try book.post(draft("v2", reserve), at: start)
        let release = Posting.release(yuan("400"), of: ID("R1"), toCase: "C1", owedBy: "M1")
        _ = try book.post(draft("v3", release), at: start)
        let undone = Posting.reversal(of: release) { ID($0.text + "-2") }
        _ = try book.post(draft("v4", undone, reverses: "v3"), at: start)
        #expect(book.reservations[ID("R1")]?.isSettled == true)
        #expect(book.reservations[ID("R1-2")]?.open == yuan("400"))
        #expect(book.balance(Account(Chart.payable, sub: "C1")) == .zero)
        #expect(book.free(Chart.spendableGuard) == yuan("600"))
        let freed = Posting.reversal(of: Posting.reserve(yuan("400"), as: ID("R1-2"))) { $0 }
        _ = try book.post(draft("v5", freed, reverses: "v2"), at: start)
        #expect(book.free(Chart.spendableGuard) == yuan("1000"))
    }
}

/// What a store would load for `draft`, no more.
func part(of whole: Book, for draft: Draft, posted: [Voucher] = []) -> Book {
    Book(
        chart: whole.chart, fund: whole.fund, currency: whole.currency, head: whole.head,
        totals: whole.totals,
        balances: Dictionary(
            uniqueKeysWithValues: draft.accounts.compactMap { account in
                whole.balances[account].map { (account, $0) }
            }),
        reservations: draft.reservations.compactMap { whole.reservations[$0] },
        posted: posted.filter { $0.id == draft.id })
}
