import Ledger
import Synchronization

/// The world's time, and what each server takes it for.
///
/// The world's time never runs backwards; a server's does when somebody sets its clock.
final class SimulatedTime: Sendable {
    private struct State {
        var now: Moment
        /// By server, in milliseconds.
        var skews: [Int64]
    }

    private let state: Mutex<State>

    init(_ start: Moment, servers: Int) {
        state = Mutex(State(now: start, skews: Array(repeating: 0, count: servers)))
    }

    var now: Moment { state.withLock(\.now) }

    func now(of server: Int) -> Moment {
        state.withLock { $0.now.advanced(byMs: $0.skews[server]) }
    }

    /// An earlier time than the world's changes nothing.
    func set(_ to: Moment) { state.withLock { $0.now = max($0.now, to) } }

    /// - Parameter skew: In milliseconds; positive when the server's clock is fast.
    func set(skew: Int64, of server: Int) { state.withLock { $0.skews[server] = skew } }

    /// The latest time that any server shows.
    var latest: Moment {
        state.withLock { state in state.now.advanced(byMs: max(0, state.skews.max() ?? 0)) }
    }
}
