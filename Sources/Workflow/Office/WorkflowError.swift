package import Casework
package import Ledger
package import Store

/// Why the office did not do what was asked. Nothing was recorded.
///
/// Besides these, callers meet `Refusal` (the procedure says no), `PostingError` (the books say no),
/// `PolicyError` (a policy cannot answer), `StatementError` and `DatabaseError`.
package enum WorkflowError: Error, Hashable, Sendable {
    case noSuchCase(String)
    case noSuchMerchant(String)
    case noSuchToken(String)
    /// Someone else changed the case since it was read; `version` is what it is now.
    case changedMeanwhile(ID<Case>, version: Int)
    /// The same idempotency key came before with another request.
    case keyReused(String)
    case notPermitted(Permissions.Action, actor: String)
    /// What was filed is not fit to be registered; every problem at once.
    case unfit([Problem])
    case evidenceTooLarge(limit: Int)
    case evidenceTooMany(limit: Int)
    /// The bytes are of none of the accepted types.
    case evidenceType
    /// The office's scanner says it is harmful.
    case evidenceInfected
    /// It could not be looked at, for this reason: it is not taken, and may be sent again.
    case evidenceNotScanned(String)
    /// The account number is neither the dedicated account's nor the platform's.
    case statementAccount(String)
    case periodNotReady([Problem])
    /// This period, or a later one of its kind, was closed before.
    case periodClosed(Period)
    /// Nobody has put the period forward.
    case notProposed(Period)
    case nameTaken(String)
    /// Who proposed it, or moved the money, does not also confirm it. Recorded as an attempt.
    case anotherPersonNeeded(String, Actor)
    case noSuchClaim(Int64)
    /// The jurisdiction's editions name no fund: nothing is granted, paid or stated here.
    case noFund(jurisdiction: String)
    /// The proposal was confirmed or rejected before.
    case claimDecided(Int64)

    case noSuchArticle(String)
    case noSuchOrder(String)
    /// Someone else changed the work order since it was read; `version` is what it is now.
    case orderChangedMeanwhile(ID<WorkOrder>, version: Int)
    case noSuchPaymentFile(String)
    /// It was released or withdrawn before.
    case paymentFileDecided(String, PaymentFileRow.State)
    /// Only a released file leaves the house, and only that one is answered.
    case paymentFileNotReleased(String)
    /// No payout waits that a file could hold; each that waits, and why it was left out.
    case nothingToPay([Problem])
    /// Not a payout by bank that waits for a file.
    case payoutNotWaiting(String)

    /// One field that is not as it must be.
    package struct Problem: Hashable, Sendable, Codable {
        /// As the request names it: `filing.paid`, `facts.checkInDay`.
        package let field: String
        package let chinese: String
        package let english: String

        package init(field: String, chinese: String, english: String) {
            self.field = field
            self.chinese = chinese
            self.english = english
        }
    }
}
