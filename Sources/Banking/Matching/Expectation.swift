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
