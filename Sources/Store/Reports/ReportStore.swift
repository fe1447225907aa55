package import Casework
package import Database
import Ledger

/// A record, and the text that it is stored as: who has both need not read the text again.
package struct ReportEntry: Sendable {
    package let record: ReportRecord
    let text: String
}

extension Transaction {
    /// Writes what a case or work order adds to the reports, and moves the tallies by the difference.
    ///
    /// What it added before is read from the store, and not reckoned again: a release that counts
    /// otherwise takes away exactly what an older one had added.
    package func writeReport(_ record: ReportRecord) throws(DatabaseError) {
        try writeReport(old: try reportRecord(record.id), new: record)
    }

    /// As `writeReport(_:)`, for a caller who has read `old` in this transaction; nil for a new one.
    ///
    /// - Returns: What the store holds now.
    @discardableResult
    package func writeReport(
        old: ReportEntry?, new: ReportRecord
    ) throws(DatabaseError) -> ReportEntry {
        if let old, old.record == new { return old }
        let stored = ReportEntry(record: new, text: try jsonText(new))
        try write(stored, inPlaceOf: old?.record)
        return stored
    }

    private func write(
        _ stored: ReportEntry, inPlaceOf old: ReportRecord?
    ) throws(DatabaseError) {
        let new = stored.record
        precondition(old == nil || old?.id == new.id, "\(old?.id ?? "") is not \(new.id)")
        carrying(OpenTallies.self) { $0.add(from: old, to: new) }
        try insert(
            into: "report_record",
            """
            record_id, registered_day, ended_day, kind, is_other, category, area, bureau, channel,
            merchant_id, cells, payload, edition
            """,
            rows: [
                [
                    .text(new.id), .text(new.registered.description),
                    SQLValue(new.ended?.description), .text(new.facets.kind),
                    .integer(new.facets.isOther ? 1 : 0), .text(new.facets.category),
                    .text(new.facets.area), .text(new.facets.bureau), .text(new.facets.channel),
                    SQLValue(new.merchant?.text), .integer(new.cellBits),
                    .text(stored.text), .text(new.facets.edition ?? ""),
                ]
            ],
            """
            on conflict (record_id) do update set registered_day = excluded.registered_day,
                ended_day = excluded.ended_day, kind = excluded.kind,
                is_other = excluded.is_other, category = excluded.category,
                area = excluded.area, bureau = excluded.bureau, channel = excluded.channel,
                merchant_id = excluded.merchant_id, cells = excluded.cells,
                payload = excluded.payload, edition = excluded.edition
            """)
    }

    /// Nil for one that was never written.
    ///
    /// - Parameter known: What a caller has at hand; given back if it is what the store holds.
    package func reportRecord(
        _ id: String, known: ReportEntry? = nil
    ) throws(DatabaseError) -> ReportEntry? {
        let row = try first("select payload from report_record where record_id = \(id)")
        guard let text = try row?.text(0) else { return nil }
        return try reportEntry(id, text, known: known)
    }

    func reportEntry(
        _ id: String, _ text: String, known: ReportEntry?
    ) throws(DatabaseError) -> ReportEntry {
        if let known, known.text == text { return known }
        let record = try fromJSON(ReportRecord.self, text, at: "report_record \(id)")
        return ReportEntry(record: record, text: text)
    }

    /// Every record in the order of ids, `page` at a time.
    package func forEachReportRecord(
        page: Int = 500, _ body: (ReportRecord) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        var after = ""
        while true {
            let found = try rows(
                """
                select record_id, payload from report_record where record_id > \(after)
                order by record_id limit \(page)
                """)
            for row in found {
                let id = try row.text(0)
                try body(fromJSON(ReportRecord.self, row.text(1), at: "report_record \(id)"))
            }
            guard let last = found.last, found.count == page else { return }
            after = try last.text(0)
        }
    }

    /// Makes all tallies anew from the records: after a release that counts otherwise, or when
    /// `tallyFaults` found something. One transaction; a minute for a million.
    package func rebuildTallies() throws(DatabaseError) {
        try write(OpenTallies.self)
        try put("delete from report_tally")
        try put("delete from report_merchant")
        var bits: [(id: String, cells: Int64)] = []
        try forEachReportRecord { record throws(DatabaseError) in
            carrying(OpenTallies.self) { $0.add(from: nil, to: record) }
            bits.append((record.id, record.cellBits))
        }
        for (id, cells) in bits {
            try put(
                """
                update report_record set cells = \(cells)
                where record_id = \(id) and cells <> \(cells)
                """)
        }
        try write(OpenTallies.self)
    }

    /// Where tallies and records differ, at most `limit` of them; none when all is as it must be.
    package func tallyFaults(limit: Int = 20) throws(DatabaseError) -> [String] {
        try write(OpenTallies.self)
        var wanted = Tally()
        try forEachReportRecord { record throws(DatabaseError) in
            wanted.merge(Tally(of: CollectionOfOne(record)))
        }
        var sums: [String: String] = [:]
        for (group, cells) in wanted.groups {
            let times = cells.filter { $0.key.cell.isHistogram }
            let plain = cells.filter { !$0.key.cell.isHistogram }
            sums[group.stored + "|0"] = plain.isEmpty ? nil : PackedCells.text(plain)
            sums[group.stored + "|1"] = times.isEmpty ? nil : PackedCells.text(times)
        }
        var faults: [String] = []
        for row in try rows(
            """
            select scope, facet, grain, period, slice, is_other, is_times, cells
            from report_tally
            """)
        {
            var parts: [String] = []
            for column in 0..<5 { parts.append(try row.text(column)) }
            parts += ["\(try row.integer(5))", "\(try row.integer(6))"]
            let key = parts.joined(separator: "|")
            let (kept, wanted) = (try row.text(7), sums.removeValue(forKey: key) ?? "")
            if wanted != kept { faults.append("\(key): \(kept), the records say \(wanted)") }
        }
        for (key, cells) in sums { faults.append("\(key): missing, the records say \(cells)") }
        return Array(faults.sorted().prefix(limit))
    }
}

extension TallyGroup {
    fileprivate var stored: String {
        [
            scope.stored, facet.rawValue, span.grain.rawValue, span.first.description, slice,
            isOther ? "1" : "0",
        ].joined(separator: "|")
    }
}
