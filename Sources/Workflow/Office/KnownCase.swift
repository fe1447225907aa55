package import Casework
package import Database
package import Ledger
import Store

/// A case as it is now, and all that happened to it.
package struct KnownCase: Sendable {
    package let file: Case
    package let events: [Recorded]
    /// What it adds to the reports: for whoever goes on with it. Nil where it was only read.
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
        guard let file = Case(id: id, replaying: events) else { return nil }
        let known = KnownCase(file: file, events: events, reported: nil)
        // Whoever looks at a case looks again, or goes on with it. One that ended may be erased at any time.
        if file.stage.isOpen { recent.keepRead(.init(known, at: now)) }
        return known
    }
}

extension Work {
    /// The case to go on with.
    ///
    /// - Throws: `WorkflowError.noSuchCase`.
    package func known(_ id: ID<Case>) throws -> KnownCase {
        // Nobody but this transaction can have changed it since.
        if let caseInHand, caseInHand.file.id == id { return caseInHand }
        var kept: KnownCase?
        let start = try transaction.caseStart(id) { version in
            kept = office.recent.find(id, version: version, at: now)
            return kept?.reported
        }
        guard let start else { throw WorkflowError.noSuchCase(id.text) }
        let events = try kept?.events ?? transaction.events(of: id)
        guard let file = kept?.file ?? Case(id: id, replaying: events) else {
            throw WorkflowError.noSuchCase(id.text)
        }
        let known = KnownCase(file: file, events: events, reported: start.reported)
        caseInHand = known
        return known
    }
}
