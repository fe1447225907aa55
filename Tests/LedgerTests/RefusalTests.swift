import Ledger
import Testing

struct RefusalTests {
    /// Each draft has its own fault and, beside it, all those that are checked later: the first one wins.
    @Test func `a draft with several faults is refused for the first in the documented order`()
        throws
    {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        _ = try book.post(draft("r", Posting.reserve(yuan("100"), as: ID("R1"))), at: start)
        _ = try book.post(draft("t", Posting.returned(yuan("100"), of: ID("R1"))), at: start)
        _ = try book.post(draft("s", Posting.reserve(yuan("100"), as: ID("R2"))), at: start)
        let zero = Line(.debit, Account(Chart.loss, sub: "M1"), .zero)
        let stray = Line.debit("9999", yuan("5"))
        let huge = yuan("90000000000000000")
        let bare = Line(.credit, Account(Chart.reserved), yuan("7"))
        let misplaced = Line(
            .credit, Account(Chart.available), yuan("7"), reservation: .opens(ID("R5")))
        let overpaid = Posting.payoutSucceeded(yuan("7"), toCase: "C", from: Posting.bank)
        func reserved(_ side: Side, _ use: ReservationUse, _ amount: String = "7") -> [Line] {
            [
                Line(side, Account(Chart.reserved), yuan(amount), reservation: use),
                Line(side.opposite, Account(Chart.available), yuan(amount)),
            ]
        }
        let cases: [(String, Draft)] = [
            ("taken", draft("g", [zero], fund: "other")),
            ("fund", draft("n", [zero], fund: "other", currency: "USD")),
            ("currency", draft("n", [zero], currency: "USD", reason: "")),
            ("text id", draft("", [zero], reason: "")),
            ("text reason", draft("n", [zero], reason: "")),
            ("text reason", draft("n", [zero], reason: String(repeating: "冻", count: 334))),
            ("text reverses", draft("n", [zero], reverses: "")),
            ("text reservation", draft("n", reserved(.credit, .opens(ID(""))))),
            ("few", draft("n", [])),
            ("few", draft("n", [zero])),
            ("many", draft("n", Array(repeating: zero, count: 1_001))),
            ("amount 2", draft("n", [stray, zero])),
            ("account 1", draft("n", [stray, bare])),
            ("account 1", draft("n", [.debit(Chart.receivable, yuan("1")), bare])),
            ("account 2", draft("n", [bare, .debit(Chart.available, sub: "x", yuan("1"))])),
            ("unbalanced 0.00 14.00", draft("n", [bare, misplaced])),
            ("missing 1", draft("n", [bare, .debit(Chart.available, yuan("7"))])),
            ("missing 1", draft("n", reserved(.debit, .opens(ID("R2"))))),
            ("missing 1", draft("n", reserved(.credit, .releases(ID("R2"))))),
            ("misplaced 1", draft("n", [misplaced, .debit(Chart.bank, yuan("7"))])),
            ("reserved", draft("n", reserved(.credit, .opens(ID("R1"))) + overpaid)),
            ("unknown", draft("n", reserved(.debit, .returns(ID("R7"))) + overpaid)),
            ("settled", draft("n", reserved(.debit, .releases(ID("R1"))) + overpaid)),
            (
                "insufficient 100.00 101.00",
                draft("n", reserved(.debit, .returns(ID("R2")), "101") + overpaid)
            ),
            ("overflow", draft("n", Posting.topUp(huge) + Posting.topUp(huge) + overpaid)),
            (
                "overdrawn 0.00 7.00",
                draft("n", overpaid + reserved(.credit, .opens(ID("R3")), "901"))
            ),
            ("spendable 900.00 901.00", draft("n", reserved(.credit, .opens(ID("R3")), "901"))),
        ]
        for (expected, draft) in cases {
            let before = Snapshot(book)
            do {
                _ = try book.post(draft, at: start)
                Issue.record("accepted, though it should be refused: \(expected)")
            } catch { #expect(name(of: error) == expected) }
            #expect(Snapshot(book) == before)
            var part = part(of: book, for: draft, posted: [])
            if expected != "taken" {
                do { _ = try part.post(draft, at: start) } catch {
                    #expect(name(of: error) == expected)
                }
            }
        }
        #expect(try book.post(draft("n", Posting.interest(yuan("1"))), at: start).number == 5)
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
    }
}
