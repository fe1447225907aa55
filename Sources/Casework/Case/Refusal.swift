package import Ledger

/// Why a command was refused. Nothing was recorded.
///
/// Checks stand in this order, so the same bad request always gets the same answer.
package enum Refusal: Error, Hashable {
    /// None of the actor's roles may ever do this.
    case notPermitted(Command.Kind, actor: String)
    /// The actor's bureau is not the one handling the case.
    case notYourBureau(handling: String)
    /// The case is not against the actor's merchant.
    case notYourCase
    /// Money is still reserved, payable or on its way: the case cannot be closed.
    case moneyOpen
    /// A notice must be served before its limits run (民法典 546).
    case noticeNotServed
    /// Who did not take over the tourist's claim cannot give notice of it (民法典 545): a deed is wanted.
    case assignmentMissing
    /// Instalments must be dated one after the other from tomorrow on, and together be what is owed.
    case planUnfit(outstanding: Money)
    /// The case is not in a stage where this can be done.
    case outOfTurn(Command.Kind, stage: Stage)
    /// Another attempt is under way; a second would pay twice.
    case payoutOpen(number: String)
    /// A reason, a proof or a reference is wanted, and there was none.
    case reasonMissing(Command.Kind)
    /// Two people must do it: whoever filed, prepared, proposed or already approved may not approve as
    /// well, nor may an approver change the facts or say where the money goes.
    case separationOfDuties(Command.Kind, actor: String)
    /// The actor does not hold the role, or the advance does not wait for it.
    case approvalNotWanted(Role)
    /// An amount must be positive (a filed one not negative) and at most `limit`.
    case amountOutOfRange(Money, limit: Money)
    /// A payout needs an account.
    case payeeMissing
    case payoutUnknown(number: String)
    /// What was not paid, as far as the office knows, cannot come back.
    case payoutNotConfirmed(number: String)
    /// It came back before, and is owed to the tourist again: a second return would pay twice.
    case payoutReturned(number: String)
    /// A payout comes back whole: another amount is something else.
    case returnDiffers(Money, payout: Money)
    case clockNotDue(Clock.Name, Clock.Step)
}
