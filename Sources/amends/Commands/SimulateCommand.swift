import ArgumentParser
import Foundation
import Simulation
import Workflow

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the whole office on a virtual clock, with everything that can go wrong.",
        discussion: """
            Random people, a bank and a wallet that delay, repeat, lose and send back, one to three servers, \
            crashes at any statement, torn commits, full disks, clocks that are set; after every step an \
            auditor with books of its own. Everything follows from the seed: a run that fails says how to \
            run it again. Exit code 1 says that auditor and office part.
            """)

    @Option(help: "The seed of the first run.") var seed: UInt64 = 1
    @Option(help: "How many days people come, 1…\(SimulationPlan.daysLimit); 3 unless said.")
    var days: Int?
    @Option(help: "The same in hours.") var hours: Int?
    @Option(help: "How many runs, with one seed after the other.") var runs = 1
    @Option(
        help: """
            The URL of a PostgreSQL server, for a schema of its own; by default SQLite in a temporary \
            folder.
            """)
    var database: String?
    @Option(help: "The jurisdiction's folder of editions.") var policies = "policies/sanya"
    @Option(help: "Plant this fault, to see it found: \(faultNames).")
    var plant: PlantedFault?
    @Flag(help: "Go on with the next seed when one has failed, and name all that did.")
    var goOn = false
    @Flag(help: "Keep the database of a run that fails.") var keep = false
    @Flag(help: "Print every step as it is done.") var trace = false

    private static var faultNames: String {
        PlantedFault.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private var length_hours: Int { hours ?? (days ?? 3) * 24 }

    func validate() throws {
        let limit = SimulationPlan.daysLimit
        guard days == nil || hours == nil, (days ?? 1) <= limit, runs > 0,
            (1...limit * 24).contains(length_hours)
        else {
            throw ValidationError(
                "--days is 1…\(limit), or --hours 1…\(limit * 24), and --runs at least 1.")
        }
    }

    func run() async throws {
        var plan = SimulationPlan(
            seed: seed, hours: length_hours, place: database.map { .server($0) } ?? .temporary,
            policies: policies,
            known: try await reporting { try Office.KnownPolicies(directory: policies) },
            planted: plant)
        plan.keepsFailures = keep
        if trace { plan.witness = { print($0) } }
        var whole = SimulationReport()
        var failed: [UInt64] = []
        var (made, found) = (0, 0)
        let progress = Progress("simulate", total: runs)
        for number in 0..<runs {
            plan.seed = seed &+ UInt64(number)
            made += 1
            do {
                let report = try await simulate(plan)
                whole.add(report)
                whole.digest = report.digest
                progress.show(number + 1)
            } catch let finding as SimulationFinding {
                whole.add(finding.report)
                failed.append(finding.seed)
                found += finding.differences.count
                complain("\(finding)\nRun it again with: \(again(finding.seed))")
                if !goOn { break }
            } catch {
                progress.finish()
                complain("seed \(plan.seed) could not be run: \(again(plan.seed))")
                try await reporting { throw error }
            }
        }
        progress.finish()
        print(line(of: whole, runs: made, findings: found))
        for seed in failed { print("failed: \(again(seed))") }
        if runs == 1, failed.isEmpty { print("digest \(whole.digest)") }
        if !failed.isEmpty { throw ExitCode(1) }
    }

    private func line(of report: SimulationReport, runs: Int, findings: Int) -> String {
        """
        \(runs) runs, \(report.steps) steps, \(report.cases) cases, \(report.orders) work orders, \
        \(report.vouchers) vouchers, \(report.payouts) payouts, \(report.messages) messages, \
        \(report.erased) erased, \(report.refusals) refusals, \
        \(report.crashes) crashes and \(report.faults) other faults injected, \(findings) found
        """
    }

    private func again(_ seed: UInt64) -> String {
        let isWholeDays = length_hours.isMultiple(of: 24)
        return "amends simulate --seed \(seed) "
            + (isWholeDays ? "--days \(length_hours / 24)" : "--hours \(length_hours)")
            + (database == nil ? "" : " --database …")
            + (plant.map { " --plant \($0.rawValue)" } ?? "")
            + " --keep"
    }
}

extension PlantedFault: ExpressibleByArgument {}
