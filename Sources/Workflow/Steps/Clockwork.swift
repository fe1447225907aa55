package import Casework
package import Ledger
import Store

/// Fires the clocks' steps as they fall due, in due order, each exactly once.
///
/// Any number of servers may run it: a step that another took is no longer due. Nothing is missed while
/// the service was down: it catches up in order.
package struct Clockwork: Sendable {
    let office: Office
    private static let batch = 200

    package init(office: Office) { self.office = office }

    /// Fires what is due; the cases it changed, in the order of the steps.
    @discardableResult
    package func runOnce() async throws -> [ID<Case>] {
        let now = office.now()
        let due = try await office.read { try $0.dueSteps(at: now, limit: Self.batch) }
        var fired: [ID<Case>] = []
        for step in due {
            do {
                _ = try await office.work { work in
                    try work.perform(.fire(step.clock, step.step), on: step.id, by: .office)
                }
                fired.append(step.id)
            } catch Refusal.clockNotDue {
                continue  // Another server fired it, or the clock was stopped in between.
            }
        }
        return fired
    }

    /// When there is next something to do; nil when no clock runs.
    package func nextTime() async throws -> Moment? {
        try await office.read { try $0.nextStepTime() }
    }
}
