package import Ledger

/// Sums of cells by day or month, by what records are sorted by.
///
/// Values are added and taken away in 64 bits that wrap: a change is then exact whatever passes in
/// between, and a sum that does not fit is refused where it is stored.
package struct Tally: Hashable, Sendable {
    /// What is zero is left out, and so is a group without anything.
    package private(set) var groups: [TallyGroup: [CellKey: Int64]] = [:]

    package init() {}

    /// All that `records` add up to.
    package init(of records: some Sequence<ReportRecord>) {
        self.init(of: records.lazy.map { RecordChange(from: nil, to: $0) })
    }

    /// What the tallies change by when records take the place of others, or come new.
    ///
    /// Records of the same days and facets are added up before they are spread over the breakdowns: the
    /// cases of one commit are much alike, and a change of one leaves most of its cells as they were.
    package init(of changes: some Sequence<RecordChange>) {
        var sums: [Place: [CellKey: Int64]] = [:]
        func add(_ record: ReportRecord, times: Int64) {
            let place = Place(record)
            var cells = sums.removeValue(forKey: place) ?? [:]
            for each in record.cells { cells[each.key, default: 0] &+= times &* each.value }
            sums[place] = cells
        }
        for change in changes {
            if let new = change.new { add(new, times: 1) }
            if let old = change.old { add(old, times: -1) }
        }
        for (place, cells) in sums {
            let moved = cells.filter { $0.value != 0 }
                .map { CellValue(key: $0.key, value: $0.value) }
            self.add(moved, at: place)
        }
    }

    /// Adds another tally to this one.
    package mutating func merge(_ other: Tally) {
        for (group, cells) in other.groups { add(cells.lazy.map { ($0.key, $0.value) }, to: group) }
    }

    private mutating func add(_ cells: [CellValue], at place: Place) {
        // Of each kind of cell, those with days and breakdowns of their own.
        var (plain, histogram, ending): ([CellKey: Int64], [CellKey: Int64], [CellKey: Int64]) =
            ([:], [:], [:])
        for each in cells {
            if each.key.cell.isHistogram {
                histogram[each.key] = each.value
            } else if each.key.cell.isOfEnding {
                ending[each.key] = each.value
            } else {
                plain[each.key] = each.value
            }
        }
        for cut in Cut.all(of: place.facets) {
            add(plain, cut, place.registered, cut.grains)
            add(histogram, cut, place.registered, cut.histogramGrains)
            if let ended = place.ended { add(ending, cut, ended, cut.grains) }
        }

        func add(_ cells: [CellKey: Int64], _ cut: Cut, _ day: Day, _ grains: [TallySpan.Grain]) {
            guard !cells.isEmpty else { return }
            for grain in grains {
                let first = grain == .day ? day : day.firstOfMonth
                self.add(
                    cells.lazy.map { ($0.key, $0.value) },
                    to: TallyGroup(
                        scope: cut.scope, facet: cut.facet, slice: cut.slice,
                        span: TallySpan(grain, first), isOther: place.facets.isOther))
            }
        }
    }

    private mutating func add(
        _ cells: some Sequence<(CellKey, Int64)>, to group: TallyGroup
    ) {
        var sums = groups.removeValue(forKey: group) ?? [:]
        for (key, value) in cells {
            let sum = (sums[key] ?? 0) &+ value
            sums[key] = sum == 0 ? nil : sum
        }
        if !sums.isEmpty { groups[group] = sums }
    }
}

/// All that decides under which sums a record stands.
private struct Place: Hashable {
    let registered: Day
    let ended: Day?
    let facets: ReportRecord.Facets

    init(_ record: ReportRecord) {
        registered = record.registered
        ended = record.ended
        facets = record.facets
    }
}

/// Under what sums stand.
package struct TallyGroup: Hashable, Sendable {
    package let scope: ReportScope
    package let facet: Facet
    /// A value of the facet; empty for `.total`, and for records that do not say.
    package let slice: String
    package let span: TallySpan
    package let isOther: Bool

    package init(
        scope: ReportScope, facet: Facet, slice: String, span: TallySpan, isOther: Bool
    ) {
        self.scope = scope
        self.facet = facet
        self.slice = slice
        self.span = span
        self.isOther = isOther
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
    case total, area, bureau, kind, category, channel, edition
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
    let slice: String

    /// The breakdowns that are kept. A breakdown of an area by area would say nothing, and so on.
    ///
    /// An office that knows no areas pays nothing for them.
    static func all(of facets: ReportRecord.Facets) -> [Cut] {
        var cuts = cuts(.all, facets)
        if !facets.area.isEmpty {
            cuts.append(Cut(scope: .all, facet: .area, slice: facets.area))
            cuts += Self.cuts(.area(facets.area), facets)
        }
        if !facets.bureau.isEmpty { cuts += Self.cuts(.bureau(facets.bureau), facets) }
        return cuts
    }

    private static func cuts(_ scope: ReportScope, _ facets: ReportRecord.Facets) -> [Cut] {
        var cuts = [
            Cut(scope: scope, facet: .total, slice: ""),
            Cut(scope: scope, facet: .kind, slice: facets.kind),
            Cut(scope: scope, facet: .category, slice: facets.category),
            Cut(scope: scope, facet: .channel, slice: facets.channel),
            Cut(scope: scope, facet: .edition, slice: facets.edition ?? ""),
        ]
        if scope.isByMonth { return cuts }
        cuts.append(Cut(scope: scope, facet: .bureau, slice: facets.bureau))
        return cuts
    }

    var grains: [TallySpan.Grain] { scope.isByMonth ? [.month] : [.day, .month] }

    /// By month alone but for the whole office, so that a day's sums stay few; none of a bureau or a kind.
    var histogramGrains: [TallySpan.Grain] {
        switch (scope, facet) {
        case (.all, .total): [.day, .month]
        case (.bureau, _), (_, .bureau), (_, .kind): []
        default: [.month]
        }
    }
}

extension Day {
    /// The first day of its month.
    package var firstOfMonth: Day { advanced(by: 1 - components.day) }
}
