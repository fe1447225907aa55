import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Subscriptions to what happens: Standard Webhooks 1.0 with bodies of CloudEvents 1.0.
enum WebhookRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/webhooks", id: "listWebhooks",
            summary: Phrase("事件订阅及其送达情况", "Subscriptions to events, and how they fare"),
            access: .action(.manageWebhooks), success: .view(200, WebhookListView.self)
        ) { call in
            Answer(try await call.webhookList())
        },
        Route(
            method: .post, path: "/api/v1/webhooks", id: "addWebhook",
            summary: Phrase(
                "订阅事件；签名密钥只显示一次", "Subscribe to events; the secret that signs is shown once"),
            access: .action(.manageWebhooks), body: .form(WebhookForm.self),
            success: .view(201, WebhookSecretView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(WebhookForm.self)
            let (secret, reach) = (WebhookSignature.freshSecret(), call.desk.webhookReach)
            return try await call.once(bytes) { work in
                let webhook = try work.subscribe(
                    form.name, url: form.url, events: form.events, secret: secret, reach: reach,
                    by: call.actor)
                // What is kept for a repeat must not be a second place where the secret can be read.
                return Effect(
                    201, WebhookSecretView(webhook, secret: secret),
                    keeping: WebhookSecretView(webhook, secret: nil))
            }
        },
        Route(
            method: .post, path: "/api/v1/webhooks/{webhook}/secret", id: "replaceWebhookSecret",
            summary: Phrase(
                "换签名密钥；旧的再用24小时，两个同时签名",
                "Replace the secret; for 24 hours the one before signs beside it"),
            access: .action(.manageWebhooks), success: .view(201, WebhookSecretView.self)
        ) { call in
            let (id, secret) = (call.part("webhook"), WebhookSignature.freshSecret())
            return try await call.once([]) { work in
                let webhook = try work.replaceSecret(of: id, by: secret, actor: call.actor)
                return Effect(
                    201, WebhookSecretView(webhook, secret: secret),
                    keeping: WebhookSecretView(webhook, secret: nil))
            }
        },
        state(
            "pause", "pauseWebhook", Phrase("暂停推送", "Let it rest: nothing is sent"), .paused),
        state(
            "activation", "activateWebhook",
            Phrase("恢复推送；停用期间的事件不补发", "Send again; what happened meanwhile is not sent"), .active),
        Route(
            method: .post, path: "/api/v1/webhooks/{webhook}/trial", id: "tryWebhook",
            summary: Phrase("发一个试验事件", "Send an event that says nothing, as a trial"),
            access: .action(.manageWebhooks), success: .view(202, ReplayedView.self)
        ) { call in
            let id = call.part("webhook")
            return try await call.once([]) { work in
                try work.tryWebhook(id, by: call.actor)
                return Effect(202, ReplayedView(waiting: 1))
            }
        },
        Route(
            method: .post, path: "/api/v1/webhooks/{webhook}/replay", id: "replayWebhook",
            summary: Phrase("重发全部未送达的事件", "Send all that was given up again"),
            access: .action(.manageWebhooks), success: .view(202, ReplayedView.self)
        ) { call in
            let id = call.part("webhook")
            return try await call.once([]) { work in
                Effect(
                    202, ReplayedView(waiting: try work.replayFailed(of: id, by: call.actor)))
            }
        },
        Route(
            method: .delete, path: "/api/v1/webhooks/{webhook}", id: "removeWebhook",
            summary: Phrase("取消订阅，送达记录一并删除", "Unsubscribe; its deliveries go with it"),
            access: .action(.manageWebhooks), success: .view(200, RemovedWebhookView.self)
        ) { call in
            let id = call.part("webhook")
            return try await call.once([]) { work in
                try work.unsubscribe(id, by: call.actor)
                return Effect(200, RemovedWebhookView(id: id))
            }
        },
        Route(
            method: .get, path: "/api/v1/deliveries", id: "listDeliveries",
            summary: Phrase("事件的送达记录，新的在前", "Deliveries of events, the newest first"),
            access: .action(.manageWebhooks), query: deliveryParameters,
            success: .view(200, DeliveryListView.self)
        ) { call in
            Answer(try await call.deliveryList(try call.deliveryFilter()))
        },
        Route(
            method: .post, path: "/api/v1/deliveries/{delivery}/replay", id: "replayDelivery",
            summary: Phrase("再发一次，编号不变", "Send it again, under the same id"),
            access: .action(.manageWebhooks), success: .view(202, DeliveryView.self)
        ) { call in
            let id = call.part("delivery")
            return try await call.once([]) { work in
                Effect(
                    202, DeliveryView(try work.replay(id, by: call.actor), work.books.zone))
            }
        },
    ]

    private static func state(
        _ name: String, _ id: String, _ summary: Phrase, _ state: Webhook.State
    ) -> Route {
        Route(
            method: .post, path: "/api/v1/webhooks/{webhook}/\(name)", id: id, summary: summary,
            access: .action(.manageWebhooks), success: .view(200, WebhookStateView.self)
        ) { call in
            let id = call.part("webhook")
            return try await call.once([]) { work in
                Effect(
                    200,
                    WebhookStateView(try work.setState(state, ofWebhook: id, by: call.actor)))
            }
        }
    }

    static let deliveryParameters: [Route.QueryParameter] = [
        .init(name: "webhook", about: Phrase("订阅编号", "subscription"), schema: ["type": "string"]),
        .init(
            name: "state", about: Phrase("状态", "state"),
            schema: .object([
                "type": "string",
                "enum": .array(WebhookDelivery.State.allCases.map { .text($0.rawValue) }),
            ])),
        .init(
            name: "after", about: Phrase("上一页的next", "next of the page before"),
            schema: ["type": "string"]),
        .init(
            name: "limit", about: Phrase("每页件数", "page size"),
            schema: ["type": "integer", "minimum": 1, "maximum": 200]),
    ]
}

struct WebhookForm: Form {
    let name: String
    let url: String
    let events: [String]

    init(_ fields: Fields) {
        name = fields.text(
            "name", upTo: WebhookLimits.name_characters, Phrase("谁的系统", "whose system it is"))
        url = fields.text(
            "url", upTo: WebhookAddress.limit_characters, Phrase("https网址", "an https address"))
        events = fields.texts(
            "events", upTo: WebhookLimits.events, Phrase("事件类型", "types of events"))
        if !name.contains(where: { !$0.isWhitespace }) {
            fields.note("name", "请填写", "is empty: fill it in")
        }
    }
}

extension Call {
    func webhookList() async throws -> WebhookListView {
        let zone = zone
        return try await office.read { transaction in
            let counts = try transaction.deliveryCounts()
            return WebhookListView(
                webhooks: try transaction.webhooks().map { webhook in
                    WebhookView(webhook, counts[webhook.id] ?? [:], zone)
                })
        }
    }

    func deliveryFilter() throws -> DeliveryFilter {
        var filter = DeliveryFilter()
        filter.webhook = query("webhook").map { ID($0) }
        filter.state = try queryChoice("state", WebhookDelivery.State.self)
        filter.after = query("after")
        filter.limit = Int(try queryNumber("limit", in: 1...200) ?? 50)
        return filter
    }

    func deliveryList(_ filter: DeliveryFilter) async throws -> DeliveryListView {
        let zone = zone
        let found = try await office.read { try $0.deliveries(filter) }
        return DeliveryListView(
            deliveries: found.map { DeliveryView($0, zone) },
            next: found.count == filter.limit ? found.last?.id : nil)
    }
}
