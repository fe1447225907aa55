package import Ledger

/// Why a command was refused. Nothing was recorded.
///
/// Checks stand in this order, so the same bad request always gets the same answer.
package enum Refusal: Error, Hashable {
    /// None of the actor's roles may ever do this.
    case notPermitted(Command.Kind, actor: String)
    /// The actor's bureau is not the one handling the case.
    case notYourBureau(handling: String)
    /// The case is not in a stage where this can be done.
    case outOfTurn(Command.Kind, stage: Stage)
    /// Whoever proposed, filed or already approved may not approve as well.
    case separationOfDuties(Command.Kind, actor: String)
    /// The actor does not hold the role, or the advance does not wait for it.
    case approvalNotWanted(Role)
    /// An amount must be positive and at most `limit`.
    case amountOutOfRange(Money, limit: Money)
    /// A payout needs an account.
    case payeeMissing
    case payoutUnknown(number: String)
    /// Another attempt is under way or has been paid; a second would pay twice.
    case payoutOpen(number: String)
    /// Money is still reserved, payable or on its way: the case cannot be closed.
    case moneyOpen
    /// A notice must be served before its limits run (民法典 546).
    case noticeNotServed
    case clockNotDue(Clock.Name, Clock.Step)
    /// There is nothing to give a reason of its own for.
    case reasonMissing(Command.Kind)
}
