/// The cells of a group of records, those of kinds counted as "other" apart.
package struct CellCounts: Hashable, Sendable {
    private var plain: [CellKey: Int64] = [:]
    private var other: [CellKey: Int64] = [:]

    package init() {}

    package mutating func add(_ value: Int64, to cell: CellKey, isOther: Bool) {
        if isOther {
            other[cell, default: 0] &+= value
        } else {
            plain[cell, default: 0] &+= value
        }
    }

    package mutating func add(_ cells: [CellKey: Int64], isOther: Bool) {
        if isOther {
            other.merge(cells) { $0 &+ $1 }
        } else {
            plain.merge(cells) { $0 &+ $1 }
        }
    }

    package mutating func add(_ counts: CellCounts) {
        plain.merge(counts.plain) { $0 &+ $1 }
        other.merge(counts.other) { $0 &+ $1 }
    }

    package func value(_ cell: Cell, _ population: Population = .all) -> Int64 {
        let key = CellKey(cell)
        let counted = plain[key] ?? 0
        return population == .all ? counted &+ (other[key] ?? 0) : counted
    }

    package func sum(_ cells: [Cell], _ population: Population = .all) -> Int64 {
        cells.reduce(0) { $0 &+ value($1, population) }
    }

    package func histogram(_ speed: Speed, _ population: Population = .all) -> Histogram {
        let cell = Cell.of(speed).times
        var counts: [Int: Int64] = [:]
        for (key, value) in plain where key.cell == cell {
            counts[key.bucket, default: 0] &+= value
        }
        if population == .all {
            for (key, value) in other where key.cell == cell {
                counts[key.bucket, default: 0] &+= value
            }
        }
        return Histogram(counts)
    }
}

/// Whether kinds that the report counts as "other" are in a figure.
package enum Population: String, Hashable, Sendable, CaseIterable {
    case all
    case withoutOther
}

/// The tallies of one period and scope, broken down as far as they were asked for.
package struct PeriodTally: Hashable, Sendable {
    package let period: ReportPeriod
    package let scope: ReportScope
    /// By facet, then by its value.
    package private(set) var groups: [Facet: [String: CellCounts]] = [:]

    package init(_ period: ReportPeriod, scope: ReportScope = .all) {
        self.period = period
        self.scope = scope
    }

    /// Everything that a tally holds of this period and scope.
    package init(_ period: ReportPeriod, scope: ReportScope = .all, from tally: Tally) {
        self.init(period, scope: scope)
        let spans = Set(period.spans)
        for (group, cells) in tally.groups
        where group.scope == scope && spans.contains(group.span) {
            add(cells, of: group.facet, group.slice, isOther: group.isOther)
        }
    }

    package mutating func add(
        _ cells: [CellKey: Int64], of facet: Facet, _ group: String, isOther: Bool
    ) {
        // A group whose sums have all come down to nothing is none.
        if cells.isEmpty { return }
        groups[facet, default: [:]][group, default: CellCounts()].add(cells, isOther: isOther)
    }

    package mutating func add(
        _ value: Int64, to cell: CellKey, of facet: Facet, _ group: String, isOther: Bool
    ) {
        groups[facet, default: [:]][group, default: CellCounts()]
            .add(value, to: cell, isOther: isOther)
    }

    package var total: CellCounts { groups[.total]?[""] ?? CellCounts() }

    /// The groups of a breakdown in the order of their codes; those without a code come last.
    package func parts(_ facet: Facet) -> [(code: String, counts: CellCounts)] {
        (groups[facet] ?? [:]).sorted { a, b in
            a.key.isEmpty != b.key.isEmpty ? b.key.isEmpty : a.key < b.key
        }.map { (code: $0.key, counts: $0.value) }
    }
}
