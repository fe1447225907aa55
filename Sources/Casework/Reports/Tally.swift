package import Ledger

/// Sums of cells by day or month, by what records are sorted by.
///
/// Values are added and taken away in 64 bits that wrap: a change is then exact whatever passes in
/// between, and a sum that does not fit is refused where it is stored.
package struct Tally: Hashable, Sendable {
    package private(set) var values: [TallyKey: Int64] = [:]

    package init() {}

    /// All that `records` add up to.
    package init(of records: some Sequence<ReportRecord>) {
        for record in records { add(record, times: 1) }
    }

    /// What the tallies change by when a record takes the place of another, or comes new.
    ///
    /// Where neither the days nor the facets moved, only the cells that differ are in it.
    package init(from old: ReportRecord?, to new: ReportRecord?) {
        add(from: old, to: new)
        values = values.filter { $0.value != 0 }
    }

    /// Moves the sums by what changes when a record takes the place of another, or comes new; what becomes
    /// zero stays in `values` until `dropZeros`.
    package mutating func add(from old: ReportRecord?, to new: ReportRecord?) {
        if let old, let new, old.registered == new.registered, old.ended == new.ended,
            old.facets == new.facets
        {
            var difference: [CellKey: Int64] = [:]
            for each in new.cells { difference[each.key, default: 0] &+= each.value }
            for each in old.cells { difference[each.key, default: 0] &-= each.value }
            let cells = difference.filter { $0.value != 0 }
                .map { CellValue(key: $0.key, value: $0.value) }
            add(cells, of: new, times: 1)
        } else {
            if let new { add(new, times: 1) }
            if let old { add(old, times: -1) }
        }
    }

    package mutating func dropZeros() { values = values.filter { $0.value != 0 } }

    /// Adds another tally to this one; what becomes zero is left out.
    package mutating func merge(_ other: Tally) {
        for (key, value) in other.values {
            let sum = (values[key] ?? 0) &+ value
            values[key] = sum == 0 ? nil : sum
        }
    }

    private mutating func add(_ record: ReportRecord, times: Int64) {
        add(record.cells, of: record, times: times)
    }

    private mutating func add(_ cells: [CellValue], of record: ReportRecord, times: Int64) {
        let cuts = Cut.all(of: record.facets)
        for each in cells {
            guard let day = each.key.cell.isOfEnding ? record.ended : record.registered else {
                continue
            }
            for cut in cuts {
                for span in cut.spans(of: each.key.cell, on: day) {
                    let key = TallyKey(
                        scope: cut.scope, facet: cut.facet, value: cut.value, span: span,
                        isOther: record.facets.isOther, cell: each.key)
                    values[key, default: 0] &+= times &* each.value
                }
            }
        }
    }
}

/// Under what a sum stands.
package struct TallyKey: Hashable, Sendable {
    package let scope: ReportScope
    package let facet: Facet
    /// Of the facet; empty for `.total`, and for records that do not say.
    package let value: String
    package let span: TallySpan
    package let isOther: Bool
    package let cell: CellKey

    package init(
        scope: ReportScope, facet: Facet, value: String, span: TallySpan, isOther: Bool,
        cell: CellKey
    ) {
        self.scope = scope
        self.facet = facet
        self.value = value
        self.span = span
        self.isOther = isOther
        self.cell = cell
    }
}

/// A day, or a month by its first day.
package struct TallySpan: Hashable, Sendable {
    package let grain: Grain
    package let first: Day

    package init(_ grain: Grain, _ first: Day) {
        self.grain = grain
        self.first = first
    }

    /// The raw value is stored.
    package enum Grain: String, Hashable, Sendable, CaseIterable { case day, month }
}

/// What a breakdown is by. The raw value is stored.
package enum Facet: String, Hashable, Sendable, CaseIterable {
    case total, area, bureau, kind, category, channel
}

/// Whose report it is: the whole office's, an area's or a bureau's.
package enum ReportScope: Hashable, Sendable {
    case all
    case area(String)
    case bureau(String)

    /// A bureau's own report is kept by month alone.
    package var isByMonth: Bool { if case .bureau = self { true } else { false } }
}

/// One way in which a record is counted.
struct Cut {
    let scope: ReportScope
    let facet: Facet
    let value: String

    /// The breakdowns that are kept. A breakdown of an area by area would say nothing, and so on.
    ///
    /// An office that knows no areas pays nothing for them.
    static func all(of facets: ReportRecord.Facets) -> [Cut] {
        var cuts = cuts(.all, facets)
        if !facets.area.isEmpty {
            cuts.append(Cut(scope: .all, facet: .area, value: facets.area))
            cuts += Self.cuts(.area(facets.area), facets)
        }
        if !facets.bureau.isEmpty { cuts += Self.cuts(.bureau(facets.bureau), facets) }
        return cuts
    }

    private static func cuts(_ scope: ReportScope, _ facets: ReportRecord.Facets) -> [Cut] {
        var cuts = [
            Cut(scope: scope, facet: .total, value: ""),
            Cut(scope: scope, facet: .kind, value: facets.kind),
            Cut(scope: scope, facet: .category, value: facets.category),
            Cut(scope: scope, facet: .channel, value: facets.channel),
        ]
        if case .bureau = scope { return cuts }
        cuts.append(Cut(scope: scope, facet: .bureau, value: facets.bureau))
        return cuts
    }

    /// By day and by month; a bureau's own report is kept by month alone, and so are the histograms
    /// but the whole office's, so that a day's tallies stay few.
    func spans(of cell: Cell, on day: Day) -> [TallySpan] {
        let month = TallySpan(.month, day.firstOfMonth)
        if cell.isHistogram {
            switch (scope, facet) {
            case (.all, .total): return [TallySpan(.day, day), month]
            case (.bureau, _), (_, .bureau), (_, .kind): return []
            default: return [month]
            }
        }
        if scope.isByMonth { return [month] }
        return [TallySpan(.day, day), month]
    }
}

extension Day {
    /// The first day of its month.
    package var firstOfMonth: Day { advanced(by: 1 - components.day) }
}
