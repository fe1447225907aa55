package import Ledger

/// Sums of cells by merchant, for the leagues: kept apart, as there are so many of them.
///
/// By month and by year, so that a year's league reads one sum for each merchant and not twelve.
package struct MerchantTally: Hashable, Sendable {
    package private(set) var values: [Key: Int64] = [:]

    package struct Key: Hashable, Sendable {
        package let merchant: ID<Merchant>
        package let span: MerchantSpan
        package let isOther: Bool
        package let cell: Cell

        package init(merchant: ID<Merchant>, span: MerchantSpan, isOther: Bool, cell: Cell) {
            self.merchant = merchant
            self.span = span
            self.isOther = isOther
            self.cell = cell
        }
    }

    /// What is told of a merchant.
    package static let cells: [Cell] = [
        .registered, .complaint, .enrolledComplaint, .handlingDue, .handlingKept, .contactDue,
        .contactKept, .responseDue, .responseKept, .solved, .partlySolved, .notSolved, .gradeA,
        .gradeB, .gradeC, .unreachable, .repeated, .reopened, .eligible, .advanced, .quickPaid,
        .quickPaidFen, .reservedFen, .withoutAdvance, .withoutAdvanceFen, .recoverable,
        .recoverableFen, .repaidFen, .inDefault, .riskFlagged,
    ]

    private static let kept = Set(cells)

    package init() {}

    package init(of records: some Sequence<ReportRecord>) {
        for record in records { add(record, times: 1) }
    }

    /// What the tallies change by when a record takes the place of another, or comes new.
    package init(from old: ReportRecord?, to new: ReportRecord?) {
        if let old { add(old, times: -1) }
        if let new { add(new, times: 1) }
        values = values.filter { $0.value != 0 }
    }

    package mutating func merge(_ other: MerchantTally) {
        for (key, value) in other.values {
            let sum = (values[key] ?? 0) &+ value
            values[key] = sum == 0 ? nil : sum
        }
    }

    private mutating func add(_ record: ReportRecord, times: Int64) {
        guard let merchant = record.merchant else { return }
        let month = record.registered.firstOfMonth
        for each in record.cells where Self.kept.contains(each.key.cell) {
            for span in [MerchantSpan.month(month), .year(month.components.year)] {
                let key = Key(
                    merchant: merchant, span: span, isOther: record.facets.isOther,
                    cell: each.key.cell)
                values[key, default: 0] &+= times &* each.value
            }
        }
    }
}

package enum MerchantSpan: Hashable, Sendable {
    /// By its first day.
    case month(Day)
    case year(Int)
}

extension ReportPeriod {
    /// The fewest spans it is made of; nil for one that is not made of whole months.
    package var merchantSpans: [MerchantSpan]? {
        guard isWholeMonths else { return nil }
        var spans: [MerchantSpan] = []
        var rest = self.spans.map(\.first)[...]
        while let first = rest.first {
            let (year, month, _) = first.components
            if month == 1, rest.count >= 12 {
                spans.append(.year(year))
                rest = rest.dropFirst(12)
            } else {
                spans.append(.month(first))
                rest = rest.dropFirst()
            }
        }
        return spans
    }
}
