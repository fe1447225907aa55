import Casework
import Ledger
import Store
import Workflow

/// What supervisors and discipline inspection look through each day, on one page.
enum SupervisionPages {
    static let shown = 50

    static let all: [Route] = [
        PageRoutes.page(
            "/supervision", "supervisionPage", SupervisionText.title, .orderCommand(.supervise)
        ) { call in
            try await call.supervisionPage().answer()
        },
        PageRoutes.page(
            "/staff", "staffPage", SupervisionText.appraisals, .action(.evaluateStaff)
        ) { call in
            try call.checkHotline()
            let (year, month, _) = call.zone.day(at: call.office.now()).components
            let quarter = (month + 2) / 3
            let found = try await call.office.appraisals(year: year, quarter: quarter)
            return StaffPage(
                call: call, quarter: "\(year)-Q\(quarter)",
                appraisals: found.map { AppraisalView($0) }
            ).answer()
        },
    ]
}

extension Call {
    fileprivate func supervisionPage() async throws -> SupervisionPage {
        let (now, shown) = (office.now(), SupervisionPages.shown)
        let hasLine = office.services.contains(.hotline)
        let watch = hasLine ? try await office.watchOrders(for: actor, limit: shown) : nil
        let year = zone.day(at: now).components.year
        let warned = hasLine ? try await office.redWarnings(of: year) : nil
        let mayReadCases = visitor.may(.readCases) && office.services.contains(.fund)
        let mayReadControls = visitor.may(.readControls)
        let (cases, attempts) = try await office.read { transaction in
            (
                mayReadCases
                    ? try transaction.caseQueue(limit: shown).filter { row in
                        row.due.map { $0 < now } ?? false
                    } : nil,
                mayReadControls ? try transaction.attempts(before: nil, by: nil, limit: 20) : nil
            )
        }
        return SupervisionPage(
            call: self, watch: watch, cases: cases, attempts: attempts, warned: warned)
    }
}

struct SupervisionPage {
    let call: Call
    /// Nil where the office answers no line.
    let watch: OrderWatch?
    /// Overdue; nil where the reader may not see cases.
    let cases: [CaseRow]?
    let attempts: [ControlAttempt]?
    /// Nil where the edition warns nobody.
    let warned: [RedWarning]?

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let sections = sections
        let chips: [HTML] = sections.map { each in
            "<li class=\"\(each.count > 0 ? "open" : "done")\"><a href=\"#\(each.id)\">\(parts.say(each.title)) <b>\(each.count)</b></a></li>\n"
        }
        let bodies: [HTML] = sections.map { each in
            parts.section(
                each.title, each.id,
                each.count == 0
                    ? "<p class=\"quiet\">\(parts.say(SupervisionText.none))</p>"
                    : each.content + (parts.cut(each.count, at: SupervisionPages.shown) ?? .empty))
        }
        let staff: HTML? =
            watch != nil && call.visitor.may(.evaluateStaff)
            ? "<p class=\"offers\"><a class=\"button second\" href=\"\(Link.staff.with(call.language))\">\(parts.say(SupervisionText.appraisals))</a></p>"
            : nil
        return call.page(
            parts.say(SupervisionText.title), section: .supervision, at: .supervision,
            """
            <section class="lead"><h1>\(parts.say(SupervisionText.title))</h1>
            <p>\(parts.say(SupervisionText.lead))</p><ul class="chips">\(chips)</ul>\(staff)</section>
            \(bodies)
            """
        ).answer()
    }

    private struct Part {
        let title: Phrase
        let id: String
        let count: Int
        let content: HTML
    }

    private var sections: [Part] {
        var all: [Part] = []
        if let watch {
            all += [
                Part(
                    title: SupervisionText.overdue, id: "overdue", count: watch.overdue.count,
                    content: rows(watch.overdue)),
                Part(
                    title: SupervisionText.passedAround, id: "passed-around",
                    count: watch.passedAround.count, content: passedAround(watch)),
                Part(
                    title: SupervisionText.extensions, id: "extensions",
                    count: watch.extensions.count, content: extensions(watch)),
                Part(
                    title: SupervisionText.fieldChecks, id: "field-checks",
                    count: watch.fieldChecks.count, content: fieldChecks(watch)),
                Part(
                    title: SupervisionText.supervised, id: "supervised",
                    count: watch.supervised.count, content: rows(watch.supervised)),
                Part(
                    title: SupervisionText.faults, id: "faults", count: watch.faults.count,
                    content: faults(watch)),
            ]
        }
        if let warned {
            all.append(
                Part(
                    title: SupervisionText.redWarnings, id: "red-warnings", count: warned.count,
                    content: redWarnings(warned)))
        }
        if let cases {
            all.append(
                Part(
                    title: SupervisionText.overdueCases, id: "overdue-cases", count: cases.count,
                    content: overdueCases(cases)))
        }
        if let attempts {
            all.append(
                Part(
                    title: SupervisionText.attempts, id: "attempts", count: attempts.count,
                    content: refused(attempts)))
        }
        return all
    }

    private var edition: Edition? { call.hotlineEdition }

    private func bureau(_ code: String) -> String {
        parts.say(edition.map { OrderNames($0).bureau(code) } ?? Phrase(code, code))
    }

    private func rows(_ rows: [OrderRow]) -> HTML {
        OrderRowsPart(call: call, rows: rows, edition: edition).markup
    }

    private func order(_ row: OrderRow) -> HTML {
        let text = Sight(ofOrders: call.actor).text(row.text)
        let start = text.prefix(40) + (text.count > 40 ? "…" : "")
        return "\(parts.orderLink(row.id.text))<span class=\"under\">\(start)</span>"
    }

    private func command(_ name: String, _ row: OrderRow, _ title: Phrase) -> HTML {
        let link = Link.command(name, below: .page(row.id), seen: row.version)
        return
            "<a class=\"button second\" href=\"\(link.with(call.language))\">\(parts.say(title))</a>"
    }

    private func may(_ kind: OrderCommand.Kind) -> Bool {
        OrderPermissions.permit(call.actor.roles, kind)
    }

    private func passedAround(_ watch: OrderWatch) -> HTML {
        let lines: [[HTML]] = watch.passedAround.map { each in
            let act: HTML =
                each.isDesignationWanted
                ? (may(.designate)
                    ? command("designation", each.row, SupervisionText.designate)
                    : parts.pace(.late, parts.say(SupervisionText.designate))) : "–"
            return [
                order(each.row), "\(each.returns)",
                parts.orderStage(each.row.stage, isOpen: each.row.isOpen),
                "\(each.row.bureau.map(bureau) ?? "–")", act,
            ]
        }
        return parts.table(
            [
                .said(OrderText.order), .counted(SupervisionText.returns), .text(.stage),
                .text(.bureau), .said(Word.actions.phrase),
            ], lines, label: parts.say(SupervisionText.passedAround))
    }

    private func extensions(_ watch: OrderWatch) -> HTML {
        let sight = Sight(ofOrders: call.actor)
        let lines: [[HTML]] = watch.extensions.map { row, asked in
            let act: HTML =
                may(.grantExtension)
                ? "<span class=\"acts\">\(command("extension", row, Phrase("同意", "Grant"))) \(command("extension-refusal", row, Phrase("不同意", "Refuse")))</span>"
                : "–"
            return [
                order(row), "\(asked.count)", "\(sight.text(asked.reason))",
                "\(row.bureau.map(bureau) ?? "–") · \(asked.by)", act,
            ]
        }
        return parts.table(
            [
                .said(OrderText.order), .counted(SupervisionText.asked), .said(SupervisionText.why),
                .said(SupervisionText.by), .said(Word.actions.phrase),
            ], lines, label: parts.say(SupervisionText.extensions))
    }

    private func fieldChecks(_ watch: OrderWatch) -> HTML {
        let lines: [[HTML]] = watch.fieldChecks.map { row in
            [
                order(row), "\(row.receiver ?? "–")",
                command("field-check", row, OrderText.fieldCheck),
            ]
        }
        return parts.table(
            [.said(OrderText.order), .said(OrderText.receiver), .said(Word.actions.phrase)],
            lines, label: parts.say(SupervisionText.fieldChecks))
    }

    private func faults(_ watch: OrderWatch) -> HTML {
        let sight = Sight(ofOrders: call.actor)
        let lines: [[HTML]] = watch.faults.map { listed in
            [
                parts.time(Timestamp(call.zone.text(listed.at))),
                parts.orderLink(listed.order.text),
                "\(parts.say(Names.fault(listed.fault)))", "\(bureau(listed.bureau))",
                "\(sight.text(listed.reason))", "\(listed.by)",
            ]
        }
        return parts.table(
            [
                .text(.when), .said(OrderText.order), .said(SupervisionText.fault), .text(.bureau),
                .said(SupervisionText.why), .said(SupervisionText.by),
            ], lines, label: parts.say(SupervisionText.faults))
    }
}

/// What is not about work orders.
extension SupervisionPage {
    private func redWarnings(_ firms: [RedWarning]) -> HTML {
        let lines: [[HTML]] = firms.map { ["\($0.name)", "\($0.score.plain)"] }
        return parts.table(
            [.said(SupervisionText.firm), .counted(SupervisionText.score)], lines,
            label: parts.say(SupervisionText.redWarnings))
    }

    private func overdueCases(_ cases: [CaseRow]) -> HTML {
        let (now, names) = (call.office.now(), EditionNames(call.office))
        let lines: [[HTML]] = cases.map { row in
            let late = row.due.map { now.distanceMs(to: $0) } ?? 0
            return [
                parts.pace(leftMs: late, of: 0), parts.caseLink(row.id.text),
                parts.stage(row.stage, isOpen: true), "\(row.merchantName)",
                "\(row.bureau.map { parts.say(names.bureau($0)) } ?? "–")",
            ]
        }
        return parts.table(
            [.text(.timeLeft), .text(.caseWord), .text(.stage), .text(.merchant), .text(.bureau)],
            lines, label: parts.say(SupervisionText.overdueCases))
    }

    private func refused(_ attempts: [ControlAttempt]) -> HTML {
        let lines: [[HTML]] = attempts.map { attempt in
            [
                parts.time(Timestamp(call.zone.text(attempt.at))), "\(attempt.actor)",
                "<code>\(attempt.command)</code>", "<code>\(attempt.rule)</code>",
                attempt.caseID.map { parts.caseLink($0.text) } ?? "–",
            ]
        }
        return parts.table(
            [
                .text(.when), .said(SupervisionText.by), .said(SupervisionText.command),
                .said(SupervisionText.rule), .text(.caseWord),
            ], lines, label: parts.say(SupervisionText.attempts))
    }
}

/// The quarter's appraisals, each with the form that adds an evaluation.
struct StaffPage {
    let call: Call
    let quarter: String
    let appraisals: [AppraisalView]

    func answer() -> Answer {
        let parts = call.parts
        let title = "\(parts.say(SupervisionText.appraisals)) \(quarter)"
        let lines: [[HTML]] = appraisals.map { each in
            let link = Link.evaluations(of: each.agent).with(call.language)
            let score = each.score.map { FigureValue.score($0 * 100).plain }
            return [
                "\(each.agent)", "\(each.days)", "\(each.orders)",
                "\(each.satisfaction.map { $0 + "%" } ?? "–")", "\(each.evaluation ?? "–")",
                "\(score ?? "–")",
                "<a class=\"button second\" href=\"\(link)\">\(parts.say(Phrase("评价", "Evaluate")))</a>",
            ]
        }
        let list: HTML =
            lines.isEmpty
            ? "<p class=\"quiet\">\(parts.say(SupervisionText.none))</p>"
            : parts.table(
                [
                    .said(SupervisionText.by), .counted(Phrase("天数", "Days")),
                    .counted(OrderText.queue), .counted(Phrase("满意率", "Satisfaction")),
                    .counted(Phrase("评价", "Evaluation")), .counted(SupervisionText.score),
                    .said(Word.actions.phrase),
                ], lines, label: title)
        return call.page(
            title, section: .supervision, at: .staff,
            """
            <section class="lead"><p class="crumb"><a href="\(Link.supervision.with(call.language))">\(parts.say(SupervisionText.title))</a></p>
            <h1>\(title)</h1></section><section>\(list)</section>
            """
        ).answer()
    }
}
