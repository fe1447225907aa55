import Ledger

/// A step the office takes by itself as soon as it can.
package enum NextStep: Hashable, Sendable {
    case classify
    case ruleOnAcceptance
    case determine
    case proposeAdvance
    case commitFunds
    case forward
    case settle
    case openRecovery
    case orderPayout
    /// After an unconfirmed payout, with a new number.
    case reissuePayout
}

extension Case {
    /// What the office does next without a person; nil when it waits for someone or something outside.
    ///
    /// Waiting for money is not a step: a case in `awaitingFunds` is tried again when money comes, when a
    /// day's caps begin anew, or when a person lowers the amount.
    package var nextStep: NextStep? {
        if isSettlementDue, isUnderWay, advance != nil || stage == .withBureau { return .settle }
        if isRecoverable, recovery == nil {
            return .openRecovery
        }
        switch stage {
        case .filed: return classification == nil ? .classify : .ruleOnAcceptance
        case .assessing where determination == nil: return .determine
        case .assessing where advance == nil: return .proposeAdvance
        case .proposed where advance?.state == .proposed && advance?.outstanding.isEmpty == true:
            return .commitFunds
        case .awaitingFunds where isCommitmentDue: return .commitFunds
        case .withBureau where isForwardingDue: return .forward
        case .paying: return nextPayment
        default: return nil
        }
    }

    /// Whether what the fund put up is, or will be, with the tourist, and somebody owes it back.
    var isRecoverable: Bool {
        guard let advance, advance.decision.path != .waiveFee else { return false }
        return advance.state == .payable || advance.state == .paid
    }

    private var nextPayment: NextStep? {
        guard advance?.state == .payable, payee != nil, !payouts.contains(where: \.isOpen)
        else { return nil }
        if case .asked = payoutReview { return nil }
        if payouts.isEmpty { return .orderPayout }
        return isReissueAutomatic || payoutReview != nil ? .reissuePayout : nil
    }
}
