import Ledger

/// The passes of `match`, over what is still open.
struct Matcher {
    private(set) var found: [Int: Match] = [:]

    private let lines: [StatementLine]
    /// By id, so that the order in which they were given does not matter.
    private let expectations: [Expectation]
    /// Fen still open, by index of the expectation.
    private var open: [Int64]
    /// Numbers each line names, in capitals.
    private let named: [Set<String>]
    /// Of these, those that are case numbers.
    private let cases: [Set<String>]
    private let byNumber: [String: [Int]]
    private let byParty: [String: [Int]]

    init(lines: [StatementLine], expectations: [Expectation], caseNumbers: (String) -> [String]) {
        self.lines = lines
        let sorted = expectations.sorted { $0.id < $1.id }
        self.expectations = sorted
        open = sorted.map { max($0.amount.fen, 0) }
        cases = lines.map { line in Set(caseNumbers(line.allText).map { $0.uppercased() }) }
        named = zip(lines, cases).map { line, cases in cases.union(words(of: line.allText)) }
        var byNumber: [String: [Int]] = [:]
        var byParty: [String: [Int]] = [:]
        for (index, expectation) in sorted.enumerated() {
            for number in Set(expectation.numbers.map { $0.uppercased() }) where !number.isEmpty {
                byNumber[number, default: []].append(index)
            }
            for party in parties(expectation.counterpartyName, expectation.counterpartyAccount) {
                byParty[party, default: []].append(index)
            }
        }
        (self.byNumber, self.byParty) = (byNumber, byParty)
    }

    mutating func matchNumbers() {
        for index in lines.indices {
            let line = lines[index]
            let candidates = Set(named[index].flatMap { byNumber[$0] ?? [] })
                .filter { isOpen($0, for: line) }.sorted()
            let exact = candidates.filter { open[$0] == line.size }
            // Two debts of one case and amount: the more telling number decides, or a person.
            let best = exact.count > 1 ? mostTelling(exact, for: index) : exact
            if best.count == 1 {
                record(index, .number, best)
            } else if exact.isEmpty {
                matchNamedDebts(index, candidates.filter { expectations[$0].kind.mayBePartial })
            }
        }
    }

    /// A line that names debts, but has the amount of none: all of them, a part of one, or more than one.
    private mutating func matchNamedDebts(_ index: Int, _ candidates: [Int]) {
        let size = lines[index].size
        if candidates.count == 1 {
            record(index, .number, candidates)
        } else if candidates.count > 1, sum(candidates) == Int128(size) {
            record(index, .number, candidates)
        } else if candidates.count > 1,
            let subset = onlySubset(of: candidates.map { open[$0] }, sum: size)
        {
            record(index, .number, subset.map { candidates[$0] })
        }
    }

    mutating func matchAmountAndParty() {
        var pairs: [(line: Int, expectation: Int)] = []
        for index in lines.indices where found[index] == nil {
            let candidates = partners(of: index).filter {
                open[$0] == lines[index].size
                    && expectations[$0].window.contains(lines[index].bookedOn)
            }
            pairs += candidates.map { (index, $0) }
        }
        let perLine = Dictionary(grouping: pairs, by: \.line)
        let perExpectation = Dictionary(grouping: pairs, by: \.expectation)
        for pair in pairs
        where perLine[pair.line]?.count == 1 && perExpectation[pair.expectation]?.count == 1 {
            record(pair.line, .amountAndParty, [pair.expectation])
        }
    }

    mutating func matchSubsets() {
        for index in lines.indices where found[index] == nil {
            let debts = partners(of: index).filter { expectations[$0].kind.mayBePartial }
            guard debts.count > 1,
                let subset = onlySubset(of: debts.map { open[$0] }, sum: lines[index].size)
            else { continue }
            record(index, .subset, subset.map { debts[$0] })
        }
    }

    mutating func matchParts() {
        for index in lines.indices where found[index] == nil {
            let debts = partners(of: index).filter { expectations[$0].kind.mayBePartial }
            guard debts.count == 1, lines[index].size < open[debts[0]] else { continue }
            record(index, .partial, debts)
        }
    }

    /// Open expectations of the line's counterparty, unless the line names another case.
    private func partners(of index: Int) -> [Int] {
        let line = lines[index]
        let candidates = Set(
            parties(line.counterpartyName, line.counterpartyAccount).flatMap { byParty[$0] ?? [] })
        return candidates.filter { candidate in
            guard isOpen(candidate, for: line) else { return false }
            return cases[index].isEmpty
                || expectations[candidate].numbers.contains {
                    cases[index].contains($0.uppercased())
                }
        }.sorted()
    }

    private func isOpen(_ index: Int, for line: StatementLine) -> Bool {
        open[index] > 0 && expectations[index].kind.isIncoming == line.amount.isPositive
    }

    /// Those the line names by the most numbers.
    private func mostTelling(_ candidates: [Int], for line: Int) -> [Int] {
        let hits = candidates.map { candidate in
            Set(expectations[candidate].numbers.map { $0.uppercased() }).intersection(named[line])
                .count
        }
        return zip(candidates, hits).filter { $0.1 == hits.max() }.map(\.0)
    }

    private func sum(_ indices: [Int]) -> Int128 { indices.reduce(0) { $0 + Int128(open[$1]) } }

    /// Gives the line's money to the expectations in order, as far as it goes.
    private mutating func record(_ line: Int, _ basis: Match.Basis, _ indices: [Int]) {
        var left = lines[line].size
        var parts: [Match.Part] = []
        for index in indices {
            let part = min(left, open[index])
            guard part > 0 else { continue }
            open[index] -= part
            left -= part
            parts.append(Match.Part(expectation: expectations[index].id, amount: Money(fen: part)))
        }
        found[line] = Match(line: line, basis: basis, parts: parts, rest: Money(fen: left))
    }
}

/// Steps a subset search may take before it gives up: well under 10 ms.
private let subsetStepLimit = 200_000

/// The indices of the only subset of `amounts` (each more than zero) that adds up to `sum`.
///
/// Nil when there is none, more than one, or when finding out takes more than `subsetStepLimit` steps.
func onlySubset(of amounts: [Int64], sum: Int64) -> [Int]? {
    let order = amounts.indices.sorted { (amounts[$0], $1) > (amounts[$1], $0) }
    var reach = [Int128](repeating: 0, count: order.count + 1)
    for position in order.indices.reversed() {
        reach[position] = reach[position + 1] + Int128(amounts[order[position]])
    }
    var solutions: [[Int]] = []
    var steps = 0
    var chosen: [Int] = []
    func search(_ position: Int, _ left: Int128) {
        steps += 1
        guard solutions.count < 2, steps <= subsetStepLimit else { return }
        if left == 0 { return solutions.append(chosen) }
        guard position < order.count, reach[position] >= left else { return }
        let amount = Int128(amounts[order[position]])
        if amount <= left {
            chosen.append(order[position])
            search(position + 1, left - amount)
            chosen.removeLast()
        }
        search(position + 1, left)
    }
    guard sum > 0, amounts.count <= 500 else { return nil }
    search(0, Int128(sum))
    return solutions.count == 1 && steps <= subsetStepLimit ? solutions[0].sorted() : nil
}

/// Whole words of letters, digits and hyphens, in capitals. A Chinese character ends a word.
private func words(of text: String) -> Set<String> {
    let isPart: (Unicode.Scalar) -> Bool = { scalar in
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", "-": true
        default: false
        }
    }
    return Set(
        text.unicodeScalars.split { !isPart($0) }.map {
            String(String.UnicodeScalarView($0)).uppercased()
        })
}

/// What names a counterparty: account digits, and the name without blanks.
private func parties(_ name: String?, _ account: String?) -> [String] {
    let name = name.map { "name " + $0.filter { !$0.isWhitespace } }
    let account = account.map { "account " + $0.filter { !$0.isWhitespace } }
    return [name, account].compactMap { $0 }.filter { !$0.hasSuffix(" ") }
}

extension StatementLine {
    /// The amount without its sign, in fen; held at the end of the range.
    fileprivate var size: Int64 { Int64(clamping: amount.fen.magnitude) }

    fileprivate var allText: String {
        [endToEndID, reference, remittance].compactMap { $0 }.joined(separator: " ")
    }
}
