import Ledger
import Store

extension Work {
    /// Numbers that may be skipped at once; a year has 9,999,999.
    package static let skippedNumbersLimit: Int64 = 100_000

    /// Passes over `count` numbers of every kind, this year's cases and work orders among them.
    ///
    /// After a restore to an earlier time: the numbers given out since are in people's hands, and payouts were made
    /// under them. Another case of the same number would be taken for theirs.
    package func skipNumbers(_ count: Int64) throws {
        precondition(
            (1...Self.skippedNumbersLimit).contains(count), "not to be skipped at once: \(count)")
        let year = today.components.year
        try transaction.skip(count, alsoOf: ["case/\(year)", "order/\(year)"])
    }
}
