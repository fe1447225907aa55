public import Ledger

/// Something the bank should show sooner or later: a payout, a return, a repayment.
public struct Expectation: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// We paid a tourist.
        case payout
        /// A payout may come back.
        case payoutReturn
        /// A merchant owes the fund.
        case repayment
        /// A tourist owes the fund.
        case consumerRepayment
        /// A quality deposit was drawn on.
        case deposit
        /// The fund was promised money: appropriation or top-up.
        case topUp
        /// Between the fund's own accounts.
        case transferOut
        case transferIn

        public var isIncoming: Bool { self != .payout && self != .transferOut }

        /// Whether less than expected may come: the rest stays open.
        public var mayBePartial: Bool { self == .repayment || self == .consumerRepayment }
    }

    /// The caller's name for it; unique among the expectations of one call.
    public let id: String
    public let kind: Kind
    /// What is still open of it, more than zero, whichever way it goes.
    public let amount: Money
    /// Numbers that name it in a text: payout number, case numbers. Compared whole, never as a part.
    public let numbers: [String]
    public let counterpartyName: String?
    public let counterpartyAccount: String?
    /// The days on which a line without a number may still be it.
    public let window: ClosedRange<Day>

    public init(
        id: String, kind: Kind, amount: Money, numbers: [String], counterpartyName: String? = nil,
        counterpartyAccount: String? = nil, window: ClosedRange<Day>
    ) {
        self.id = id
        self.kind = kind
        self.amount = amount
        self.numbers = numbers
        self.counterpartyName = counterpartyName
        self.counterpartyAccount = counterpartyAccount
        self.window = window
    }
}

/// What one line of a statement was found to be.
public struct Match: Hashable, Sendable {
    public enum Basis: String, Hashable, Sendable, Codable {
        /// The line names the expectation's number.
        case number
        /// Amount, payee and days agree, and nothing else does so.
        case amountAndParty
        /// The merchant paid several debts in one sum; only these add up to it.
        case subset
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

/// All matches of one call, and the lines nobody knows: for suspense, or for two people to look at.
public struct Matching: Hashable, Sendable {
    /// In the order of the lines; no expectation is used beyond what was open of it.
    public let matches: [Match]
    public let unmatched: [Int]
}

/// Finds what the lines of a statement are.
///
/// Four passes, each over all lines in their order, each stricter about evidence than about luck:
/// 1. a number of the expectation stands in the line, as a whole word, or `caseNumbers` finds it;
/// 2. amount, counterparty and days agree, one line and one expectation to each other;
/// 3. a repayment of several debts at once: the one subset of the named merchant's debts that adds up;
/// 4. a part of the only debt of the named merchant.
///
/// The tolerance is zero. What is ambiguous is left unmatched. The same input gives the same answer.
///
/// - Parameter caseNumbers: Every valid case number in a free text, as expectations write them.
public func match(
    lines: [StatementLine], expectations: [Expectation],
    caseNumbers: (String) -> [String] = { _ in [] }
) -> Matching {
    var matcher = Matcher(lines: lines, expectations: expectations, caseNumbers: caseNumbers)
    matcher.matchNumbers()
    matcher.matchAmountAndParty()
    matcher.matchSubsets()
    matcher.matchParts()
    let matches = matcher.found.sorted { $0.key < $1.key }.map(\.value)
    return Matching(
        matches: matches, unmatched: lines.indices.filter { matcher.found[$0] == nil })
}
