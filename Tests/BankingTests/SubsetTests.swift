import Randomness
import Testing

@testable import Banking

/// Every subset, one by one: slow, and too simple to be wrong.
private func bruteForce(_ amounts: [Int64], _ sum: Int64) -> SubsetSearch.Answer {
    var found: [[Int]] = []
    for mask in 1..<(1 << amounts.count) {
        let subset = amounts.indices.filter { mask >> $0 & 1 == 1 }
        if subset.reduce(0, { $0 + amounts[$1] }) == sum { found.append(subset) }
    }
    return found.isEmpty ? .none : found.count > 1 ? .several : .only(found[0])
}

struct SubsetTests {
    @Test func `what the search says is what trying every subset says`() {
        var random = SeededRandom(seed: 21)
        var answers: [String: Int] = [:]
        for round in 0..<400 {
            let count = Int.random(in: 1...9, using: &random)
            let bound = [6, 40, 5_000][round % 3]
            let unit = [1, 100][round % 2]
            let amounts = (0..<count).map { _ in
                Int64(Int.random(in: 1...bound, using: &random) * unit)
            }
            let limit = amounts.reduce(0, +)
            let search = SubsetSearch(amounts, upTo: limit)
            let table = SubsetTable(amounts, upTo: limit)
            for _ in 0..<4 {
                // Half the sums are those of some subset.
                let sum =
                    Bool.random(using: &random)
                    ? Int64.random(in: 1...limit, using: &random)
                    : amounts.filter { _ in Bool.random(using: &random) }.reduce(0, +)
                guard sum > 0 else { continue }
                let expected = bruteForce(amounts, sum)
                #expect(search.answer(for: sum) == expected, "\(amounts) \(sum)")
                #expect(table?.answer(for: sum) == expected, "\(amounts) \(sum)")
                switch expected {
                case .none: answers["none", default: 0] += 1
                case .only: answers["only", default: 0] += 1
                default: answers["several", default: 0] += 1
                }
            }
        }
        #expect(answers.values.allSatisfy { $0 > 100 } && answers.count == 3, "\(answers)")
    }

    @Test func `the greedy choice is not taken`() {
        // Largest first would take 70 and then find nothing for 30.
        #expect(SubsetSearch([70, 50, 50, 25, 20], upTo: 100).answer(for: 100) == .only([1, 2]))
        #expect(SubsetSearch([70, 50, 50, 30], upTo: 100).answer(for: 100) == .several)
    }

    @Test func `amounts that cannot be part of it do not matter`() {
        let search = SubsetSearch([0, -5, 900, 3, 4], upTo: 7)
        #expect(search.answer(for: 7) == .only([3, 4]))
        #expect(search.answer(for: 0) == .none)
        #expect(search.answer(for: 5) == .none)
        #expect(SubsetSearch([Int64.max, Int64.max, 1], upTo: .max).answer(for: .max) == .several)
    }

    @Test func `many debts in whole yuan are decided by a table`() {
        // Powers of two: every sum has exactly one subset.
        let powers =
            (0..<14).map { Int64(100) << Int64($0) } + (0..<30).map { _ in Int64(99_999_900) }
        let search = SubsetSearch(powers, upTo: 1_638_300)
        #expect(search.answer(for: 1_638_300) == .only(Array(0..<14)))
        #expect(search.answer(for: 500) == .only([0, 2]))
        #expect(search.answer(for: 501) == .none)
    }

    @Test func `too many in fen are given up, not guessed`() {
        let amounts = (0..<60).map { Int64(10_000_019 + $0 * 7_919) }
        let search = SubsetSearch(amounts, upTo: 600_000_000)
        #expect(search.answer(for: 120_000_001) == .undecided)
    }
}
