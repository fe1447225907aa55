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
            let (counts, waiting) = try await call.office.read { transaction in
                (
                    try transaction.storeCounts(),
                    try transaction.waitingMessages(limit: shown)
                )
            }
            return ServicePage(call: call, counts: counts, waiting: waiting).answer()
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

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        AdministrationFrame(call: call).page(
            AdministrationText.service, at: .service,
            """
            <section class="lead"><h1>\(parts.say(AdministrationText.service))</h1>
            <p>\(parts.say(AdministrationText.serviceLead))</p>
            <p>\(parts.pace(counts.failed > 0 ? .soon : .inTime, parts.say(counts.failed > 0 ? AdministrationText.failing : AdministrationText.running)))</p></section>
            \(parts.section(AdministrationText.journals, "journals", journals))
            \(parts.section(AdministrationText.deliveries, "deliveries", lead: AdministrationText.deliveriesLead, deliveries))
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

    private var schema: HTML {
        let items: [HTML] = counts.schema.map { "<li><code>\($0)</code></li>" }
        return "<ul class=\"chips\">\(items)</ul>"
    }
}
