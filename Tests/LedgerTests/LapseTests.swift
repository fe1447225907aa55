import Ledger
import LedgerModel
import Testing

struct LapseTests {
    /// A book with 1,000 granted and 800 reserved as `R`, to lapse a minute after `start`.
    private func book(until expires: Moment? = start.advanced(byMinutes: 1)) throws -> Book {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        _ = try book.post(
            draft("r", Posting.reserve(yuan("800"), as: ID("R"), expires: expires)), at: start)
        return book
    }

    private let expiry = start.advanced(byMinutes: 1)

    private func refusal(_ draft: Draft, at moment: Moment, in book: Book) -> String {
        var book = book
        let before = Snapshot(book)
        do { return try book.post(draft, at: moment).id.text } catch {
            #expect(Snapshot(book) == before)
            return name(of: error)
        }
    }

    @Test func `a reservation counts up to its expiry and never after, though no timer has run`()
        throws
    {
        let book = try book()
        let last = expiry.advanced(byMs: -1)
        #expect(book.free(Chart.spendableGuard, at: last) == yuan("200"))
        #expect(book.free(Chart.spendableGuard, at: expiry) == yuan("1000"))
        #expect(book.total(Chart.reserved, at: last) == yuan("-800"))
        #expect(book.total(Chart.reserved, at: expiry) == .zero)
        #expect(book.balance(Account(Chart.available), at: expiry) == yuan("-1000"))
        #expect(book.balance(Account(Chart.bank), at: expiry) == yuan("1000"))
        #expect(book.openReservations(at: last).map(\.id) == [ID("R")])
        #expect(book.openReservations(at: expiry).isEmpty)
        #expect(book.lapses(at: last).isEmpty)
        #expect(book.lapses(at: expiry).map(\.id) == [ID("R#lapse")])
        #expect(book.free(Chart.spendableGuard) == yuan("200"), "what the vouchers say is unmoved")
    }

    @Test func `it lapses exactly at its time, whole, and once`() throws {
        var book = try book()
        let lapse = try #require(book.lapses(at: expiry).first)
        #expect(refusal(lapse, at: expiry.advanced(byMs: -1), in: book) == "early")
        #expect(try book.lapse(at: expiry).map(\.id) == [ID("R#lapse")])
        #expect(try book.lapse(at: expiry.advanced(byMinutes: 9)).isEmpty)
        #expect(book.free(Chart.spendableGuard) == yuan("1000"))
        let lapsed = try #require(book.reservations[ID("R")])
        #expect(lapsed.isSettled)
        #expect(lapsed.lapsed == yuan("800"))
        #expect(try book.post(lapse, at: expiry.advanced(byMinutes: 2)).number == 3)
    }

    @Test func `nothing is posted while a lapse is due, and the lapse frees what was set aside`()
        throws
    {
        var book = try book()
        let other = draft("o", Posting.reserve(yuan("900"), as: ID("S")))
        #expect(
            refusal(other, at: expiry.advanced(byMs: -1), in: book) == "spendable 200.00 900.00")
        #expect(refusal(other, at: expiry, in: book) == "due R")
        _ = try book.lapse(at: expiry)
        #expect(try book.post(other, at: expiry).number == 4)
        #expect(book.free(Chart.spendableGuard, at: expiry) == yuan("100"))
    }

    @Test func `a release or return at or after the expiry is refused, lapse posted or not`()
        throws
    {
        var book = try book()
        let release = draft(
            "x", Posting.release(yuan("800"), of: ID("R"), toCase: "C", owedBy: "M"))
        let returned = draft("y", Posting.returned(yuan("1"), of: ID("R")))
        for draft in [release, returned] {
            #expect(refusal(draft, at: expiry.advanced(byMs: -1), in: book) == draft.id.text)
            #expect(refusal(draft, at: expiry, in: book) == "expired")
        }
        _ = try book.lapse(at: expiry)
        for draft in [release, returned] {
            #expect(refusal(draft, at: expiry, in: book) == "expired")
        }
    }

    @Test func `what was settled before its time stays settled, whoever asks twice`() throws {
        var book = try book()
        let release = Posting.release(yuan("800"), of: ID("R"), toCase: "C", owedBy: "M")
        _ = try book.post(draft("x", release), at: expiry.advanced(byMs: -1))
        #expect(refusal(draft("y", release), at: expiry.advanced(byMs: -1), in: book) == "settled")
        #expect(refusal(draft("y", release), at: expiry, in: book) == "settled")
        #expect(book.lapses(at: expiry).isEmpty)
        let late = draft("R#lapse", Posting.lapse(yuan("800"), of: ID("R")))
        #expect(refusal(late, at: expiry, in: book) == "settled")
        #expect(try book.post(draft("i", Posting.interest(yuan("1"))), at: expiry).number == 4)
    }

    @Test func `only the part still open lapses`() throws {
        var book = try book()
        _ = try book.post(
            draft("x", Posting.release(yuan("500"), of: ID("R"), toCase: "C", owedBy: "M")),
            at: start)
        _ = try book.lapse(at: expiry)
        let lapsed = try #require(book.reservations[ID("R")])
        #expect(lapsed.lapsed == yuan("300") && lapsed.released == yuan("500"))
        #expect(
            refusal(draft("y", Posting.returned(yuan("1"), of: ID("R"))), at: expiry, in: book)
                == "expired")
    }

    @Test func `nobody writes a lapse of his own making`() throws {
        let book = try book()
        let whole = Posting.lapse(yuan("800"), of: ID("R"))
        let forged: [(Draft, String)] = [
            (draft("mine", whole), "malformed"),
            (draft("R#lapse", Posting.lapse(yuan("799"), of: ID("R"))), "malformed"),
            (
                draft("R#lapse", Posting.lapse(yuan("801"), of: ID("R"))),
                "insufficient 800.00 801.00"
            ),
            (draft("R#lapse", whole + Posting.interest(yuan("1"))), "malformed"),
            (draft("R#lapse", Posting.interest(yuan("1"))), "malformed"),
            (draft("S#lapse", Posting.lapse(yuan("1"), of: ID("S"))), "unknown"),
            (draft("R#lapse", [whole[0], .credit(Chart.interest, yuan("800"))]), "malformed"),
        ]
        for (draft, expected) in forged {
            #expect(refusal(draft, at: expiry, in: book) == expected, "\(draft)")
        }
        #expect(
            refusal(draft("R#lapse", whole), at: expiry, in: try self.book(until: nil))
                == "unlimited")
        #expect(
            refusal(draft("R#lapse", Posting.interest(yuan("1"))), at: start, in: book)
                == "malformed", "else a stranger could take the id a lapse will need")
    }

    @Test func `an expiry stands on an opening line alone, in the future, under an id that fits`()
        throws
    {
        let book = try book()
        let past = draft("p", Posting.reserve(yuan("1"), as: ID("P"), expires: start))
        #expect(refusal(past, at: start, in: book) == "expired")
        let use = ReservationUse(.releases, ID("R"), expires: expiry)
        let stray = draft(
            "s",
            [
                Line(.debit, Account(Chart.reserved), yuan("1"), reservation: use),
                .credit(Chart.available, yuan("1")),
            ])
        #expect(refusal(stray, at: start, in: book) == "missing 1")
        let long = ID<Reservation>(String(repeating: "R", count: 123))
        let tooLong = draft("l", Posting.reserve(yuan("1"), as: long, expires: expiry))
        #expect(refusal(tooLong, at: start, in: book) == "text reservation")
        #expect(
            refusal(draft("l", Posting.reserve(yuan("1"), as: long)), at: start, in: book) == "l")
    }

    @Test func `a reservation leaves the account it is held in, and no other`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        func held(_ sub: String?, _ side: Side, _ use: ReservationUse) -> [Line] {
            [
                Line(side, Account(Chart.reserved, sub: sub), yuan("10"), reservation: use),
                Line(side.opposite, Account(Chart.available), yuan("10")),
            ]
        }
        let (a, b) = (ID<Reservation>("A"), ID<Reservation>("B"))
        _ = try book.post(draft("a", held("C1", .credit, .opens(a, expires: expiry))), at: start)
        _ = try book.post(draft("b", held(nil, .credit, .opens(b))), at: start)
        let elsewhere = draft("x", held(nil, .debit, .returns(a)))
        #expect(refusal(elsewhere, at: start, in: book) == "elsewhere 3102:C1")
        _ = try book.lapse(at: expiry)
        #expect(book.balance(Account(Chart.reserved, sub: "C1")) == .zero)
        #expect(book.balance(Account(Chart.reserved)) == yuan("-10"))
    }

    @Test func `another fund's reservation is nobody's here, and its id is taken`() throws {
        let other = try #require(
            Reservation(id: ID("R"), fund: "haikou", amount: yuan("10"), expires: expiry))
        var book = Book(chart: .advanceFund, fund: fund, reservations: [other])
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        let returned = draft("x", Posting.returned(yuan("10"), of: ID("R")))
        #expect(refusal(returned, at: start, in: book) == "unknown")
        let again = draft("y", Posting.reserve(yuan("10"), as: ID("R")))
        #expect(refusal(again, at: start, in: book) == "reserved")
        #expect(book.lapses(at: expiry).isEmpty && book.openReservations(at: start).isEmpty)
        #expect(book.position(at: start).open.isEmpty)
    }

    @Test func `lapses come in the order of their expiries, dated on the day of each`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        _ = try book.post(draft("g", Posting.appropriation(yuan("1000"))), at: start)
        for (index, minutes) in [5_000, 3, 1_200, 3, 80].enumerated() {
            let id = ID<Reservation>("R\(index)")
            _ = try book.post(
                draft(
                    "r\(index)",
                    Posting.reserve(yuan("1"), as: id, expires: start.advanced(byMinutes: minutes))),
                at: start)
        }
        let drafts = book.lapses(at: start.advanced(byMinutes: 1_200))
        #expect(drafts.map(\.id.text) == ["R1#lapse", "R3#lapse", "R4#lapse", "R2#lapse"])
        #expect(drafts.map(\.businessDate.description).suffix(2) == ["2025-01-01", "2025-01-02"])
        #expect(book.free(Chart.spendableGuard, at: start.advanced(byMinutes: 90)) == yuan("998"))
    }

    @Test func `a part of the books that holds what is due lapses as the whole does`() throws {
        var whole = try book()
        let reservation = try #require(whole.reservations[ID("R")])
        let accounts = [Account(Chart.reserved), Account(Chart.available)]
        var part = Book(
            chart: whole.chart, fund: fund, head: whole.head, totals: whole.totals,
            balances: Dictionary(uniqueKeysWithValues: accounts.map { ($0, whole.balance($0)) }),
            reservations: [reservation])
        #expect(try part.lapse(at: expiry) == (try whole.lapse(at: expiry)))
        #expect(part.totals == whole.totals && part.head == whole.head)
    }

    @Test func `the vouchers alone prove that every lapse came first, at its time`()
        throws
    {
        var book = try book()
        var vouchers: [Voucher] = []
        func verified(_ drafts: [(Draft, Moment)]) -> Fault.Reason? {
            verify(chained(drafts), chart: .advanceFund, fund: fund).fault?.reason
        }
        let grant = draft("g", Posting.appropriation(yuan("1000")))
        let reserve = draft("r", Posting.reserve(yuan("800"), as: ID("R"), expires: expiry))
        let lapse = try #require(book.lapses(at: expiry).first)
        let other = draft("o", Posting.interest(yuan("1")))
        let head = [(grant, start), (reserve, start)]
        #expect(verified(head + [(lapse, expiry), (other, expiry)]) == nil)
        #expect(verified(head + [(other, start), (lapse, expiry)]) == nil)
        #expect(
            verified(head + [(other, expiry), (lapse, expiry)]) == .refused(.lapseDue(ID("R"))))
        #expect(
            verified(head + [(lapse, expiry.advanced(byMs: -1))])
                == .refused(.reservationNotExpired(ID("R"), expires: expiry)))
        vouchers += try book.lapse(at: expiry)
        let statement = FundStatement(of: chained(head + [(lapse, expiry)]))
        #expect(statement.lapsed == yuan("800") && statement.returned == .zero)
        #expect(statement.reserved == .zero && statement.approved == yuan("800"))
    }

    @Test func `a lapse given in error is taken back by a reservation of a new name`() throws {
        var book = try book()
        let lapse = try #require(try book.lapse(at: expiry).first)
        let back = Posting.reversal(of: lapse.lines) { ID($0.text + "-2") }
        let reversal = draft("b", back, reverses: "R#lapse")
        let voucher = try book.post(reversal, at: expiry)
        #expect(book.reservations[ID("R-2")]?.open == yuan("800"))
        #expect(book.free(Chart.spendableGuard) == yuan("200"))
        var statement = FundStatement(of: [lapse])
        statement.add(voucher)
        #expect(statement.lapsed == .zero && statement.returned == .zero)
    }

    @Test
    func `an expiry is part of the voucher, and without one it hashes as ever`() {
        let plain = draft("v", Posting.reserve(yuan("5"), as: ID("R")))
        let expiring = draft("v", Posting.reserve(yuan("5"), as: ID("R"), expires: expiry))
        let later = draft(
            "v", Posting.reserve(yuan("5"), as: ID("R"), expires: expiry.advanced(byMs: 1)))
        #expect(Set([plain, expiring, later].map(\.contentHash)).count == 3)
        #expect(
            plain.contentHash.hex
                == "82238d1e0865c98080303090793c4c1f12da343f32804a63d71dc659fa545deb")
        #expect(
            expiring.contentHash.hex
                == "19c0ed0f98d6fa4cb16eed110304b1c11e9eb56098a20b2173433188676c2019")
    }
}

/// Drafts chained as somebody would who knows the format and is not held by the rules.
func chained(_ drafts: [(Draft, Moment)]) -> [Voucher] {
    var previous = Hash.zero
    return drafts.enumerated().map { index, entry in
        let number = Int64(index + 1)
        let hash = Voucher.hash(of: entry.0, number: number, at: entry.1, after: previous)
        defer { previous = hash }
        return Voucher(
            draft: entry.0, number: number, recordedAt: entry.1, previousHash: previous, hash: hash)
    }
}
