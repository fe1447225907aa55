package import Casework
package import Database
package import Ledger
import Store

/// A case as it is now, and all that happened to it.
package struct KnownCase: Sendable {
    package let file: Case
    package let events: [Recorded]
    /// What it added to the reports when this server wrote it last; nil where it was read.
    let reported: ReportEntry?
}

extension Office {
    /// The case as this state of the database has it: from what is at hand if it has that very version, else
    /// from its events. Nil when there is none.
    package func known(
        _ id: ID<Case>, in transaction: Transaction, at now: Moment
    ) throws(DatabaseError) -> KnownCase? {
        guard let version = try transaction.caseVersion(id) else { return nil }
        if let kept = recent.find(id, version: version, at: now) {
            return kept
        }
        let events = try transaction.events(of: id)
        return Case(id: id, replaying: events).map {
            KnownCase(file: $0, events: events, reported: nil)
        }
    }
}

extension Work {
    /// - Throws: `WorkflowError.noSuchCase`.
    package func known(_ id: ID<Case>) throws -> KnownCase {
        guard let known = try office.known(id, in: transaction, at: now) else {
            throw WorkflowError.noSuchCase(id.text)
        }
        return known
    }
}
