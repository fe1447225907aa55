import Ledger
import Logging
import Store

/// What the office sends that no case waits for: events to subscriptions, messages to tourists.
///
/// Each way goes its own round, apart from the clocks and the payouts: a dead mail server or a slow endpoint
/// holds up nothing but itself.
package struct Correspondence: Sendable {
    private let office: Office
    private let webhooks: WebhookSender
    /// Nil: messages to tourists wait until they are of no use.
    private let messages: MessageSender?

    private static let pause_ms: Int64 = 500
    /// After a failure, such as a full disk: long enough not to flood the log.
    private static let pauseAfterFailure_ms: Int64 = 5_000
    private static let sweep_ms: Int64 = 60 * 60_000

    package init(office: Office, webhooks: WebhookSender, messages: MessageSender? = nil) {
        self.office = office
        self.webhooks = webhooks
        self.messages = messages
    }

    /// Runs until the task is cancelled.
    package func run() async {
        await withTaskGroup { group in
            group.addTask { await runWebhooks() }
            guard let messages else { return }
            for way in messages.ways {
                group.addTask {
                    await again("messages could not be sent") {
                        _ = try await messages.runOnce(way)
                    }
                }
            }
        }
    }

    /// Each endpoint has a batch of its own under way; whoever is done gets the next one at once.
    private func runWebhooks() async {
        await withTaskGroup(of: ID<Webhook>?.self) { group in
            var busy: Set<ID<Webhook>> = []
            var swept: Moment?
            // Nil comes from the alarm: it is time to look again.
            var isAlarmSet = false
            while !Task.isCancelled {
                let now = office.now()
                if swept.map({ $0.distanceMs(to: now) >= Self.sweep_ms }) ?? true {
                    swept = now
                    await once("old deliveries could not be removed") { try await webhooks.sweep() }
                }
                let isWell = await once("events could not be taken to be sent") {
                    for errand in try await webhooks.lease(except: busy) {
                        guard !errand.deliveries.isEmpty else { continue }
                        busy.insert(errand.webhook.id)
                        group.addTask {
                            await once("events could not be sent") {
                                try await webhooks.send(errand)
                            }
                            return errand.webhook.id
                        }
                    }
                }
                if !isAlarmSet {
                    isAlarmSet = true
                    group.addTask {
                        await pause(isWell)
                        return nil
                    }
                }
                guard let ended = await group.next() else { continue }
                if let ended { busy.remove(ended) } else { isAlarmSet = false }
            }
        }
    }

    private func again(_ failure: Logger.Message, _ round: () async throws -> Void) async {
        while !Task.isCancelled { await pause(await once(failure, round)) }
    }

    private func pause(_ isWell: Bool) async {
        let length = isWell ? Self.pause_ms : Self.pauseAfterFailure_ms
        // Cancellation ends the pause; the loop's condition sees it.
        try? await Task.sleep(for: .milliseconds(length))
    }

    @discardableResult
    private func once(_ failure: Logger.Message, _ round: () async throws -> Void) async -> Bool {
        do {
            try await round()
            return true
        } catch {
            office.logger.error(
                "\(failure); it will be tried again: look at the disk and the database",
                metadata: ["error": "\(error)"])
            return false
        }
    }
}
