public import Ledger

/// What one line of a statement was found to be.
public struct Match: Hashable, Sendable {
    public enum Basis: String, Hashable, Sendable, Codable {
        /// The line names the expectation's number.
        case number
        /// Amount, payee and days agree, and nothing else does so.
        case amountAndParty
        /// The merchant paid several debts in one sum; only these add up to it.
        case subset
        /// The merchant paid one debt in several lines; only these add up to it.
        case severalLines
        /// The merchant has one debt and paid a part of it.
        case partial
    }

    public struct Part: Hashable, Sendable {
        public let expectation: String
        /// More than zero, and at most what was open.
        public let amount: Money
    }

    /// The index of the line among those given.
    public let line: Int
    public let basis: Basis
    /// In the order of the expectations' ids.
    public let parts: [Part]
    /// What the line brought beyond its parts: goes to suspense. Zero or more.
    public let rest: Money
}

/// A line that takes an earlier one back: together they moved nothing.
public struct Reversal: Hashable, Sendable {
    /// The index of the line the bank marks as a reversal.
    public let line: Int
    /// The index of the line it takes back: of the same size the other way.
    public let takenBack: Int
}

/// A line that a rule knows, such as interest or a fee.
public struct RuledLine: Hashable, Sendable {
    public let line: Int
    /// `LineRule.name`.
    public let rule: String
}

/// Every line of one call, in exactly one of four places.
public struct Matching: Hashable, Sendable {
    /// In the order of the lines; no expectation is used beyond what was open of it.
    public let matches: [Match]
    /// In the order of the reversing lines.
    public let reversals: [Reversal]
    public let ruled: [RuledLine]
    /// The lines nobody knows: for suspense, or for two people to look at (`proposals`).
    public let unmatched: [Int]
}

/// Finds what the lines of a statement are.
///
/// Each pass goes over all lines in their order, and takes only what no earlier pass took:
/// 1. a line the bank marks as a reversal cancels against the one earlier line it can mean;
/// 2. a number of the expectation stands in the line, as a whole word, or `caseNumbers` finds it;
/// 3. amount, counterparty and days agree, one line and one expectation to each other;
/// 4. one line for several debts of the named merchant, or several lines for one debt, where only these
///    add up and no other such explanation wants the same line or debt;
/// 5. a part of the only debt of the named merchant;
/// 6. a rule.
///
/// The tolerance is zero. What is ambiguous is left unmatched: a person decides. The same input gives the
/// same answer, in whatever order the expectations come.
///
/// - Parameters:
///   - rules: What interest, fees and the like look like.
///   - caseNumbers: Every valid case number in a free text, as expectations write them.
public func match(
    lines: [StatementLine], expectations: [Expectation], rules: [LineRule] = [],
    caseNumbers: (String) -> [String] = { _ in [] }
) -> Matching {
    var matcher = Matcher(lines: lines, expectations: expectations, caseNumbers: caseNumbers)
    matcher.matchReversals()
    matcher.matchNumbers()
    matcher.matchAmountAndParty()
    matcher.matchSums()
    matcher.matchParts()
    matcher.matchRules(rules)
    return matcher.matching
}
