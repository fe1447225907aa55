import Casework
import Database
import Ledger
import Logging
import Store

/// A refusal that is reported: somebody tried to do alone what takes another person.
struct Attempt: Error {
    /// What the caller is told.
    let refusal: any Error
    let rule: String
    let actor: Actor
    let command: String
    let caseID: ID<Case>?
}

extension Work {
    /// The attempt in `error`; nil when nobody need hear of it.
    func attempt(in error: any Error) -> Attempt? {
        switch error {
        case let refusal as Refusal:
            guard let inHand, !inHand.actor.roles.contains(.office),
                let rule = refusal.rule(brokenBy: inHand.actor)
            else { return nil }
            return Attempt(
                refusal: refusal, rule: rule, actor: inHand.actor,
                command: inHand.command.rawValue, caseID: inHand.id)
        case WorkflowError.anotherPersonNeeded(let action, let actor):
            return Attempt(
                refusal: error, rule: "separation_of_duties", actor: actor, command: action,
                caseID: nil)
        case EditionRefusal.ownSubmission(_, let name):
            return Attempt(
                refusal: error, rule: "separation_of_duties", actor: Actor(name: name, roles: []),
                command: "approvePolicy", caseID: nil)
        default: return nil
        }
    }
}

extension Refusal {
    fileprivate func rule(brokenBy actor: Actor) -> String? {
        switch self {
        case .separationOfDuties: "separation_of_duties"
        // Waiting for nobody is a slip; agreeing with a role one does not hold is not.
        case .approvalNotWanted(let role) where !actor.roles.contains(role): "approval_not_wanted"
        default: nil
        }
    }
}

extension Office {
    /// In a transaction of its own, as the one that was refused has left nothing behind.
    func record(_ attempt: Attempt, at moment: Moment) async {
        do {
            try await database.write { transaction in
                try transaction.writeAttempt(
                    by: attempt.actor, command: attempt.command, rule: attempt.rule,
                    on: attempt.caseID, at: moment)
                if let id = attempt.caseID, let old = try transaction.reportRecord(id.text) {
                    var record = old.record
                    record.refusedAttempts += 1
                    try transaction.writeReport(old: old, new: record)
                }
            }
            logger.warning(
                "an attempt to act alone was refused and recorded",
                metadata: [
                    "case": "\(attempt.caseID?.text ?? "")", "command": "\(attempt.command)",
                    "actor": "\(attempt.actor.name)", "rule": "\(attempt.rule)",
                ])
        } catch {
            logger.error(
                "a refused attempt could not be recorded: look at the disk and the database",
                metadata: ["actor": "\(attempt.actor.name)", "error": "\(error)"])
        }
    }
}
