import Database
package import Ledger
import Store
import Synchronization

/// What the service knows of its own health: written by those who work, read by whoever asks whether it takes
/// work.
///
/// Nothing is looked up when it is asked, so that asking costs nothing however often it is done.
package final class Vitals: Sendable {
    /// The database must have answered within this, in seconds.
    package static let databaseLimit_seconds: Int64 = 5
    /// A round must have ended within this: sending may wait for others, twice fifteen seconds and more.
    package static let roundLimit_seconds: Int64 = 60

    /// Why the service takes no work.
    package enum Fault: Hashable, Sendable {
        /// The database was not asked yet.
        case starting
        case shuttingDown
        /// For so many seconds.
        case databaseSilent(Int64)
        /// The database lacks this step of the schema: it was put back to an earlier state.
        case schemaBehind(String)
        case noEditionInForce(Day)
        /// Clocks, payouts and messages have stood still for so many seconds.
        case clockworkSilent(Int64)
    }

    private struct State {
        var answered: ContinuousClock.Instant?
        var round: ContinuousClock.Instant?
        var missingStep: String?
        /// Steps that a newer program applied.
        var newerSteps: [String] = []
        var isShuttingDown = false
        /// Nil: the rounds are another's task.
        var roundsSince: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    package init() {}

    /// What stands in the way at `now`, the gravest first; none where the service takes work.
    package func faults(
        on today: Day, policies: PolicyBook, at now: ContinuousClock.Instant = .now
    ) -> [Fault] {
        let state = state.withLock { $0 }
        var faults: [Fault] = []
        if state.isShuttingDown { faults.append(.shuttingDown) }
        if let answered = state.answered {
            let silent = answered.duration(to: now).components.seconds
            if silent >= Self.databaseLimit_seconds { faults.append(.databaseSilent(silent)) }
        } else {
            faults.append(.starting)
        }
        if let missing = state.missingStep { faults.append(.schemaBehind(missing)) }
        // The day's edition is looked up in memory; the error says no more than that there is none.
        if (try? policies.edition(inForceOn: today)) == nil {
            faults.append(.noEditionInForce(today))
        }
        if let since = state.roundsSince {
            let silent = max(since, state.round ?? since).duration(to: now).components.seconds
            if silent >= Self.roundLimit_seconds { faults.append(.clockworkSilent(silent)) }
        }
        return faults
    }

    /// Steps of the schema that this program does not know: a newer one works on the same database.
    package var newerSteps: [String] { state.withLock { $0.newerSteps } }

    /// From now on nothing new should be sent here.
    package func shutDown() { state.withLock { $0.isShuttingDown = true } }

    /// This program makes rounds.
    package func expectRounds(from now: ContinuousClock.Instant = .now) {
        state.withLock { $0.roundsSince = now }
    }

    func roundEnded(at now: ContinuousClock.Instant = .now) { state.withLock { $0.round = now } }

    /// The database answered, and has these steps.
    package func databaseAnswered(
        _ applied: [String], at now: ContinuousClock.Instant = .now
    ) {
        let known = Schema.steps.map(\.id)
        let missing = known.first { !applied.contains($0) }
        let newer = applied.filter { !known.contains($0) }
        state.withLock { state in
            state.answered = now
            (state.missingStep, state.newerSteps) = (missing, newer)
        }
    }
}

extension Office {
    /// What stands in the way of taking work.
    package var faults: [Vitals.Fault] {
        vitals.faults(on: books.zone.day(at: now()), policies: policies)
    }

    /// Asks the database whether it is there and has the schema that this program needs.
    package func feelPulse() async {
        let asked = ContinuousClock.now
        // What it does not answer is the finding itself: its silence grows.
        guard let applied = try? await read({ try $0.appliedSchema() }) else { return }
        // An answer that came late was of then.
        vitals.databaseAnswered(applied, at: asked)
    }

    /// Asks every second until the task is cancelled.
    package func keepPulse() async {
        while !Task.isCancelled {
            await feelPulse()
            // Cancellation ends the pause; the loop's condition sees it.
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
