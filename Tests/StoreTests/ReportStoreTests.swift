import Casework
import Database
import Ledger
import Store
import Testing

@Suite struct ReportStoreTests {
    static let start = Day("2024-06-20")!

    /// Some dozens of records written, changed and written again, some together in one commit.
    private func withReports(
        on place: Place, seed: UInt64, _ body: (Database, [ReportRecord]) async throws -> Void
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            var samples = SampleRecords(seed: seed)
            var records: [String: ReportRecord] = [:]
            for _ in 0..<4 {
                var batch: [ReportRecord] = []
                for _ in 0..<20 {
                    let id = "R\(Int.random(in: 100..<160, using: &samples.random))"
                    let day = Self.start.advanced(
                        by: Int.random(in: 0...45, using: &samples.random))
                    let record = samples.record(id, on: day)
                    records[id] = record
                    batch.append(record)
                }
                let written = batch
                try await database.write { transaction in
                    for record in written { try transaction.writeReport(record) }
                }
            }
            try await body(database, records.values.sorted { $0.id < $1.id })
        }
    }

    @Test(arguments: Place.all)
    func `the tallies kept are those of the records kept`(on place: Place) async throws {
        try await withReports(on: place, seed: 7) { database, records in
            #expect(records.count > 30)
            let tally = Tally(of: records)
            for scope in [ReportScope.all, .area("zhifu"), .bureau("market")] {
                for period in [
                    ReportPeriod.month(year: 2024, 7), .quarter(year: 2024, 2), .year(2024),
                ] {
                    let facets: [Facet] = [.total, .kind, .category, .channel, .edition]
                    let read = try await database.read {
                        try $0.tallies(period, scope: scope, by: facets)
                    }
                    let wanted = PeriodTally(period, scope: scope, from: tally)
                    for facet in facets {
                        let found = read.parts(facet)
                        let expected = wanted.parts(facet)
                        #expect(found.map(\.code) == expected.map(\.code))
                        let isSame = found.map(\.counts) == expected.map(\.counts)
                        #expect(isSame, "\(scope) \(facet)")
                    }
                }
            }
            let faults = try await database.read { try $0.tallyFaults() }
            #expect(faults == [])
        }
    }

    @Test(arguments: Place.all)
    func `days at the ends of a period are read as days`(on place: Place) async throws {
        try await withReports(on: place, seed: 8) { database, records in
            let period = ReportPeriod.days(Day("2024-06-25")!, Day("2024-08-02")!)
            let read = try await database.read { try $0.tallies(period) }
            let (first, last) = period.days
            let own = records.filter { (first...last).contains($0.registered) }
            #expect(read.total.value(.registered) == Int64(own.count))
            await #expect(throws: ReportError.wholeMonthsOnly(.bureau("market"))) {
                try await database.read { try $0.tallies(period, scope: .bureau("market")) }
            }
        }
    }

    @Test(arguments: Place.all)
    func `what is refused leaves the tallies as they were`(on place: Place) async throws {
        try await withReports(on: place, seed: 9) { database, records in
            struct Refused: Error {}
            await #expect(throws: Refused.self) {
                try await database.write { transaction in
                    var changed = records[0]
                    changed.facets.category = "another"
                    try transaction.writeReport(changed)
                    throw Refused()
                }
            }
            let faults = try await database.read { try $0.tallyFaults() }
            #expect(faults == [])
            let kept = try await database.read { try $0.reportRecord(records[0].id)?.record }
            #expect(kept == records[0])
        }
    }

    @Test(arguments: Place.all)
    func `writers beside each other miss nothing`(on place: Place) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            struct Lost: Error {}
            let records = SampleRecords.list(30, on: 0...2, from: Self.start, seed: 4)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for record in records {
                    group.addTask {
                        try await database.write { try $0.writeReport(record) }
                        // One that is undone beside the others leaves nothing behind.
                        _ = try? await database.write { transaction in
                            var lost = record
                            lost.facets.kind = "lost"
                            try transaction.writeReport(lost)
                            throw Lost()
                        }
                        var ended = record
                        ended.ended = Self.start.advanced(by: 5)
                        let last = ended
                        try await database.write { try $0.writeReport(last) }
                    }
                }
                try await group.waitForAll()
            }
            let tally = try await database.read { try $0.tallies(.month(year: 2024, 6)) }
            #expect(tally.total.value(.registered) == 30)
            #expect(tally.total.value(.endedThen) == 30)
            #expect(try await database.read { try $0.tallyFaults() } == [])
        }
    }

    @Test(arguments: Place.all)
    func `a tally that was tampered with is found, and made anew`(on place: Place) async throws {
        try await withReports(on: place, seed: 10) { database, _ in
            try await database.write {
                _ = try $0.run(
                    "update report_tally set cells = 'registered:99' where facet = 'kind'")
            }
            #expect(try await database.read { try $0.tallyFaults(limit: 3).count } == 3)
            try await database.write { try $0.rebuildTallies() }
            #expect(try await database.read { try $0.tallyFaults() } == [])
        }
    }

    @Test(arguments: [
        "registered:x", "registered", "registered:1  accepted:1", ":1", "registered:1;accepted:2",
        "registered:9223372036854775808", "handlingTimes/:3", "registered:-",
    ])
    func `sums that do not read are refused, not guessed`(text: String) async throws {
        try await withReports(on: .sqliteMemory, seed: 14) { database, records in
            try await database.write {
                _ = try $0.run("update report_tally set cells = \(text) where facet = 'total'")
            }
            let error = await #expect(throws: ReportError.self) {
                try await database.read { try $0.tallies(.year(2024)) }
            }
            guard case .database(.corrupt) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a sum that leaves 64 bits is refused, and nothing of it is written`() async throws {
        try await withReports(on: .sqliteMemory, seed: 15) { database, records in
            try await database.write {
                _ = try $0.run(
                    """
                    update report_tally set cells = 'registered:9223372036854775807 unheardOf:5'
                    where facet = 'total'
                    """)
            }
            var samples = SampleRecords(seed: 1)
            let record = samples.record("R999", on: records[0].registered)
            await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.writeReport(record) }
            }
            #expect(try await database.read { try $0.reportRecord("R999")?.record } == nil)
        }
    }

    @Test(arguments: Place.all)
    func `any figure opens to exactly its records, page by page`(on place: Place) async throws {
        try await withReports(on: place, seed: 11) { database, records in
            let period = ReportPeriod.days(Day("2024-06-25")!, Day("2024-07-31")!)
            let (first, last) = period.days
            let own = records.filter { (first...last).contains($0.registered) }
            for measure in Measure.all {
                var figure = FigureAddress(period, cells: measure.cells.numerator)
                figure.population = measure.population
                let (cells, wanted) = (Set(figure.cells), figure)
                let pool =
                    cells.contains(.endedThen)
                    ? records.filter { $0.ended.map { (first...last).contains($0) } ?? false } : own
                let expected = pool.filter { record in
                    (measure.population == .all || !record.facets.isOther)
                        && record.cells.contains { cells.contains($0.key.cell) }
                }
                let found = try await all(behind: wanted, in: database)
                #expect(Set(found) == Set(expected.map(\.id)), "\(measure.code)")
                #expect(found.count == expected.count, "\(measure.code)")
            }
            var narrow = FigureAddress(period, cells: [.handlingDue])
            narrow.scope = .bureau("market")
            narrow.facet = .category
            narrow.slice = "goods"
            let expected = own.filter {
                $0.facets.bureau == "market" && $0.facets.category == "goods"
                    && $0.limits[.handling] != nil
            }
            #expect(Set(try await all(behind: narrow, in: database)) == Set(expected.map(\.id)))
        }
    }

    private func all(
        behind figure: FigureAddress, in database: Database
    ) async throws -> [String] {
        var (found, after): ([String], RecordPlace?) = ([], nil)
        while true {
            let start = after
            let page = try await database.read {
                try $0.records(behind: figure, after: start, limit: 7)
            }
            found += page.map(\.id)
            guard let last = page.last else { return found }
            after = last
        }
    }

    @Test(arguments: Place.all)
    func `merchants are summed over months and years alike`(on place: Place) async throws {
        try await withReports(on: place, seed: 12) { database, records in
            for period in [
                ReportPeriod.month(year: 2024, 7), .quarter(year: 2024, 3), .year(2024),
            ] {
                let (first, last) = period.days
                let groups = Dictionary(
                    grouping: records.filter {
                        $0.merchant != nil && (first...last).contains($0.registered)
                    }, by: { $0.merchant!.text })
                for minimum: Int64 in [1, 4] {
                    let found = try await database.read {
                        try $0.merchantTallies(period, minimum: minimum)
                    }
                    let expected = groups.filter { $0.value.count >= minimum }
                    #expect(found.map(\.code) == expected.keys.sorted())
                    for group in found {
                        let own = groups[group.code] ?? []
                        #expect(group.counts.value(.registered) == Int64(own.count))
                        #expect(
                            group.counts.value(.complaint)
                                == Int64(own.count { $0.isComplaint }))
                    }
                }
            }
            let some = try #require(records.first { $0.merchant != nil })
            let behind = try await database.read {
                try $0.records(
                    behind: [.registered], of: some.merchant!, in: .year(2024), limit: 200)
            }
            #expect(
                Set(behind.map(\.id))
                    == Set(records.filter { $0.merchant == some.merchant }.map(\.id)))
        }
    }

    @Test(arguments: Place.all)
    func `a bulletin is drawn up from what is kept`(on place: Place) async throws {
        try await withReports(on: place, seed: 13) { database, records in
            var request = BulletinRequest(
                .month, .month(year: 2024, 7), office: Words("热线", "hotline"),
                drawnUp: Day("2024-08-01")!)
            request.parameters.publishedSets = PublishedSet.allCases
            request.parameters.leagueMinimum = 1
            let wanted = request
            let bulletin = try await database.read { try $0.bulletin(wanted) }
            let own = records.count { $0.registered.firstOfMonth == Day("2024-07-01") }
            #expect(
                bulletin.sections.first?.paragraphs.first?.chinese
                    .hasPrefix("2024年7月登记诉求\(own)件") == true)
            let codes = Set(bulletin.sections.map(\.code))
            #expect(codes.isSuperset(of: ["sanya", "hainan", "weihai", "merchants", "trend"]))
            for form in Bulletin.Form.allCases {
                let any = BulletinRequest(
                    form, .month(year: 2024, 7), office: Words("热线", "hotline"),
                    drawnUp: Day("2024-08-01")!)
                #expect(try await database.read { try $0.bulletin(any).form } == form)
            }
        }
    }

    @Test func `a stored record goes on reading`() async throws {
        let old = """
            {"dispatches":1,"facets":{"area":"","bureau":"market","category":"goods",\
            "channel":"phone","isOther":false,"kind":"complaint"},"id":"SY-1","isAccepted":true,\
            "isComplaint":true,"isContested":false,"isEnrolled":true,"isExtended":false,\
            "isInDefault":false,"isJoint":false,"isOverturned":false,"isReopened":false,\
            "isRepeat":false,"isUrgent":false,\
            "limits":{"handling":{"isKept":false,"overMs":60000}},\
            "money":{"eligible":80000,"quickPaid":80000},"overrides":0,"refusedAttempts":0,\
            "registered":"2024-07-01","returns":0,"riskFlags":["SHARED_PAYEE"],\
            "spans":{"handling":{"pausedMs":0,"usedMs":90000}}}
            """
        try await withDatabase(on: .sqliteMemory, steps: Schema.steps) { database in
            try await database.write {
                _ = try $0.run(
                    """
                    insert into report_record (record_id, registered_day, kind, is_other, category,
                        area, bureau, channel, cells, payload)
                    values ('SY-1', '2024-07-01', 'complaint', 0, 'goods', '', 'market', 'phone', 0,
                        \(old))
                    """)
            }
            let record = try await database.read { try $0.reportRecord("SY-1")?.record }
            #expect(record?.money.quickPaid == Money(fen: 800_00))
            #expect(record?.limits[.handling] == .breached(byMs: 60_000))
            #expect(record?.spans[.handling] == ReportRecord.Span(usedMs: 90_000))
        }
    }
}
