package import Casework
package import Ledger
package import Store

/// Limits on what is asked for with a reason.
package enum DisclosureLimits {
    package static let reason_characters = 4...300
}

extension Work {
    /// Writes down that `actor` is about to see `fields` of a case, and why. The caller shows them from this
    /// same transaction: without the row nothing is shown.
    ///
    /// - Throws: `WorkflowError.notPermitted` before anything is read; `.unfit` where the reason says nothing.
    package func disclose(
        _ fields: [PersonalField], of id: ID<Case>, reason: String, by actor: Actor
    ) throws -> (file: Case, row: Disclosure) {
        try permit(.readPersonal, actor)
        let reason = try fit(reason)
        guard let file = try transaction.caseFile(id) else {
            throw WorkflowError.noSuchCase(id.text)
        }
        let row = try transaction.writeDisclosure(
            of: id.text, .fields, fields.map(\.rawValue), to: actor, reason: reason, at: now)
        return (file, row)
    }

    /// The same of a work order.
    package func disclose(
        _ fields: [PersonalField], ofOrder id: ID<WorkOrder>, reason: String, by actor: Actor
    ) throws -> (order: WorkOrder, row: Disclosure) {
        try permit(.readOrderPersonal, actor)
        let reason = try fit(reason)
        guard let order = try transaction.workOrder(id) else {
            throw WorkflowError.noSuchOrder(id.text)
        }
        let row = try transaction.writeDisclosure(
            of: id.text, .fields, fields.map(\.rawValue), to: actor, reason: reason, at: now)
        return (order, row)
    }

    private func fit(_ reason: String) throws(WorkflowError) -> String {
        let text = reason.drop { $0.isWhitespace }
        let words = String(text.reversed().drop { $0.isWhitespace }.reversed())
        let limits = DisclosureLimits.reason_characters
        guard limits.contains(words.count), Set(words).count > 1 else {
            throw .unfit([
                .init(
                    field: "reason",
                    chinese: "请写明查看的理由，\(limits.lowerBound)至\(limits.upperBound)个字",
                    english:
                        "say why, in \(limits.lowerBound) to \(limits.upperBound) characters")
            ])
        }
        return words
    }
}
