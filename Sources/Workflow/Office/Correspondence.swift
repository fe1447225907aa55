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

    private func runWebhooks() async {
        var swept: Moment?
        while !Task.isCancelled {
            let now = office.now()
            if swept.map({ $0.distanceMs(to: now) >= Self.sweep_ms }) ?? true {
                swept = now
                await once("old deliveries could not be removed") { try await webhooks.sweep() }
            }
            var tried = 0
            let isWell = await once("events could not be sent") {
                tried = try await webhooks.runOnce()
            }
            // What waits behind a full batch goes at once.
            if isWell, tried > 0 { continue }
            await pause(isWell)
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
