import Casework
package import Database
package import Ledger
package import Store

/// What `ledger verify` found: the books recomputed from the vouchers alone, and tied to the cases.
package struct BooksProof: Sendable {
    package let vouchers: Int64
    package let head: Head
    /// The first voucher that is not as it must be; nil when chain, balances and guards hold.
    package let fault: Fault?
    /// Stored balances, totals or reservations that the vouchers do not give.
    package let differences: [Book.Difference]
    package let ties: [Tie]
    package let spendable: Money
    /// Signed checkpoints that the chain was held to.
    package let checkpoints: Int
    /// The first closed day whose books are no longer those that were closed.
    package let brokenDay: Day?
    /// The first stored sum of a block of vouchers that they do not give.
    package let brokenBlock: AccountBlock.Key?
    /// Whether the stored statement of the fund, the five amounts above all, is what its vouchers give.
    package let isStatementTrue: Bool
    /// Days and tiers whose stored sum of commitments, to which caps are held, is not that of the advances.
    package let brokenCaps: [String]

    package var isSound: Bool {
        fault == nil && differences.isEmpty && ties.allSatisfy(\.holds) && brokenDay == nil
            && brokenBlock == nil && isStatementTrue && brokenCaps.isEmpty
    }

    /// A sum of the books beside the same sum of the cases.
    package struct Tie: Hashable, Sendable {
        /// `reserved`, `receivable`, `payable`, `owed by tourists`.
        package let name: String
        package let books: Money
        package let cases: Money
        package var holds: Bool { books == cases }
    }
}

/// What an auditor kept, and brings to the books.
package struct AuditEvidence: Sendable {
    package var checkpoints: [SignedCheckpoint] = []
    /// The keys whose signatures count, as the office gave them by hand.
    package var keys: [VerificationKey] = []

    package init(checkpoints: [SignedCheckpoint] = [], keys: [VerificationKey] = []) {
        self.checkpoints = checkpoints
        self.keys = keys
    }
}

extension Office {
    /// Recomputes everything from one state of the database: chain, balances, guards at each step,
    /// projections, closed periods; and ties reserved, receivable and payable to the cases.
    ///
    /// - Parameter evidence: What an auditor kept. Nil: the office's own checkpoints, by its own key.
    package func verifyBooks(
        against evidence: AuditEvidence? = nil,
        progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> BooksProof {
        try await read { [self] transaction in
            let own = try signingKey.map {
                AuditEvidence(
                    checkpoints: try transaction.checkpoints(books.fund),
                    keys: [$0.verificationKey])
            }
            return try transaction.prove(
                books, evidence ?? own ?? AuditEvidence(), at: now(), progress: progress)
        }
    }
}

extension Transaction {
    fileprivate func prove(
        _ books: Office.Books, _ evidence: AuditEvidence, at now: Moment,
        progress: @escaping @Sendable (Int64) -> Void
    ) throws -> BooksProof {
        let start = Verifier(
            chart: books.chart, fund: books.fund, currency: books.postings.currency,
            closings: try closingsWithBalances(books.fund), checkpoints: evidence.checkpoints,
            trusting: evidence.keys)
        let proof = try prove(start, progress: progress)
        let verifier = proof.verifier
        let stored = try wholeBook(books, at: now)
        return BooksProof(
            vouchers: verifier.book.head.number, head: verifier.book.head, fault: proof.fault,
            differences: proof.fault == nil ? verifier.book.differences(from: stored) : [],
            ties: try ties(of: verifier.book),
            spendable: verifier.book.free(Chart.spendableGuard, at: now) ?? .zero,
            checkpoints: evidence.checkpoints.count,
            brokenDay: try brokenClosedDay(books.fund), brokenBlock: proof.brokenBlock,
            isStatementTrue: proof.isStatementTrue, brokenCaps: try committedFaults())
    }

    /// The stored projections, whole.
    package func wholeBook(
        _ books: Office.Books, at now: Moment
    ) throws(DatabaseError) -> Book {
        let part = try book(
            books.chart, fund: books.fund, currency: books.postings.currency, at: now)
        return Book(
            chart: books.chart, fund: books.fund, currency: books.postings.currency,
            head: part.head, totals: part.totals, balances: try balances(books.fund),
            reservations: try reservations(books.fund), closedThrough: part.closedThrough)
    }

    /// The stored head, totals and balances, without the reservations: as much as a checkpoint says.
    package func standingBook(
        _ books: Office.Books, at now: Moment
    ) throws(DatabaseError) -> Book {
        let part = try book(
            books.chart, fund: books.fund, currency: books.postings.currency, at: now)
        return Book(
            chart: books.chart, fund: books.fund, currency: books.postings.currency,
            head: part.head, totals: part.totals, balances: try standingBalances(books.fund))
    }

    private func ties(of book: Book) throws(DatabaseError) -> [BooksProof.Tie] {
        var reserved = Money.zero
        var receivable = Money.zero
        var payable = Money.zero
        var byTourists = Money.zero
        try forEachCaseWithMoney { file in
            if let advance = file.advance {
                if advance.state == .reserved { reserved = reserved.sum(advance.amount) }
                if advance.state == .payable { payable = payable.sum(advance.amount) }
            }
            if let recovery = file.recovery { receivable = receivable.sum(recovery.outstanding) }
            if let owed = file.claimBack?.outstanding { byTourists = byTourists.sum(owed) }
        }
        return [
            .init(name: "reserved", books: book.total(Chart.reserved).negated, cases: reserved),
            .init(name: "receivable", books: book.total(Chart.receivable), cases: receivable),
            .init(name: "payable", books: book.total(Chart.payable).negated, cases: payable),
            .init(
                name: "owed by tourists", books: book.total(Chart.consumerReceivable),
                cases: byTourists),
        ]
    }
}

extension Money {
    /// Held at the ends of the range, where a tie cannot hold anyway.
    fileprivate func sum(_ other: Money) -> Money { adding(other) ?? Money(fen: .max) }
    fileprivate var negated: Money { Money.zero.subtracting(self) ?? Money(fen: .max) }
}
