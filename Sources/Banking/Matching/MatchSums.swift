import Ledger

/// Pass 4: one line for several debts, or several lines for one debt.
extension Matcher {
    /// Takes the explanations that are the only one of their line or debt, and that share no line and no
    /// debt with another: which came first would decide otherwise.
    mutating func matchSums() {
        let explanations = oneForMany() + manyForOne()
        var wanted: [Int: Int] = [:]
        var used: [Int: Int] = [:]
        for explanation in explanations {
            for line in explanation.lines { wanted[line, default: 0] += 1 }
            for debt in explanation.debts { used[debt, default: 0] += 1 }
        }
        for explanation in explanations
        where explanation.lines.allSatisfy({ wanted[$0] == 1 })
            && explanation.debts.allSatisfy({ used[$0] == 1 })
        {
            let basis = explanation.debts.count > 1 ? Match.Basis.subset : .severalLines
            for line in explanation.lines { record(line, basis, explanation.debts) }
        }
    }

    private struct Explanation {
        let lines: [Int]
        let debts: [Int]
    }

    /// Each line with the only debts that add up to it.
    private func oneForMany() -> [Explanation] {
        // Lines with the same debts share a search, which is most of the work.
        let groups = Dictionary(grouping: waiting) { debts(of: $0) }
        var found: [Explanation] = []
        for (debts, group) in groups where debts.count > 1 {
            let largest = group.map { lines[$0].size }.max() ?? 0
            let search = SubsetSearch(debts.map { open[$0] }, upTo: largest)
            for line in group {
                guard case .only(let subset) = search.answer(for: lines[line].size),
                    subset.count > 1
                else { continue }
                found.append(Explanation(lines: [line], debts: subset.map { debts[$0] }))
            }
        }
        return found.sorted { $0.lines[0] < $1.lines[0] }
    }

    /// Each debt with the only lines that add up to what is open of it.
    private func manyForOne() -> [Explanation] {
        var linesOf: [Int: [Int]] = [:]
        for line in waiting {
            for debt in debts(of: line) { linesOf[debt, default: []].append(line) }
        }
        let groups = Dictionary(grouping: linesOf.keys) { linesOf[$0] ?? [] }
        var found: [Explanation] = []
        for (group, debts) in groups where group.count > 1 && group.count <= Self.debtLimit {
            let largest = debts.map { open[$0] }.max() ?? 0
            let search = SubsetSearch(group.map { lines[$0].size }, upTo: largest)
            for debt in debts {
                guard case .only(let subset) = search.answer(for: open[debt]), subset.count > 1
                else { continue }
                found.append(Explanation(lines: subset.map { group[$0] }, debts: [debt]))
            }
        }
        return found.sorted { $0.debts[0] < $1.debts[0] }
    }
}
