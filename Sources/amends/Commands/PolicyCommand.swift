import ArgumentParser
import Decisions
import Workflow

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Editions of policy: check, test, explain, try on past cases.",
        subcommands: [
            Check.self, Test.self, DiffCommand.self, ExplainCommand.self, BacktestCommand.self,
            ListCommand.self,
            SubmitCommand.self, ApproveCommand.self, WithdrawCommand.self,
        ])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Find gaps, overlaps, missing citations and errors before a tourist falls into them."
        )
        @Argument(help: "The jurisdiction's folder.") var folder = "policies/sanya"
        @Flag(help: "Print JSON instead of text.") var json = false
        @Flag(help: "Print SARIF 2.1.0 instead of text: what the tables' analysis found.")
        var sarif = false
        @Flag(help: "In Chinese.") var zh = false

        func run() async throws {
            let findings = PolicyBook.check(directory: folder)
            if json {
                try printJSON(findings.map(FindingView.init))
            } else if sarif {
                try printJSON(
                    SARIF(
                        findings.compactMap(\.finding), language: zh ? .chinese : .english,
                        toolVersion: Amends.configuration.version))
            } else {
                for finding in findings {
                    let message = zh ? finding.chinese : finding.message
                    print("\(finding.severity.rawValue): \(finding.file): \(message)")
                    for region in finding.finding?.regions ?? [] {
                        print("    \(zh ? region.chinese : region.english)")
                    }
                }
                let errors = findings.count { $0.severity == .error }
                print("\(folder): \(errors) errors, \(findings.count - errors) warnings")
            }
            guard findings.allSatisfy({ $0.severity != .error }) else { throw ExitCode(1) }
        }
    }
}

private struct FindingView: Encodable {
    let edition: String?
    let file: String
    let severity: String
    let message: String
    let chinese: String
    let finding: Finding?

    init(_ finding: PolicyFinding) {
        edition = finding.edition
        file = finding.file
        severity = finding.severity.rawValue
        message = finding.message
        chinese = finding.chinese
        self.finding = finding.finding
    }
}
