import Casework
import Ledger
import Testing

@Suite struct LeagueTests {
    /// Grades of the follow-up calls by firm.
    private static func firms(_ grades: [(String, Int64, Int64, Int64)]) -> [(
        code: String, counts: CellCounts
    )] {
        grades.map { code, a, b, c in
            var counts = CellCounts()
            for (cell, value) in [
                (Cell.gradeA, a), (.gradeB, b), (.gradeC, c), (.registered, a + b + c),
            ] {
                counts.add(value, to: CellKey(cell), isOther: false)
            }
            return (code, counts)
        }
    }

    @Test func `the last five of the year are warned, and those level with the fifth`() {
        let league = League(
            Self.firms([
                ("a", 10, 0, 0), ("b", 9, 1, 0), ("c", 8, 1, 1), ("d", 7, 1, 2), ("e", 7, 1, 2),
                ("f", 1, 1, 8), ("g", 0, 0, 10), ("h", 5, 0, 5), ("few", 1, 0, 0), ("", 9, 9, 9),
            ]), by: .grades(a: 100, b: 60, c: 0), minimum: 5)
        #expect(league.places.map(\.code) == ["a", "b", "c", "d", "e", "h", "f", "g"])
        #expect(league.places.map(\.rank) == [1, 2, 3, 4, 4, 6, 7, 8])
        #expect(league.places[2].score == 860_000)
        #expect(league.unranked.map(\.code) == ["few"])
        #expect(league.redWarnings(4).map(\.code) == ["g", "f", "h", "e", "d"])
        #expect(league.redWarnings(5).map(\.code) == ["g", "f", "h", "e", "d"])
        #expect(league.redWarnings(2).map(\.code) == ["g", "f"])
        #expect(league.redWarnings(0).isEmpty)
        #expect(league.redWarnings(50).count == 8)
    }

    @Test func `a bureau whose rate has no data is not compared`() {
        let full = Self.counts([
            .contactDue: 10, .contactKept: 9, .solved: 8, .notSolved: 2, .gradeA: 7, .gradeC: 3,
            .registered: 10,
        ])
        var partial = full
        partial.add(-7, to: CellKey(.gradeA), isOther: false)
        partial.add(-3, to: CellKey(.gradeC), isOther: false)
        let league = League([("x", full), ("y", partial)], by: .threeRates, minimum: 1)
        // 30 × 90 % + 35 × 80 % + 35 × 70 %.
        #expect(league.places.map(\.score) == [795_000])
        #expect(league.unranked.map(\.code) == ["y"])
    }

    @Test func `the heaviest burden stands first and is warned first`() {
        let burden = Scoring.burden([
            Scoring.Burden(.complaints, 1), Scoring.Burden(.advanced, 3),
        ])
        let league = League(
            [
                ("one", Self.counts([.registered: 5, .complaint: 5])),
                ("two", Self.counts([.registered: 4, .complaint: 4, .advanced: 1])),
                ("three", Self.counts([.registered: 3, .complaint: 1])),
            ], by: burden, minimum: 1)
        #expect(league.places.map(\.code) == ["two", "one", "three"])
        #expect(league.places[0].score == 70_000)
        #expect(league.redWarnings(1).map(\.code) == ["two"])
    }

    static func counts(_ values: [Cell: Int64]) -> CellCounts {
        var counts = CellCounts()
        for (cell, value) in values { counts.add(value, to: CellKey(cell), isOther: false) }
        return counts
    }
}

@Suite struct EarlyWarningTests {
    private static let rule = WarningRule(
        .precedingWeeks(8), deviationTenths: 20, minimum: 10)

    @Test(
        arguments: [
            // Mean 10, deviation 2: the limit is 14, and has to be exceeded.
            (15, [8, 12, 8, 12, 8, 12, 8, 12], true),
            (14, [8, 12, 8, 12, 8, 12, 8, 12], false),
            (11, [10, 10, 10, 10, 10, 10, 10, 10], true),
            (10, [10, 10, 10, 10, 10, 10, 10, 10], false),
            // Below the minimum, however unusual.
            (9, [0, 0, 0, 0, 0, 0, 0, 1], false),
            (10, [0, 0, 0, 0, 0, 0, 0, 1], true),
            // Two earlier weeks say nothing.
            (99, [1, 1], false),
            (5, [50, 50, 50], false),
            (200_000_000, [1, 1, 1], false),
        ] as [(Int64, [Int64], Bool)])
    func `a category warns when it exceeds mean and deviations, and the minimum`(
        now: Int64, samples: [Int64], isWarned: Bool
    ) {
        #expect((Self.rule.judge("x", now: now, samples: samples) != nil) == isWarned)
    }

    @Test func `the warning shows what it was held against`() throws {
        let warning = try #require(
            Self.rule.judge("x", now: 15, samples: [8, 12, 8, 12, 8, 12, 8, 12]))
        #expect(warning.mean.map { FigureValue.mean($0).plain } == "10.00")
        #expect(warning.deviation.plain == "2.00")
        #expect(Self.rule.words.chinese.contains("前8周的平均值加2.0倍标准差，且不少于10件"))
    }

    @Test func `a baseline is of the same weekdays, weeks or months`() {
        let monday = ReportPeriod.week(.init("2024-07-01")!)
        #expect(
            WarningRule.Baseline.sameWeekOfYears(2).periods(before: monday)
                == [.week(.init("2023-07-03")!), .week(.init("2022-07-04")!)])
        #expect(
            WarningRule.Baseline.sameMonthOfYears(1).periods(before: .month(year: 2024, 7))
                == [.month(year: 2023, 7)])
        #expect(WarningRule.Baseline.sameWeekday(weeks: 3).periods(before: monday).isEmpty)
    }
}
