import Ledger
import Store

struct WebhookView: Codable, Sendable {
    let id: String
    let name: String
    let url: String
    let events: [String]
    let state: String
    /// Attempts that failed in a row.
    let failures: Int
    let failingSince: Timestamp?
    let waiting: Int
    let delivered: Int
    let failed: Int
    let madeAt: Timestamp
    let madeBy: String

    init(_ webhook: Webhook, _ counts: [WebhookDelivery.State: Int], _ zone: Zone) {
        id = webhook.id.text
        name = webhook.name
        url = webhook.url
        events = webhook.events
        state = webhook.state.rawValue
        failures = webhook.failures
        failingSince = webhook.failingSince.map { Timestamp(zone.text($0)) }
        waiting = counts[.waiting] ?? 0
        delivered = counts[.delivered] ?? 0
        failed = counts[.failed] ?? 0
        madeAt = Timestamp(zone.text(webhook.madeAt))
        madeBy = webhook.madeBy
    }
}

struct WebhookListView: Codable, Sendable {
    let webhooks: [WebhookView]
}

struct WebhookSecretView: Codable, Sendable {
    let id: String
    let name: String
    /// Absent in the answer to a repeated request.
    let secret: String?

    init(_ webhook: Webhook, secret: String?) {
        (id, name, self.secret) = (webhook.id.text, webhook.name, secret)
    }
}

struct WebhookStateView: Codable, Sendable {
    let id: String
    let state: String

    init(_ webhook: Webhook) { (id, state) = (webhook.id.text, webhook.state.rawValue) }
}

struct RemovedWebhookView: Codable, Sendable {
    let id: String
}

struct ReplayedView: Codable, Sendable {
    /// Deliveries that wait to be sent again.
    let waiting: Int
}

struct DeliveryView: Codable, Sendable {
    let id: String
    let webhook: String
    /// The header webhook-id: the same at every attempt.
    let eventID: String
    let type: String
    let subject: String
    let state: String
    let madeAt: Timestamp
    let attempts: Int
    /// While it waits: not sent before this.
    let notBefore: Timestamp?
    let triedAt: Timestamp?
    /// What the endpoint answered at last.
    let status: Int?
    let error: String?
    /// What is sent, to the letter.
    let body: String

    init(_ delivery: WebhookDelivery, _ zone: Zone) {
        id = delivery.id
        webhook = delivery.webhook.text
        eventID = delivery.eventID
        type = delivery.kind
        subject = delivery.subject
        state = delivery.state.rawValue
        madeAt = Timestamp(zone.text(delivery.madeAt))
        attempts = delivery.attempts
        notBefore = delivery.state == .waiting ? Timestamp(zone.text(delivery.notBefore)) : nil
        triedAt = delivery.triedAt.map { Timestamp(zone.text($0)) }
        status = delivery.status
        error = delivery.error
        body = delivery.body
    }
}

struct DeliveryListView: Codable, Sendable {
    let deliveries: [DeliveryView]
    let next: String?
}
