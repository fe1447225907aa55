package import Casework
package import Database
package import Ledger

extension Transaction {
    /// The register of a jurisdiction's editions: every step, in order, and what they come to.
    package func editionRegister(
        of jurisdiction: String
    ) throws(DatabaseError) -> EditionRegister {
        var register = EditionRegister()
        for row in try rows(
            """
            select position, payload, actor, at_ms from edition_step
            where jurisdiction = \(jurisdiction) order by position
            """)
        {
            let position = try row.integer(0)
            let step = try fromJSON(
                EditionStep.self, row.text(1), at: "edition_step \(jurisdiction) #\(position)")
            register.apply(
                RecordedEditionStep(
                    step, by: try row.text(2), at: Moment(ms: try row.integer(3))))
        }
        return register
    }

    /// How many steps there are: whether the register has changed, at the price of one look.
    package func editionStepCount(of jurisdiction: String) throws(DatabaseError) -> Int64 {
        try first(
            "select count(*) from edition_step where jurisdiction = \(jurisdiction)")?.integer(0)
            ?? 0
    }

    package func appendEditionStep(
        _ step: EditionStep, of jurisdiction: String, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        let position = try editionStepCount(of: jurisdiction)
        try put(
            """
            insert into edition_step (jurisdiction, position, edition, kind, payload, actor, at_ms)
            values (\(jurisdiction), \(position), \(step.edition), \(step.kind),
                \(try jsonText(step)), \(actor), \(now.ms))
            """)
    }
}
