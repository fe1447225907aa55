package import Ledger
import Synchronization

/// The demonstration's clock: it stands still until it is set, and never goes back.
package final class VirtualClock: Sendable {
    private let moment: Mutex<Moment>

    package init(_ start: Moment) { moment = Mutex(start) }

    package var now: Moment { moment.withLock { $0 } }

    /// Sets the clock; an earlier time than the one it shows changes nothing.
    package func set(_ to: Moment) { moment.withLock { $0 = max($0, to) } }
}
