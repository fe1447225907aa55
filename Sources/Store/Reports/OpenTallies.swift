import Casework
import Database
import Ledger

/// What the closures of one commit add to the tallies, written once before it.
///
/// The whole office's sums of the day are the hottest rows there are: this way they cost one write a
/// commit, however many cases of the commit move them.
///
/// Before each closure the commit keeps a copy, to go back to. So that a copy costs nothing, what a
/// closure adds goes into a piece of its own, and earlier pieces are shared and left alone.
struct OpenTallies: Carried {
    private var pieces: [Piece] = []

    var isChanged: Bool { !pieces.isEmpty }

    mutating func add(from old: ReportRecord?, to new: ReportRecord?) {
        if pieces.isEmpty || !isKnownUniquelyReferenced(&pieces[pieces.count - 1]) {
            pieces.append(Piece())
        }
        pieces[pieces.count - 1].changes.append(RecordChange(from: old, to: new))
    }

    mutating func write(to transaction: Transaction) throws(DatabaseError) {
        let changes = pieces.flatMap(\.changes)
        pieces = []
        try transaction.add(Tally(of: changes))
        try transaction.add(MerchantTally(of: changes))
    }

    /// Changed only by the one `OpenTallies` that holds it, and only while no other does: that makes
    /// it safe to send.
    private final class Piece: @unchecked Sendable {
        var changes: [RecordChange] = []
    }
}

extension Transaction {
    /// Reads the rows that change, adds, and writes them: a query for each breakdown and span, one
    /// statement for many rows. Always in the same order, so that two servers take turns.
    fileprivate func add(_ tally: Tally) throws(DatabaseError) {
        let places = Dictionary(grouping: tally.groups) { group, _ in Place(group) }
            .sorted { $0.key < $1.key }
            .map { (place: $0.key, parts: $0.value.flatMap { Self.parts(of: $1, $0) }) }
        var reads: [(place: Place, isTimes: Int64, sql: SQL)] = []
        for (place, parts) in places {
            for isTimes in Set(parts.map(\.slice.isTimes)).sorted() {
                let names = Set(parts.filter { $0.slice.isTimes == isTimes }.map(\.slice.name))
                for page in pages(names.sorted()) {
                    reads.append((place, isTimes, place.query(isTimes, page)))
                }
            }
        }
        var sums: [Place: [Slice: [CellKey: Int64]]] = [:]
        for (read, found) in zip(reads, try rows(ofAll: reads.map(\.sql))) {
            for row in found {
                let slice = Slice(
                    name: try row.text(0), isOther: try row.integer(1), isTimes: read.isTimes)
                sums[read.place, default: [:]][slice] = try PackedCells.cells(row.text(2))
            }
        }
        for (place, parts) in places {
            var changed: [[SQLValue]] = []
            for (slice, cells) in parts.sorted(by: { $0.slice < $1.slice }) {
                let sum = try added(cells, to: sums[place]?[slice] ?? [:])
                changed.append(
                    place.parts.map(SQLValue.text) + [
                        .text(slice.name), .integer(slice.isOther), .integer(slice.isTimes),
                        .text(PackedCells.text(sum)),
                    ])
            }
            try insert(
                into: "report_tally",
                "scope, facet, grain, period, slice, is_other, is_times, cells", rows: changed,
                """
                on conflict (scope, facet, grain, period, slice, is_other, is_times)
                do update set cells = excluded.cells
                """)
        }
    }

    /// What changes of a group's counts and sums, and of its histograms: two rows, or one.
    private static func parts(
        of cells: [CellKey: Int64], _ group: TallyGroup
    ) -> [(slice: Slice, cells: [CellKey: Int64])] {
        [Int64(0), 1].compactMap { isTimes in
            let own = cells.filter { $0.key.cell.isHistogram == (isTimes == 1) }
            let slice = Slice(
                name: group.slice, isOther: group.isOther ? 1 : 0, isTimes: isTimes)
            return own.isEmpty ? nil : (slice, own)
        }
    }

    fileprivate func add(_ merchants: MerchantTally) throws(DatabaseError) {
        let places = Dictionary(grouping: merchants.groups) { group, _ in group.span.stored }
            .sorted { $0.key < $1.key }
        var reads: [(period: String, sql: SQL)] = []
        for (period, changes) in places {
            for page in pages(Set(changes.map(\.key.merchant.text)).sorted()) {
                let sql: SQL = """
                    select merchant_id, is_other, cells from report_merchant
                    where period = \(period) and merchant_id in (\(list: page))
                    """
                reads.append((period, sql))
            }
        }
        var sums: [String: [Slice: [CellKey: Int64]]] = [:]
        for (read, found) in zip(reads, try rows(ofAll: reads.map(\.sql))) {
            for row in found {
                let slice = Slice(
                    name: try row.text(0), isOther: try row.integer(1), isTimes: 0)
                sums[read.period, default: [:]][slice] = try PackedCells.cells(row.text(2))
            }
        }
        for (period, changes) in places {
            var changed: [[SQLValue]] = []
            for (group, cells) in changes.sorted(by: { $0.key.merchant < $1.key.merchant }) {
                let slice = Slice(
                    name: group.merchant.text, isOther: group.isOther ? 1 : 0, isTimes: 0)
                let sum = try added(cells, to: sums[period]?[slice] ?? [:])
                changed.append([
                    .text(period), .text(slice.name), .integer(slice.isOther),
                    .integer(sum[CellKey(.registered)] ?? 0), .text(PackedCells.text(sum)),
                ])
            }
            try insert(
                into: "report_merchant", "period, merchant_id, is_other, items, cells",
                rows: changed,
                """
                on conflict (period, merchant_id, is_other)
                do update set items = excluded.items, cells = excluded.cells
                """)
        }
    }

    private func added(
        _ cells: [CellKey: Int64], to before: [CellKey: Int64]
    ) throws(DatabaseError) -> [CellKey: Int64] {
        guard let sum = PackedCells.sum(before, cells) else {
            throw .storage("a sum of the reports leaves 64 bits")
        }
        return sum
    }

    private func pages(_ names: [String]) -> [[SQLValue]] {
        stride(from: 0, to: names.count, by: 512).map { start in
            names[start..<min(start + 512, names.count)].map(SQLValue.text)
        }
    }
}

/// A breakdown of a span, as the first columns of its rows name it.
private struct Place: Hashable, Comparable {
    let parts: [String]

    init(_ group: TallyGroup) {
        parts = [
            group.scope.stored, group.facet.rawValue, group.span.grain.rawValue,
            group.span.first.description,
        ]
    }

    func query(_ isTimes: Int64, _ slices: [SQLValue]) -> SQL {
        """
        select slice, is_other, cells from report_tally
        where scope = \(parts[0]) and facet = \(parts[1]) and grain = \(parts[2])
            and period = \(parts[3]) and slice in (\(list: slices)) and is_times = \(isTimes)
        """
    }

    static func < (a: Place, b: Place) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}

private struct Slice: Hashable, Comparable {
    let name: String
    let isOther: Int64
    let isTimes: Int64

    static func < (a: Slice, b: Slice) -> Bool {
        (a.name, a.isOther, a.isTimes) < (b.name, b.isOther, b.isTimes)
    }
}

extension ReportScope {
    var stored: String {
        switch self {
        case .all: ""
        case .area(let code): "area/\(code)"
        case .bureau(let code): "bureau/\(code)"
        }
    }
}

extension MerchantSpan {
    var stored: String {
        switch self {
        case .month(let day): String(day.description.prefix(7))
        case .year(let year): String(ReportPeriod.year(year).days.first.description.prefix(4))
        }
    }
}
