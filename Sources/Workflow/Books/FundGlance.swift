import Casework
package import Ledger
import Store

/// The fund's last weeks and how long it lasts, as of its last voucher on one day.
package struct FundGlance: Hashable, Sendable {
    /// The number of the last voucher.
    package let head: Int64
    package let outlook: FundOutlook
    package let course: FundCourse
}

extension Office {
    /// - Parameter known: What was found before: given back when nothing was booked since, on the same day.
    package func fundGlance(known: FundGlance? = nil) async throws -> FundGlance {
        try await read { [self] transaction in
            let today = books.zone.day(at: now())
            let head = try transaction.ledgerHead(books.fund).number
            if let known, known.head == head, known.outlook.day == today { return known }
            let book = try transaction.book(
                books.chart, fund: books.fund, currency: books.postings.currency, at: now())
            let recent = try transaction.vouchers(
                of: books.fund, from: today.advanced(by: 1 - 7 * FundOutlook.weekCount),
                through: today)
            return FundGlance(
                head: head,
                outlook: FundOutlook(
                    recent: recent, on: today, chart: books.chart,
                    currency: books.postings.currency
                ) { book.total($0) },
                course: FundCourse(recent: recent, on: today) { book.total($0) })
        }
    }
}
