import Database
import Ledger

/// The books as the closures of one commit have them open: loaded as far as their drafts reach, posted
/// to in memory, and written once.
///
/// One hot account costs a row a commit this way, however many vouchers of the commit move it.
struct OpenBooks: Carried {
    private var funds: [String: OpenBook] = [:]

    var isChanged: Bool { funds.values.contains { !$0.vouchers.isEmpty } }

    func has(_ fund: String) -> Bool { funds[fund] != nil }

    /// Precondition: the fund was begun.
    func book(_ fund: String) -> Book {
        guard let open = funds[fund] else { preconditionFailure("\(fund) was not begun") }
        return open.book
    }

    mutating func begin(_ book: Book) { funds[book.fund] = OpenBook(book: book) }

    /// For the closures that come later in the commit: they take no voucher of a day that was just closed.
    mutating func close(_ fund: String, through day: Day) { funds[fund]?.book.close(through: day) }

    /// What the drafts touch and nobody loaded yet.
    func unknown(of drafts: [Draft], in fund: String) -> Wanted {
        guard let open = funds[fund] else { return Wanted() }
        var wanted = Wanted()
        for draft in drafts {
            if !open.known.vouchers.contains(draft.id) { wanted.vouchers.insert(draft.id) }
            for id in draft.named where !open.known.named.contains(id) {
                wanted.vouchers.insert(id)
                wanted.named.insert(id)
            }
            for line in draft.lines {
                if !open.known.accounts.contains(line.account) {
                    wanted.accounts.insert(line.account)
                }
                if let id = line.reservation?.id, !open.known.reservations.contains(id) {
                    wanted.reservations.insert(id)
                }
            }
        }
        return wanted
    }

    mutating func learn(_ found: Found, in fund: String) {
        funds[fund]?.book.load(
            balances: found.balances, reservations: found.reservations, posted: found.posted)
        funds[fund]?.known.formUnion(found.wanted)
    }

    /// Up to when every reservation that expires is known; nil before the first look.
    func expiriesKnown(of fund: String) -> Moment? { funds[fund]?.expiriesKnown }

    mutating func learnExpiries(_ found: Found, before moment: Moment, in fund: String) {
        learn(found, in: fund)
        funds[fund]?.expiriesKnown = moment
    }

    /// Posts every lapse that is due, before anything else is posted at `now`.
    mutating func lapse(_ fund: String, at now: Moment) throws(PostingError) {
        guard let open = funds[fund]?.book, !open.lapses(at: now).isEmpty else { return }
        for draft in open.lapses(at: now) { _ = try post(draft, at: now) }
    }

    /// Precondition: what the draft touches was learnt.
    mutating func post(_ draft: Draft, at now: Moment) throws(PostingError) -> Posted {
        guard var open = funds.removeValue(forKey: draft.fund) else {
            preconditionFailure("\(draft.fund) was not begun")
        }
        defer { funds[draft.fund] = open }
        let before = open.book.head
        let voucher = try open.book.post(draft, at: now)
        guard open.book.head != before else { return Posted(voucher: voucher, isNew: false) }
        open.vouchers.append(voucher)
        return Posted(voucher: voucher, isNew: true)
    }

    mutating func write(to transaction: Transaction) throws(DatabaseError) {
        for fund in funds.keys.sorted() {
            guard let open = funds[fund], !open.vouchers.isEmpty else { continue }
            try transaction.write(open.vouchers, of: open.book)
            funds[fund]?.vouchers = []
        }
    }

    private struct OpenBook {
        var book: Book
        /// What was looked for in the database, whether it was there or not.
        var known = Wanted()
        var expiriesKnown: Moment?
        /// Posted and not yet written.
        var vouchers: [Voucher] = []
    }

    /// What a draft needs to be decided.
    struct Wanted {
        var accounts: Set<Account> = []
        var reservations: Set<ID<Reservation>> = []
        var vouchers: Set<ID<Voucher>> = []
        /// Of these, those that a draft names: what reverses them is wanted too.
        var named: Set<ID<Voucher>> = []

        var isEmpty: Bool { accounts.isEmpty && reservations.isEmpty && vouchers.isEmpty }

        fileprivate mutating func formUnion(_ other: Wanted) {
            accounts.formUnion(other.accounts)
            reservations.formUnion(other.reservations)
            vouchers.formUnion(other.vouchers)
            named.formUnion(other.named)
        }
    }

    /// What of it was there.
    struct Found {
        let wanted: Wanted
        var balances: [Account: Money] = [:]
        var reservations: [Reservation] = []
        var posted: [Voucher] = []

        init(_ wanted: Wanted) { self.wanted = wanted }
    }
}
