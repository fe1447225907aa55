package import Ledger

/// The fund collecting from the merchant what it advanced (追偿).
package struct Recovery: Hashable, Sendable, Codable {
    package let terms: RecoveryTerms
    /// What the fund advanced.
    package let amount: Money
    package let openedAt: Moment
    package internal(set) var repaid = Money.zero
    package internal(set) var setOff = Money.zero
    /// Struck off by a defence of the merchant's that was upheld (民法典 548).
    package internal(set) var waived = Money.zero
    package internal(set) var writtenOff = Money.zero
    /// Received after the write-off.
    package internal(set) var recoveredLate = Money.zero
    package internal(set) var state: State = .open
    package internal(set) var notice: Notice?
    package internal(set) var response: Response?
    /// Who took the response down; another must agree to the defence in it.
    package internal(set) var responseBy: String?
    /// What the tourist owes back instead of the merchant.
    package internal(set) var passedToTourist = Money.zero
    /// Owed to a tourist who could not be paid: the merchant need not pay what the fund did not.
    package internal(set) var unclaimed = Money.zero
    package internal(set) var interestPaid = Money.zero
    /// The tourist's claim was made over to the fund; nil while the payout has not arrived.
    package internal(set) var deed: Deed?
    /// When the tourist had the money; the three years run from here.
    package internal(set) var paidOn: Day?
    package internal(set) var demands: [Demand] = []
    package internal(set) var plan: Plan?
    var changes: [Change] = []
    /// Of the receipts counted so far.
    package internal(set) var references: Set<String> = []

    package enum State: Hashable, Sendable, Codable {
        case open
        /// The limit for answer and payment runs from the served notice, and not before (民法典 546).
        case notified
        case disputed(reason: String)
        /// Somebody proposed to give the rest up; another must agree.
        case writeOffProposed(by: String, reason: String)
        case writtenOff
        case closed
    }

    /// The notice of assignment and demand, with how it was served.
    package struct Notice: Hashable, Sendable, Codable {
        package let servedOn: Day
        /// The proof: a receipt number, a registered letter, an evidence hash.
        package let proof: String

        package init(servedOn: Day, proof: String) {
            self.servedOn = servedOn
            self.proof = proof
        }
    }

    package enum Response: Hashable, Sendable, Codable {
        case accept
        case partial(Money, reason: String)
        case dispute(defence: String)
    }

    /// Who proposed to give up what is left; nil unless that is being decided.
    package var writeOffProposer: String? {
        if case .writeOffProposed(let proposer, _) = state { proposer } else { nil }
    }

    /// What the merchant still owes.
    package var outstanding: Money {
        Money(
            fen: amount.fen - repaid.fen - setOff.fen - waived.fen - writtenOff.fen
                - passedToTourist.fen - unclaimed.fen)
    }
}
