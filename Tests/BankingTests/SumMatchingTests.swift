import Banking
import Ledger
import Randomness
import Testing

/// Lines and debts of one merchant: which line is matched with which debts, as `line:debts` in order.
///
/// An independent reading of the rule for sums: try every subset of debts for each line, every subset of
/// lines for each debt; take the only ones that meet no other.
private func bruteForce(_ lines: [Int64], _ debts: [Int64]) -> [[Int]: [Int]] {
    func only(_ amounts: [Int64], _ sum: Int64) -> [Int]? {
        let all = (1..<(1 << amounts.count)).map { mask in
            amounts.indices.filter { mask >> $0 & 1 == 1 }
        }.filter { subset in subset.reduce(0) { $0 + amounts[$1] } == sum }
        return all.count == 1 && all[0].count > 1 ? all[0] : nil
    }
    var claims: [([Int], [Int])] = []
    for line in lines.indices {
        if let subset = only(debts, lines[line]) { claims.append(([line], subset)) }
    }
    for debt in debts.indices {
        if let subset = only(lines, debts[debt]) { claims.append((subset, [debt])) }
    }
    let free = claims.filter { claim in
        claims.count {
            !Set($0.0).isDisjoint(with: claim.0) || !Set($0.1).isDisjoint(with: claim.1)
        }
            == 1
    }
    return Dictionary(uniqueKeysWithValues: free.map { ($0.0, $0.1) })
}

private func matching(_ lines: [Int64], _ debts: [Int64]) -> Matching {
    match(
        lines: lines.map {
            StatementLine(
                bookedOn: day("2025-03-02"), amount: Money(fen: $0), counterpartyName: "海岛公司")
        },
        expectations: debts.enumerated().map { index, fen in
            Expectation(
                id: "d\(index)", kind: .repayment, amount: Money(fen: fen), numbers: [],
                counterpartyName: "海岛公司", window: day("2025-03-01")...day("2025-03-31"))
        })
}

struct SumMatchingTests {
    @Test func `sums are matched as trying everything would match them`() {
        var random = SeededRandom(seed: 8)
        var taken = 0
        for _ in 0..<400 {
            let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Int64.random(in: 5...60, using: &random)
            }
            // At least two debts, none of a line's own amount: the passes before are not meant here.
            let debts = (0..<Int.random(in: 2...5, using: &random)).map { _ in
                Int64.random(in: 3...60, using: &random)
            }.filter { !lines.contains($0) }
            guard debts.count > 1 else { continue }
            let expected = bruteForce(lines, debts)
            let found = matching(lines, debts)
            var read: [[Int]: [Int]] = [:]
            for match in found.matches where match.basis == .subset {
                read[[match.line]] = match.parts.map { Int($0.expectation.dropFirst())! }
            }
            let several = found.matches.filter { $0.basis == .severalLines }
            for (debt, matches) in Dictionary(grouping: several, by: \.parts[0].expectation) {
                read[matches.map(\.line)] = [Int(debt.dropFirst())!]
            }
            #expect(read == expected, "\(lines) \(debts)")
            taken += expected.count
        }
        #expect(taken > 40)
    }

    @Test func `two lines that want the same debts are both left to a person`() {
        #expect(matching([3_000, 3_000], [1_000, 2_000]).unmatched == [0, 1])
        #expect(matching([3_000, 2_500], [1_000, 2_000, 1_500]).unmatched == [0, 1])
        #expect(matching([3_000, 4_500], [1_000, 2_000, 1_500, 3_000_000]).unmatched == [0, 1])
    }

    @Test func `several lines pay one debt, and only if nothing else adds up`() {
        let found = matching([400, 600, 8_000], [1_000, 7_777])
        #expect(found.matches.map(\.basis) == [.severalLines, .severalLines])
        #expect(found.matches.map(\.parts[0].amount.fen) == [400, 600])
        #expect(found.unmatched == [2])
        #expect(matching([400, 600, 200, 800], [1_000, 7_777]).matches.isEmpty)
    }

    @Test func `two parts of the only debt end it to the fen`() {
        let found = matching([400, 599], [1_000])
        #expect(found.matches.map(\.basis) == [.partial, .partial])
        #expect(matching([400, 601], [1_000]).unmatched == [1])
        let exact = matching([400, 600], [1_000])
        #expect(exact.matches.map(\.basis) == [.severalLines, .severalLines])
    }

    @Test func `forty debts are decided, to the only set that adds up`() {
        // In fen, with no common unit; the sum of the first twenty and one more.
        var random = SeededRandom(seed: 77)
        let debts = (0..<40).map { _ in Int64.random(in: 100_000...9_999_999, using: &random) }
        let sum = debts[3] + debts[7] + debts[31]
        let found = matching([sum], debts)
        #expect(found.matches.first?.basis == .subset)
        #expect(found.matches.first?.parts.map(\.expectation).sorted() == ["d3", "d31", "d7"])
    }
}
