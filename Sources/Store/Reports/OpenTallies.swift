import Casework
import Database
import Ledger

/// What the closures of one commit add to the tallies, written once before it.
///
/// The whole office's sums of the day are the hottest rows there are: this way they cost one write a
/// commit, however many cases of the commit move them.
struct OpenTallies: Carried {
    private var tally = Tally()
    private var merchants = MerchantTally()

    var isChanged: Bool { !tally.values.isEmpty || !merchants.values.isEmpty }

    mutating func add(from old: ReportRecord?, to new: ReportRecord?) {
        tally.add(from: old, to: new)
        merchants.merge(MerchantTally(from: old, to: new))
    }

    mutating func write(to transaction: Transaction) throws(DatabaseError) {
        tally.dropZeros()
        let (tally, merchants) = (tally, merchants)
        self.tally = Tally()
        self.merchants = MerchantTally()
        try transaction.add(tally)
        try transaction.add(merchants)
    }
}

extension Transaction {
    /// In the order of their keys: two servers that meet on the same rows take them in the same turn.
    fileprivate func add(_ tally: Tally) throws(DatabaseError) {
        let rows = tally.values.map { key, value -> [SQLValue] in
            [
                .text(key.scope.stored), .text(key.facet.rawValue),
                .text(key.cell.cell.rawValue), .text(key.span.grain.rawValue),
                .text(key.span.first.description), .text(key.value),
                .integer(key.isOther ? 1 : 0), .integer(Int64(key.cell.bucket)), .integer(value),
            ]
        }
        try insert(
            into: "report_tally",
            "scope, facet, cell, grain, period, slice, is_other, bucket, value",
            rows: ordered(rows),
            """
            on conflict (scope, facet, cell, grain, period, slice, is_other, bucket)
            do update set value = report_tally.value + excluded.value
            """)
    }

    fileprivate func add(_ merchants: MerchantTally) throws(DatabaseError) {
        let rows = merchants.values.map { key, value -> [SQLValue] in
            [
                .text(key.span.stored), .text(key.merchant.text), .text(key.cell.rawValue),
                .integer(key.isOther ? 1 : 0), .integer(value),
            ]
        }
        try insert(
            into: "report_merchant", "period, merchant_id, cell, is_other, value",
            rows: ordered(rows),
            """
            on conflict (period, merchant_id, cell, is_other)
            do update set value = report_merchant.value + excluded.value
            """)
    }
}

/// By all columns but the last, as text: any order will do that is the same for everybody.
private func ordered(_ rows: [[SQLValue]]) -> [[SQLValue]] {
    rows.map { row in
        var key = ""
        for value in row.dropLast() {
            switch value {
            case .text(let text): key += text
            case .integer(let number): key += String(number)
            case .null, .blob: break
            }
            key += "\u{1F}"
        }
        return (key: key, row: row)
    }.sorted { $0.key < $1.key }.map(\.row)
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
