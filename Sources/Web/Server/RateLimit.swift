import Ledger
import Synchronization

/// A token bucket for each key, in memory: how often one address may try.
///
/// Bounded: when there are too many keys, the full buckets are forgotten (they say nothing), and if that
/// is not enough, all of them are.
final class RateLimit: Sendable {
    private let capacity: Double
    private let perSecond: Double
    private let keyLimit: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    private struct Bucket {
        var level: Double
        var at: Moment
    }

    /// - Parameter burst: How many at once; afterwards one every `everySeconds`.
    init(burst: Int, everySeconds: Double, keyLimit: Int = 20_000) {
        precondition(
            burst >= 1 && everySeconds > 0, "a limit lets something pass: \(burst), \(everySeconds)"
        )
        capacity = Double(burst)
        perSecond = 1 / everySeconds
        self.keyLimit = keyLimit
    }

    /// Takes one from the bucket of `key`; nil when it is admitted, otherwise the seconds to wait.
    func take(_ key: String, at now: Moment) -> Int? {
        buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(level: capacity, at: now)
            let seconds = Double(max(0, bucket.at.distanceMs(to: now))) / 1_000
            bucket.level = min(capacity, bucket.level + seconds * perSecond)
            bucket.at = now
            let isAdmitted = bucket.level >= 1
            if isAdmitted { bucket.level -= 1 }
            if buckets.count >= keyLimit, buckets[key] == nil { shrink(&buckets, at: now) }
            buckets[key] = bucket
            return isAdmitted ? nil : max(1, Int(((1 - bucket.level) / perSecond).rounded(.up)))
        }
    }

    private func shrink(_ buckets: inout [String: Bucket], at now: Moment) {
        buckets = buckets.filter { _, bucket in
            let seconds = Double(max(0, bucket.at.distanceMs(to: now))) / 1_000
            return bucket.level + seconds * perSecond < capacity
        }
        if buckets.count >= keyLimit { buckets = [:] }
    }
}
