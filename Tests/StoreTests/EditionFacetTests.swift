import Casework
import Database
import Ledger
import Store
import Testing

/// The edition of the rules as a cut of the figures.
@Suite struct EditionFacetTests {
    private static let step = Schema.steps.firstIndex { $0.id == "0031-edition-facet" }!
    private static let july = ReportPeriod.month(year: 2024, 7)

    /// What a database of before holds: the rows of one of today, without what has joined.
    private func older(
        _ records: [ReportRecord], on place: Place
    ) async throws -> (records: [[SQLValue]], tallies: [[SQLValue]]) {
        var found: (records: [[SQLValue]], tallies: [[SQLValue]]) = ([], [])
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await database.write { transaction in
                for record in records { try transaction.writeReport(record) }
            }
            found = try await database.read { transaction in
                let records = try transaction.rows(
                    """
                    select record_id, registered_day, ended_day, kind, category, area, bureau,
                        channel, merchant_id, payload, is_other, cells from report_record
                    """
                ).map { row in
                    try (0..<10).map { SQLValue(try row.textOrNil($0)) }
                        + [.integer(try row.integer(10)), .integer(try row.integer(11))]
                }
                let tallies = try transaction.rows(
                    """
                    select scope, facet, grain, period, slice, cells, is_other, is_times
                    from report_tally where facet <> 'edition'
                    """
                ).map { row in
                    try (0..<6).map { SQLValue.text(try row.text($0)) }
                        + [.integer(try row.integer(6)), .integer(try row.integer(7))]
                }
                return (records, tallies)
            }
        }
        return found
    }

    @Test(arguments: Place.all)
    func `records of before count as not recorded, and take an edition with the next change`(
        on place: Place
    ) async throws {
        var samples = SampleRecords(seed: 21)
        let records = (0..<60).map { number in
            var record = samples.record("R\(number)", on: Day("2024-07-01")!.advanced(by: number))
            record.facets.edition = nil
            return record
        }
        let before = try await older(records, on: place)
        #expect(before.records.count == 60)
        let own = records.filter { $0.registered.firstOfMonth == Day("2024-07-01") }
        let old = Array(Schema.steps[..<Self.step])
        try await withDatabase(on: place, steps: old) { database in
            try await database.write { transaction in
                try transaction.insert(
                    into: "report_record",
                    """
                    record_id, registered_day, ended_day, kind, category, area, bureau, channel,
                    merchant_id, payload, is_other, cells
                    """, rows: before.records)
                try transaction.insert(
                    into: "report_tally",
                    "scope, facet, grain, period, slice, cells, is_other, is_times",
                    rows: before.tallies)
            }
            try await database.migrate(Schema.steps)
            // Merchants' sums were not copied: only those of the breakdowns are looked at.
            func faults() async throws -> [String] {
                try await database.read { try $0.tallyFaults() }
            }
            #expect(try await faults() == [])
            var tally = try await database.read {
                try $0.tallies(Self.july, by: [.total, .edition])
            }
            #expect(tally.parts(.edition).map(\.code) == [""])
            #expect(tally.parts(.edition)[0].counts == tally.total)

            var changed = own[0]
            changed.facets.edition = "weihai/2024-07-15"
            let now = changed
            try await database.write { try $0.writeReport(now) }
            #expect(try await faults() == [])
            tally = try await database.read { try $0.tallies(Self.july, by: [.total, .edition]) }
            let tie = Breakdown(.registered, of: tally, by: .edition)
            #expect(
                tie.parts == [
                    .init("weihai/2024-07-15", 1), .init("", Int64(own.count - 1)),
                ])
            #expect(tie.isTied)
            for (slice, wanted) in [
                ("weihai/2024-07-15", [own[0].id]), ("", own.dropFirst().map(\.id)),
            ] {
                var figure = FigureAddress(Self.july, cells: [.registered])
                (figure.facet, figure.slice) = (.edition, slice)
                let address = figure
                let found = try await database.read {
                    try $0.records(behind: address, limit: 200).map(\.id)
                }
                #expect(Set(found) == Set(wanted) && found.count == wanted.count, "\(slice)")
            }
        }
    }

    @Test func `a bulletin is cut by edition where there are several, and ties or says so`()
        async throws
    {
        try await withDatabase(on: .sqliteMemory, steps: Schema.steps) { database in
            let records = SampleRecords.list(90, on: 0...30, from: Day("2024-07-01")!, seed: 3)
            try await database.write { transaction in
                for record in records { try transaction.writeReport(record) }
            }
            func table(_ period: ReportPeriod) async throws -> Bulletin.Table? {
                let request = BulletinRequest(
                    period.form, period, office: Words("热线", "hotline"),
                    drawnUp: Day("2024-08-01")!)
                return try await database.read { try $0.bulletin(request) }.sections
                    .first { $0.code == "by-edition" }?.tables.first
            }
            let month = try #require(try await table(Self.july))
            #expect(
                month.rows.map(\.code) == [
                    "weihai/2017-05-08", "weihai/2024-07-15", "", "total",
                ])
            #expect(month.rows[2].name == Words("未记录", "not recorded"))
            #expect(month.notes.map(\.english) == ["The parts tie to the total."])
            #expect(month.facet == .edition)
            // A day's brief has no room for it.
            #expect(try await table(.day(Day("2024-07-03")!)) == nil)

            try await database.write {
                _ = try $0.run(
                    """
                    delete from report_tally
                    where facet = 'edition' and slice = 'weihai/2017-05-08'
                    """)
            }
            let lost = Int64(records.count { $0.facets.edition == "weihai/2017-05-08" })
            let cut = try #require(try await table(Self.july))
            #expect(lost > 0)
            #expect(cut.rows.first { $0.code == "difference" }?.values[0] == .count(lost))
            #expect(
                cut.notes.first?.english
                    == "The parts make \(90 - lost), the total is 90: a difference of \(lost), left"
                    + " as it is.")
        }
    }
}
