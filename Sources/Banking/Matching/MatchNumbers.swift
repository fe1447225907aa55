/// Pass 2: the line names the expectation's number.
extension Matcher {
    mutating func matchNumbers() {
        for index in waiting {
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
        } else if candidates.count > 1 {
            let search = SubsetSearch(candidates.map { open[$0] }, upTo: size)
            guard case .only(let subset) = search.answer(for: size) else { return }
            record(index, .number, subset.map { candidates[$0] })
        }
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
}
