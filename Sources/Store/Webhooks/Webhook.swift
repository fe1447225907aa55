package import Casework
package import Database
package import Ledger

/// A subscription to what happens: where events are sent, and which.
package struct Webhook: Hashable, Sendable {
    package let id: ID<Webhook>
    /// Who is told, as the administrator calls them.
    package let name: String
    package let url: String
    /// Types, or beginnings of types with a star at the end.
    package let events: [String]
    package let state: State
    /// Attempts that failed in a row.
    package let failures: Int
    package let failingSince: Moment?
    package let madeAt: Moment
    package let madeBy: String

    package enum State: String, Hashable, Sendable, CaseIterable {
        case active
        /// By a person.
        case paused
        /// It answered 410: it wants nothing more.
        case gone
        /// It failed for days.
        case failing
    }

    static let joined: SQL = """
        select id, name, url, events, state, failures, failing_since_ms, made_ms, made_by
        from webhook join webhook_health on webhook_id = id
        """

    init(_ row: Row) throws(DatabaseError) {
        id = ID(try row.text(0))
        name = try row.text(1)
        url = try row.text(2)
        events = try row.text(3).split(separator: " ").map(String.init)
        let state = try row.text(4)
        guard let state = State(rawValue: state) else {
            throw .corrupt("webhook holds the unknown state \(state)")
        }
        self.state = state
        failures = Int(try row.integer(5))
        failingSince = try row.integerOrNil(6).map { Moment(ms: $0) }
        madeAt = Moment(ms: try row.integer(7))
        madeBy = try row.text(8)
    }

}

/// An active subscription, as whoever enqueues for it needs it.
package struct WebhookTarget: Sendable {
    package let id: ID<Webhook>
    let events: [String]

    /// Whether it asked for events of this type.
    package func wants(_ kind: String) -> Bool {
        events.contains { wanted in
            wanted == kind || wanted.hasSuffix("*") && kind.hasPrefix(wanted.dropLast())
        }
    }
}

/// What signs: the newest first, and while one is being replaced the one before.
package struct WebhookSecrets: Hashable, Sendable {
    /// `whsec_…`
    package let all: [Personal<String>]
}

/// The subscriptions that one commit tells of what it does: read once, and again when one is changed.
private struct WebhookTargets: Carried {
    var found: [WebhookTarget]?
    var isChanged: Bool { false }
    mutating func write(to transaction: Transaction) {}
}

extension Transaction {
    /// Adds a subscription under a new id.
    package func addWebhook(
        name: String, url: String, events: [String], secret: String, by actor: String,
        at now: Moment
    ) throws(DatabaseError) -> ID<Webhook> {
        let id = "wh\(try next("webhook"))"
        try put(
            """
            insert into webhook (id, name, url, events, secret, state, made_ms, made_by)
            values (\(id), \(name), \(url), \(events.joined(separator: " ")),
                \(try sealedText(secret, at: secretPlace(id))), 'active', \(now.ms), \(actor))
            """)
        try put(
            """
            insert into webhook_health (webhook_id, failures, rest_until_ms) values (\(id), 0, 0)
            """)
        forgetTargets()
        return ID(id)
    }

    package func webhooks() throws(DatabaseError) -> [Webhook] {
        var found: [Webhook] = []
        for row in try rows("\(sql: Webhook.joined) order by made_ms, id") {
            found.append(try Webhook(row))
        }
        return found
    }

    package func webhook(_ id: ID<Webhook>) throws(DatabaseError) -> Webhook? {
        try first("\(sql: Webhook.joined) where id = \(id.text)")
            .map { row throws(DatabaseError) in try Webhook(row) }
    }

    /// Replaces the secret; the one before signs beside it until `end`.
    package func replaceSecret(
        of id: ID<Webhook>, by secret: String, beforeEnds end: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update webhook set secret_before = secret, before_ends_ms = \(end.ms),
                secret = \(try sealedText(secret, at: secretPlace(id.text))) where id = \(id.text)
            """)
    }

    package func secrets(
        of id: ID<Webhook>, at now: Moment
    ) throws(DatabaseError) -> WebhookSecrets {
        let row = try first(
            "select secret, secret_before, before_ends_ms from webhook where id = \(id.text)")
        guard let row else { return WebhookSecrets(all: []) }
        let place = secretPlace(id.text)
        var all = [Personal(try openedText(row.text(0), at: place))]
        if let before = try row.textOrNil(1), let end = try row.integerOrNil(2), now.ms < end {
            all.append(Personal(try openedText(before, at: place)))
        }
        return WebhookSecrets(all: all)
    }

    /// Sets how it stands, and forgets what failed before.
    package func setState(_ state: Webhook.State, of id: ID<Webhook>) throws(DatabaseError) {
        try put("update webhook set state = \(state.rawValue) where id = \(id.text)")
        try put(
            """
            update webhook_health set failures = 0, failing_since_ms = null, rest_until_ms = 0
            where webhook_id = \(id.text)
            """)
        forgetTargets()
    }

    /// With all of its deliveries.
    package func removeWebhook(_ id: ID<Webhook>) throws(DatabaseError) {
        try put("delete from webhook_delivery where webhook_id = \(id.text)")
        try put("delete from webhook_health where webhook_id = \(id.text)")
        try put("delete from webhook where id = \(id.text)")
        forgetTargets()
    }

    /// The active subscriptions to any of `kinds`. Asked at every change of a case: almost always there are
    /// none, and a commit asks the database once.
    package func targets(of kinds: Set<String>) throws(DatabaseError) -> [WebhookTarget] {
        var targets = carrying(WebhookTargets.self) { $0.found }
        if targets == nil {
            var found: [WebhookTarget] = []
            for row in try rows("select id, events from webhook where state = 'active' order by id")
            {
                found.append(
                    WebhookTarget(
                        id: ID(try row.text(0)),
                        events: try row.text(1).split(separator: " ").map(String.init)))
            }
            targets = found
            carrying(WebhookTargets.self) { [found] in $0.found = found }
        }
        return (targets ?? []).filter { target in kinds.contains(where: target.wants) }
    }

    /// Whether what is written as sealed is: the office has data keys.
    package var sealsTexts: Bool { dataKeys != nil }

    private func forgetTargets() { carrying(WebhookTargets.self) { $0.found = nil } }

    private func secretPlace(_ id: String) -> String { "webhook \(id) secret" }
}
