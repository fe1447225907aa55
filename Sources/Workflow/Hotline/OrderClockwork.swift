package import Casework
package import Ledger
import Store

/// Fires the steps of work orders' clocks as they fall due, in due order, each exactly once: its unique
/// row is written with its effect, so any number of servers may run it.
package struct OrderClockwork: Sendable {
    let office: Office
    private static let batch = 200

    package init(office: Office) { self.office = office }

    /// Fires what is due; the orders it changed, in the order of the steps.
    @discardableResult
    package func runOnce() async throws -> [ID<WorkOrder>] {
        let now = office.now()
        let due = try await office.read { try $0.dueOrderSteps(at: now, limit: Self.batch) }
        var fired: [ID<WorkOrder>] = []
        for each in due {
            do {
                _ = try await office.work { work in
                    try work.perform(
                        .fire(each.step.clock, each.step.step), onOrder: each.id, by: .office)
                }
                fired.append(each.id)
            } catch OrderRefusal.clockNotDue {
                continue  // Another server fired it, or the clock was stopped in between.
            }
        }
        return fired
    }

    /// When there is next something to do; nil when no clock runs.
    package func nextTime() async throws -> Moment? {
        try await office.read { try $0.nextOrderStepTime() }
    }
}

extension Work {
    /// Fires what is due of work orders at this moment, in due order, within this transaction.
    func fireDueOrderSteps(limit: Int = 200) throws -> [WorkOrder] {
        try transaction.dueOrderSteps(at: now, limit: limit).map { due in
            try perform(.fire(due.step.clock, due.step.step), onOrder: due.id, by: .office)
        }
    }
}
