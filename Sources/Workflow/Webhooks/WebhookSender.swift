import Casework
package import Courier
import Ledger
import Logging
import Store

/// How often, how fast and how long events are sent to an endpoint that does not take them.
package enum WebhookRetries {
    static let attempts = 14
    /// After this a delivery is given up, however often it was tried.
    static let givenUp_days: Int64 = 3
    /// After this an endpoint that took nothing is switched off.
    static let switchedOff_days: Int64 = 5
    static let first_ms: Int64 = 5_000
    static let longest_ms: Int64 = 12 * 60 * 60_000
    /// The longest that a failing endpoint is left alone before one delivery tries it again.
    static let longestRest_ms: Int64 = 5 * 60_000

    /// Before the attempt after the `number`th: three times as long each time, half of it by chance, so that
    /// what failed together does not come back together.
    ///
    /// - Parameter chance: 0…1.
    package static func pause_ms(after number: Int, chance: Double) -> Int64 {
        var whole = first_ms
        for _ in 1..<max(1, number) where whole < longest_ms { whole *= 3 }
        whole = min(whole, longest_ms)
        return whole / 2 + Int64(Double(whole / 2) * min(max(chance, 0), 1))
    }

    static func rest_ms(after failures: Int) -> Int64 {
        min(first_ms << Int64(min(max(failures, 0), 8)), longestRest_ms)
    }
}

/// Sends what subscriptions are to be told, at least once, outside every transaction.
///
/// Any number of servers may do so beside each other: deliveries are leased. An endpoint that fails is left
/// alone for a while and then tried with one delivery; a slow one holds up nobody but itself (`Correspondence`).
package struct WebhookSender: Sendable {
    private let office: Office
    private let courier: Courier
    private let chance: @Sendable () -> Double

    /// Deliveries to one endpoint at once.
    private static let batch = 16
    /// Longer than the courier lets a request last.
    private static let lease_ms: Int64 = 60_000
    /// What an answer may say of how long to wait, at most.
    private static let longestRetryAfter_seconds: Int64 = 24 * 60 * 60

    /// - Parameters:
    ///   - courier: One of its own: what it may reach differs from what the wallet's may.
    ///   - chance: 0…1.
    package init(
        courier: Courier, office: Office,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.courier = courier
        self.office = office
        self.chance = chance
    }

    /// A courier for endpoints: brief, since nobody else should wait for a slow one.
    package static func courier(reach: WebhookReach) -> Courier {
        var limits = Courier.Limits()
        limits.whole_ms = 10_000
        limits.concurrency = 64
        limits.response_bytes = 64 * 1_024
        limits.reach = reach == .publicOnly ? .publicOnly : .anywhere
        return Courier(limits: limits)
    }

    /// What is due for one endpoint, leased.
    struct Errand: Sendable {
        let webhook: Webhook
        let secrets: WebhookSecrets
        let deliveries: [WebhookDelivery]
    }

    /// Sends what is due.
    ///
    /// - Returns: How many were tried.
    @discardableResult
    package func runOnce() async throws -> Int {
        let errands = try await lease(except: [])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for errand in errands { group.addTask { try await send(errand) } }
            try await group.waitForAll()
        }
        return errands.reduce(0) { $0 + $1.deliveries.count }
    }

    /// Takes what is due.
    ///
    /// - Parameter busy: Endpoints that have enough to do.
    func lease(except busy: Set<ID<Webhook>>) async throws -> [Errand] {
        try await office.work { work in
            let now = work.now
            let due = try work.transaction.dueWebhooks(at: now).filter { !busy.contains($0.id) }
            return try due.map { webhook in
                Errand(
                    webhook: webhook,
                    secrets: try work.transaction.secrets(of: webhook.id, at: now),
                    deliveries: try work.transaction.leaseDeliveries(
                        of: webhook.id, at: now, leaseMs: Self.lease_ms,
                        limit: webhook.failures > 0 ? 1 : Self.batch))
            }
        }
    }

    /// Sends what was leased, all at once.
    func send(_ errand: Errand) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delivery in errand.deliveries {
                group.addTask { try await send(delivery, errand) }
            }
            try await group.waitForAll()
        }
    }

    /// Forgets deliveries that came to an end long ago.
    package func sweep() async throws {
        try await office.work { work in
            let end = work.now.advanced(byMinutes: -WebhookLimits.kept_days * 24 * 60)
            _ = try work.transaction.forgetDeliveries(before: end)
        }
    }

    private func send(_ delivery: WebhookDelivery, _ errand: Errand) async throws {
        let outcome = await outcome(of: delivery, errand)
        let chance = chance()
        let isSwitchedOff = try await office.work { work in
            try work.take(outcome, of: delivery, chance: chance)
        }
        if let isSwitchedOff {
            office.logger.warning(
                "an endpoint gets no more events: look at the page of webhooks",
                metadata: ["webhook": "\(delivery.webhook)", "state": "\(isSwitchedOff.rawValue)"])
        }
    }

    private func outcome(of delivery: WebhookDelivery, _ errand: Errand) async -> WebhookOutcome {
        // The attempt's own time, so that a receiver's window against replays holds for a late one.
        let seconds = office.now().ms / 1_000
        let signature = WebhookSignature.header(
            secrets: errand.secrets.all.map(\.revealed), id: delivery.eventID, seconds: seconds,
            body: delivery.body)
        guard let signature else { return .failed(nil, "the secret cannot be read", after_ms: nil) }
        let request = Request(
            .post, errand.webhook.url,
            headers: [
                "content-type": "application/cloudevents+json; charset=utf-8",
                "webhook-id": delivery.eventID, "webhook-timestamp": "\(seconds)",
                "webhook-signature": signature, "user-agent": "amends",
            ], body: Array(delivery.body.utf8))
        do {
            let response = try await courier.send(request)
            switch response.status {
            case 200...299: return .taken(response.status)
            case 410: return .gone
            default:
                // What it says besides is the endpoint's own and may be anything.
                let wait = response.headers["retry-after"].flatMap { Int64($0) }
                    .map { min(max($0, 0), Self.longestRetryAfter_seconds) * 1_000 }
                return .failed(
                    response.status, "status \(response.status)", after_ms: wait)
            }
        } catch {
            return .failed(nil, error.summary, after_ms: nil)
        }
    }
}

/// How an attempt ended.
enum WebhookOutcome: Sendable {
    case taken(Int)
    /// 410: it wants nothing more.
    case gone
    /// - Parameter after_ms: How long it asks to be left alone.
    case failed(Int?, String, after_ms: Int64?)
}

extension Work {
    /// Writes down how an attempt ended.
    ///
    /// - Returns: How the subscription stands where this switched it off.
    fileprivate func take(
        _ outcome: WebhookOutcome, of delivery: WebhookDelivery, chance: Double
    ) throws -> Webhook.State? {
        switch outcome {
        case .taken(let status):
            try transaction.finishDelivery(delivery, status: status, at: now)
            return nil
        case .gone:
            try transaction.failDelivery(
                delivery, status: 410, because: "status 410", next: nil, rest: now, at: now)
            return try switchOff(delivery.webhook, as: .gone, because: "the endpoint answered 410")
        case .failed(let status, let error, let after_ms):
            let day_ms: Int64 = 24 * 60 * 60_000
            let isGivenUp =
                delivery.attempts >= WebhookRetries.attempts
                || delivery.madeAt.distanceMs(to: now) >= WebhookRetries.givenUp_days * day_ms
            let pause = max(
                WebhookRetries.pause_ms(after: delivery.attempts, chance: chance), after_ms ?? 0)
            let webhook = try transaction.webhook(delivery.webhook)
            let rest = max(WebhookRetries.rest_ms(after: webhook?.failures ?? 0), after_ms ?? 0)
            try transaction.failDelivery(
                delivery, status: status, because: error,
                next: isGivenUp ? nil : now.advanced(byMs: pause),
                rest: now.advanced(byMs: rest), at: now)
            if let since = webhook?.failingSince,
                since.distanceMs(to: now) >= WebhookRetries.switchedOff_days * day_ms
            {
                return try switchOff(
                    delivery.webhook, as: .failing, because: "the endpoint failed for days")
            }
            return nil
        }
    }

    private func switchOff(
        _ id: ID<Webhook>, as state: Webhook.State, because error: String
    ) throws -> Webhook.State {
        try transaction.setState(state, of: id)
        try transaction.giveUpDeliveries(of: id, because: error)
        return state
    }
}
