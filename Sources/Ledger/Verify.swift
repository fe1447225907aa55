/// Recomputes a fund's books from its vouchers alone: numbers, chain, balances, guards at each step,
/// reservations. Takes the vouchers one by one, so that a caller may read them in pages.
public struct Verifier: Sendable {
    /// The books as far as the vouchers were sound.
    public private(set) var book: Book
    private var closings: ClosingAudit

    /// - Parameter closings: The periods closed so far: no later voucher may be of one of their days, and
    ///   their closing balances must be those of the vouchers.
    public init(
        chart: Chart, fund: String, currency: String = "CNY", closings: [Closing] = []
    ) {
        let ours = closings.filter { $0.fund == fund }
        let isEmpty: (Closing) -> Bool = { $0.head == .none && $0.balances.isEmpty }
        book = Book(
            chart: chart, fund: fund, currency: currency,
            closedThrough: ours.filter(isEmpty).closedThrough(of: fund))
        self.closings = ClosingAudit(ours.filter { !isEmpty($0) })
    }

    /// Checks the next voucher in the order of their numbers. After a fault the rest proves nothing.
    public mutating func check(_ voucher: Voucher) throws(Fault) {
        func fault(_ reason: Fault.Reason) -> Fault {
            Fault(number: voucher.number, id: voucher.id, reason: reason)
        }
        guard voucher.number == book.head.number + 1 else {
            throw fault(.outOfSequence(expected: book.head.number + 1))
        }
        guard voucher.previousHash == book.head.hash else {
            throw fault(.brokenChain(expected: book.head.hash))
        }
        let hash = Voucher.hash(
            of: voucher.draft, number: voucher.number, at: voucher.recordedAt,
            after: voucher.previousHash)
        guard voucher.hash == hash else { throw fault(.altered(recomputed: hash)) }
        if let earlier = voucher.draft.reverses, book.trail[earlier] == nil {
            throw fault(.reversesUnknown(earlier))
        }
        guard book.trail[voucher.id] == nil else { throw fault(.idRepeated) }
        do { try book.replay(voucher) } catch { throw fault(.refused(error)) }
        closings.add(voucher)
        while let closing = closings.due(at: voucher.number) {
            guard closings.confirm(closing, after: voucher) else {
                throw fault(.closingDiffers(closing.period))
            }
            book.close(through: closing.period.lastDay)
        }
    }
}

/// The first voucher that does not hold, and why.
public struct Fault: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// A voucher is missing before this one, or they were put in another order.
        case outOfSequence(expected: Int64)
        /// It does not name the hash of the voucher before it.
        case brokenChain(expected: Hash)
        /// Its own contents do not give its hash.
        case altered(recomputed: Hash)
        case idRepeated
        /// It reverses a voucher that was not posted before it.
        case reversesUnknown(ID<Voucher>)
        /// The books did not stand as the closing of this period says, when it was the last voucher.
        case closingDiffers(Period)
        /// The ledger would not have posted it.
        case refused(PostingError)
    }

    /// As stored.
    public let number: Int64
    public let id: ID<Voucher>
    public let reason: Reason
}

/// What a verification found.
public struct Verification: Sendable {
    /// The books as the vouchers give them, up to the first fault.
    public let book: Book
    public let fault: Fault?

    public var isSound: Bool { fault == nil }

    /// The vouchers that hold, from the first.
    public var checked: Int64 { book.head.number }
}

/// Verifies all vouchers of one fund, in the order of their numbers.
///
/// What the vouchers cannot show is that the last ones are missing: compare with the stored books
/// (`Book.differences(from:)`) or with a head that was kept elsewhere.
public func verify(
    _ vouchers: some Sequence<Voucher>, chart: Chart, fund: String, currency: String = "CNY",
    closings: [Closing] = []
) -> Verification {
    var verifier = Verifier(chart: chart, fund: fund, currency: currency, closings: closings)
    for voucher in vouchers {
        do { try verifier.check(voucher) } catch {
            return Verification(book: verifier.book, fault: error)
        }
    }
    return Verification(book: verifier.book, fault: nil)
}

extension Book {
    /// Where stored books and the books of the vouchers part.
    public enum Difference: Hashable, Sendable {
        case head(vouchers: Head, stored: Head)
        case total(code: String, vouchers: Money, stored: Money)
        case balance(Account, vouchers: Money, stored: Money)
        case reservation(ID<Reservation>, vouchers: Reservation?, stored: Reservation?)
    }

    /// Compares these books, recomputed from vouchers, with `stored` ones, loaded whole.
    public func differences(from stored: Book) -> [Difference] {
        var found: [Difference] = []
        if head != stored.head { found.append(.head(vouchers: head, stored: stored.head)) }
        for code in Set(totals.keys).union(stored.totals.keys).sorted()
        where total(code) != stored.total(code) {
            found.append(.total(code: code, vouchers: total(code), stored: stored.total(code)))
        }
        for account in Set(balances.keys).union(stored.balances.keys).sorted()
        where balance(account) != stored.balance(account) {
            found.append(
                .balance(account, vouchers: balance(account), stored: stored.balance(account)))
        }
        for id in Set(reservations.keys).union(stored.reservations.keys).sorted()
        where reservations[id] != stored.reservations[id] {
            found.append(
                .reservation(id, vouchers: reservations[id], stored: stored.reservations[id]))
        }
        return found
    }
}
