package import Ledger

/// Sums of cells by merchant, for the leagues: kept apart, as there are so many of them.
///
/// By month and by year, so that a year's league reads one sum for each merchant and not twelve.
package struct MerchantTally: Hashable, Sendable {
    /// What is zero is left out, and so is a group without anything.
    package private(set) var groups: [Group: [CellKey: Int64]] = [:]

    package struct Group: Hashable, Sendable {
        package let merchant: ID<Merchant>
        package let span: MerchantSpan
        package let isOther: Bool

        package init(merchant: ID<Merchant>, span: MerchantSpan, isOther: Bool) {
            self.merchant = merchant
            self.span = span
            self.isOther = isOther
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

    /// What the tallies change by when records take the place of others, or come new.
    package init(of changes: some Sequence<RecordChange>) {
        for change in changes {
            if let old = change.old { add(old, times: -1) }
            if let new = change.new { add(new, times: 1) }
        }
    }

    package mutating func merge(_ other: MerchantTally) {
        for (group, cells) in other.groups { add(cells, to: group) }
    }

    private mutating func add(_ record: ReportRecord, times: Int64) {
        guard let merchant = record.merchant else { return }
        var cells: [CellKey: Int64] = [:]
        for each in record.cells where Self.kept.contains(each.key.cell) {
            cells[each.key] = times &* each.value
        }
        let month = record.registered.firstOfMonth
        for span in [MerchantSpan.month(month), .year(month.components.year)] {
            add(
                cells,
                to: Group(merchant: merchant, span: span, isOther: record.facets.isOther))
        }
    }

    private mutating func add(_ cells: [CellKey: Int64], to group: Group) {
        var sums = groups.removeValue(forKey: group) ?? [:]
        for (key, value) in cells {
            let sum = (sums[key] ?? 0) &+ value
            sums[key] = sum == 0 ? nil : sum
        }
        if !sums.isEmpty { groups[group] = sums }
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
