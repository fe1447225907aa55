import ArgumentParser
import Foundation
import Ledger
import Logging
import Workflow

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run an office's published months on a virtual clock into an empty database.",
        discussion: """
            sanya: 15 months of its fund, beside what it published on 1 August 2024. chongqing-96000, \
            yantai-89000, weihai, dinghai: a year of the hotline by its published volumes. Complaints and calls \
            are generated from a seed; policy and procedure decide each of them.
            """)
    @Option(help: "sanya, chongqing-96000, yantai-89000, weihai or dinghai.")
    var jurisdiction = "sanya"
    @Option(help: "Another seed, other complaints.") var seed: UInt64?
    @Option(help: "How many complaints or calls.") var count: Int?
    @Option(help: "Of a hotline's year, such a share: 0.1 for a tenth.") var scale: Double?
    @Option(help: "Afterwards, this many complaints filed now, so that the queue has live clocks.")
    var live = 0
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard jurisdiction == "sanya" || DemoOffice(rawValue: jurisdiction) != nil else {
            let known = ["sanya"] + DemoOffice.allCases.map(\.rawValue)
            throw ValidationError(
                "'\(jurisdiction)' is none of \(known.joined(separator: ", "))")
        }
        if let scale, !(scale > 0 && scale <= 1) {
            throw ValidationError("a scale is above 0 and at most 1: \(scale)")
        }
        if scale != nil, count != nil || jurisdiction == "sanya" {
            throw ValidationError("--scale is for a hotline's year, and without --count")
        }
        if live > 0, jurisdiction != "sanya" {
            throw ValidationError("--live is for sanya")
        }
    }

    func run() async throws {
        if let office = DemoOffice(rawValue: jurisdiction) {
            try await runYear(of: office)
        } else {
            try await runSanya()
        }
    }

    private func runSanya() async throws {
        let count = count ?? Demonstration.publishedCount
        let report = try await reporting {
            // Opened once for its folder, and to say early what is wrong with it.
            await (try options.open()).close()
            let progress = Progress("complaints", total: count)
            defer { progress.finish() }
            return try await runDemonstration(
                databaseURL: try options.databaseURL, policyDirectory: try options.policyDirectory,
                signingKey: try options.readSigningKey(), dataKeys: try options.readDataKeys(),
                seed: seed ?? Demonstration.defaultSeed, count: count,
                logger: makeLogger(.warning)
            ) { done, _ in progress.show(done) }
        }
        if options.json { try printJSON(report) } else { print(report) }
        guard live > 0 else { return }
        let filed = try await options.withOffice { try await fileLiveCases($0, live) }
        if !options.json { print("filed now, with live clocks: \(filed.count) cases") }
    }

    private func runYear(of office: DemoOffice) async throws {
        let share = scale.map { max(1, Int((Double(office.calls) * $0).rounded())) }
        let count = count ?? share ?? office.calls
        let started = ContinuousClock.now
        let report = try await reporting {
            try options.makeFolder()
            let progress = Progress("calls", total: count)
            defer { progress.finish() }
            return try await runHotlineYear(
                office, databaseURL: try options.databaseURL,
                policyDirectory: options.policies ?? "policies/\(office.rawValue)",
                signingKey: try options.readSigningKey(), dataKeys: try options.readDataKeys(),
                seed: seed ?? HotlineYear.defaultSeed,
                count: count, logger: makeLogger(.warning)
            ) { done, _ in progress.show(done) }
        }
        let took = started.duration(to: .now)
        let seconds = max(0.001, took / .seconds(1))
        if options.json { try printJSON(report) } else { print(report) }
        complain("\(count) calls in \(Int(seconds)) s, \(Int(Double(count) / seconds)) a second")
        guard report.isSound else { throw ExitCode(1) }
    }
}
