import Foundation

/// A bounded hand-over from one thread that makes to one that uses, so that neither runs far ahead.
///
/// `@unchecked Sendable`: every stored variable is touched only while `condition` is locked.
final class HandOver<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let limit: Int
    private var waiting: [Element] = []
    private var isEnded = false
    private var isRefused = false

    /// - Parameter limit: How many elements may wait, 1 or more.
    init(limit: Int) { self.limit = limit }

    /// Waits for room, and answers whether the element is still wanted.
    func give(_ element: Element) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while waiting.count >= limit, !isRefused { condition.wait() }
        guard !isRefused else { return false }
        waiting.append(element)
        condition.broadcast()
        return true
    }

    /// Waits for the next element; nil when there will be none.
    func take() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !isEnded { condition.wait() }
        guard !waiting.isEmpty else { return nil }
        defer { condition.broadcast() }
        return waiting.removeFirst()
    }

    /// Says that nothing more will be given.
    func end() {
        condition.lock()
        defer { condition.unlock() }
        isEnded = true
        condition.broadcast()
    }

    /// Says that nothing more will be taken.
    func refuse() {
        condition.lock()
        defer { condition.unlock() }
        isRefused = true
        waiting = []
        condition.broadcast()
    }
}
