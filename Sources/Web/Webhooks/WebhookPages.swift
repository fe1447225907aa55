import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// The administrator's pages of subscriptions.
enum WebhookPages {
    static let all: [Route] =
        [
            PageRoutes.page(
                "/webhooks", "webhooksPage", WebhookText.webhooks, .action(.manageWebhooks)
            ) { call in
                try await WebhooksPage(call: call).answer()
            },
            PageRoutes.post(
                "/webhooks", "addWebhookPage", WebhookText.add, .action(.manageWebhooks)
            ) { call in
                let entries = try await call.entries()
                let form = Fields.schema(of: WebhookForm.self)
                let json = EntryJSON(entries: entries, zone: call.zone) { _ in .text }.object(form)
                do {
                    let reply = try await call.give("addWebhook", json, key: entries["key"])
                    return SecretPage(call: call, reply: reply.json).answer()
                } catch {
                    let problem = try call.shown(error)
                    return try await WebhooksPage(call: call, entries: entries, problem: problem)
                        .answer(problem.status)
                }
            },
        ] + WebhookText.actions.map(action)

    private static func action(_ name: String, _ api: String, _ text: Phrase) -> Route {
        PageRoutes.post(
            "/webhooks/{webhook}/\(name)", api + "Page", text, .action(.manageWebhooks)
        ) { call in
            let entries = try await call.entries()
            do {
                let reply = try await call.give(api, .object([]), key: entries["key"])
                return name == "secret"
                    ? SecretPage(call: call, reply: reply.json).answer()
                    : call.redirect(to: .webhooks.with("done", api))
            } catch {
                let problem = try call.shown(error)
                return try await WebhooksPage(call: call, problem: problem).answer(problem.status)
            }
        }
    }
}

extension Link {
    static let webhooks = Link.own("/webhooks")
    static let deliveries = Link.own("/deliveries")
}

extension Call {
    /// Gives one of the API's commands as the same visitor.
    fileprivate func give(_ id: String, _ json: JSONValue, key: String?) async throws -> Answer {
        let route = api(id)
        return try await route.handle(asking(route, json: json, key: key, version: nil))
    }
}

/// All subscriptions, what can be done about each, and a form for another.
struct WebhooksPage {
    let call: Call
    var entries = FormEntries()
    var problem: Problem?

    private var parts: Parts { call.parts }

    func answer(_ status: Int = 200) async throws -> Answer {
        let list = try await call.webhookList().webhooks
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        var shown = entries
        if shown.all("events").isEmpty { shown.add("events", "amends.*") }
        let form = FormMarkup(parts: parts, entered: shown, problems: problem?.errors ?? [])
        let kinds: [HTML] = PublicEvent.kinds.map { "<li><code>\($0)</code></li>" }
        return AdministrationFrame(call: call).page(
            WebhookText.webhooks, at: .webhooks,
            """
            <section class="lead"><h1>\(parts.say(WebhookText.webhooks))</h1>
            <p>\(parts.say(WebhookText.lead))</p>
            <p><a href="\(Link.deliveries.with("state", "failed").with(parts.language))">\(parts.say(WebhookText.deliveries))</a></p></section>
            \(wrong)
            <section>\(parts.table(Self.columns, list.map(row), label: parts.say(WebhookText.webhooks), empty: WebhookText.none))</section>
            <section aria-labelledby="new"><h2 id="new">\(parts.say(WebhookText.add))</h2>
            <form class="command" method="post" action="\(Link.webhooks.with(parts.language))">\(call.hidden(key: problem == nil ? nil : entries["key"]))
            \(form.fields(Fields.schema(of: WebhookForm.self)))
            <p class="quiet">\(parts.say(WebhookText.kindsLead))</p>
            <details><summary>\(parts.say(WebhookText.kinds))</summary><ul class="chips">\(kinds)</ul></details>
            <p class="act"><button>\(parts.say(WebhookText.add))</button></p></form></section>
            """
        ).answer(status)
    }

    private static let columns: [Parts.Column] = [
        .said(Phrase("订阅", "Subscription")), .said(Phrase("事件", "Events")),
        .said(Phrase("状态", "State")), .said(Phrase("送达", "Deliveries")),
        .said(Phrase("办理", "To do")),
    ]

    private func row(_ webhook: WebhookView) -> [HTML] {
        let state = Webhook.State(rawValue: webhook.state) ?? .active
        let pace: Parts.Pace =
            state == .active ? (webhook.failures > 0 ? .soon : .inTime) : .still
        let since: HTML? = webhook.failingSince.map {
            "<span class=\"under\">\(parts.say(Phrase("自此送不到", "failing since"))) \(parts.time($0))</span>"
        }
        let events: [HTML] = webhook.events.map { "<li><code>\($0)</code></li>" }
        let own = Link.deliveries.with("webhook", webhook.id)
        let failed: HTML =
            "<a href=\"\(own.with("state", "failed").with(parts.language))\">\(webhook.failed) \(parts.say(WebhookText.state(WebhookDelivery.State.failed)))</a>"
        return [
            "\(webhook.name)<span class=\"under\"><code>\(webhook.url)</code></span>",
            "<ul class=\"chips\">\(events)</ul>",
            "\(parts.pace(pace, parts.say(WebhookText.state(state))))\(since)",
            "<a href=\"\(own.with(parts.language))\">\(webhook.delivered) \(parts.say(WebhookText.state(WebhookDelivery.State.delivered))) · \(webhook.waiting) \(parts.say(WebhookText.state(WebhookDelivery.State.waiting)))</a><span class=\"under\">\(failed)</span>",
            "\(HTML.lines(WebhookText.actions.filter { isOffered($0.name, webhook, state) }.map { button($0, webhook) }))",
        ]
    }

    private func isOffered(_ name: String, _ webhook: WebhookView, _ state: Webhook.State) -> Bool {
        switch name {
        case "trial", "pause": state == .active
        case "replay": state == .active && webhook.failed > 0
        case "activation": state != .active
        default: true
        }
    }

    private func button(
        _ action: (name: String, api: String, text: Phrase), _ webhook: WebhookView
    ) -> HTML {
        let target = Link.webhooks.below(webhook.id).below(action.name)
        return """
            <form class="inline" method="post" action="\(target.with(parts.language))">\(call.hidden())<button class="plain">\(parts.say(action.text)) <span class="unseen">\(webhook.name)</span></button></form>
            """
    }
}

/// Shows a secret for the only time.
private struct SecretPage {
    let call: Call
    let reply: JSONValue

    func answer() -> Answer {
        let parts = call.parts
        let secret: HTML =
            reply["secret"]?.asText.map {
                "<p class=\"keep\"><code class=\"key\">\($0)</code></p><p>\(parts.say(WebhookText.secretOnce))</p>"
            } ?? "<p class=\"notice\">\(parts.say(WebhookText.secretBefore))</p>"
        return AdministrationFrame(call: call).page(
            WebhookText.webhooks, at: .webhooks,
            """
            <section class="lead"><h1>\(parts.say(WebhookText.secret)): \(reply["name"]?.asText ?? "")</h1>
            \(secret)
            <p><a class="button" href="\(Link.webhooks.with(parts.language))">\(parts.say(AdministrationText.goOn))</a></p></section>
            """
        ).answer(201)
    }
}
