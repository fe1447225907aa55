package import Casework
package import Database
package import Ledger

/// A step of a clock whose time has come.
package struct DueStep: Hashable, Sendable {
    package let id: ID<Case>
    package let clock: Clock.Name
    package let step: Clock.Step
    package let at: Moment
}

extension Transaction {
    /// Clock steps due at `now`, in due order.
    package func dueSteps(at now: Moment, limit: Int) throws(DatabaseError) -> [DueStep] {
        var due: [DueStep] = []
        for row in try rows(
            """
            select case_id, name, step, at_ms from case_clock where at_ms <= \(now.ms)
            order by at_ms, case_id, name limit \(limit)
            """)
        {
            let (name, step) = (try row.text(1), try row.text(2))
            guard let clock = Clock.Name(rawValue: name), let step = Clock.Step(rawValue: step)
            else {
                throw .corrupt("case_clock holds an unknown clock or step: \(name) \(step)")
            }
            due.append(
                DueStep(
                    id: ID(try row.text(0)), clock: clock, step: step,
                    at: Moment(ms: try row.integer(3))))
        }
        return due
    }

    /// When the next step of any clock is due; nil when none runs.
    package func nextStepTime() throws(DatabaseError) -> Moment? {
        let row = try first("select min(at_ms) from case_clock")
        return try row?.integerOrNil(0).map { Moment(ms: $0) }
    }
}
