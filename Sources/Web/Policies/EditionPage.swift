import Casework
import Ledger
import Workflow

/// One edition: its days and steps, what can be done with it, its tables and parameters.
struct EditionPage {
    let call: Call
    let edition: Edition

    private var parts: Parts { call.parts }
    /// As commands name it: without the jurisdiction.
    private var register: String {
        let book = edition.name.dropLast(edition.id.count + 1)
        return book.hasSuffix("/hotline") ? "hotline/\(edition.id)" : edition.id
    }

    func answer() async throws -> Answer {
        let entry = try await entry()
        let others =
            call.office.policyBooks.first { book in
                book.jurisdiction + "/" == edition.name.dropLast(edition.id.count)
            }?.editions.filter { $0.name != edition.name } ?? []
        return call.page(
            edition.name, section: .policies, at: .policy(edition.name),
            """
            <section class="lead">\(parts.crumb(.policies, PolicyText.policies))
            <h1>\(parts.say(Phrase(edition.chinese, edition.english)))</h1>
            \(parts.list([
                (Phrase("版本", "Edition"), "<code>\(edition.name)</code>"),
                (Phrase("施行", "In force"), "\(parts.day(edition.from)) – \(edition.until.map { parts.day($0) } ?? "\(parts.say(PolicyText.endless))")"),
                (Phrase("状态", "State"), "\(parts.say(PolicyText.state(entry?.state ?? "draft")))"),
                (Phrase("SHA-256", "SHA-256"), "<code class=\"hash\">\(edition.hash)</code>"),
            ]))</section>
            \(offers(entry))
            \(parts.section(PolicyText.review, "review", review(others)))
            \(parts.section(PolicyText.tables, "tables", "<ul class=\"chips\">\(models)</ul>"))
            \(parts.section(PolicyText.parameters, "parameters", parameters))
            \(entry.map { parts.section(PolicyText.steps, "steps", steps($0)) })
            """
        ).answer()
    }

    private func entry() async throws -> EditionView? {
        let isHotline = register != edition.id
        let found =
            isHotline
            ? try await call.office.hotlineRegister() : try await call.office.editionRegister()
        return found?.entry(edition.id).map { EditionView($0, call.zone) }
    }

    private func offers(_ entry: EditionView?) -> HTML? {
        var buttons: [HTML] = []
        var note: HTML?
        func add(_ step: String, _ name: Phrase) {
            buttons.append(
                parts.button(
                    .form("editions", register, step), name, isFirst: buttons.isEmpty))
        }
        let isAhead = edition.from > call.zone.day(at: call.office.now())
        if call.visitor.may(.submitPolicy), isAhead, entry?.state != "approved" {
            add("submission", PolicyText.submit)
        }
        if call.visitor.may(.approvePolicy), let entry, isAhead {
            if entry.state == "submitted" {
                let isOwn = entry.steps.last { $0.step == "submitted" }?.by == call.actor.name
                if isOwn {
                    note = "<p class=\"quiet\">\(parts.say(PolicyText.ownSubmission))</p>"
                } else {
                    add("approval", PolicyText.approve)
                }
            }
            if entry.state != "withdrawn" { add("withdrawal", PolicyText.withdraw) }
        }
        guard let offers = parts.offers(buttons) else { return note }
        return "\(note)\(offers)"
    }

    private func review(_ others: [Edition]) -> HTML {
        let options: [HTML] = others.reversed().map { other in
            "<option value=\"\(other.name)\">\(other.id) \(parts.say(Phrase(other.chinese, other.english)))</option>"
        }
        let compare: HTML? =
            others.isEmpty
            ? nil
            : """
            <form class="times" method="get" action="\(Link.policy(edition.name).below("difference"))">
            <p class="field"><label for="from">\(parts.say(PolicyText.compare))</label><select id="from" name="from">\(options)</select></p>
            <input type="hidden" name="lang" value="\(parts.language.code)">
            <p class="act"><button class="second">\(parts.say(PolicyText.difference))</button></p></form>
            """
        let mayTry = call.visitor.may(.submitPolicy) || call.visitor.may(.approvePolicy)
        let backtest: HTML? =
            mayTry && edition.hasFund
            ? """
            <form class="command" method="post" action="\(Link.policy(edition.name).below("backtest").with(parts.language))">\(call.token)
            <p class="quiet">\(parts.say(PolicyText.backtestLead))</p>
            <p class="act"><button>\(parts.say(PolicyText.backtest))</button></p></form>
            """ : nil
        return """
            <p class="offers">\(parts.button(Link.policy(edition.name).below("check"), PolicyText.check, isFirst: false))</p>
            \(compare)\(backtest)
            """
    }

    private var models: [HTML] {
        edition.models.map { model in
            "<li>\(parts.link(.policyTables(model.name, of: edition.name), parts.say(Names.model(model.name)))) <code class=\"quiet\">\(model.name)</code></li>"
        }
    }

    private var parameters: HTML {
        let rows: [[HTML]] = edition.parameters.map { parameter in
            let isVerified = parameter.status == .verified
            return [
                "<code>\(parameter.name)</code>",
                "\(PolicyText.shown(parameter.value)) \(parameter.unit)",
                parts.pace(
                    isVerified ? .inTime : .soon,
                    parts.say(
                        isVerified ? Phrase("有出处", "from a source") : Phrase("待确认", "unconfirmed"))),
                "\(parameter.source)",
            ]
        }
        return parts.table(
            [
                .text("参数", "Parameter"), .text("值", "Value"), .text("核实", "Verified"),
                .text("出处", "Source"),
            ], rows, label: parts.say(PolicyText.parameters),
            empty: Phrase("这一版本没有参数。", "This edition has no parameters."))
    }

    private func steps(_ entry: EditionView) -> HTML {
        let items: [HTML] = entry.steps.reversed().map { step in
            let reason: HTML? = step.reason.map { " · \($0)" }
            return
                "<li><p>\(parts.say(PolicyText.step(step.step)))\(reason)</p><p class=\"when\">\(parts.time(step.at)) · \(step.by)</p></li>\n"
        }
        return "<ol class=\"trail\">\(items)</ol>"
    }
}

extension PolicyText {
    /// A parameter's value as it is written.
    static func shown(_ value: Fact) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .list(let items): items.map(shown).joined(separator: ", ")
        case .record(let entries):
            entries.sorted { $0.key < $1.key }.map { "\($0.key): \(shown($0.value))" }
                .joined(separator: ", ")
        }
    }
}
