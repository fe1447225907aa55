package import Casework
import Ledger
package import Store

/// Limits on subscriptions to events.
package enum WebhookLimits {
    package static let subscriptions = 50
    package static let events = 60
    package static let name_characters = 100
    /// How long the secret before still signs, once it is replaced.
    package static let overlap_hours = 24
    /// How long deliveries that came to an end are kept.
    package static let kept_days = 30
}

/// What the administrator does about subscriptions.
extension Work {
    /// - Parameters:
    ///   - secret: Fresh randomness, from outside the transaction.
    ///   - reach: Which addresses the operator allows.
    /// - Throws: `WorkflowError.notPermitted`, then `.unfit`, then `WebhookError.noDataKey`, `.tooMany`.
    package func subscribe(
        _ name: String, url: String, events: [String], secret: String, reach: WebhookReach,
        by actor: Actor
    ) throws -> Webhook {
        try permit(.manageWebhooks, actor)
        var problems: [WorkflowError.Problem] = []
        if let fault = WebhookAddress.fault(in: url, reach: reach) { problems.append(fault) }
        if events.isEmpty || !events.allSatisfy(isKnown) {
            problems.append(
                .init(
                    field: "events",
                    chinese: "应为事件类型，或amends.*、amends.case.*、amends.order.*",
                    english: "must be types of events, or amends.*, amends.case.*, amends.order.*"))
        }
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        guard transaction.sealsTexts else { throw WebhookError.noDataKey }
        guard try transaction.webhooks().count < WebhookLimits.subscriptions else {
            throw WebhookError.tooMany(limit: WebhookLimits.subscriptions)
        }
        let id = try transaction.addWebhook(
            name: name, url: url, events: events, secret: secret, by: actor.name, at: now)
        return try webhook(id.text)
    }

    private func isKnown(_ kind: String) -> Bool {
        PublicEvent.kinds.contains(kind)
            || ["amends.*", "amends.case.*", "amends.order.*"].contains(kind)
    }

    package func webhook(_ id: String) throws -> Webhook {
        guard let webhook = try transaction.webhook(ID(id)) else {
            throw WebhookError.noSuchWebhook(id)
        }
        return webhook
    }

    /// From now on `secret` signs; the one before signs beside it for a day.
    package func replaceSecret(of id: String, by secret: String, actor: Actor) throws -> Webhook {
        try permit(.manageWebhooks, actor)
        let webhook = try webhook(id)
        let end = now.advanced(byMinutes: WebhookLimits.overlap_hours * 60)
        try transaction.replaceSecret(of: webhook.id, by: secret, beforeEnds: end)
        return webhook
    }

    /// Lets it rest, or wakes it. What waits is kept; what happens while it rests is not.
    package func setState(
        _ state: Webhook.State, ofWebhook id: String, by actor: Actor
    ) throws -> Webhook {
        try permit(.manageWebhooks, actor)
        try transaction.setState(state, of: try webhook(id).id)
        return try webhook(id)
    }

    package func unsubscribe(_ id: String, by actor: Actor) throws {
        try permit(.manageWebhooks, actor)
        try transaction.removeWebhook(try webhook(id).id)
    }

    /// Sends an event that says nothing, to see whether the endpoint takes it.
    package func tryWebhook(_ id: String, by actor: Actor) throws {
        try permit(.manageWebhooks, actor)
        let webhook = try activeWebhook(id)
        let number = try transaction.next("webhook-trial")
        let body = try CloudEvent(
            id: "trial/\(number)", source: eventSource, type: PublicEvent.trial,
            subject: webhook.id.text, time: books.zone.text(now), data: .init()
        ).text()
        try transaction.enqueueDelivery(
            to: webhook.id, eventID: "trial_\(number)", kind: PublicEvent.trial,
            subject: webhook.id.text, body: body, at: now)
    }

    /// Sends a delivery again under the same id, whatever became of it.
    package func replay(_ delivery: String, by actor: Actor) throws -> WebhookDelivery {
        try permit(.manageWebhooks, actor)
        guard let found = try transaction.delivery(delivery) else {
            throw WebhookError.noSuchDelivery(delivery)
        }
        _ = try activeWebhook(found.webhook.text)
        try transaction.replayDelivery(found.id, at: now)
        return try transaction.delivery(found.id) ?? found
    }

    /// Sends everything that was given up for a subscription again.
    ///
    /// - Returns: How many.
    package func replayFailed(of id: String, by actor: Actor) throws -> Int {
        try permit(.manageWebhooks, actor)
        return try transaction.replayFailed(of: try activeWebhook(id).id, at: now)
    }

    private func activeWebhook(_ id: String) throws -> Webhook {
        let webhook = try webhook(id)
        guard webhook.state == .active else { throw WebhookError.notActive(webhook.name) }
        return webhook
    }
}
