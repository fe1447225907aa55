import ArgumentParser
import Workflow

extension PolicyCommand {
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Run the editions' own cases, and say which rules and cells no case exercises.",
            discussion: """
                A rule that no case hits fails the test. A cell is exercised when its rule hits in one \
                case and in another fails by that cell alone; the others are warnings.
                """)
        @Argument(help: "The jurisdiction's folder.") var folder = "policies/sanya"
        @Flag(help: "List every cell that no case exercises.") var cells = false
        @Flag(help: "Print JSON instead of text.") var json = false

        func run() async throws {
            let reports = try await reporting { try PolicyBook.load(directory: folder).test() }
            if json {
                try printJSON(reports.map(TestView.init))
            } else {
                for report in reports { print(report) }
            }
            guard reports.allSatisfy(\.isClean) else { throw ExitCode(1) }
        }

        private func print(_ report: PolicyTestReport) {
            for failure in report.failures {
                Swift.print("\(failure.file) \(failure.id) \(failure.decision)")
                Swift.print("  expected \(failure.expected)\n  actual   \(failure.actual)")
            }
            for row in report.uncovered {
                Swift.print("no case hits \(row.file) \(row.table) row \(row.row)")
            }
            for file in report.unreadable { Swift.print(file) }
            if cells {
                for cell in report.bareCells {
                    Swift.print(
                        "warning: \(cell.row.file) \(cell.row.table) row \(cell.row.row): no case turns on "
                            + "\(cell.input): \(cell.condition)")
                }
            }
            Swift.print(
                "\(report.edition): \(report.passed) passed, \(report.failures.count) failed, "
                    + "\(report.uncovered.count) rules without a case, "
                    + "\(report.bareCells.count) cells on which no case turns")
        }
    }
}

private struct TestView: Encodable {
    let edition: String
    let passed: Int
    let failures: [FailureView]
    let uncovered: [RowView]
    let bareCells: [CellView]
    let unreadable: [String]

    struct FailureView: Encodable {
        let file: String
        let id: String
        let decision: String
        let expected: String
        let actual: String
        let notes: [String]
    }

    struct RowView: Encodable {
        let file: String
        let table: String
        let row: Int

        init(_ row: PolicyTestReport.Row) {
            file = row.file
            table = row.table
            self.row = row.row
        }
    }

    struct CellView: Encodable {
        let row: RowView
        let input: String
        let condition: String
        let isHit: Bool
    }

    init(_ report: PolicyTestReport) {
        edition = report.edition
        passed = report.passed
        failures = report.failures.map {
            FailureView(
                file: $0.file, id: $0.id, decision: $0.decision, expected: $0.expected,
                actual: $0.actual, notes: $0.notes)
        }
        uncovered = report.uncovered.map(RowView.init)
        bareCells = report.bareCells.map {
            CellView(
                row: RowView($0.row), input: $0.input, condition: $0.condition, isHit: $0.isHit)
        }
        unreadable = report.unreadable
    }
}
