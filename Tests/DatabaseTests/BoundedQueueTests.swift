import Foundation
import Synchronization
import Testing

@testable import Database

@Suite struct BoundedQueueTests {
    /// Runs `bodies` on threads of their own and waits for all of them.
    private func run(_ bodies: [@Sendable () -> Void]) {
        let group = DispatchGroup()
        for body in bodies {
            group.enter()
            Thread.detachNewThread {
                body()
                group.leave()
            }
        }
        group.wait()
    }

    @Test func `what is given is taken in order, and never more waits than the limit`() {
        let queue = BoundedQueue<Int>(limit: 3)
        let taken = Mutex<[Int]>([])
        let most = Mutex(0)
        run([
            {
                for number in 0..<500 { _ = queue.give(number) }
                queue.close()
            },
            {
                while true {
                    let waiting = queue.count
                    most.withLock { $0 = max($0, waiting) }
                    guard let number = queue.take() else { return }
                    taken.withLock { $0.append(number) }
                }
            },
        ])
        #expect(taken.withLock { $0 } == Array(0..<500))
        #expect(most.withLock { $0 } <= 3)
    }

    @Test(arguments: [1, 2, 7])
    func `several that give and several that take lose nothing and take nothing twice`(limit: Int) {
        let queue = BoundedQueue<Int>(limit: limit)
        let taken = Mutex<[Int]>([])
        let left = Mutex(4)
        let givers = (0..<4).map { giver -> @Sendable () -> Void in
            {
                for number in 0..<200 { #expect(queue.give(giver * 200 + number)) }
                if left.withLock({ number in
                    number -= 1
                    return number == 0
                }) {
                    queue.close()
                }
            }
        }
        let takers = (1...3).map { count -> @Sendable () -> Void in
            {
                while let some = queue.take(upTo: count) {
                    #expect(some.count <= count && !some.isEmpty)
                    taken.withLock { $0 += some }
                }
            }
        }
        run(givers + takers)
        #expect(taken.withLock { $0.sorted() } == Array(0..<800))
    }

    @Test func `who may not wait is refused when it is full, and what waits outlives its closing`()
        throws
    {
        let queue = BoundedQueue<String>(limit: 2)
        try queue.append("a")
        try queue.append("b")
        #expect(throws: DatabaseError.busy) { try queue.append("c") }
        #expect(queue.take() == "a")
        try queue.append("c")
        queue.close()
        #expect(throws: DatabaseError.closed) { try queue.append("d") }
        #expect(!queue.give("d"))
        #expect(queue.take(upTo: 9).map(Array.init) == ["b", "c"])
        #expect(queue.take() == nil)
    }

    @Test func `once nothing more is wanted who waits for room goes on, and what waited is gone`() {
        let queue = BoundedQueue<Int>(limit: 1)
        let answers = Mutex<[Bool]>([])
        run([
            {
                // The second waits for room, or comes after the refusal: it is not wanted either way.
                for number in 0..<3 {
                    let isWanted = queue.give(number)
                    answers.withLock { $0.append(isWanted) }
                }
            },
            {
                while queue.count == 0 { sched_yield() }
                queue.refuse()
            },
        ])
        #expect(answers.withLock { $0 } == [true, false, false])
        #expect(queue.take() == nil && queue.count == 0)
    }
}
