import Foundation

/// A bounded queue between threads that bring and threads that take, so that neither runs far ahead.
///
/// Who may not wait is refused when it is full (`append`); who may, waits for room (`give`).
///
/// `@unchecked Sendable`: every stored variable is touched only while `condition` is locked.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
    /// Threads that wait for room and threads that wait for an element never wait together: the queue is
    /// full for the ones and empty for the others. So one condition does for both.
    private let condition = NSCondition()
    private let limit: Int
    private var waiting: [Element] = []
    /// The elements before this index were taken.
    private var head = 0
    private var isClosed = false
    private var isRefused = false

    /// - Parameter limit: How many elements may wait, 1 or more.
    package init(limit: Int) {
        precondition(limit >= 1, "nothing could ever be brought: \(limit)")
        self.limit = limit
    }

    /// How many elements wait.
    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return left
    }

    /// Adds `element` at the end, or throws `busy` or `closed`.
    func append(_ element: Element) throws(DatabaseError) {
        condition.lock()
        defer { condition.unlock() }
        if isClosed { throw .closed }
        if left >= limit { throw .busy }
        waiting.append(element)
        condition.signal()
    }

    /// Waits for room, and answers whether the element is still wanted.
    package func give(_ element: Element) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while left >= limit, !isClosed, !isRefused { condition.wait() }
        guard !isClosed, !isRefused else { return false }
        waiting.append(element)
        condition.signal()
        return true
    }

    /// Waits for elements, and takes those that came first, at most `count`.
    ///
    /// - Returns: nil when the queue is closed and nothing is left.
    func take(upTo count: Int) -> ArraySlice<Element>? {
        condition.lock()
        defer { condition.unlock() }
        while left == 0 {
            if isClosed || isRefused { return nil }
            condition.wait()
        }
        if left >= limit { condition.broadcast() }
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

    /// Waits for the next element; nil when there will be none.
    package func take() -> Element? { take(upTo: 1)?.first }

    /// Lets nothing in from now on; what waits is still taken.
    package func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }

    /// Says that nothing more will be taken: what waits is dropped, and nothing more is wanted.
    package func refuse() {
        condition.lock()
        defer { condition.unlock() }
        isRefused = true
        waiting = []
        head = 0
        condition.broadcast()
    }

    private var left: Int { waiting.count - head }
}
