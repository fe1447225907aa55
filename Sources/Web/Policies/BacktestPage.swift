import Casework
import Ledger
import Workflow

/// What an edition would have made of the past cases, and what it would have cost.
struct BacktestPage {
    let call: Call
    let edition: Edition
    let report: BacktestReport

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let total = report.total
        let compared = report.cases - report.undecided - report.open.count
        return call.page(
            parts.say(PolicyText.backtest), section: .policies, at: .policy(edition.name),
            """
            <section class="lead">\(parts.crumb(.policy(edition.name), Phrase(edition.chinese, edition.english)))
            <h1>\(parts.say(PolicyText.backtest))</h1>
            <p class="hero-label">\(parts.say(PolicyText.cost))</p><p class="hero">\(parts.flow(total.difference))</p>
            \(parts.list([
                (Phrase("过往案件", "Past cases"), "\(report.cases)"),
                (Phrase("可比的", "Compared"), "\(compared)"),
                (Phrase("当时支出", "Then"), parts.yuan(total.before)),
                (Phrase("按此版本", "Under this edition"), parts.yuan(total.after)),
                (Phrase("审批人不同", "Other people must agree"), "\(report.otherAuthority)"),
                (Phrase("案情不足", "Not enough is known"), "\(report.open.count)"),
            ]))</section>
            <section>\(changes)</section>
            \(moves)\(gaps)
            \(parts.section(Phrase("差额最大的案件", "The largest differences"), "cases", cases))
            """
        ).answer()
    }

    private func cells(_ line: BacktestReport.Line) -> [HTML] {
        [
            "\(line.count)", parts.yuan(line.before), parts.yuan(line.after),
            parts.flow(line.difference),
        ]
    }

    private static let amounts: [Parts.Column] = [
        .number("件数", "Cases"), .number("当时", "Then"), .number("现在", "Now"), .number("差额", "±"),
    ]

    private var changes: HTML {
        let rows: [[HTML]] = Change.allCases.compactMap { change in
            report.changes[change].map {
                ["\(parts.say(PolicyText.change(change)))"] + cells($0)
            }
        }
        return parts.table(
            [.text("变化", "Change")] + Self.amounts, rows,
            label: parts.say(PolicyText.backtest),
            empty: Phrase("还没有已裁决的案件。", "No past case was decided yet."))
    }

    private var moves: HTML? {
        let moved = report.moves.filter { $0.key.from != $0.key.to }
            .sorted { ($1.value.count, $0.key.from) < ($0.value.count, $1.key.from) }
        guard !moved.isEmpty else { return nil }
        let rows: [[HTML]] = moved.map { move, line in
            ["\(path(move.from)) → \(path(move.to))"] + cells(line)
        }
        return parts.section(
            Phrase("方式变化", "From path to path"), "moves",
            parts.table(
                [.text("方式", "Path")] + Self.amounts, rows,
                label: parts.say(Phrase("方式变化", "From path to path"))))
    }

    private func path(_ name: String) -> String {
        if let path = AdvanceDecision.Path(rawValue: name) { return parts.say(Names.path(path)) }
        return parts.say(Names.stage(name))
    }

    private var gaps: HTML? {
        let kinds: [(Phrase, [String: BacktestReport.Gap])] = [
            (Phrase("缺案情", "lacks"), report.lacking),
            (Phrase("需补证据", "would ask for"), report.evidence),
            (Phrase("政策不能回答", "cannot answer"), report.failures),
        ]
        let items: [HTML] = kinds.flatMap { kind, gaps -> [HTML] in
            gaps.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(20).map {
                "<li>\(parts.say(kind)) <code>\($0.key)</code>: \($0.value.count)</li>"
            }
        }
        return items.isEmpty
            ? nil
            : parts.section(
                Phrase("无法裁决的", "What kept it from deciding"), "gaps",
                "<ul class=\"findings\">\(items)</ul>")
    }

    private var cases: HTML {
        let mayRead = call.visitor.may(.readCases)
        let rows: [[HTML]] = report.top.map { each in
            let (then, now) = (each.reasonsBefore, each.reasonsAfter)
            // What both have in common explains nothing.
            let reasons: [HTML] = now.filter { !then.contains($0) }.map { rule in
                "<span class=\"under\">\(parts.say(Phrase(rule.chinese, rule.english))) · \(rule.clause)</span>"
            }
            return [
                mayRead ? parts.caseLink(each.id.text) : "<code>\(each.id.text)</code>",
                "\(parts.say(PolicyText.change(each.change)))\(reasons)",
                "\(path(each.before.path)) \(parts.yuan(each.before.amount))",
                "\(path(each.after.path)) \(parts.yuan(each.after.amount))",
                parts.flow(each.difference),
            ]
        }
        return parts.table(
            [
                .text("案件", "Case"), .text("变化与理由", "Change, and why"), .text("当时", "Then"),
                .text("现在", "Now"), .number("差额", "±"),
            ], rows, label: parts.say(Phrase("差额最大的案件", "The largest differences")),
            empty: Phrase("没有不同的案件。", "No case would end differently."))
    }
}
