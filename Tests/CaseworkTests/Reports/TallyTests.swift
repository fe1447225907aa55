import Casework
import Ledger
import Testing

@Suite struct TallyTests {
    static let start = Day("2024-06-20")!

    @Test(arguments: 1...6)
    func `after any changes the tallies are what the records add up to`(seed: UInt64) {
        var samples = SampleRecords(seed: seed)
        var records: [String: ReportRecord] = [:]
        var kept = Tally()
        var merchants = MerchantTally()
        var changes: [RecordChange] = []
        for _ in 0..<600 {
            let id = "R\(Int.random(in: 0..<60, using: &samples.random))"
            let old = records[id]
            let new = change(old, id, &samples)
            changes.append(RecordChange(from: old, to: new))
            kept.merge(Tally(of: changes.suffix(1)))
            merchants.merge(MerchantTally(of: changes.suffix(1)))
            records[id] = new
        }
        #expect(records.count > 30)
        #expect(kept == Tally(of: records.values), "seed \(seed)")
        #expect(merchants == MerchantTally(of: records.values), "seed \(seed)")
        #expect(kept == Tally(of: changes), "all at once, seed \(seed)")
        #expect(merchants == MerchantTally(of: changes), "all at once, seed \(seed)")
    }

    /// New, gone, all anew, or one thing of it changed.
    private func change(
        _ old: ReportRecord?, _ id: String, _ samples: inout SampleRecords
    ) -> ReportRecord? {
        let day = Self.start.advanced(by: Int.random(in: 0...40, using: &samples.random))
        guard var record = old else { return samples.record(id, on: day) }
        switch Int.random(in: 0...9, using: &samples.random) {
        case 0: return nil
        case 1: return samples.record(id, on: day)
        case 2: record.facets.bureau = samples.pick(SampleRecords.bureaus)
        case 3:
            record.facets.isOther.toggle()
            record.facets.edition = SampleRecords.editions.randomElement(using: &samples.random)!
        case 4: record.ended = record.ended == nil ? day : nil
        case 5: record.followUp = FollowUp.Grade.allCases.randomElement(using: &samples.random)
        case 6: record.money.reserved = Money(fen: Int64(day.number))
        case 7: record.spans[.handling] = ReportRecord.Span(usedMs: Int64(day.number) * 1_000)
        default: record.dispatches += 1
        }
        return record
    }

    @Test func `a change within the same days and facets touches its own cells alone`() {
        var samples = SampleRecords(seed: 3)
        let old = samples.record("R1", on: Self.start)
        var new = old
        new.overrides += 1
        let cells = Set(
            Tally(of: [RecordChange(from: old, to: new)]).groups.values.flatMap {
                $0.keys.map(\.cell)
            })
        #expect(cells.isSubset(of: [.overrides, .overridden]))
        #expect(cells.contains(.overrides))
        #expect(Tally(of: [RecordChange(from: old, to: old)]).groups.isEmpty)
    }

    @Test(arguments: [
        ReportPeriod.month(year: 2024, 7), .day(Day("2024-07-03")!), .week(Day("2024-07-01")!),
        .days(Day("2024-06-25")!, Day("2024-08-10")!), .quarter(year: 2024, 3),
    ])
    func `a period's tallies are those of its records, whether of days or months`(
        period: ReportPeriod
    ) {
        let records = SampleRecords.list(400, on: 0...70, from: Self.start, seed: 11)
        let (first, last) = period.days
        let own = records.filter { (first...last).contains($0.registered) }
        let tally = PeriodTally(period, from: Tally(of: records))
        #expect(!own.isEmpty)
        #expect(tally.total.value(.registered) == Int64(own.count))
        #expect(
            tally.total.value(.handlingUsedMs)
                == own.reduce(0) { $0 + ($1.spans[.handling]?.usedMs ?? 0) })
        #expect(
            tally.total.value(.endedThen)
                == Int64(records.count { $0.ended.map { (first...last).contains($0) } ?? false }))
        for facet in [Facet.kind, .category, .channel, .bureau, .edition] {
            #expect(Breakdown(.registered, of: tally, by: facet).isTied)
        }
        let plain = own.filter { !$0.facets.isOther }
        #expect(tally.total.value(.registered, .withoutOther) == Int64(plain.count))
    }

    @Test func `a bureau's own report is broken down like the whole office's`() {
        let records = SampleRecords.list(300, on: 0...9, from: Day("2024-07-01")!, seed: 5)
        let tally = PeriodTally(
            .month(year: 2024, 7), scope: .bureau("market"), from: Tally(of: records))
        let own = records.filter { $0.facets.bureau == "market" }
        #expect(tally.total.value(.registered) == Int64(own.count))
        for part in tally.parts(.category) {
            let count = own.count { $0.facets.category == part.code }
            #expect(part.counts.value(.registered) == Int64(count))
        }
    }

    @Test func `a period is made of the fewest spans of merchants`() {
        let first = Day("2024-11-01")!
        let last = Day("2026-01-31")!
        #expect(
            ReportPeriod.days(first, last).merchantSpans == [
                .month(first), .month(Day("2024-12-01")!), .year(2025),
                .month(Day("2026-01-01")!),
            ])
        #expect(ReportPeriod.year(2024).merchantSpans == [.year(2024)])
        #expect(ReportPeriod.day(first).merchantSpans == nil)
    }

    @Test func `every count has a bit of its own, and every sum a count behind it`() {
        let counts = Cell.allCases.filter(\.isCount)
        #expect(Set(counts.compactMap(\.bit)) == Set(0..<counts.count))
        for cell in Cell.allCases {
            #expect(cell.behind.isCount, "\(cell)")
            #expect((cell.bit == nil) == !cell.isCount, "\(cell)")
        }
        // The bits are stored: a new count joins behind these, or all records are written anew.
        #expect(Cell.registered.bit == 0)
        #expect(Cell.handlingTimed.bit == 62)
    }

    @Test(arguments: 1...3)
    func `a record is in a sum only if it is in the count behind it`(seed: UInt64) {
        for record in SampleRecords.list(200, on: 0...9, from: Self.start, seed: seed) {
            let cells = Set(record.cells.map(\.key.cell))
            for cell in cells { #expect(cells.contains(cell.behind), "\(record.id): \(cell)") }
            #expect(record.cells.count == Set(record.cells.map(\.key)).count)
            let bits = Set(cells.compactMap(\.bit))
            #expect(Set((0..<63).filter { record.cellBits & (1 << $0) != 0 }) == bits)
        }
    }
}
