package import Ledger

/// Why a command on a work order was refused. Nothing was recorded.
///
/// Checks stand in this order, so the same bad request always gets the same answer.
package enum OrderRefusal: Error, Hashable {
    /// None of the actor's roles may ever do this.
    case notPermitted(OrderCommand.Kind, actor: String)
    /// The actor's bureau neither leads nor assists, or does not lead where only the lead may.
    case notYourBureau(lead: String)
    /// It is about this person or bureau, who therefore neither acts on it nor gets it.
    case concerned(String)
    /// It is about the office: a supervisor or discipline inspection deals with it, as an order of its own.
    case aboutTheOffice(OrderCommand.Kind)
    /// The work order is not in a stage where this can be done.
    case outOfTurn(OrderCommand.Kind, stage: OrderStage)
    /// A reason, a text or a reference is wanted, and there was none.
    case reasonMissing(OrderCommand.Kind)
    /// Another person must do it: whoever asked for an extension does not grant it, and whoever reported
    /// it done neither looks on the spot nor calls.
    case separationOfDuties(OrderCommand.Kind, actor: String)

    /// Members, representatives or their ids do not fit the edition's rule.
    case jointUnfit(JointRule)
    /// So few were named without the caller's own wish.
    case tooFewProviders(named: Int, wanted: Int)
    case providerNotNamed(String)
    /// The times of a three-way call stand in order, and none is in the future.
    case timesOutOfOrder
    /// A repeat that says nothing new (旅游投诉处理办法 9(2)).
    case nothingNew(ID<WorkOrder>)
    /// It came back so often that a supervisor designates the next.
    case designationWanted(returns: Int)
    /// This lead was designated, settled at a meeting, or does it again.
    case mayNotBeReturned(lead: String)
    /// The end of the limit has passed.
    case limitPassed(OrderClock, due: Moment)
    case extensionsUsedUp(limit: Int)
    /// Must be at least 1 and at most what the calendar can hold.
    case extensionOutOfRange(Int)
    /// These bureaus have not reported what they did.
    case reportsMissing([String])
    /// A settlement for less, to which these members have not agreed.
    case consentMissing([String])
    case memberUnknown(String)
    /// With grade c a cause is told, with the others none.
    case causeUnfit(FollowUp.Grade)
    case fieldCheckWanted
    case followUpWanted
    case clockNotDue(OrderClock, TermClock.Step)
    /// The edition of the calendar by which the clock was set is not at hand.
    case scheduleMissing(edition: String)
    /// The calendar cannot say when it would end.
    case calendar(WorkCalendarError)
}
