package import Database
package import Ledger

/// What came of reading every voucher of a fund again.
package struct VoucherProof: Sendable {
    /// After the last voucher or the first fault. `finish` was asked.
    package let verifier: Verifier
    package let fault: Fault?
    /// Without a fault, the first stored block that is not what the vouchers give.
    package let brokenBlock: AccountBlock.Key?
    /// Without a fault, whether the stored statement of the fund, and each part of it, is what they give.
    package let isStatementTrue: Bool
}

extension Transaction {
    /// Hands every voucher of the verifier's fund to it, in order, as this one state of the database has
    /// them: this thread reads, another verifies what was read.
    ///
    /// At most `pagesAhead` pages wait between the two, so a long ledger never stands in memory at once.
    ///
    /// - Parameters:
    ///   - step: Vouchers a page, 1…1,000.
    ///   - progress: Hears the number of the last voucher of each page that held, on the other thread.
    package func prove(
        _ verifier: Verifier, step: Int = 1_000,
        progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) throws(DatabaseError) -> VoucherProof {
        let fund = verifier.book.fund
        let head = try ledgerHead(fund).number
        let stored = try storedStatement(fund)
        let pages = BoundedQueue<[Voucher]>(limit: pagesAhead)
        let outcome = BoundedQueue<(Verifier, Fault?, Recounted)>(limit: 1)
        startThread("ledger-verify") {
            var (verifier, again) = (verifier, Recounted(through: stored.through))
            verifier.reserve(Int(min(max(head, 0), roomLimit)))
            do throws(Fault) {
                while let page = pages.take() {
                    for voucher in page {
                        try verifier.check(voucher)
                        again.add(voucher)
                    }
                    progress(verifier.book.head.number)
                }
                try verifier.finish()
                _ = outcome.give((verifier, nil, again))
            } catch {
                pages.refuse()
                _ = outcome.give((verifier, error, again))
            }
        }
        do throws(DatabaseError) {
            try forEachPage(of: fund, step: step) { pages.give($0) }
        } catch {
            // The thread ends after what it was given; what it says of a part of the books is dropped.
            pages.close()
            throw error
        }
        pages.close()
        guard let (verifier, fault, again) = outcome.take() else {
            preconditionFailure("the verification of \(fund) ended without an outcome")
        }
        let partsAreTrue = try areTrue(again.parts, of: fund)
        return VoucherProof(
            verifier: verifier, fault: fault,
            brokenBlock: fault == nil ? try brokenBlock(of: fund, from: again.blocks) : nil,
            isStatementTrue: fault != nil
                || again.statement == stored.statement && partsAreTrue)
    }
}

/// The sums that are stored, added up again.
private struct Recounted: Sendable {
    let through: Int64
    var blocks = AccountBlocks()
    var parts = StatementParts()
    var statement = FundStatement(of: [])
    private var reader = FundStatement(of: [])

    init(through: Int64) { self.through = through }

    mutating func add(_ voucher: Voucher) {
        blocks.add(voucher)
        parts.add(voucher, readBy: &reader)
        if voucher.number == through { statement = parts.total }
    }
}

/// Pages that may wait to be verified.
private let pagesAhead = 4
/// For how many vouchers room is made before they come: the head says how many, but nobody has proved it.
private let roomLimit: Int64 = 1_000_000
