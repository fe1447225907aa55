import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// What was sent to subscriptions, and what was given up.
enum DeliveryPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/deliveries", "deliveriesPage", WebhookText.deliveries, .action(.manageWebhooks),
            query: WebhookRoutes.deliveryParameters
        ) { call in
            try await DeliveriesPage(call: call, filter: try call.deliveryFilter()).answer()
        },
        PageRoutes.post(
            "/deliveries/{delivery}/replay", "replayDeliveryPage", WebhookText.sendAgain,
            .action(.manageWebhooks)
        ) { call in
            let entries = try await call.entries()
            let route = call.api("replayDelivery")
            do {
                _ = try await route.handle(
                    call.asking(route, json: .object([]), key: entries["key"], version: nil))
            } catch {
                let problem = try call.shown(error)
                var filter = DeliveryFilter()
                filter.state = .failed
                return try await DeliveriesPage(call: call, filter: filter, problem: problem)
                    .answer(problem.status)
            }
            return call.redirect(to: .deliveries.with("state", "failed").with("done", route.id))
        },
    ]
}

struct DeliveriesPage {
    let call: Call
    let filter: DeliveryFilter
    var problem: Problem?

    private var parts: Parts { call.parts }

    func answer(_ status: Int = 200) async throws -> Answer {
        let list = try await call.deliveryList(filter)
        let names = Dictionary(
            try await call.webhookList().webhooks.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        let more: HTML? = list.next.map {
            "<p><a href=\"\(link(filter.state).with("after", $0).with(parts.language))\">\(parts.say(Phrase("更早的", "Earlier ones")))</a></p>"
        }
        let empty = filter.state == .failed ? WebhookText.nothingFailed : WebhookText.nothing
        return AdministrationFrame(call: call).page(
            WebhookText.deliveries, at: .deliveries,
            """
            <section class="lead"><p class="crumb"><a href="\(Link.webhooks.with(parts.language))">\(parts.say(WebhookText.webhooks))</a></p>
            <h1>\(parts.say(WebhookText.deliveries))</h1>
            <p>\(parts.say(WebhookText.deliveriesLead))</p></section>
            \(wrong)
            <nav class="places" aria-label="\(parts.say(Phrase("状态", "State")))">\(choices)</nav>
            <section>\(parts.table(Self.columns, list.deliveries.map { row($0, names) }, label: parts.say(WebhookText.deliveries), empty: empty))\(more)</section>
            """
        ).answer(status)
    }

    private var choices: [HTML] {
        let states: [WebhookDelivery.State?] = [.failed, .waiting, .delivered, nil]
        return states.map { state in
            let name = state.map { WebhookText.state($0) } ?? WebhookText.all
            let mark: HTML = state == filter.state ? " aria-current=\"page\"" : .empty
            return
                "<a href=\"\(link(state).with(parts.language))\"\(mark)>\(parts.say(name))</a>"
        }
    }

    private func link(_ state: WebhookDelivery.State?) -> Link {
        var link = Link.deliveries
        if let webhook = filter.webhook { link = link.with("webhook", webhook.text) }
        if let state { link = link.with("state", state.rawValue) }
        return link
    }

    private static let columns: [Parts.Column] = [
        .said(Phrase("事件", "Event")), .said(Phrase("订阅", "Subscription")),
        .said(Phrase("状态", "State")), .said(Phrase("上次答复", "Last answer")),
        .counted(Phrase("已试次数", "Attempts")), .said(Phrase("办理", "To do")),
    ]

    private func row(_ each: DeliveryView, _ names: [String: String]) -> [HTML] {
        let state = WebhookDelivery.State(rawValue: each.state) ?? .waiting
        let pace: Parts.Pace =
            switch state {
            case .delivered: .inTime
            case .waiting: each.attempts > 0 ? .soon : .still
            case .failed: .late
            }
        let answer: HTML = each.triedAt.map { parts.time($0) } ?? "–"
        let said: HTML? = each.error.map { "<span class=\"under wrong\">\($0)</span>" }
        let next: HTML? = each.notBefore.map {
            "<span class=\"under\">\(parts.say(Phrase("不早于", "not before"))) \(parts.time($0))</span>"
        }
        let target = Link.deliveries.below(each.id).below("replay")
        let again: HTML = """
            <form class="inline" method="post" action="\(target.with(parts.language))">\(call.hidden())<button class="plain">\(parts.say(WebhookText.sendAgain)) <span class="unseen">\(each.id)</span></button></form>
            """
        return [
            "<code>\(each.type)</code><span class=\"under\"><code>\(each.eventID)</code></span>",
            "\(names[each.webhook] ?? each.webhook)",
            "\(parts.pace(pace, parts.say(WebhookText.state(state))))\(next)",
            "\(answer)\(each.error == nil ? each.status.map { " \($0)" } ?? "" : "")\(said)",
            "\(each.attempts)",
            state == .waiting ? "–" : again,
        ]
    }
}
