/// Why nothing was done about a subscription to events. Nothing was changed.
package enum WebhookError: Error, Hashable, Sendable {
    case noSuchWebhook(String)
    case noSuchDelivery(String)
    /// The service holds no data key to seal a secret with.
    case noDataKey
    /// At most so many subscriptions are kept.
    case tooMany(limit: Int)
    /// It is not active: what it is sent again would only wait.
    case notActive(String)
}
