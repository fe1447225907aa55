import Casework
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// The form that asks why, what it shows once, and who looked at what.
enum DisclosurePages {
    private static let rowsShown: Int64 = 50

    static let all: [Route] = [
        PageRoutes.page(
            "/cases/{case}/disclosures", "disclosureForm", PrivacyText.show, .action(.readPersonal)
        ) { call in
            _ = try call.caseID()
            return DisclosurePage(call: call).answer()
        },
        PageRoutes.post(
            "/cases/{case}/disclosures", "disclosurePage", PrivacyText.show, .action(.readPersonal)
        ) { call in
            try await DisclosurePage(call: call).submit()
        },
        PageRoutes.page(
            "/orders/{order}/disclosures", "orderDisclosureForm", PrivacyText.showCaller,
            .action(.readOrderPersonal)
        ) { call in
            _ = try call.orderID()
            return DisclosurePage(call: call).answer()
        },
        PageRoutes.post(
            "/orders/{order}/disclosures", "orderDisclosurePage", PrivacyText.showCaller,
            .action(.readOrderPersonal)
        ) { call in
            try await DisclosurePage(call: call).submit()
        },
        PageRoutes.page(
            "/access-log", "accessLogPage", PrivacyText.log, .action(.readAccessLog),
            query: DisclosureRoutes.filters
        ) { call in
            AccessLogPage(call: call, view: try await call.accessLog(limit: rowsShown)).answer()
        },
    ]
}

/// Asks for a reason, and answers with what it opens. Nothing of it is kept by the browser.
struct DisclosurePage {
    let call: Call
    var entries = FormEntries()
    var problem: Problem?

    private var parts: Parts { call.parts }

    /// The work order it is about; nil: a case.
    private var order: ID<WorkOrder>? {
        call.context.parameters.get("order").map { ID<WorkOrder>($0) }
    }

    private var number: String { order?.text ?? call.part("case") }
    private var home: Link { order.map { .page($0) } ?? .page(ID<Case>(number)) }

    /// What a case's page offers to those who may ask.
    static func offer(_ call: Call, _ id: ID<Case>) -> HTML? {
        guard call.visitor.may(.readPersonal) else { return nil }
        return DisclosurePage(call: call).offer(.page(id), PrivacyText.show)
    }

    /// The same on a work order's page.
    static func offer(_ call: Call, _ id: ID<WorkOrder>) -> HTML? {
        guard call.visitor.may(.readOrderPersonal) else { return nil }
        return DisclosurePage(call: call).offer(.page(id), PrivacyText.showCaller)
    }

    private func offer(_ home: Link, _ title: Phrase) -> HTML {
        """
        <details class="disclose"><summary>\(parts.say(title))</summary>
        \(form(home))</details>
        """
    }

    private func form(_ home: Link) -> HTML {
        let markup = FormMarkup(
            parts: parts, entered: entries, problems: problem?.errors ?? [])
        return """
            <form class="command" method="post" action="\(home.below("disclosures").with(call.language))">
            <p class="quiet">\(parts.say(PrivacyText.lead))</p>
            \(call.hidden(key: problem == nil ? nil : entries["key"]))
            \(markup.fields(Fields.schema(of: DisclosureForm.self)))
            <p class="act"><button>\(parts.say(PrivacyText.show))</button></p>
            </form>
            """
    }

    func answer(_ status: Int = 200) -> Answer {
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        return page("\(wrong)\(form(home))").answer(status)
    }

    func submit() async throws -> Answer {
        var page = self
        page.entries = try await call.entries()
        let json = EntryJSON(entries: page.entries, zone: call.zone) { _ in .text }
            .object(Fields.schema(of: DisclosureForm.self))
        guard
            let route = DisclosureRoutes.all.first(where: {
                $0.id == (order == nil ? "disclose" : "discloseOrder")
            })
        else {
            preconditionFailure("the API discloses")
        }
        let answer: Answer
        do {
            answer = try await route.handle(
                call.asking(route, json: json, key: page.entries["key"], version: nil))
        } catch {
            let problem = try call.shown(error)
            page.problem = problem
            return page.answer(problem.status)
        }
        let bytes = Array(answer.body.readableBytesView)
        guard let shown = try? JSONReader.read(bytes)["shown"], shown != .null else {
            let again = "<p class=\"notice\">\(parts.say(PrivacyText.shownBefore))</p>" as HTML
            return page.page("\(again)\(form(home))").answer()
        }
        return page.page(opened(shown)).answer()
    }

    private func opened(_ shown: JSONValue) -> HTML {
        func text(_ name: String) -> HTML? {
            if case .text(let text)? = shown[name] { "\(text)" } else { nil }
        }
        func list(_ name: String) -> [JSONValue] {
            if case .array(let values)? = shown[name] { values } else { [] }
        }
        let payees: [HTML] = list("payees").map { payee in
            let texts: [String] = ["name", "account", "bank"].compactMap {
                if case .text(let text)? = payee[$0] { text } else { nil }
            }
            return "<p>\(texts.joined(separator: " · "))</p>"
        }
        let said: [HTML] = list("texts").compactMap {
            if case .text(let text) = $0 { "<p class=\"said\">\(text)</p>" } else { nil }
        }
        let rows: [HTML] = [
            (PrivacyText.name, text("name")), (PrivacyText.field(.phone), text("phone")),
            (PrivacyText.field(.identity), text("identity")),
            (PrivacyText.field(.account), payees.isEmpty ? nil : "\(payees)"),
            (PrivacyText.field(.texts), said.isEmpty ? nil : "\(said)"),
        ].compactMap { name, value in
            value.map { "<div><dt>\(parts.say(name))</dt><dd>\($0)</dd></div>" }
        }
        return """
            <dl class="terms disclosed">\(rows)</dl>
            <p class="notice">\(parts.say(PrivacyText.once))</p>
            """
    }

    private func page(_ content: HTML) -> Page {
        let title = parts.say(PrivacyText.show)
        return call.page(
            title, section: nil, at: home.below("disclosures"),
            """
            <section class="lead"><p class="crumb"><a href="\(home.with(call.language))">\(parts.word(.back))</a></p>
            <h1>\(title)</h1><p class="case-number">\(number)</p></section>
            \(content)
            """)
    }
}

/// Who looked at what, the newest first.
struct AccessLogPage {
    let call: Call
    let view: AccessLogView

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(PrivacyText.log)
        let rows: [[HTML]] = view.looks.map { look in
            let fields =
                look.kind == Disclosure.Kind.evidence.rawValue
                ? "\(parts.word(.evidence)) \(look.fields.map { $0.prefix(12) }.joined())"
                : look.fields.map { name in
                    PersonalField(rawValue: name).map { parts.say(PrivacyText.field($0)) } ?? name
                }.joined(separator: parts.language == .chinese ? "、" : ", ")
            return [
                parts.time(look.at), "\(look.person)",
                "<a class=\"case-number\" href=\"\(Link.accessLog.with("subject", look.subject).with(parts.language))\">\(look.subject)</a>",
                "\(fields)", "\(look.reason)",
            ]
        }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"quiet\">\(parts.say(PrivacyText.nobody))</p>"
            : parts.table(
                [.text(.when), .text(.who), .text(.caseWord), .text(.what), .text(.why)], rows,
                label: title)
        let older: HTML? = view.next.map { next in
            var link = Link.accessLog
            for name in ["subject", "person"] {
                if let value = call.query(name), !value.isEmpty { link = link.with(name, value) }
            }
            return
                "<p class=\"pages\"><a class=\"button second\" href=\"\(link.with("before", next).with(parts.language))\">\(parts.say(PrivacyText.older))</a></p>"
        }
        return call.page(
            title, section: .accessLog, at: .accessLog,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(PrivacyText.logLead))</p></section>
            <form class="command" method="get" action="\(Link.accessLog)">
            <p class="field"><label for="subject">\(parts.say(PrivacyText.subject))</label><input id="subject" name="subject" maxlength="40" autocomplete="off" value="\(call.query("subject") ?? "")"></p>
            <p class="field"><label for="person">\(parts.say(PrivacyText.person))</label><input id="person" name="person" maxlength="100" autocomplete="off" value="\(call.query("person") ?? "")"></p>
            <p class="act"><input type="hidden" name="lang" value="\(parts.language.code)"><button>\(parts.say(PrivacyText.find))</button></p>
            </form>
            \(list)\(older)
            """
        ).answer()
    }
}
