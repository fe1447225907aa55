import Ledger
import Testing

struct RefusalTests {
    /// Each voucher has its own fault and, beside it, such as are checked later: the first one wins.
    @Test func `a draft with several faults is refused for the first in the documented order`() {
        // Too long for any id, and too long for one that gets `#lapse` behind it.
        let long = String(repeating: "x", count: Draft.textLimit)
        let short = String(repeating: "x", count: Draft.textLimit - 6)
        check(
            """
            grant   g       1000                                    ok       free 1000
            reserve r  R1    100                                    ok
            return  t  R1    100                                    ok
            reserve s  R2    100                                    ok       free 900
            reserve x  R4    100 until=5                            ok       free 800
            quick   q         10                                    ok
            unquick u         10 reverses=q                         ok
            quick   p         10                                    ok       free 790
            close   2024-12-31
            zero    g          5 fund=other                         taken
            zero    n          5 fund=other currency=USD            fund
            zero    n          5 currency=USD reason=               currency
            zero    -          5 reason=                            text id
            zero    n          5 reason= source=                    text reason
            zero    n          5 source= maker=                     text source
            zero    n          5 maker= checker=                    text maker
            zero    n          5 checker= reverses=                 text checker
            zero    n          5 reverses= corrects=                text reverses
            zero    n          5 corrects=                          text corrects
            reserve+zero n R\(long) 5                               text reservation
            reserve+zero n R\(short) 5 until=9                      text reservation
            reserve+zero n R\(short) 5                              amount 3
            none    n          5                                    few 
            zero    n          5                                    few
            crowd   n          5                                    many
            stray+zero n       5                                    amount 2
            stray+bare n       5                                    account 1
            undivided+bare n   5                                    account 1
            bare+divided n     5                                    account 3
            bare+uneven n      5 on=2024-12-31                      unbalanced 10.00 5.00
            bare    n          5 on=2024-12-31 reverses=z corrects=z  closed 2025-01-01
            bare    n          5 reverses=z corrects=z              both
            bare    n          5 corrects=z                         unknown z
            bare    n          5 reverses=z                         unknown z
            bare    n          5 reverses=q                         reversed q u
            bare    n          5 reverses=p                         unlike p 1
            misplaced+bare n R5 5                                   misplaced 1
            bare+misplaced n R5 5                                   missing 2
            dated   n  R9      5 until=9                            missing 2
            reserve+nobody n R1 5                                   reserved
            return+nobody n R9 5                                    unknown
            return+nobody n R1 5 at=9                               settled
            reserve+nobody n R5 5 until=0                           expired
            elsewhere+nobody n R4 101 at=5                          expired
            lapses+nobody n R4 100                                  early
            lapses+nobody n R2 100                                  unlimited
            elsewhere+nobody n R2 101                               elsewhere 3102
            return+nobody n R2 101 at=9                             insufficient 100.00 101.00
            half+nobody n R2   5 at=5                               unpaid 5.00 0.00
            lapses+nobody n R4 100 at=5                             malformed
            huge+nobody R2#lapse 5 at=5                             malformed
            huge+nobody n      5 at=5                               due R4
            lapse   5          1
            huge+nobody n      5                                    overflow
            nobody+quick n  2000                                    overdrawn 0.00 2000.00
            quick   n       2000                                    spendable 890.00 2000.00  free 890
            quick   n        890                                    ok       free 0
            """)
    }

    @Test func `a refused id stays free, and an accepted one is never another's`() {
        check(
            """
            quick   v1   1   spendable 0.00 1.00
            grant   v1  10   ok        free 10
            quick   v1   1   taken     free 10
            grant   v1  10   again     free 10
            grant   v1  10 maker=other       taken
            grant   v1  10 on=2025-01-02     taken
            grant   v1  10 checker=boss      taken
            grant   v1  10 corrects=v1       taken
            grant   v1  10 at=60             again     free 10
            """)
    }

    @Test func `what was accepted is accepted again, whatever has happened since`() {
        check(
            """
            grant   v1     100                 ok
            reserve v2 R1  100 until=5         ok        free 0
            reserve v2 R1  100 until=5 at=9    again     free 100
            reserve v2 R1  100 until=6 at=9    taken
            close   2025-06-30
            grant   v1     100                 again
            grant   v3     100                 closed 2025-07-01
            lapse   9      1
            reserve v2 R1  100 until=5 at=9    again     free 100
            lapse   9      0
            """)
    }

    @Test func `opening and releasing in one voucher works in the order of its lines`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        let opens = Posting.reserve(yuan("50"), as: ID("R"))
        let release = Posting.release(yuan("50"), of: ID("R"), toCase: "C", owedBy: "M")
        #expect(throws: PostingError.reservationUnknown(ID("R"))) {
            try book.post(draft("a", release + opens), at: start)
        }
        _ = try book.post(draft("b", opens + release), at: start)
        #expect(book.reservations[ID("R")]?.released == yuan("50"))
        #expect(book.free("spendable") == yuan("950"))
    }

    @Test func `an already negative guard may be mended, not lowered`() throws {
        var book = Book(
            chart: .advanceFund, fund: fund, head: Head(number: 1, hash: .zero),
            totals: [Chart.bank: yuan("-10"), Chart.available: yuan("10")],
            balances: [Account(Chart.bank): yuan("-10"), Account(Chart.available): yuan("10")])
        #expect(
            throws: PostingError.guardWouldFall("spendable", free: yuan("-10"), wanted: yuan("1"))
        ) {
            try book.post(draft("fee", Posting.bankFee(yuan("1"))), at: start)
        }
        _ = try book.post(draft("grant", Posting.appropriation(yuan("5"))), at: start)
        #expect(book.free("spendable") == yuan("-5"))
        #expect(book.free("no such guard") == nil)
        #expect(book.free("no such guard", at: start) == nil)
    }
}

/// Faults that others shipped, each by its name.
struct NamedFaultTests {
    @Test func `five reservations fill the fund and a sixth is refused, until one lapses`() {
        check(
            """
            grant   v1     1000            ok    free 1000
            reserve v2 R1   200 until=10   ok    free 800
            reserve v3 R2   200            ok    free 600
            reserve v4 R3   200            ok    free 400
            reserve v5 R4   200            ok    free 200
            reserve v6 R5   200            ok    free 0
            reserve v7 R6   200 at=9       spendable 0.00 200.00   free 0
            reserve v7 R6   200 at=10      due R1                  free 200
            lapse   10 1
            reserve v7 R6   200 at=10      ok    free 0
            """)
    }

    @Test
    func `one reservation is not settled twice, by the same step or another, in parts or whole`() {
        check(
            """
            grant   v1     1000   ok
            reserve v2 R1   800   ok
            release v3 R1   800   ok        free 200  due 800
            release v4 R1   800   settled   free 200  due 800
            return  v5 R1   800   settled   free 200
            return  v6 R1  0.01   settled   free 200
            release v3 R1   800   again     free 200  due 800
            """)
    }

    @Test func `a payout before its reservation is refused, and so is a refund given twice`() {
        check(
            """
            grant   v1     1000   ok
            paid    v2      300   overdrawn 0.00 300.00    free 1000
            reserve v3 R1   300   ok                       free 700
            paid    v4      300   overdrawn 0.00 300.00    free 700  due 0
            release v5 R1   300   ok                       due 300
            paid    v6      300   ok                       due 0
            paid    v6      300   again                    due 0
            paid    v7      300   overdrawn 0.00 300.00    free 700
            """)
    }

    /// The second leg of a release is lines of the same voucher: there is nothing between the two.
    @Test func `a release whose second leg is dropped is no voucher`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        _ = try book.post(draft("r", Posting.reserve(yuan("300"), as: ID("R"))), at: start)
        let whole = Posting.release(yuan("300"), of: ID("R"), toCase: "C", owedBy: "M")
        let before = Snapshot(book)
        for dropped in whole.indices {
            var lines = whole
            lines.remove(at: dropped)
            #expect(throws: PostingError.self) { try book.post(draft("x", lines), at: start) }
            #expect(Snapshot(book) == before)
        }
        let first = Array(whole.prefix(2))
        #expect(throws: PostingError.releaseUnpaid(released: yuan("300"), payable: .zero)) {
            try book.post(draft("x", first), at: start)
        }
        #expect(Snapshot(book) == before)
        check(
            """
            grant   v1     1000   ok
            reserve v2 R1   300   ok
            half    v3 R1   300   unpaid 300.00 0.00     open 300
            half+quick v4 R1 300  ok                     open 0  due 300  owed 300
            """)
    }

    @Test func `an aggregate that comes back empty is damage, not zero`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        let grant = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        let head = Head(number: grant.number, hash: grant.hash)
        let damaged: [[String: Money]] = [
            [:], [Chart.bank: yuan("1000")],
            [Chart.bank: yuan("1000"), Chart.available: yuan("-999")],
        ]
        for totals in damaged {
            var book = Book(chart: .advanceFund, fund: fund, head: head, totals: totals)
            #expect(throws: PostingError.booksOutOfBalance(fund: fund)) {
                try book.post(
                    draft("n", Posting.appropriation(yuan("1")), fund: "other"), at: start)
            }
            #expect(book.head == head)
        }
    }
}
