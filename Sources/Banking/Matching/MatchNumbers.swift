/// Pass 2: the line names the expectation's number.
extension Matcher {
    mutating func matchNumbers() {
        for index in waiting {
            let line = lines[index]
            let candidates = Set(named[index].flatMap { byNumber[$0] ?? [] })
                .filter { isOpen($0, for: line) && names(index, $0) }.sorted()
            let exact = candidates.filter { open[$0] == line.size }
            // Two debts of one case and amount: the more telling number decides, or a person.
            let best = exact.count > 1 ? mostTelling(exact, for: index) : exact
            if best.count == 1 {
                record(index, .number, best)
            } else if let booked = bookedAlike(best) {
                record(index, .number, [booked])
            } else if exact.isEmpty {
                matchNamedDebts(index, candidates.filter { expectations[$0].kind.mayBePartial })
            }
        }
    }

    /// Whether the line names what came back, and not only its case: a merchant who repays names the case as
    /// well, and a payout taken for returned is paid again.
    private func names(_ line: Int, _ expectation: Int) -> Bool {
        guard expectations[expectation].kind == .payoutReturn, !lines[line].isReversal else {
            return true
        }
        let own = named[line].subtracting(cases[line])
        return expectations[expectation].numbers.contains { own.contains($0.uppercased()) }
    }

    /// Of several that the line fits alike, one that is booked already: its line comes before any that is new.
    /// Nil where none is booked, or where those that are differ in anything a line could say.
    private func bookedAlike(_ candidates: [Int]) -> Int? {
        let booked = candidates.filter { expectations[$0].kind == .deposit }
        guard let first = booked.first.map({ expectations[$0] }) else { return nil }
        let areAlike = booked.dropFirst().map { expectations[$0] }.allSatisfy {
            Set($0.numbers) == Set(first.numbers) && $0.counterpartyName == first.counterpartyName
                && $0.counterpartyAccount == first.counterpartyAccount
        }
        return areAlike ? booked.first : nil
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
