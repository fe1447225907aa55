import CoreMetrics
import Synchronization

/// A sum that only grows.
final class SumInstrument: CounterHandler, FloatingPointCounterHandler, Sendable {
    private let total = Mutex(0.0)

    var value: Double { total.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        // A counter that fell would be read as a restart.
        guard amount > 0 else { return }
        total.withLock { $0 += amount }
    }

    /// For what others count.
    func raise(to value: Double) { total.withLock { $0 = max($0, value) } }

    func reset() { total.withLock { $0 = 0 } }
}

/// A value that goes up and down; of a recorder that does not aggregate the last one.
final class LevelInstrument: MeterHandler, RecorderHandler, Sendable {
    private let level = Mutex(0.0)

    var value: Double { level.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { level.withLock { $0 = value } }
    func increment(by amount: Double) { level.withLock { $0 += amount } }
    func decrement(by amount: Double) { level.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// How often what was measured fell into each of fixed buckets. Timers measure in seconds.
final class SpreadInstrument: RecorderHandler, TimerHandler, Sendable {
    struct Spread: Sendable {
        /// One more than bounds: the last holds what exceeds them all.
        var counts: [UInt64]
        var sum = 0.0
    }

    let bounds: [Double]
    private let state: Mutex<Spread>

    init(bounds: [Double]) {
        precondition(
            zip(bounds, bounds.dropFirst()).allSatisfy(<), "bounds must rise: \(bounds)")
        self.bounds = bounds
        state = Mutex(Spread(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var spread: Spread { state.withLock { $0 } }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { spread in
            spread.counts[bucket] += 1
            spread.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func preferDisplayUnit(_ unit: TimeUnit) {}
}
