import ArgumentParser
import Courier
import Foundation
import Ledger
import Logging
import Store
import Web
import Workflow

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for the usual faults of an office, and say how to mend each.",
        discussion: """
            It changes nothing, and may run beside the service. The exit code is the number of faults, 60 at most; \
            warnings count with --strict.
            """)
    /// Above are the codes of the command line and of signals.
    private static let highestCode: Int32 = 60

    @Option(help: "The wallet's address (AMENDS_WALLET); empty to leave it out.")
    var wallet: String?
    @Option(help: "The PEM file of the service's certificate.") var certificate: String?
    @Option(help: "The folder that back-ups are written to (AMENDS_BACKUPS).") var backups: String?
    @Option(help: "How many of the last vouchers are recomputed.") var vouchers = 1_000
    @Option(help: "The service's own address, to be asked whether it is ready.")
    var service: String?
    @Flag(help: "Count warnings as well.") var strict = false
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard (1...1_000_000).contains(vouchers) else {
            throw ValidationError("--vouchers is 1 to 1000000")
        }
    }

    func run() async throws {
        let environment = try options.environment
        let courier = Courier()
        var doctor = Doctor(
            database: try options.databaseURL, policies: try options.policyDirectory,
            courier: courier,
            logger: makeLogger(.critical), now: { wallClock() })
        do { doctor.dataKeys = try options.readDataKeys() } catch {
            doctor.dataKeyProblem = "\(error)"
        }
        doctor.signingKey = try options.readSigningKey()
        doctor.sentence = { Console.sentence(for: $0).text }
        doctor.vouchers = vouchers
        doctor.backups = backups ?? environment["AMENDS_BACKUPS"]
        if let certificate {
            doctor.certificateEnds = try Certificate.end(of: certificate)
        }
        let wallet = try options.walletAddress(wallet)
        let neighbours: [(String, String?)] = [
            ("wallet", wallet.isEmpty ? nil : wallet + "/healthz"),
            ("message gateway", environment["AMENDS_MESSAGE_GATEWAY"]),
            ("identity provider", environment["AMENDS_OIDC_ISSUER"]),
            ("service", service.map { $0 + "/readyz" }),
        ]
        doctor.neighbours = neighbours.compactMap { name, url in url.map { (name, $0) } }
        let findings = await doctor.examine()
        courier.close()
        try show(findings)
        let worst: Diagnosis.Grade = strict ? .warning : .fault
        let count = findings.count { $0.grade >= worst }
        if count > 0 { throw ExitCode(min(Int32(count), Self.highestCode)) }
    }

    private func show(_ findings: [Diagnosis]) throws {
        if options.json { return try printJSON(findings) }
        for finding in findings.sorted(by: { $0.grade > $1.grade }) {
            print("\(Self.mark(finding.grade)) \(finding.name): \(finding.says)")
            if let remedy = finding.remedy { print("         → \(remedy)") }
        }
        let faults = findings.count { $0.grade == .fault }
        let warnings = findings.count { $0.grade == .warning }
        print("\(findings.count) looked at, \(faults) faults, \(warnings) warnings")
    }

    private static func mark(_ grade: Diagnosis.Grade) -> String {
        switch grade {
        case .fault: "FAULT   "
        case .warning: "warning "
        case .unseen: "–       "
        case .sound: "ok      "
        }
    }
}
