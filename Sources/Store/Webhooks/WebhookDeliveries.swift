package import Database
package import Ledger

/// One event on its way to one subscription.
package struct WebhookDelivery: Hashable, Sendable {
    /// Of event and subscription: enqueued twice, it is one.
    package let id: String
    package let webhook: ID<Webhook>
    /// The same at every attempt and for every subscription.
    package let eventID: String
    package let kind: String
    /// The number of the case or work order.
    package let subject: String
    package let body: String
    package let state: State
    package let madeAt: Moment
    package let attempts: Int
    package let notBefore: Moment
    package let triedAt: Moment?
    /// What the endpoint answered at last; nil where nothing came back.
    package let status: Int?
    package let error: String?

    package enum State: String, Hashable, Sendable, CaseIterable {
        case waiting, delivered
        /// Given up; a person may send it again.
        case failed
    }

    static let columns: SQL = """
        id, webhook_id, event_id, kind, subject, body, state, made_ms, attempts, not_before_ms,
        tried_ms, last_status, last_error
        """

    init(_ row: Row) throws(DatabaseError) {
        id = try row.text(0)
        webhook = ID(try row.text(1))
        eventID = try row.text(2)
        kind = try row.text(3)
        subject = try row.text(4)
        body = try row.text(5)
        let state = try row.text(6)
        guard let state = State(rawValue: state) else {
            throw .corrupt("webhook_delivery holds the unknown state \(state)")
        }
        self.state = state
        madeAt = Moment(ms: try row.integer(7))
        attempts = Int(try row.integer(8))
        notBefore = Moment(ms: try row.integer(9))
        triedAt = try row.integerOrNil(10).map { Moment(ms: $0) }
        status = try row.integerOrNil(11).map { Int($0) }
        error = try row.textOrNil(12)
    }
}

/// Which deliveries, the newest first.
package struct DeliveryFilter: Hashable, Sendable {
    package var webhook: ID<Webhook>?
    package var state: WebhookDelivery.State?
    /// The last one of the page before; nil for the first page.
    package var after: String?
    /// 1…200.
    package var limit = 50

    package init() {}
}

extension Transaction {
    /// - Parameter eventID: Without a full stop: it is signed with stops between.
    package func enqueueDelivery(
        to webhook: ID<Webhook>, eventID: String, kind: String, subject: String, body: String,
        at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into webhook_delivery (id, webhook_id, event_id, kind, subject, body, state,
                made_ms, attempts, not_before_ms, lease_until_ms)
            values (\("\(webhook)_\(eventID)"), \(webhook.text), \(eventID), \(kind), \(subject),
                \(body), 'waiting', \(now.ms), 0, \(now.ms), 0)
            on conflict (id) do nothing
            """)
    }

    /// The active subscriptions with something due, and how many failed in a row before.
    package func dueWebhooks(at now: Moment) throws(DatabaseError) -> [Webhook] {
        var found: [Webhook] = []
        for row in try rows(
            """
            \(sql: Webhook.joined)
            where state = 'active' and rest_until_ms <= \(now.ms) and exists (
                select 1 from webhook_delivery
                where webhook_delivery.webhook_id = webhook.id
                    and webhook_delivery.state = 'waiting'
                    and webhook_delivery.not_before_ms <= \(now.ms)
                    and webhook_delivery.lease_until_ms <= \(now.ms))
            order by id
            """)
        {
            found.append(try Webhook(row))
        }
        return found
    }

    /// Takes up to `limit` deliveries of a subscription for `leaseMs`; another server finds them again
    /// after it.
    package func leaseDeliveries(
        of webhook: ID<Webhook>, at now: Moment, leaseMs: Int64, limit: Int
    ) throws(DatabaseError) -> [WebhookDelivery] {
        var found: [WebhookDelivery] = []
        for row in try rows(
            """
            update webhook_delivery
            set lease_until_ms = \(now.advanced(byMs: leaseMs).ms), attempts = attempts + 1
            where id in (
                select id from webhook_delivery
                where webhook_id = \(webhook.text) and state = 'waiting'
                    and not_before_ms <= \(now.ms) and lease_until_ms <= \(now.ms)
                order by not_before_ms, id limit \(limit))
            returning \(sql: WebhookDelivery.columns)
            """)
        {
            found.append(try WebhookDelivery(row))
        }
        return found
    }

    /// It was taken by the endpoint, which is well again.
    package func finishDelivery(
        _ delivery: WebhookDelivery, status: Int, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update webhook_delivery set state = 'delivered', tried_ms = \(now.ms),
                last_status = \(status), last_error = null, lease_until_ms = 0
            where id = \(delivery.id)
            """)
        try put(
            """
            update webhook_health set failures = 0, failing_since_ms = null, rest_until_ms = 0
            where webhook_id = \(delivery.webhook.text) and (failures > 0 or rest_until_ms > 0)
            """)
    }

    /// The attempt failed.
    ///
    /// - Parameters:
    ///   - next: When it is tried again; nil: it is given up.
    ///   - rest: Until when nothing is sent to the endpoint.
    package func failDelivery(
        _ delivery: WebhookDelivery, status: Int?, because error: String, next: Moment?,
        rest: Moment, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update webhook_delivery set state = \(next == nil ? "failed" : "waiting"),
                tried_ms = \(now.ms), last_status = \(status), last_error = \(error),
                not_before_ms = \((next ?? now).ms), lease_until_ms = 0
            where id = \(delivery.id) and state = 'waiting'
            """)
        try put(
            """
            update webhook_health set failures = failures + 1, rest_until_ms = \(rest.ms),
                failing_since_ms = coalesce(failing_since_ms, \(now.ms))
            where webhook_id = \(delivery.webhook.text)
            """)
    }

    /// Gives up what waits for an endpoint that gets nothing more.
    package func giveUpDeliveries(
        of webhook: ID<Webhook>, because error: String
    ) throws(DatabaseError) {
        try put(
            """
            update webhook_delivery set state = 'failed', last_error = \(error)
            where webhook_id = \(webhook.text) and state = 'waiting'
            """)
    }

    package func delivery(_ id: String) throws(DatabaseError) -> WebhookDelivery? {
        try first(
            "select \(sql: WebhookDelivery.columns) from webhook_delivery where id = \(id)"
        ).map { row throws(DatabaseError) in try WebhookDelivery(row) }
    }

    package func deliveries(_ filter: DeliveryFilter) throws(DatabaseError) -> [WebhookDelivery] {
        var sql: SQL = "select \(sql: WebhookDelivery.columns) from webhook_delivery where 1 = 1"
        if let webhook = filter.webhook {
            sql = "\(sql: sql) and webhook_id = \(webhook.text)"
        }
        if let state = filter.state { sql = "\(sql: sql) and state = \(state.rawValue)" }
        if let after = filter.after {
            sql = """
                \(sql: sql) and (made_ms, id) < (
                    (select made_ms from webhook_delivery where id = \(after)), \(after))
                """
        }
        let limit = min(max(filter.limit, 1), 200)
        var found: [WebhookDelivery] = []
        for row in try rows("\(sql: sql) order by made_ms desc, id desc limit \(limit)") {
            found.append(try WebhookDelivery(row))
        }
        return found
    }

    /// Sends a delivery again as if it were new, whatever became of it.
    package func replayDelivery(_ id: String, at now: Moment) throws(DatabaseError) {
        try put(
            """
            update webhook_delivery set state = 'waiting', attempts = 0, made_ms = \(now.ms),
                not_before_ms = \(now.ms), lease_until_ms = 0 where id = \(id)
            """)
    }

    /// Sends all that were given up again.
    package func replayFailed(of webhook: ID<Webhook>, at now: Moment) throws(DatabaseError) -> Int
    {
        try run(
            """
            update webhook_delivery set state = 'waiting', attempts = 0, made_ms = \(now.ms),
                not_before_ms = \(now.ms), lease_until_ms = 0
            where webhook_id = \(webhook.text) and state = 'failed'
            """)
    }

    /// Forgets deliveries that came to an end before `end`.
    package func forgetDeliveries(before end: Moment) throws(DatabaseError) -> Int {
        try run(
            "delete from webhook_delivery where state <> 'waiting' and made_ms < \(end.ms)")
    }

    /// How many there are of each state, by subscription.
    package func deliveryCounts() throws(DatabaseError) -> [ID<Webhook>: [WebhookDelivery.State:
        Int]]
    {
        var counts: [ID<Webhook>: [WebhookDelivery.State: Int]] = [:]
        for row in try rows(
            """
            select webhook_id, state, count(*) from webhook_delivery
            group by webhook_id, state order by webhook_id, state
            """)
        {
            guard let state = WebhookDelivery.State(rawValue: try row.text(1)) else { continue }
            counts[ID(try row.text(0)), default: [:]][state] = Int(try row.integer(2))
        }
        return counts
    }
}
