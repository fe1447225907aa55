package import Casework
package import Database
package import Ledger

/// A step of a work order's clock and when it is to fire.
package struct OrderStep: Hashable, Sendable {
    package let clock: OrderClock
    package let step: TermClock.Step
    package let at: Moment

    package init(clock: OrderClock, step: TermClock.Step, at: Moment) {
        self.clock = clock
        self.step = step
        self.at = at
    }
}

/// A step whose time has come.
package struct DueOrderStep: Hashable, Sendable {
    package let id: ID<WorkOrder>
    package let step: OrderStep
}

extension Transaction {
    /// Steps of work orders due at `now`, in due order.
    package func dueOrderSteps(at now: Moment, limit: Int) throws(DatabaseError) -> [DueOrderStep] {
        var due: [DueOrderStep] = []
        for row in try rows(
            """
            select order_id, clock, step, at_ms from order_clock where at_ms <= \(now.ms)
            order by at_ms, order_id, clock limit \(limit)
            """)
        {
            let (name, key) = (try row.text(1), try row.text(2))
            guard let clock = OrderClock(rawValue: name), let step = TermClock.Step(key: key) else {
                throw .corrupt("order_clock holds an unknown clock or step: \(name) \(key)")
            }
            due.append(
                DueOrderStep(
                    id: ID(try row.text(0)),
                    step: OrderStep(clock: clock, step: step, at: Moment(ms: try row.integer(3)))))
        }
        return due
    }

    /// The rows that say what fires next of a work order, as stored.
    package func storedSteps(ofOrder id: ID<WorkOrder>) throws(DatabaseError) -> [OrderStep] {
        var steps: [OrderStep] = []
        for row in try rows(
            "select clock, step, at_ms from order_clock where order_id = \(id.text) order by clock")
        {
            guard let clock = OrderClock(rawValue: try row.text(0)),
                let step = TermClock.Step(key: try row.text(1))
            else { throw .corrupt("order_clock of \(id) holds an unknown clock or step") }
            steps.append(OrderStep(clock: clock, step: step, at: Moment(ms: try row.integer(2))))
        }
        return steps
    }

    /// When the next step of any work order is due; nil when no clock runs.
    package func nextOrderStepTime() throws(DatabaseError) -> Moment? {
        let row = try first("select min(at_ms) from order_clock")
        return try row?.integerOrNil(0).map { Moment(ms: $0) }
    }
}

extension TermClock.Step {
    /// Reads what `key` wrote; nil for anything else.
    init?(key: String) {
        let parts = key.split(separator: "-")
        switch (parts.first, parts.count, parts.last.flatMap { Int($0) }) {
        case ("breach", 1, _): self = .breach
        case ("warning", 2, let percent?): self = .warning(percentLeft: percent)
        case ("escalation", 2, let minutes?): self = .escalation(afterMinutes: minutes)
        default: return nil
        }
    }
}
