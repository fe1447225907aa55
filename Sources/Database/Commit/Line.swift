import Foundation

/// A bounded queue between the callers that wait and the threads that work.
///
/// `@unchecked Sendable`: every stored variable is touched only while `condition` is locked.
final class Line<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let limit: Int
    private var waiting: [Element] = []
    /// The elements before this index were taken.
    private var head = 0
    private var isClosed = false

    /// - Parameter limit: How many elements may wait.
    init(limit: Int) { self.limit = limit }

    /// How many elements wait.
    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return waiting.count - head
    }

    /// Adds `element` at the end, or throws `busy` or `closed`.
    func append(_ element: Element) throws(DatabaseError) {
        condition.lock()
        defer { condition.unlock() }
        if isClosed { throw .closed }
        if waiting.count - head >= limit { throw .busy }
        waiting.append(element)
        condition.signal()
    }

    /// Waits for elements, and takes those that came first, at most `count`.
    ///
    /// - Returns: nil when the line is closed and nothing is left.
    func take(upTo count: Int) -> ArraySlice<Element>? {
        condition.lock()
        defer { condition.unlock() }
        while head == waiting.count {
            if isClosed { return nil }
            condition.wait()
        }
        let end = min(waiting.count, head + count)
        let taken = waiting[head..<end]
        head = end
        if head == waiting.count {
            waiting = []
            head = 0
        } else if head > limit {
            waiting.removeFirst(head)
            head = 0
        }
        return taken
    }

    /// Refuses what comes from now on; what waits is still taken.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
