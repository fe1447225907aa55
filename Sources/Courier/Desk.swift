import CCurl
import Synchronization

/// One request on its way, with the caller who waits for its outcome.
struct Errand: Sendable {
    /// Counts up; never used twice.
    let number: UInt64
    let freight: Freight
    let answer: CheckedContinuation<Result<Response, CourierError>, Never>
    /// When the caller's time began.
    let began = ContinuousClock.now
}

/// Where callers leave errands and the courier's thread fetches them.
///
/// Every errand accepted is answered exactly once: here while it waits, by the thread afterwards.
final class Desk: Sendable {
    /// What the thread has to do next.
    struct Work {
        var errands: [Errand] = []
        /// Numbers of errands that the thread holds and whose callers no longer wait.
        var cancelled: Set<UInt64> = []
        var isClosed = false
    }

    private struct State {
        var waiting: [Errand] = []
        /// Errands the thread holds.
        var held: Set<UInt64> = []
        /// Cancelled errands: those the thread shall drop, and those not yet accepted.
        var cancelled: Set<UInt64> = []
        var isClosed = false
        var last: UInt64 = 0
        /// What wakes the thread; nil before it runs and after it ended.
        var bell: Bell?
    }

    /// A multi handle that other threads may only wake up, the one call libcurl allows them.
    struct Bell: @unchecked Sendable {
        // Invariant: used under the desk's lock, between `open` and `leave`, while the handle lives.
        let multi: UnsafeMutableRawPointer
        func ring() { curl_multi_wakeup(multi) }
    }

    let limits: Courier.Limits
    private let state = Mutex(State())

    init(limits: Courier.Limits) { self.limits = limits }

    func nextNumber() -> UInt64 {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    func accept(_ errand: Errand) {
        let obstacle: CourierError.Obstacle? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.cancelled.remove(errand.number) != nil { return .cancelled }
            if state.waiting.count >= limits.queue { return .queueFull(limit: limits.queue) }
            state.waiting.append(errand)
            state.bell?.ring()
            return nil
        }
        if let obstacle { errand.answer.resume(returning: .failure(.notSent(obstacle))) }
    }

    func cancel(_ number: UInt64) {
        let errand: Errand? = state.withLock { state in
            if let index = state.waiting.firstIndex(where: { $0.number == number }) {
                return state.waiting.remove(at: index)
            }
            // Either the thread holds it, or its caller is still on the way to `accept`.
            state.cancelled.insert(number)
            state.bell?.ring()
            return nil
        }
        errand?.answer.resume(returning: .failure(.notSent(.cancelled)))
    }

    /// The caller has its outcome, and its cancelling is over.
    func forget(_ number: UInt64) {
        state.withLock { state in
            _ = state.cancelled.remove(number)
        }
    }

    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            state.bell?.ring()
            defer { state.waiting = [] }
            return state.waiting
        }
        for errand in waiting { errand.answer.resume(returning: .failure(.notSent(.closed))) }
    }
}

/// What the courier's thread calls.
extension Desk {
    func open(_ multi: UnsafeMutableRawPointer) {
        state.withLock { $0.bell = Bell(multi: multi) }
    }

    /// At most `free` errands, in the order they came.
    func fetch(free: Int) -> Work {
        state.withLock { state in
            var work = Work(isClosed: state.isClosed)
            work.errands = Array(state.waiting.prefix(free))
            state.waiting.removeFirst(work.errands.count)
            for errand in work.errands { state.held.insert(errand.number) }
            work.cancelled = state.cancelled.intersection(state.held)
            return work
        }
    }

    /// When the oldest waiting errand came; nil when none waits.
    var oldest: ContinuousClock.Instant? { state.withLock { $0.waiting.first?.began } }

    /// Takes back the errands that waited longer than the whole time allows, and answers them.
    func dropExpired() {
        let limit = Duration.milliseconds(limits.whole_ms)
        let expired = state.withLock { state in
            let now = ContinuousClock.now
            let count = state.waiting.prefix { now - $0.began >= limit }.count
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting.prefix(count))
        }
        for errand in expired {
            errand.answer.resume(returning: .failure(.notSent(.waitedTooLong)))
        }
    }

    func settle(_ errand: Errand, _ outcome: Result<Response, CourierError>) {
        state.withLock { state in
            _ = state.held.remove(errand.number)
        }
        errand.answer.resume(returning: outcome)
    }

    /// The thread ends: nothing may ring any more.
    func leave() {
        state.withLock { $0.bell = nil }
        close()
    }
}
