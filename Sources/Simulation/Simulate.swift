import Foundation
import Workflow

/// Runs one simulation in a database of its own, which is removed when all agree and kept when not.
///
/// - Throws: `SimulationFinding` when the auditor disagrees; anything else kept the run from being made.
package func simulate(_ plan: SimulationPlan) async throws -> SimulationReport {
    let books = try plan.known.main.books()
    // By the process, so that whoever ends it in the middle finds what it leaves.
    let process = ProcessInfo.processInfo.processIdentifier
    let database = try await RunDatabase.make(
        at: plan.place,
        name: "amends_simulation_\(plan.seed)_\(process)_\(UInt32.random(in: 0 ... .max))")
    let simulation = Simulation(plan, books, database)
    let report: SimulationReport
    do {
        report = try await simulation.run()
    } catch {
        // What is left behind takes a little room below a temporary folder.
        if !plan.keepsFailures { try? await database.remove() }
        throw error
    }
    try await database.remove()
    return report
}
