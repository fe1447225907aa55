import Ledger

/// Passes 3 and 5: the line names nobody's number, but its counterparty.
extension Matcher {
    /// Amount, counterparty and days agree, one line and one expectation to each other.
    mutating func matchAmountAndParty() {
        let index = byPartyAndAmount()
        var perLine: [Int: [Int]] = [:]
        var linesOf: [Int: Int] = [:]
        for line in waiting {
            let candidates = exactPartners(of: line, in: index)
            guard !candidates.isEmpty else { continue }
            perLine[line] = candidates
            for candidate in candidates { linesOf[candidate, default: 0] += 1 }
        }
        for line in waiting {
            guard let candidates = perLine[line], candidates.count == 1,
                linesOf[candidates[0]] == 1
            else { continue }
            record(line, .amountAndParty, candidates)
        }
    }

    /// A part of the only debt of the counterparty, or all that is left of it.
    mutating func matchParts() {
        for line in waiting {
            let debts = debts(of: line)
            guard debts.count == 1, lines[line].size <= open[debts[0]] else { continue }
            record(line, .partial, debts)
        }
    }

    private struct PartyAndAmount: Hashable {
        let party: String
        let fen: Int64
    }

    private func byPartyAndAmount() -> [PartyAndAmount: [Int]] {
        var index: [PartyAndAmount: [Int]] = [:]
        for (party, expectations) in byParty {
            for expectation in expectations where open[expectation] > 0 {
                index[PartyAndAmount(party: party, fen: open[expectation]), default: []]
                    .append(expectation)
            }
        }
        return index
    }

    /// At most `debtLimit` of a counterparty's equal amounts are looked at; beyond that the line is
    /// nobody's, for they cannot be told apart.
    private func exactPartners(of line: Int, in index: [PartyAndAmount: [Int]]) -> [Int] {
        let statementLine = lines[line]
        let lists = parties(statementLine.counterpartyName, statementLine.counterpartyAccount)
            .compactMap { index[PartyAndAmount(party: $0, fen: statementLine.size)] }
        guard lists.allSatisfy({ $0.count <= Self.debtLimit }) else { return [] }
        return Set(lists.joined()).filter {
            isOpen($0, for: statementLine)
                && expectations[$0].window.contains(statementLine.bookedOn)
                && agreesOnCase(line, $0)
        }.sorted()
    }
}
