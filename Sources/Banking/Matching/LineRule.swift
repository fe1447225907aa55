import Ledger

/// What a kind of line looks like that no expectation announces: interest, a fee.
///
/// Rules are the caller's data. A phrase must stand in the text as it is, as a whole word or words, so
/// that 手续费 is not found in 退还手续费; an amount is never looked at.
public struct LineRule: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable, Codable { case incoming, outgoing }

    /// From whom the line may come, or to whom it may go.
    public enum Counterparty: Hashable, Sendable {
        /// The line names nobody, as banks' own lines mostly do.
        case nobody
        /// Nobody, or one of these names.
        case nobodyOr(Set<String>)
        case anybody
    }

    /// The caller's name for it: `interest`, `fee`.
    public let name: String
    public let direction: Direction
    public let phrases: [String]
    public let counterparty: Counterparty

    public init(
        name: String, direction: Direction, phrases: [String], counterparty: Counterparty
    ) {
        self.name = name
        self.direction = direction
        self.phrases = phrases
        self.counterparty = counterparty
    }
}

/// Pass 6: what a rule knows.
extension Matcher {
    /// Lines that rules of two names know are left: a person decides. So are reversals.
    mutating func matchRules(_ rules: [LineRule]) {
        guard !rules.isEmpty else { return }
        for index in waiting where !lines[index].isReversal {
            let text = spaced(lines[index].remittance)
            let names = Set(rules.filter { $0.knows(lines[index], text) }.map(\.name))
            guard names.count == 1, let name = names.first else { continue }
            record(RuledLine(line: index, rule: name))
        }
    }
}

extension LineRule {
    fileprivate func knows(_ line: StatementLine, _ text: String) -> Bool {
        guard (direction == .incoming) == line.amount.isPositive else { return false }
        switch counterparty {
        case .nobody: guard line.counterpartyName == nil else { return false }
        case .nobodyOr(let names):
            guard line.counterpartyName.map(names.contains) ?? true else { return false }
        case .anybody: break
        }
        return phrases.contains { phrase in
            let wanted = spaced(phrase)
            return wanted.utf8.count > 2 && text.contains(wanted)
        }
    }
}

/// The words of a text in capitals, a blank before, between and behind them: a phrase is found whole.
private func spaced(_ text: String) -> String {
    let isPart: (Character) -> Bool = { $0.isLetter || $0.isNumber }
    let words = text.uppercased().split { !isPart($0) }
    return " " + words.joined(separator: " ") + " "
}
