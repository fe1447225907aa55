import Casework
import Ledger
import Synchronization

/// The cases this server changed or showed last, so that the next step on one, or the next look at it, need
/// not read all its events again: a case is looked at and changed a few times within minutes, and then rests.
///
/// The database stays the truth. A case is put here after the commit that changed it or as a reader saw it, and
/// taken from here only where the database says, in the transaction that goes on with it, that it still has that
/// version: events are only ever joined by others, so what has the same number of them is the same.
final class RecentCases: Sendable {
    struct Kept: Sendable {
        let known: KnownCase
        let at: Moment

        init(_ known: KnownCase, at: Moment) { (self.known, self.at) = (known, at) }
    }

    /// What is personal is not held in memory for long: it may be erased meanwhile.
    private static let lifeMs: Int64 = 600_000
    private let limit: Int
    private let cases = Mutex<[ID<Case>: Kept]>([:])

    /// - Parameter limit: How many cases are kept; some ten kilobytes each.
    init(limit: Int = 512) { self.limit = limit }

    /// The case and its events, if they are at hand at this version.
    func find(_ id: ID<Case>, version: Int, at now: Moment) -> KnownCase? {
        cases.withLock { cases in
            guard let kept = cases[id], kept.known.file.version == version,
                kept.at.distanceMs(to: now) < Self.lifeMs
            else { return nil }
            return kept.known
        }
    }

    /// Keeps what a commit made; of several of one case the last one stays.
    func keep(_ changed: [Kept]) {
        guard !changed.isEmpty else { return }
        cases.withLock { cases in
            for kept in changed {
                let file = kept.known.file
                if let other = cases[file.id], other.known.file.version > file.version { continue }
                cases[file.id] = kept
            }
            shrink(&cases)
        }
    }

    /// Keeps what a reader saw, unless as much is known already: what a step left is worth more.
    func keepRead(_ read: Kept) {
        cases.withLock { cases in
            let file = read.known.file
            if let other = cases[file.id], other.known.file.version >= file.version,
                other.at.distanceMs(to: read.at) < Self.lifeMs
            {
                return
            }
            cases[file.id] = read
            shrink(&cases)
        }
    }

    private func shrink(_ cases: inout [ID<Case>: Kept]) {
        guard cases.count > limit else { return }
        // Half of them at once: looking for the oldest one costs as much.
        let ages = cases.map { (id: $0.key, at: $0.value.at) }.sorted { $0.at < $1.at }
        for (id, _) in ages.prefix(cases.count - limit / 2) { cases[id] = nil }
    }

    /// After a commit of which nobody knows whether it happened, and after a time that ran backwards.
    func forgetAll() { cases.withLock { $0 = [:] } }
}
