public import Ledger

/// What an unmatched line might be, for the person who decides; never booked by itself.
public struct Proposal: Hashable, Sendable {
    /// Why it is proposed, the strongest reason first.
    public enum Reason: Hashable, Sendable {
        /// The line names this number of the expectation.
        case number(String)
        case counterpartyAccount
        case counterpartyName
        /// The line is exactly what is open.
        case amount
        /// Several expectations of one counterparty together are exactly the line.
        case addsUp
        /// Less than a debt of which parts may come.
        case part
        /// The line is so much more (or, negative, less) than what is open.
        case differs(by: Money)
        /// The line falls on a day on which the expectation may come.
        case day
        /// It falls so many days before or after.
        case daysAway(Int)

        fileprivate var weight: Int {
            switch self {
            case .number: 100
            case .counterpartyAccount: 40
            case .counterpartyName: 35
            case .amount, .addsUp: 30
            case .day: 10
            case .part: 5
            case .differs: 0
            case .daysAway(let days): -min(days, 30)
            }
        }
    }

    /// What would go to each expectation; together at most the line.
    public let parts: [Match.Part]
    /// What would be left of the line: zero or more.
    public let rest: Money
    public let reasons: [Reason]

    /// The sum of the reasons' weights: an order, nothing more.
    fileprivate var rank: Int { reasons.reduce(0) { $0 + $1.weight } }
}

/// What `line` might be, the likeliest first.
///
/// Proposed is what the line names, what is of its counterparty, and what has exactly its amount; always
/// in its direction. A reversal is only proposed as the return of a payout.
///
/// - Parameters:
///   - expectations: As they are open now.
///   - limit: Of proposals.
public func proposals(
    for line: StatementLine, expectations: [Expectation], limit: Int = 10,
    caseNumbers: (String) -> [String] = { _ in [] }
) -> [Proposal] {
    let matcher = Matcher(lines: [line], expectations: expectations, caseNumbers: caseNumbers)
    let single = matcher.expectations.indices.compactMap { matcher.proposal($0) }
    let all = single + matcher.sumProposals()
    return Array(
        all.sorted { a, b in
            guard a.rank == b.rank else { return a.rank > b.rank }
            return a.parts.lazy.map(\.expectation)
                .lexicographicallyPrecedes(b.parts.lazy.map(\.expectation))
        }.prefix(limit))
}

extension Matcher {
    fileprivate func proposal(_ index: Int) -> Proposal? {
        let (line, expectation) = (lines[0], expectations[index])
        guard isOpen(index, for: line) else { return nil }
        var reasons = expectation.numbers.filter { named[0].contains($0.uppercased()) }
            .prefix(1).map { Proposal.Reason.number($0) }
        let known = Set(parties(line.counterpartyName, line.counterpartyAccount))
        if !known.isDisjoint(with: parties(nil, expectation.counterpartyAccount)) {
            reasons.append(.counterpartyAccount)
        }
        if !known.isDisjoint(with: parties(expectation.counterpartyName, nil)) {
            reasons.append(.counterpartyName)
        }
        guard !reasons.isEmpty || line.size == open[index] else { return nil }
        if line.size == open[index] {
            reasons.append(.amount)
        } else if line.size < open[index], expectation.kind.mayBePartial {
            reasons.append(.part)
        } else {
            reasons.append(.differs(by: Money(fen: line.size - open[index])))
        }
        let days = distance(line.bookedOn, expectation.window)
        reasons.append(days == 0 ? .day : .daysAway(days))
        return proposal([index], reasons)
    }

    /// Up to three sets of debts of the counterparty that add up to the line.
    fileprivate func sumProposals() -> [Proposal] {
        let debts = debts(of: 0)
        return subsets(of: debts.map { open[$0] }, sum: lines[0].size, limit: 3).map { subset in
            proposal(subset.map { debts[$0] }, [.counterpartyName, .addsUp, .day])
        }
    }

    private func proposal(_ indices: [Int], _ reasons: [Proposal.Reason]) -> Proposal {
        var left = lines[0].size
        let parts = indices.map { index in
            let part = min(left, open[index])
            left -= part
            return Match.Part(expectation: expectations[index].id, amount: Money(fen: part))
        }
        return Proposal(
            parts: parts, rest: Money(fen: left),
            reasons: reasons.sorted { $0.weight > $1.weight })
    }

    private func distance(_ day: Day, _ window: ClosedRange<Day>) -> Int {
        if window.contains(day) { return 0 }
        return day < window.lowerBound
            ? day.distance(to: window.lowerBound) : window.upperBound.distance(to: day)
    }
}

/// The first `limit` subsets of at least two `amounts` that add up to `sum`, in the order of their
/// indices. Not every one is found where there are many: the search gives up after 100,000 steps.
private func subsets(of amounts: [Int64], sum: Int64, limit: Int) -> [[Int]] {
    var found: [[Int]] = []
    var chosen: [Int] = []
    var steps = 0
    func search(_ index: Int, _ left: Int64) {
        steps += 1
        guard found.count < limit, steps < 100_000 else { return }
        if left == 0 {
            if chosen.count > 1 { found.append(chosen) }
            return
        }
        guard index < amounts.count else { return }
        if amounts[index] <= left {
            chosen.append(index)
            search(index + 1, left - amounts[index])
            chosen.removeLast()
        }
        search(index + 1, left)
    }
    search(0, sum)
    return found
}
