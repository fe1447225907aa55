import Database
import Synchronization

/// Lets few passwords be hashed at once, each on a thread of its own: a flood of log-ins takes neither
/// the processors nor the memory.
final class HashingGate: Sendable {
    /// Each takes one processor and 32 MiB.
    static let width = 2
    /// Waiting longer than this many others take, nobody stays.
    static let lineLimit = 64

    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// - Throws: `AccountError.busy` when too many wait, or what `work` throws.
    func pass<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        guard state.withLock({ $0.running < Self.width || $0.waiting.count < Self.lineLimit })
        else {
            throw AccountError.busy
        }
        await enter()
        defer { leave() }
        return try await withCheckedThrowingContinuation { continuation in
            startThread("amends-password") {
                continuation.resume(with: Result { try work() })
            }
        }
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.running < Self.width else {
                    state.waiting.append(continuation)
                    return false
                }
                state.running += 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    /// Hands the place on to the first who waits.
    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
