import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Editions of policy: check, test, explain.",
        subcommands: [Check.self, Test.self, ExplainCommand.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Find gaps, overlaps, missing citations and errors before a tourist falls into them."
        )
        @Argument(help: "The jurisdiction's folder.") var folder = "policies/sanya"
        @Flag(help: "Print JSON instead of text.") var json = false

        func run() async throws {
            let findings = PolicyBook.check(directory: folder)
            if json {
                try printJSON(findings.map(FindingView.init))
            } else {
                for finding in findings {
                    print("\(finding.severity.rawValue): \(finding.file): \(finding.message)")
                }
                let errors = findings.count { $0.severity == .error }
                print("\(folder): \(errors) errors, \(findings.count - errors) warnings")
            }
            guard findings.allSatisfy({ $0.severity != .error }) else { throw ExitCode(1) }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the editions' own cases, and say which rules no case hits.")
        @Argument(help: "The jurisdiction's folder.") var folder = "policies/sanya"

        func run() async throws {
            let reports = try await reporting { try PolicyBook.load(directory: folder).test() }
            for report in reports {
                for failure in report.failures {
                    print("\(failure.file) \(failure.id) \(failure.decision)")
                    print("  expected \(failure.expected)\n  actual   \(failure.actual)")
                }
                for row in report.uncovered {
                    print("no case hits \(row.file) \(row.table) row \(row.row)")
                }
                for file in report.unreadable { print(file) }
                print(
                    "\(report.edition): \(report.passed) passed, \(report.failures.count) failed, "
                        + "\(report.uncovered.count) rules without a case")
            }
            guard reports.allSatisfy(\.isClean) else { throw ExitCode(1) }
        }
    }

    struct ExplainCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract:
                "Which rules decided a case, with the clause, in both languages, and the near misses."
        )
        @Argument(help: "The case number.") var number: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            guard let id = CaseNumber.read(number) else {
                throw ValidationError(
                    "'\(number)' is no case number: like SY-24-0001234-7, the last digit checks the rest."
                )
            }
            let explanations = try await options.withOffice { office in
                guard let file = try await office.read({ try $0.caseFile(id) }) else {
                    throw WorkflowError.noSuchCase(id.text)
                }
                return try file.allGrounds.map { try office.policies.explain($0) }
            }
            for explanation in explanations {
                print(
                    "\(explanation.model) · \(explanation.edition) \(explanation.chinese) \(explanation.english)"
                )
                if !explanation.isUnchanged { print("  the edition's files have changed since") }
                for step in explanation.steps {
                    print("  \(step.tableLabel) row \(step.rule.row) · \(step.rule.clause)")
                    print("    \(step.rule.chinese)\n    \(step.rule.english)")
                    for condition in step.conditions {
                        print(
                            "    \(condition.input) = \(condition.actual) meets \(condition.cell)")
                    }
                    for miss in step.nearMisses {
                        let failed = miss.failed
                        print("    near miss: row \(miss.row), \(miss.chinese) \(miss.english)")
                        print(
                            "      but \(failed.input) = \(failed.actual) does not meet \(failed.cell)"
                        )
                    }
                }
            }
        }
    }
}

private struct FindingView: Encodable {
    let edition: String?
    let file: String
    let severity: String
    let message: String

    init(_ finding: PolicyFinding) {
        edition = finding.edition
        file = finding.file
        severity = finding.severity.rawValue
        message = finding.message
    }
}

extension Case {
    /// The grounds of every ruling on the case, in the order in which they were given.
    fileprivate var allGrounds: [Grounds] {
        [classification?.grounds, acceptance?.grounds, determination?.grounds, advance?.grounds]
            .compactMap { $0 }
    }
}
