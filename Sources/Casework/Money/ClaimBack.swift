package import Ledger

/// What a tourist owes the fund back: paid twice, or for what the merchant rightly need not pay (民法典 985).
package struct ClaimBack: Hashable, Sendable, Codable {
    /// What was found; once it is opened, what the tourist owes.
    package internal(set) var amount: Money
    package internal(set) var repaid = Money.zero
    package internal(set) var state: State
    package internal(set) var notice: Recovery.Notice?
    /// Given up, with approval.
    package internal(set) var writtenOff = Money.zero
    /// Who proposed to give it up; nil while nobody has.
    package internal(set) var writeOffProposer: String?
    /// Of the receipts counted so far.
    package internal(set) var references: Set<String> = []

    package enum State: Hashable, Sendable, Codable {
        /// Somebody found that the merchant paid as well; another must agree before it is asked for.
        case found(by: String, proof: String)
        case open
        case notified
        case closed

        var isFound: Bool { if case .found = self { true } else { false } }
    }

    /// Who bears what a merchant's defence takes away (handbook §10).
    package enum Bearer: String, Hashable, Sendable, Codable, CaseIterable {
        /// A loss of the fund's.
        case fund
        /// The tourist had no right to it, and pays it back.
        case tourist
    }

    /// What the tourist still owes; nothing while it is only found.
    package var outstanding: Money {
        if case .found = state { return .zero }
        return Money(fen: amount.fen - repaid.fen - writtenOff.fen)
    }
}
