import Ledger
import LedgerModel
import Testing

struct ReversalTests {
    private let quick = Posting.quickPay(yuan("300"), toCase: "C", owedBy: "M")

    private func book() throws -> Book {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        _ = try book.post(draft("q", quick), at: start)
        return book
    }

    private func mirrored(_ lines: [Line]) -> [Line] { Posting.reversal(of: lines) { $0 } }

    private func draft(
        _ id: String, _ lines: [Line], reverses: String? = nil, corrects: String? = nil
    ) -> Draft {
        Draft(
            id: ID(id), fund: fund, businessDate: Day("2025-01-01")!, reason: "摘要", source: "test",
            maker: "clerk", reverses: reverses.map { ID($0) }, corrects: corrects.map { ID($0) },
            lines: lines)
    }

    private func refusal(_ draft: Draft, in book: Book) -> String {
        var book = book
        let before = Snapshot(book)
        do { return try book.post(draft, at: start).id.text } catch {
            #expect(Snapshot(book) == before)
            return name(of: error)
        }
    }

    @Test func `a voucher is reversed once, line by line, and only if it exists`() throws {
        var book = try book()
        let mirror = mirrored(quick)
        let wrong = [
            ("unknown z", draft("r", mirror, reverses: "z")),
            ("unlike q 1", draft("r", quick, reverses: "q")),
            ("unlike q 1", draft("r", mirror.reversed(), reverses: "q")),
            ("unlike q 1", draft("r", mirrored(Posting.appropriation(yuan("5"))), reverses: "q")),
            ("unlike q 3", draft("r", mirror + mirror, reverses: "q")),
            (
                "unlike q 2",
                draft(
                    "r", [mirror[0], .debit(Chart.payable, sub: "D", yuan("300"))],
                    reverses: "q")
            ),
            (
                "unlike q 1",
                draft(
                    "r", Posting.payoutSucceeded(yuan("300"), toCase: "D", from: Posting.bank),
                    reverses: "q")
            ),
        ]
        for (expected, draft) in wrong { #expect(refusal(draft, in: book) == expected) }
        _ = try book.post(draft("r", mirror, reverses: "q"), at: start)
        #expect(book.total(Chart.payable) == .zero && book.total(Chart.receivable) == .zero)
        #expect(refusal(draft("r", mirror, reverses: "q"), in: book) == "r", "the same again")
        #expect(refusal(draft("s", mirror, reverses: "q"), in: book) == "reversed q r")
        _ = try book.post(draft("t", mirrored(mirror), reverses: "r"), at: start)
        #expect(book.total(Chart.receivable) == yuan("300"), "a reversal can be reversed too")
        #expect(refusal(draft("s", mirror, reverses: "q"), in: book) == "reversed q r")
    }

    @Test func `a reservation comes back by a return, and a settled one under a new name`() throws {
        var book = try book()
        let reserve = Posting.reserve(yuan("50"), as: ID("R"))
        _ = try book.post(draft("a", reserve), at: start)
        let returned = Posting.returned(yuan("50"), of: ID("R"))
        _ = try book.post(draft("b", returned), at: start)
        let again = Posting.reversal(of: returned) { ID($0.text + "-2") }
        #expect(
            refusal(draft("c", Posting.reversal(of: returned) { $0 }, reverses: "b"), in: book)
                == "reserved")
        _ = try book.post(draft("c", again, reverses: "b"), at: start)
        #expect(refusal(draft("d", mirrored(reserve), reverses: "a"), in: book) == "settled")
        let freed = mirrored(Posting.reserve(yuan("50"), as: ID("R-2")))
        _ = try book.post(draft("d", freed, reverses: "a"), at: start)
        #expect(book.total(Chart.reserved) == .zero)
        let released = Line(
            .debit, Account(Chart.reserved), yuan("50"), reservation: .releases(ID("R-2")))
        #expect(
            refusal(draft("e", [freed[0], released], reverses: "a"), in: try self.book())
                == "unknown a")
    }

    @Test func `a correction names a voucher that exists, and may say anything that balances`()
        throws
    {
        var book = try book()
        let more = Posting.quickPay(yuan("20"), toCase: "C", owedBy: "M")
        #expect(refusal(draft("c", more, corrects: "z"), in: book) == "unknown z")
        #expect(
            refusal(draft("c", mirrored(quick), reverses: "q", corrects: "q"), in: book) == "both")
        #expect(refusal(draft("c", more, corrects: ""), in: book) == "text corrects")
        let voucher = try book.post(draft("c", more, corrects: "q"), at: start)
        _ = try book.post(draft("d", more, corrects: "q"), at: start)
        #expect(book.total(Chart.receivable) == yuan("340"))
        #expect(voucher.draft.named == [ID("q")])
        let plain = draft("c", more)
        #expect(
            Set([plain, voucher.draft, draft("c", more, reverses: "q")].map(\.contentHash)).count
                == 3)
    }

    @Test func `a part of the books knows what it was given, and refuses what it was not`() throws {
        var whole = try book()
        let quickVoucher = try whole.post(draft("q", quick), at: start)
        let reversal = draft("r", mirrored(quick), reverses: "q")
        var blind = part(of: whole, for: reversal)
        #expect(refusal(reversal, in: blind) == "unknown q")
        blind = part(of: whole, for: reversal, and: [quickVoucher])
        #expect(refusal(reversal, in: blind) == "r")
        let done = try whole.post(reversal, at: start)
        let again = draft("s", mirrored(quick), reverses: "q")
        #expect(
            refusal(again, in: part(of: whole, for: again, and: [quickVoucher, done]))
                == "reversed q r")
    }

    @Test func `the vouchers alone prove each reversal`() throws {
        let grant = draft("g", Posting.appropriation(yuan("1000")))
        let paid = draft("q", quick)
        let mirror = draft("r", mirrored(quick), reverses: "q")
        func fault(_ drafts: Draft...) -> Fault.Reason? {
            verify(chained(drafts.map { ($0, start) }), chart: .advanceFund, fund: fund).fault?
                .reason
        }
        #expect(fault(grant, paid, mirror) == nil)
        #expect(fault(grant, mirror, paid) == .reversesUnknown(ID("q")))
        #expect(
            fault(grant, paid, mirror, draft("s", mirrored(quick), reverses: "q"))
                == .refused(.reversedBefore(ID("q"), by: ID("r"))))
        #expect(
            fault(grant, paid, draft("r", quick, reverses: "q"))
                == .refused(.notMirrored(ID("q"), line: 1)))
        #expect(
            fault(grant, draft("c", quick, corrects: "q")) == .refused(.voucherUnknown(ID("q"))))
        #expect(
            fault(grant, draft("q", quick, corrects: "q")) == .refused(.voucherUnknown(ID("q"))),
            "no voucher corrects itself")
    }
}

/// A part of the books that was also given these vouchers.
func part(of whole: Book, for draft: Draft, and posted: [Voucher]) -> Book {
    let part = part(of: whole, for: draft)
    return Book(
        chart: part.chart, fund: part.fund, currency: part.currency, head: part.head,
        totals: part.totals, balances: part.balances,
        reservations: Array(part.reservations.values), posted: posted)
}
