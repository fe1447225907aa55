/// Recomputes a fund's books from its vouchers alone: numbers, chain, balances, guards at each step,
/// reservations with their expiries, closed periods, signed checkpoints. Takes the vouchers one by one,
/// so that a caller may read them in pages; `finish` then says whether the last ones are missing.
public struct Verifier: Sendable {
    /// The books as far as the vouchers were sound.
    public private(set) var book: Book
    private var last: ID<Voucher>?
    private var closings: ClosingAudit
    /// Still ahead, the next one last.
    private var checkpoints: [SignedCheckpoint]
    private let keys: [VerificationKey]
    /// The last voucher that a checkpoint confirmed; 0 before the first.
    private var confirmed: Int64 = 0

    /// - Parameters:
    ///   - closings: The periods closed so far: no later voucher may be of one of their days, and their
    ///     closing balances must be those of the vouchers.
    ///   - checkpoints: What an auditor kept; all of this fund, in any order.
    ///   - keys: The keys whose signatures count, from the office's hand.
    public init(
        chart: Chart, fund: String, currency: String = "CNY", closings: [Closing] = [],
        checkpoints: [SignedCheckpoint] = [], trusting keys: [VerificationKey] = []
    ) {
        let ours = closings.filter { $0.fund == fund }
        let isEmpty: (Closing) -> Bool = { $0.head == .none && $0.balances.isEmpty }
        book = Book(
            chart: chart, fund: fund, currency: currency,
            closedThrough: ours.filter(isEmpty).closedThrough(of: fund))
        self.closings = ClosingAudit(ours.filter { !isEmpty($0) })
        self.checkpoints = checkpoints.filter { $0.checkpoint.head != .none }.sorted {
            $0.checkpoint.head.number > $1.checkpoint.head.number
        }
        self.keys = keys
    }

    /// Makes room for as many vouchers more, where their number is known.
    public mutating func reserve(_ count: Int) { book.reserve(count) }

    /// Checks the next voucher in the order of their numbers. After a fault the rest proves nothing.
    public mutating func check(_ voucher: Voucher) throws(Fault) {
        guard voucher.number == book.head.number + 1 else {
            throw fault(voucher, .outOfSequence(expected: book.head.number + 1))
        }
        let hash = Voucher.hash(
            of: voucher.draft, number: voucher.number, at: voucher.recordedAt,
            after: voucher.previousHash)
        guard voucher.previousHash == book.head.hash else {
            // A voucher that is whole in itself names the hash its predecessor used to have.
            if let last, voucher.hash == hash {
                throw Fault(
                    number: book.head.number, id: last,
                    reason: .replaced(formerly: voucher.previousHash))
            }
            throw fault(voucher, .brokenChain(expected: book.head.hash))
        }
        guard voucher.hash == hash else { throw fault(voucher, .altered(recomputed: hash)) }
        if let earlier = voucher.draft.reverses, !book.trail.contains(earlier) {
            throw fault(voucher, .reversesUnknown(earlier))
        }
        let isNew: Bool
        do { isNew = try book.replay(voucher) } catch {
            let isRepeated = book.trail.contains(voucher.id)
            throw fault(voucher, isRepeated ? .idRepeated : .refused(error))
        }
        if !isNew { throw fault(voucher, .idRepeated) }
        last = voucher.id
        try checkClosings(at: voucher)
        try checkCheckpoints(at: voucher)
    }

    /// Checks, after the last voucher, that no checkpoint or closing speaks of later ones.
    public func finish() throws(Fault) {
        let signed = checkpoints.first?.checkpoint.head.number ?? 0
        let through = max(signed, closings.last ?? 0)
        guard through > book.head.number else { return }
        throw Fault(
            number: book.head.number, id: last ?? ID(""), reason: .truncated(through: through))
    }

    private mutating func checkClosings(at voucher: Voucher) throws(Fault) {
        closings.add(voucher)
        while let closing = closings.due(at: voucher.number) {
            guard closings.confirm(closing, after: voucher) else {
                throw fault(voucher, .closingDiffers(closing.period))
            }
            book.close(through: closing.period.lastDay)
        }
    }

    private mutating func checkCheckpoints(at voucher: Voucher) throws(Fault) {
        while let signed = checkpoints.last, signed.checkpoint.head.number <= voucher.number {
            checkpoints.removeLast()
            guard signed.isSigned(by: keys) else {
                throw fault(voucher, .checkpointUntrusted(signed.checkpoint.head))
            }
            let closes = signed.checkpoint.closes
            let found = Checkpoint(of: book, recordedAt: voucher.recordedAt, closes: closes)
            guard signed.checkpoint == found else {
                throw fault(voucher, .checkpointDiffers(after: confirmed))
            }
            confirmed = voucher.number
            if let closes { book.close(through: closes.lastDay) }
        }
    }

    private func fault(_ voucher: Voucher, _ reason: Fault.Reason) -> Fault {
        Fault(number: voucher.number, id: voucher.id, reason: reason)
    }
}

/// The first voucher that does not hold, and why.
public struct Fault: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// A voucher is missing before this one, or they were put in another order.
        case outOfSequence(expected: Int64)
        /// It does not name the hash of the voucher before it.
        case brokenChain(expected: Hash)
        /// Its contents give its hash, but the next voucher was recorded when that was another.
        case replaced(formerly: Hash)
        /// Its own contents do not give its hash.
        case altered(recomputed: Hash)
        case idRepeated
        /// It reverses a voucher that was not posted before it.
        case reversesUnknown(ID<Voucher>)
        /// The ledger would not have posted it.
        case refused(PostingError)
        /// The books did not stand as the closing of this period says, when it was the last voucher.
        case closingDiffers(Period)
        /// The checkpoint of this head bears no signature by a key that counts.
        case checkpointUntrusted(Head)
        /// The chain is whole, but not the one that was signed: a voucher later than `after`, this one
        /// at the latest, was altered, added, removed or moved, and the hashes made anew.
        case checkpointDiffers(after: Int64)
        /// It is the last one, though vouchers up to this number were signed or closed.
        case truncated(through: Int64)
    }

    /// As stored; 0 when there are no vouchers at all.
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

/// Verifies all vouchers of one fund, in the order of their numbers, against what was closed and what
/// an auditor kept.
///
/// What the vouchers alone cannot show is that the last ones are missing, or that all were written anew:
/// that takes a checkpoint (`checkpoints`), or the stored books (`Book.differences(from:)`).
public func verify(
    _ vouchers: some Sequence<Voucher>, chart: Chart, fund: String, currency: String = "CNY",
    closings: [Closing] = [], against checkpoints: [SignedCheckpoint] = [],
    trusting keys: [VerificationKey] = []
) -> Verification {
    var verifier = Verifier(
        chart: chart, fund: fund, currency: currency, closings: closings,
        checkpoints: checkpoints, trusting: keys)
    verifier.reserve(vouchers.underestimatedCount)
    do throws(Fault) {
        for voucher in vouchers { try verifier.check(voucher) }
        try verifier.finish()
    } catch {
        return Verification(book: verifier.book, fault: error)
    }
    return Verification(book: verifier.book, fault: nil)
}
