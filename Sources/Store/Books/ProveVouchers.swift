package import Database
package import Ledger

extension Transaction {
    /// Hands every voucher of the verifier's fund to it, in order, as this one state of the database has
    /// them: this thread reads, another verifies what was read.
    ///
    /// At most `pagesAhead` pages wait between the two, so a long ledger never stands in memory at once.
    ///
    /// - Parameters:
    ///   - step: Vouchers a page, 1…1,000.
    ///   - progress: Hears the number of the last voucher of each page that held, on the other thread.
    /// - Returns: The verifier after the last voucher or the first fault, and that fault; and without a fault
    ///   the first stored block that is not what the vouchers give. `finish` was asked.
    package func prove(
        _ verifier: Verifier, step: Int = 1_000,
        progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) throws(DatabaseError) -> (verifier: Verifier, fault: Fault?, block: AccountBlock.Key?) {
        let fund = verifier.book.fund
        let head = try ledgerHead(fund).number
        let pages = BoundedQueue<[Voucher]>(limit: pagesAhead)
        let outcome = BoundedQueue<(Verifier, Fault?, AccountBlocks)>(limit: 1)
        startThread("ledger-verify") {
            var (verifier, blocks) = (verifier, AccountBlocks())
            verifier.reserve(Int(min(max(head, 0), roomLimit)))
            do throws(Fault) {
                while let page = pages.take() {
                    for voucher in page {
                        try verifier.check(voucher)
                        blocks.add(voucher)
                    }
                    progress(verifier.book.head.number)
                }
                try verifier.finish()
                _ = outcome.give((verifier, nil, blocks))
            } catch {
                pages.refuse()
                _ = outcome.give((verifier, error, blocks))
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
        guard let (verifier, fault, blocks) = outcome.take() else {
            preconditionFailure("the verification of \(fund) ended without an outcome")
        }
        let broken = fault == nil ? try brokenBlock(of: fund, from: blocks) : nil
        return (verifier, fault, broken)
    }
}

/// Pages that may wait to be verified.
private let pagesAhead = 4
/// For how many vouchers room is made before they come: the head says how many, but nobody has proved it.
private let roomLimit: Int64 = 1_000_000
