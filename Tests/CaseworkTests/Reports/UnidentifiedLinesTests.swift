import Casework
import Ledger
import Testing

@Suite struct UnidentifiedLinesTests {
    @Test func `lines are told by their age, what came in and what went out alike`() throws {
        let day = try #require(Day("2025-06-30"))
        var lines = UnidentifiedLines(on: day)
        for (daysAgo, fen) in [(0, 100), (7, -50), (8, 1), (30, 2), (31, 4), (90, 8), (91, 16)] {
            lines.add(Money(fen: Int64(fen)), bookedOn: day.advanced(by: -daysAgo))
        }
        let told = UnidentifiedLines.Age.allCases.map { age in
            "\(age.rawValue): \(lines.ages[age]?.lines ?? 0) \(lines.ages[age]?.amount.fen ?? 0)"
        }
        #expect(told == ["0-7: 2 150", "8-30: 2 3", "31-90: 2 12", "91+: 1 16"])
        let rows = lines.section.tables.flatMap(\.rows)
        #expect(rows.map { $0.values[0] } == [.count(2), .count(2), .count(2), .count(1)])
    }

    @Test func `changes of the list are told each by itself`() {
        var changes = ListChanges()
        changes.standings = [.enrolled: 3, .delisted: 2]
        changes.starsDown = 1
        let rows = changes.section.tables.flatMap(\.rows)
        let told = Dictionary(uniqueKeysWithValues: rows.map { ($0.code, $0.values) })
        #expect(told["enrolled"] == [.count(3)])
        #expect(told["delisted"] == [.count(2)])
        #expect(told["stars-down"] == [.count(1)])
        #expect(told["warned"] == [.count(0)])
    }
}
