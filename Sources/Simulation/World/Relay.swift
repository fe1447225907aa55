import Dispatch
import Synchronization

/// Lets a database's thread wait until another server has done something.
final class Relay: Sendable {
    private let body = Mutex<(@Sendable (Int) async -> Void)?>(nil)

    /// - Parameter body: Is handed the server that waits.
    func set(_ body: @escaping @Sendable (Int) async -> Void) {
        self.body.withLock { $0 = body }
    }

    /// Called on a thread of the database's, which nobody else waits for.
    func wait(for server: Int) {
        guard let body = body.withLock({ $0 }) else { return }
        let done = DispatchSemaphore(value: 0)
        // The thread cannot suspend, and must not go on before the work on the pool is done.
        Task {
            await body(server)
            done.signal()
        }
        done.wait()
    }
}
