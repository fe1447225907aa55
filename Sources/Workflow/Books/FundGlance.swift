import Casework
package import Ledger
import Store

/// The fund's last weeks and how long it lasts, as of its last voucher on one day.
package struct FundGlance: Hashable, Sendable {
    /// The number of the last voucher.
    package let head: Int64
    package let outlook: FundOutlook
    package let course: FundCourse
    /// What was granted on the days of the weeks, as far as `head`.
    fileprivate let granted: [Day: Money]
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
            let first = today.advanced(by: 1 - 7 * FundOutlook.weekCount)
            // What was known on a later day lacks the first days of an earlier one's weeks.
            let before = known.flatMap { $0.outlook.day <= today ? $0 : nil }
            let granted = try transaction.granted(
                books.fund, from: first, since: before.map { ($0.granted, through: $0.head) })
            let movements = try transaction.movements(
                of: books.fund,
                in: FundOutlook.codes(of: books.chart).union(FundCourse.codes).sorted(),
                from: first, through: today, granted: granted)
            return FundGlance(
                head: head,
                outlook: FundOutlook(
                    recent: movements, on: today, chart: books.chart,
                    currency: books.postings.currency
                ) { book.total($0) },
                course: FundCourse(recent: movements, on: today) { book.total($0) },
                granted: granted)
        }
    }
}
