import Casework
import Ledger
import Workflow

/// A backtest's report as JSON. Amounts are whole fen.
struct BacktestView: Encodable {
    let edition: String
    let editionHash: String
    let cases: Int
    let undecided: Int
    let seconds: Double
    let total: LineView
    let changes: [String: LineView]
    let moves: [MoveView]
    let otherAuthority: Int
    let notEnoughKnown: LineView
    let lacking: [String: GapView]
    let evidence: [String: GapView]
    let failures: [String: GapView]
    let differences: [DifferenceView]

    init(_ report: BacktestReport) {
        edition = report.edition
        editionHash = report.editionHash
        cases = report.cases
        undecided = report.undecided
        seconds = report.seconds
        total = LineView(report.total)
        var changes: [String: LineView] = [:]
        for (change, line) in report.changes { changes[change.rawValue] = LineView(line) }
        self.changes = changes
        moves = report.moves.sorted { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }
            .map { MoveView(from: $0.key.from, to: $0.key.to, line: LineView($0.value)) }
        otherAuthority = report.otherAuthority
        notEnoughKnown = LineView(report.open)
        lacking = report.lacking.mapValues(GapView.init)
        evidence = report.evidence.mapValues(GapView.init)
        failures = report.failures.mapValues(GapView.init)
        differences = report.top.map(DifferenceView.init)
    }

    struct LineView: Encodable {
        let count: Int
        let beforeFen: Int64
        let afterFen: Int64

        init(_ line: BacktestReport.Line) {
            count = line.count
            beforeFen = line.before.fen
            afterFen = line.after.fen
        }
    }

    struct MoveView: Encodable {
        let from: String
        let to: String
        let line: LineView
    }

    struct GapView: Encodable {
        let count: Int
        let example: String

        init(_ gap: BacktestReport.Gap) {
            count = gap.count
            example = gap.example.text
        }
    }

    struct DifferenceView: Encodable {
        let `case`: String
        let change: String
        let before: VerdictView
        let after: VerdictView

        init(_ difference: BacktestReport.Difference) {
            self.case = difference.id.text
            change = difference.change.rawValue
            before = VerdictView(difference.before, difference.reasonsBefore)
            after = VerdictView(difference.after, difference.reasonsAfter)
        }
    }

    struct VerdictView: Encodable {
        let path: String
        let amountFen: Int64
        let code: String
        let rules: [CitedRule]

        init(_ verdict: Verdict, _ rules: [CitedRule]) {
            path = verdict.path
            amountFen = verdict.amount.fen
            code = verdict.code
            self.rules = rules
        }
    }
}
