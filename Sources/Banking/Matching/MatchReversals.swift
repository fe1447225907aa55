import Ledger

/// Pass 1: a line the bank marks as a reversal takes an earlier one back.
extension Matcher {
    /// Cancels each reversal against the one earlier line it can mean. Where it can mean several, all of
    /// them are held: one moved nothing, and a person must say which.
    ///
    /// A payout that came back is not cancelled when its return is expected and named: that is a match.
    mutating func matchReversals() {
        var earlier: [Int64: [Int]] = [:]
        var pairs: [(reversal: Int, original: Int)] = []
        for (index, line) in lines.enumerated() {
            guard line.isReversal else {
                earlier[line.amount.fen, default: []].append(index)
                continue
            }
            guard !isExpectedReturn(index) else { continue }
            let opposite = (earlier[0 &- line.amount.fen] ?? []).suffix(Self.debtLimit)
            let originals = opposite.filter { mayTakeBack(line, lines[$0]) }
            let telling = originals.filter { sharesNumber(index, $0) }
            pairs += (telling.isEmpty ? originals : telling).map { (index, $0) }
        }
        let perReversal = Dictionary(grouping: pairs, by: \.reversal)
        let perOriginal = Dictionary(grouping: pairs, by: \.original)
        for (reversal, original) in pairs {
            if perReversal[reversal]?.count == 1, perOriginal[original]?.count == 1 {
                record(Reversal(line: reversal, takenBack: original))
            } else {
                hold(original)
                hold(reversal)
            }
        }
    }

    private func isExpectedReturn(_ index: Int) -> Bool {
        named[index].contains { number in
            (byNumber[number] ?? []).contains {
                isOpen($0, for: lines[index]) && open[$0] == lines[index].size
            }
        }
    }

    /// Whether what both lines say of the other side and of our number agrees; silence agrees.
    private func mayTakeBack(_ reversal: StatementLine, _ original: StatementLine) -> Bool {
        func agree(_ a: String?, _ b: String?) -> Bool { a == nil || b == nil || a == b }
        return agree(reversal.counterpartyAccount, original.counterpartyAccount)
            && agree(reversal.counterpartyName, original.counterpartyName)
            && agree(reversal.endToEndID, original.endToEndID)
    }

    /// Whether the bank's or our number, or a case number, stands in both.
    private func sharesNumber(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (lines[a], lines[b])
        return (first.endToEndID != nil && first.endToEndID == second.endToEndID)
            || (first.reference != nil && first.reference == second.reference)
            || !cases[a].isDisjoint(with: cases[b])
    }
}
