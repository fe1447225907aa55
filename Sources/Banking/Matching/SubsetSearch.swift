/// Finds which of some amounts add up to a sum, and whether only they do: exact, never greedy.
///
/// Up to 40 amounts are always decided, by meeting in the middle; more of them when a table of all sums
/// fits in 16 MB, as it does for debts in whole yuan. One search answers for any number of sums.
struct SubsetSearch {
    enum Answer: Hashable {
        case none
        /// The indices of the only subset, ascending.
        case only([Int])
        case several
        /// More amounts than can be decided in bounded time and memory.
        case undecided
    }

    private enum Method {
        case halves(SubsetHalves)
        case table(SubsetTable)
        case undecided
    }

    private let method: Method
    /// Each kept amount's index among those given.
    private let indices: [Int]

    /// - Parameters:
    ///   - amounts: Those of zero or less are left out.
    ///   - limit: The largest sum that will be asked for.
    init(_ amounts: [Int64], upTo limit: Int64) {
        let kept = amounts.indices.filter { amounts[$0] > 0 && amounts[$0] <= limit }
        let wanted = kept.map { amounts[$0] }
        indices = kept
        if wanted.count <= 24 {
            method = .halves(SubsetHalves(wanted, upTo: limit))
        } else if let table = SubsetTable(wanted, upTo: limit) {
            method = .table(table)
        } else if wanted.count <= 40 {
            method = .halves(SubsetHalves(wanted, upTo: limit))
        } else {
            method = .undecided
        }
    }

    /// - Parameter sum: At most `limit`.
    func answer(for sum: Int64) -> Answer {
        guard sum > 0 else { return .none }
        let answer =
            switch method {
            case .halves(let halves): halves.answer(for: sum)
            case .table(let table): table.answer(for: sum)
            case .undecided: Answer.undecided
            }
        guard case .only(let subset) = answer else { return answer }
        return .only(subset.map { indices[$0] })
    }
}
