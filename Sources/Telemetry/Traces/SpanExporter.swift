import CoreMetrics
import Synchronization

/// Takes spans as they end, and gives them in bunches to whoever carries them on.
///
/// Nothing waits for it: where the queue is full, or a bunch cannot be delivered, its spans are dropped and
/// counted.
package final class SpanExporter: Sendable {
    /// Spans that wait at most.
    package static let queueLimit = 4_096
    static let bunchLimit = 512

    /// Carries one OTLP/JSON document on; false when that failed.
    package typealias Carry = @Sendable (String) async -> Bool

    private let version: String
    private let limit: Int
    private let carry: Carry
    private let dropped = Counter(label: Metric.spansDropped.rawValue)
    private let waiting = Mutex<[String]>([])

    package init(
        version: String, queueLimit: Int = SpanExporter.queueLimit, carry: @escaping Carry
    ) {
        self.version = version
        limit = queueLimit
        self.carry = carry
    }

    func take(_ span: String) {
        let isTaken = waiting.withLock { waiting in
            guard waiting.count < limit else { return false }
            waiting.append(span)
            return true
        }
        if !isTaken { dropped.increment() }
    }

    /// Delivers every second until the task is cancelled, and what is left then once more.
    package func run() async {
        while !Task.isCancelled {
            await deliver()
            // Cancellation ends the pause; the loop's condition sees it.
            try? await Task.sleep(for: .seconds(1))
        }
        await deliver()
    }

    /// Delivers what waits.
    package func deliver() async {
        while true {
            let bunch = waiting.withLock { waiting in
                let bunch = Array(waiting.prefix(Self.bunchLimit))
                waiting.removeFirst(bunch.count)
                return bunch
            }
            if bunch.isEmpty { return }
            if await !carry(OTLP.request(bunch, version: version)) {
                dropped.increment(by: bunch.count)
                return
            }
        }
    }
}
