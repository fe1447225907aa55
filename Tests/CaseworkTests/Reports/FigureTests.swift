import Casework
import Ledger
import Randomness
import Testing

@Suite struct FigureTests {
    @Test func `published figures come out as published, and what does not tie says so`() {
        // 重庆96000, to 30 June 2017.
        let calls = Breakdown(
            total: 33_204,
            parts: [
                Breakdown.Part("business", 19_902), Breakdown.Part("enquiry", 6_792),
                Breakdown.Part("complaint", 555), Breakdown.Part("other", 5_952),
            ])
        #expect(calls.sum == 33_201)
        #expect(calls.difference == 3)
        #expect(!calls.isTied)
        #expect(calls.note.chinese == "各项之和为33201，总数为33204，相差3，未作调整。")
        #expect(
            calls.parts.map { calls.share($0)?.percent() } == ["59.94", "20.46", "1.67", "17.93"])
        #expect(Rate(14_192, of: 14_409)?.percent() == "98.49")
        // 定海12345, to the end of February 2015.
        let demands = Breakdown(
            total: 85_636,
            parts: [
                Breakdown.Part("social", 34_922), Breakdown.Part("government", 33_887),
                Breakdown.Part("other", 16_827),
            ])
        #expect(demands.isTied)
        let satisfaction = WeightedMean.of(
            [(Rate(9_480, of: 10_000)!, 33_887), (Rate(9_906, of: 10_000)!, 34_922)], digits: 4)
        #expect(satisfaction == 9_696)
        let withOther = WeightedMean.of(
            [
                (Rate(9_480, of: 10_000)!, 33_887), (Rate(9_906, of: 10_000)!, 34_922),
                (Rate(1, of: 1)!, 16_827),
            ], digits: 4)
        #expect(withOther != 9_696)
        // 三亚, to 1 August 2024.
        #expect(Rate(342, of: 4_143)?.percent() == "8.25")
        #expect(Rate(107_747_321, of: 342)?.scaled(0) == 315_051)
    }

    @Test func `a rate of nothing is no data`() {
        let nothing = CellCounts()
        for measure in Measure.all {
            let figure = measure.figure(of: nothing)
            switch measure.formula {
            case .count: #expect(figure.value == .count(0), "\(measure.code)")
            case .money: #expect(figure.value == .fen(0), "\(measure.code)")
            default:
                #expect(figure.value == .noData, "\(measure.code)")
                #expect(figure.value.plain.isEmpty)
            }
        }
        #expect(Rate(0, of: 0) == nil)
        #expect(WeightedMean.of([], digits: 4) == nil)
    }

    @Test func `every measure is named and defined in both languages, once`() {
        #expect(Set(Measure.all.map(\.code)).count == Measure.all.count)
        #expect(Measure.all.count > 50)
        for measure in Measure.all {
            #expect(!measure.name.chinese.isEmpty && !measure.name.english.isEmpty)
            #expect(measure.definition.chinese.hasSuffix("。"), "\(measure.code)")
            #expect(measure.definition.english.hasSuffix("."), "\(measure.code)")
            for cell in measure.cells.numerator + measure.cells.denominator {
                #expect(cell.isCount, "\(measure.code)")
            }
            #expect(Measure.named(measure.code) == measure)
        }
    }

    @Test func `the catalogue is as it was agreed`() throws {
        let lines = Measure.all.map { measure -> String in
            func list(_ cells: [Cell]) -> String {
                cells.isEmpty ? "–" : cells.map(\.name).joined(separator: "+")
            }
            return [
                measure.code, measure.name.chinese, measure.name.english,
                list(measure.cells.numerator), list(measure.cells.denominator),
                measure.unit.rawValue, measure.population.rawValue,
            ].joined(separator: " | ")
        }
        try checkGolden(lines.joined(separator: "\n") + "\n", "Reports/measures.txt")
    }

    @Test func `the unreachable are neither satisfied nor not, and other is left out`() {
        var counts = CellCounts()
        for (cell, value) in [(Cell.gradeA, 3), (.gradeB, 1), (.gradeC, 1), (.unreachable, 95)] {
            counts.add(Int64(value), to: CellKey(cell), isOther: false)
        }
        counts.add(50, to: CellKey(.gradeC), isOther: true)
        let figure = Measure.satisfaction.figure(of: counts)
        #expect(figure.value == .rate(Rate(4, of: 5)!))
        #expect(figure.value.text.chinese == "80.00%")
        #expect((figure.numerator, figure.denominator) == (4, 5))
    }

    @Test(
        arguments: [
            (1, 3, 2, "33.33"), (2, 3, 2, "66.67"), (1, 8, 1, "12.5"), (1, 8, 0, "13"),
            (1, 200, 0, "1"),
            (-1, 200, 0, "-1"), (-1, 3, 2, "-33.33"), (0, 7, 2, "0.00"), (7, 7, 2, "100.00"),
            (9_223_372_036_854_775_807, 9_223_372_036_854_775_807, 2, "100.00"),
        ] as [(Int64, Int64, Int, String)])
    func `a rate is rounded once, half away from zero`(
        part: Int64, whole: Int64, decimals: Int, printed: String
    ) {
        #expect(Rate(part, of: whole)?.percent(decimals: decimals) == printed)
    }

    @Test func `rates compare as fractions`() {
        #expect(Rate(1, of: 3)! < Rate(333_334, of: 1_000_000)!)
        #expect(Rate(-1, of: 3)! < Rate(0, of: 5)!)
        #expect(Rate(.max, of: 3)! > Rate(.max - 1, of: 3)!)
        #expect(Rate(3, of: 0) == nil)
        #expect(Rate(.max, of: 1)!.scaled(6) == .max)
    }

    @Test func `a class of times ends where the promises end`() {
        for minutes: Int64 in [1, 3, 30, 60, 120, 1_440, 2_880, 14_400, 576_000] {
            #expect(Histogram.isBound(minutes: minutes), "\(minutes)")
            let last = Histogram.bucket(ms: minutes * 60_000)
            #expect(Histogram.bucket(ms: minutes * 60_000 + 1) == last + 1)
            #expect(Histogram.bounds(of: last).atMost == minutes)
        }
        #expect(!Histogram.isBound(minutes: 125))
        #expect(Histogram.bucket(ms: 0) == 0)
        #expect(Histogram.bucket(ms: .max) == Histogram.openClass)
        for bucket in 1..<Histogram.openClass {
            let (over, atMost) = Histogram.bounds(of: bucket)
            #expect(Histogram.bucket(ms: over * 60_000 + 1) == bucket)
            #expect(Histogram.bucket(ms: atMost! * 60_000) == bucket)
        }
    }

    @Test(arguments: 1...20)
    func `median and ninetieth percentile lie in the class of the true ones`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let count = Int.random(in: 1...300, using: &random)
        let times = (0..<count).map { _ in Int64.random(in: 0...40_000_000_000, using: &random) }
            .sorted()
        var counts: [Int: Int64] = [:]
        for time in times { counts[Histogram.bucket(ms: time), default: 0] += 1 }
        let histogram = Histogram(counts)
        for percent in [50, 90, 100] {
            let true_ = times[(count * percent + 99) / 100 - 1]
            let found = histogram.percentile(Int64(percent))!
            #expect(found.overMinutes * 60_000 <= true_)
            #expect(found.atMostMinutes.map { true_ <= $0 * 60_000 } ?? true)
        }
        #expect(histogram.within(minutes: 1_440) == Int64(times.count { $0 <= 86_400_000 }))
        #expect(Histogram().percentile(50) == nil)
    }
}
