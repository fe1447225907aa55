import Ledger

/// A clock that runs `scale` times as fast as the machine's, and never backwards.
struct SimulatedClock: Hashable, Sendable, Codable {
    /// The machine's time, in Unix milliseconds, at which this clock showed `start`.
    let real_ms: Int64
    let start: Moment
    /// Simulated milliseconds per real one.
    let scale: Int64

    func moment(at real_ms: Int64) -> Moment {
        let passed_ms = max(0, real_ms &- self.real_ms)
        let (span_ms, overflow) = passed_ms.multipliedReportingOverflow(by: scale)
        // Held where every moment still has a day of four digits.
        return min(start.advanced(byMs: overflow ? .max : span_ms), Self.end)
    }

    /// 9999-01-01T00:00:00Z.
    private static let end = Moment(ms: 253_370_764_800_000)
}

/// At most `limit` calls in any second on average, and as many at once.
struct RateLimit: Sendable {
    private let limit: Int64
    /// In thousandths of a call.
    private var free: Int64
    private var last_ms: Int64

    init(limit: Int, at real_ms: Int64) {
        self.limit = Int64(limit)
        free = Int64(limit) * 1_000
        last_ms = real_ms
    }

    mutating func admits(at real_ms: Int64) -> Bool {
        let passed_ms = min(max(0, real_ms &- last_ms), 1_000)
        last_ms = max(last_ms, real_ms)
        free = min(free + passed_ms * limit, limit * 1_000)
        guard free >= 1_000 else { return false }
        free -= 1_000
        return true
    }
}
