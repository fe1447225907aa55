import Foundation

/// Bytes of stack for a thread that runs closures: as much as a main thread has.
private let stackSize = 8 << 20

/// Runs `work` on a thread of its own, away from Swift's cooperative pool, which must never block.
package func startThread(_ name: String, _ work: @escaping @Sendable () -> Void) {
    let thread = Thread(block: work)
    thread.name = name
    thread.stackSize = stackSize
    thread.start()
}

/// Runs the blocking `work` on a thread of its own and waits for it without blocking.
func onThread<T: Sendable>(
    _ name: String, _ work: @escaping @Sendable () throws(DatabaseError) -> T
) async throws(DatabaseError) -> T {
    let result: Result<T, DatabaseError> = await withCheckedContinuation { continuation in
        startThread(name) {
            continuation.resume(returning: Result { () throws(DatabaseError) in try work() })
        }
    }
    return try result.get()
}

/// Sleeps before a rerun: longer each time, and by chance, so that two who met do not meet again.
func pause(beforeAttempt attempt: Int, after error: DatabaseError) {
    // A conflict ends with the other's transaction; a server that left takes longer to come back.
    let base = error == .lost ? 0.05 : 0.001
    let longest = min(base * Double(1 << min(attempt, 10)), 1)
    Thread.sleep(forTimeInterval: Double.random(in: 0...longest))
}
