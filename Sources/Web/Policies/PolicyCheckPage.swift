import Casework
import Decisions
import Workflow

/// What check and cases say of an edition: gaps and overlaps in words, and cases that fail.
struct PolicyCheckPage {
    /// Failures and rows listed of each kind.
    private static let shown = 100

    let call: Call
    let examination: Examination

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let edition = examination.edition
        let title = parts.say(PolicyText.check)
        let (report, isFit) = (examination.report, examination.isFit)
        let verdict =
            isFit
            ? Phrase("可以提交：没有错误，用例全部通过。", "Fit to be submitted: no error, and all cases pass.")
            : Phrase("还不能提交。", "Not fit to be submitted yet.")
        return call.page(
            title, section: .policies, at: Link.policy(edition.name).below("check"),
            """
            <section class="lead">\(parts.crumb(.policy(edition.name), Phrase(edition.chinese, edition.english)))
            <h1>\(title)</h1><p>\(parts.say(PolicyText.checkLead))</p>
            <p>\(parts.pace(isFit ? .inTime : .late, parts.say(verdict)))</p>
            \(parts.list([
                (Phrase("通过的用例", "Cases passed"), "\(report.passed)"),
                (Phrase("未通过的", "Failed"), "\(report.failures.count)"),
                (PolicyText.uncovered, "\(report.uncovered.count)"),
                (Phrase("没有用例区分的单元格", "Cells on which no case turns"), "\(report.bareCells.count)"),
            ]))</section>
            \(parts.section(PolicyText.findings, "findings", findings))
            \(failures)\(uncovered)
            """
        ).answer()
    }

    private var findings: HTML {
        guard !examination.findings.isEmpty else {
            return "<p>\(parts.pace(.inTime, parts.say(PolicyText.noFindings)))</p>"
        }
        let sorted = examination.findings.sorted { ($0.severity, $0.file) < ($1.severity, $1.file) }
        let items: [HTML] = sorted.prefix(Self.shown).map(item)
        return "<ul class=\"findings\">\(items)</ul>\(parts.cut(items.count, at: Self.shown))"
    }

    private func item(_ found: PolicyFinding) -> HTML {
        let regions: [HTML] = (found.finding?.regions ?? []).prefix(5).map {
            "<li>\(parts.say(Phrase($0.chinese, $0.english)))</li>"
        }
        let where_: HTML? = regions.isEmpty ? nil : "<ul class=\"regions\">\(regions)</ul>"
        let facts = (found.finding?.witness ?? []).map { "\($0.input) = \($0.text)" }
            .joined(separator: ", ")
        let example: HTML? =
            facts.isEmpty
            ? nil
            : "<p class=\"quiet\">\(parts.say(Phrase("例如", "for example"))): <code>\(facts)</code></p>"
        return """
            <li>\(parts.pace(found.severity == .error ? .late : .soon, parts.say(PolicyText.severity(found.severity)))) <code>\(found.file)</code>
            <p>\(parts.say(Phrase(found.chinese, found.message)))</p>\(where_)\(example)</li>

            """
    }

    private var failures: HTML? {
        let report = examination.report
        guard !report.failures.isEmpty || !report.unreadable.isEmpty else { return nil }
        let rows: [[HTML]] = report.failures.prefix(Self.shown).map { failure in
            [
                "<code>\(failure.file)</code> \(failure.id)", "\(failure.decision)",
                "<code>\(failure.expected)</code>", "<code>\(failure.actual)</code>",
            ]
        }
        let unread: [HTML] = report.unreadable.map { "<li>\($0)</li>" }
        let list: HTML? = unread.isEmpty ? nil : "<ul class=\"notice\">\(unread)</ul>"
        let table = parts.table(
            [
                .text("用例", "Case"), .text("决策", "Decision"), .text("应为", "Expected"),
                .text("实为", "Actual"),
            ], rows, label: parts.say(PolicyText.cases),
            empty: Phrase("能运行的用例都通过了。", "All cases that could be run pass."))
        return parts.section(PolicyText.cases, "failures", "\(list)\(table)")
    }

    private var uncovered: HTML? {
        let rows = examination.report.uncovered
        guard !rows.isEmpty else { return nil }
        let items: [HTML] = rows.prefix(Self.shown).map {
            "<li><code>\($0.file)</code> \($0.table) · \(parts.word(.row)) \($0.row)</li>\n"
        }
        return parts.section(
            PolicyText.uncovered, "uncovered",
            "<ul class=\"findings\">\(items)</ul>\(parts.cut(items.count, at: Self.shown))")
    }
}
