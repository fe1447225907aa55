import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// What the administrator looks after besides people: the service, tokens, calendars, bureaus.
enum AdministrationPages {
    /// Messages listed.
    static let shown = 100

    static let all: [Route] = [
        PageRoutes.page(
            "/service", "servicePage", AdministrationText.service, .action(.manageTokens)
        ) { call in
            let (counts, waiting, troubled) = try await call.office.read { transaction in
                (
                    try transaction.storeCounts(),
                    try transaction.waitingMessages(limit: shown),
                    try transaction.troubledMessages(limit: shown)
                )
            }
            return ServicePage(
                call: call, counts: counts, waiting: waiting, troubled: troubled
            ).answer()
        },
        PageRoutes.page(
            "/calendars", "calendarsPage", AdministrationText.calendars, .action(.readPolicies)
        ) { call in
            try CalendarsPage(call: call).answer()
        },
        PageRoutes.page(
            "/bureaus", "bureausPage", AdministrationText.bureaus, .action(.readPolicies)
        ) { call in
            BureausPage(call: call).answer()
        },
    ]
}

extension Link {
    static let service = Link.own("").below("service")
    static let tokens = Link.own("").below("tokens")
    static let calendars = Link.own("").below("calendars")
    static let bureaus = Link.own("").below("bureaus")
}

/// What these pages have in common: their places.
struct AdministrationFrame {
    let call: Call

    func page(_ title: Phrase, at address: Link, _ content: HTML) -> Page {
        let parts = call.parts
        var places: [(Link, Phrase)] = [
            (.calendars, AdministrationText.calendars), (.bureaus, AdministrationText.bureaus),
        ]
        if call.visitor.may(.manageTokens) {
            places =
                [
                    (.service, AdministrationText.service), (.tokens, AdministrationText.tokens),
                    (.webhooks, WebhookText.webhooks),
                ]
                + places
        }
        let entries: [HTML] = places.map { link, name in
            link == address
                ? "<a href=\"\(link.with(parts.language))\" aria-current=\"page\">\(parts.say(name))</a>"
                : "<a href=\"\(link.with(parts.language))\">\(parts.say(name))</a>"
        }
        return call.page(
            parts.say(title), section: .service, at: address,
            "<nav class=\"places\" aria-label=\"\(parts.say(AdministrationText.service))\">\(entries)</nav>\n\(content)"
        )
    }
}

/// The database, how much lies in it, and what waits to be sent.
struct ServicePage {
    let call: Call
    let counts: StoreCounts
    let waiting: [WaitingMessage]
    let troubled: [MessageState]

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        AdministrationFrame(call: call).page(
            AdministrationText.service, at: .service,
            """
            <section class="lead"><h1>\(parts.say(AdministrationText.service))</h1>
            <p>\(parts.say(AdministrationText.serviceLead))</p>
            <p>\(parts.pace(isFailing ? .soon : .inTime, parts.say(isFailing ? AdministrationText.failing : AdministrationText.running)))</p></section>
            \(parts.section(AdministrationText.journals, "journals", journals))
            \(parts.section(AdministrationText.deliveries, "deliveries", lead: AdministrationText.deliveriesLead, deliveries))
            \(parts.section(AdministrationText.toPeople, "to-people", lead: AdministrationText.toPeopleLead, toPeople))
            \(parts.section(AdministrationText.schema, "schema", schema))
            """
        ).answer()
    }

    private var journals: HTML {
        let megabytes = (counts.evidenceSize + 524_288) / 1_048_576
        return parts.list([
            (Phrase("案件", "Cases"), "\(counts.cases)"),
            (Phrase("案件的经过", "Events of cases"), "\(counts.caseEvents)"),
            (Phrase("工单", "Work orders"), "\(counts.orders)"),
            (Phrase("工单的经过", "Events of work orders"), "\(counts.orderEvents)"),
            (Word.vouchers.phrase, "\(counts.vouchers)"),
            (Word.evidence.phrase, "\(counts.evidence) (\(megabytes) MB)"),
        ])
    }

    private var deliveries: HTML {
        let rows: [[HTML]] = waiting.map { each in
            let message = each.message
            return [
                "\(parts.say(AdministrationText.message(message.kind)))<span class=\"under\"><code>\(message.payload)</code></span>",
                parts.caseLink(message.caseID.text), "\(message.attempts)",
                parts.time(Timestamp(call.zone.text(each.notBefore))),
                each.error.map { "<span class=\"wrong\">\($0)</span>" } ?? "–",
            ]
        }
        let list = parts.table(
            [
                .text("消息", "Message"), .text("案件", "Case"), .number("已试次数", "Attempts"),
                .text("下次不早于", "Next, not before"), .text("上次的错误", "Last error"),
            ], rows, label: parts.say(AdministrationText.deliveries),
            empty: AdministrationText.nothingWaits)
        return """
            <p>\(parts.say(Phrase("待发\(counts.waiting)，其中上次失败\(counts.failed)", "\(counts.waiting) wait, \(counts.failed) of them failed last time")))</p>
            \(list)\(parts.cut(waiting.count, at: AdministrationPages.shown))
            """
    }

    private var isFailing: Bool { counts.failed > 0 || !troubled.isEmpty }

    /// Messages to people that did not arrive: by which way and why, to nobody by name.
    private var toPeople: HTML {
        let rows: [[HTML]] = troubled.map { each in
            let state: HTML =
                each.failedAt.map {
                    "\(parts.pace(.late, parts.say(AdministrationText.givenUp))) \(parts.time(Timestamp(call.zone.text($0))))"
                }
                ?? "\(parts.pace(.soon, parts.say(AdministrationText.triedAgain))) \(parts.time(Timestamp(call.zone.text(each.notBefore))))"
            return [
                "\(parts.say(FieldNames.choice("way", each.way.rawValue)))",
                parts.caseLink(each.caseID.text), "\(each.attempts)", state,
                each.error.map { "<span class=\"wrong\">\($0)</span>" } ?? "–",
            ]
        }
        let list = parts.table(
            [
                .said(Phrase("方式", "Way")), .text("案件", "Case"),
                .number("已试次数", "Attempts"), .text("状态", "State"),
                .text("上次的错误", "Last error"),
            ], rows, label: parts.say(AdministrationText.toPeople),
            empty: AdministrationText.nothingTroubled)
        return "\(list)\(parts.cut(troubled.count, at: AdministrationPages.shown))"
    }

    private var schema: HTML {
        let items: [HTML] = counts.schema.map { "<li><code>\($0)</code></li>" }
        return "<ul class=\"chips\">\(items)</ul>"
    }
}
