import Casework
import Ledger
import Workflow

/// A backtest's report as text for a terminal, in one language.
struct BacktestText {
    let report: BacktestReport
    let language: Language

    init(_ report: BacktestReport, _ language: Language) {
        self.report = report
        self.language = language
    }

    var text: String {
        ([head, "", changes, "", cost] + gaps + moves + differences).joined(separator: "\n")
    }

    private func say(_ zh: String, _ en: String) -> String { language.pick(zh, en) }

    private var head: String {
        let compared = report.cases - report.undecided - report.open.count
        let rate = report.seconds > 0 ? Int(Double(report.cases) / report.seconds) : 0
        return say(
            "按\(report.edition)（\(report.editionHash.prefix(12))）重新裁决：共\(report.cases)件，可比\(compared)件；\(rate)件/秒",
            "\(report.edition) (\(report.editionHash.prefix(12))) on \(report.cases) past cases, \(compared) compared; \(rate) cases a second"
        )
    }

    private var changes: String {
        var rows = [["", say("件数", "cases"), say("当时", "then"), say("现在", "now"), "±"]]
        for change in Change.allCases {
            guard let line = report.changes[change] else { continue }
            rows.append([say(change.chinese, change.english)] + cells(of: line))
        }
        return columns(rows, numeric: [1, 2, 3, 4])
    }

    private func cells(of line: BacktestReport.Line) -> [String] {
        ["\(line.count)", "\(line.before)", "\(line.after)", signed(line.difference)]
    }

    private var cost: String {
        let total = report.total
        var text = say(
            "基金支出变化：\(signed(total.difference))元（\(total.before) → \(total.after)）",
            "cost to the fund: \(signed(total.difference)) CNY (\(total.before) → \(total.after))")
        if report.otherAuthority > 0 {
            text += say(
                "\n金额与方式不变、审批人不同：\(report.otherAuthority)件",
                "\nthe same, but other people must agree: \(report.otherAuthority) cases")
        }
        if report.undecided > 0 {
            text += say(
                "\n当时未作决定、未比较：\(report.undecided)件",
                "\nnot decided then, not compared: \(report.undecided) cases")
        }
        return text
    }

    private var gaps: [String] {
        var lines: [String] = []
        if report.open.count > 0 {
            lines.append(
                say(
                    "\n案情不足，无法裁决：\(report.open.count)件（当时\(report.open.before)元）",
                    "\nnot enough is known: \(report.open.count) cases (then \(report.open.before) CNY)"
                ))
        }
        lines += list(report.lacking, say("缺", "lacks"))
        lines += list(report.failures, say("政策不能回答：", "the policy cannot answer:"))
        lines += list(report.evidence, say("需补证据", "would ask for evidence:"))
        return lines
    }

    private func list(_ gaps: [String: BacktestReport.Gap], _ word: String) -> [String] {
        gaps.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(20).map {
            name, gap in
            "  \(word) \(name): \(gap.count) (\(gap.example))"
        }
    }

    private var moves: [String] {
        let moved = report.moves.filter { $0.key.from != $0.key.to }
            .sorted {
                ($1.value.count, $0.key.from, $0.key.to) < ($0.value.count, $1.key.from, $1.key.to)
            }
        guard !moved.isEmpty else { return [] }
        let rows = moved.map { move, line in
            ["  \(move.from) → \(move.to)"] + cells(of: line)
        }
        return ["", say("方式变化", "from path to path"), columns(rows, numeric: [1, 2, 3, 4])]
    }

    private var differences: [String] {
        guard !report.top.isEmpty else { return [] }
        var lines = ["", say("差额最大的案件", "largest differences")]
        for difference in report.top {
            let change = say(difference.change.chinese, difference.change.english)
            lines.append(
                "\(difference.id)  \(change)  \(difference.before.short) → \(difference.after.short)  "
                    + signed(difference.difference))
            // What both have in common explains nothing.
            let (then, now) = (difference.reasonsBefore, difference.reasonsAfter)
            lines += reasons(then.filter { !now.contains($0) }, say("当时", "then"))
            lines += reasons(now.filter { !then.contains($0) }, say("现在", "now "))
        }
        return lines
    }

    private func reasons(_ rules: [CitedRule], _ word: String) -> [String] {
        rules.map { rule in
            "    \(word) \(rule.table) #\(rule.row) \(say(rule.chinese, rule.english)) [\(rule.clause)]"
        }
    }

    private func signed(_ money: Money) -> String {
        money.isNegative ? "−\(Money(fen: -money.fen))" : "+\(money)"
    }
}

enum Language {
    case chinese, english

    func pick(_ zh: String, _ en: String) -> String { self == .chinese ? zh : en }
}

extension Verdict {
    /// `reserve 1200.00 FREEZE`.
    fileprivate var short: String {
        let money = amount.isPositive ? " \(amount)" : ""
        return path + money + (code.isEmpty ? "" : " \(code)")
    }
}

extension Change {
    fileprivate var chinese: String {
        switch self {
        case .same: "不变"
        case .more: "增加"
        case .less: "减少"
        case .otherPath: "金额不变，方式不同"
        case .nowRefused: "改为不予受理"
        case .nowAccepted: "改为受理"
        case .moreEvidence: "先补证据"
        }
    }

    fileprivate var english: String {
        switch self {
        case .same: "same"
        case .more: "more"
        case .less: "less"
        case .otherPath: "same amount, other path"
        case .nowRefused: "now refused"
        case .nowAccepted: "now accepted"
        case .moreEvidence: "evidence asked first"
        }
    }
}
