import CoreMetrics
import Ledger
import Logging
import Store
import Telemetry

/// The office's rounds: fires clocks and sends what waits in the outbox, again and again.
///
/// Several servers may make their rounds beside each other on one database; leases and unique rows see
/// to it that nothing is done twice.
package struct Rounds: Sendable {
    private let office: Office
    private let clockwork: Clockwork
    private let orderClockwork: OrderClockwork
    private let paymaster: Paymaster
    /// The longest pause between two rounds, in milliseconds: how late a step may be at worst.
    private static let longestPauseMs: Int64 = 500
    /// After a failure, such as a full disk: long enough not to flood the log.
    private static let pauseAfterFailureMs: Int64 = 5_000

    package init(office: Office, wallet: any Wallet) {
        self.office = office
        clockwork = Clockwork(office: office)
        orderClockwork = OrderClockwork(office: office)
        paymaster = Paymaster(office: office, wallet: wallet)
    }

    /// Runs until the task is cancelled. Clocks and payments go round by themselves: a wallet that is long
    /// in answering holds up no clock.
    package func run() async {
        office.vitals.expectRounds()
        await withDiscardingTaskGroup { group in
            group.addTask { await goRound(of: .payments) { try await paymaster.runUntilIdle() } }
            await goRound(of: .clocks) {
                await followPolicies()
                _ = try await clockwork.runOnce()
                _ = try await orderClockwork.runOnce()
                try await office.addUpVouchers()
                office.vitals.roundEnded()
            }
            group.cancelAll()
        }
    }

    private enum Round: String { case clocks, payments }

    private func goRound(of kind: Round, _ round: () async throws -> Void) async {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            var outcome = "done"
            var pauseMs = Self.longestPauseMs
            do {
                try await round()
                pauseMs = try await untilNext(kind)
            } catch {
                outcome = "failed"
                office.logger.error(
                    "a round failed; it will be made again: look at the disk and the database",
                    metadata: ["error": "\(error)", "round": "\(kind.rawValue)"])
                pauseMs = Self.pauseAfterFailureMs
            }
            measure(start, outcome)
            // Cancellation ends the pause; the loop's condition sees it.
            try? await Task.sleep(for: .milliseconds(pauseMs))
        }
    }

    private func measure(_ start: ContinuousClock.Instant, _ outcome: String) {
        let took = start.duration(to: .now).components
        Timer(label: Metric.roundSeconds.rawValue)
            .recordNanoseconds(took.seconds * 1_000_000_000 + took.attoseconds / 1_000_000_000)
        Counter(label: Metric.rounds.rawValue, dimensions: [("outcome", outcome)]).increment()
    }

    /// Takes over what another server, or the command line, approved or withdrew meanwhile.
    ///
    /// Where a file was changed the editions stay as they were read, and the log says so each round.
    private func followPolicies() async {
        do {
            if try await office.followRegister() {
                office.logger.notice("the approved editions were read again")
            }
        } catch {
            office.logger.error(
                "the approved editions cannot be read; the office goes on with those it has",
                metadata: ["error": "\(error)"])
        }
    }

    private func untilNext(_ kind: Round) async throws -> Int64 {
        let now = office.now()
        let next = try await office.read { transaction in
            let times =
                switch kind {
                case .clocks: [try transaction.nextStepTime(), try transaction.nextOrderStepTime()]
                case .payments: [try transaction.nextMessageTime()]
                }
            return times.compactMap { $0 }.min()
        }
        guard let next else { return Self.longestPauseMs }
        return min(max(now.distanceMs(to: next), 10), Self.longestPauseMs)
    }
}
