import Glibc

/// What came of one subject's inputs. Times are the thread's own: what else the machine does is no fault of a reader's.
package struct FuzzTally: Hashable, Sendable, Codable, CustomStringConvertible {
    package let subject: String
    package private(set) var inputs = 0
    package private(set) var accepted = 0
    /// Indices of inputs whose answer was wrong, with what was wrong: the first few.
    package private(set) var wrong: [Wrong] = []
    package private(set) var wrongCount = 0
    /// Of the slowest input, in milliseconds, and its index.
    package private(set) var slowest_ms = 0
    package private(set) var slowestIndex = 0
    /// Inputs that took longer than the limit.
    package private(set) var slow = 0

    package struct Wrong: Hashable, Sendable, Codable {
        package let index: Int
        package let what: String
    }

    package init(subject: String) { self.subject = subject }

    private static let shown = 5

    package var isClean: Bool { wrongCount == 0 && slow == 0 }

    /// Reads the input `index` and counts what came of it.
    package mutating func run(
        _ subject: FuzzSubject, seed: UInt64, index: Int, limit_ms: Int
    ) {
        let bytes = subject.input(seed: seed, index: index)
        let start_ms = processor_ms
        let verdict = subject.read(bytes)
        let took_ms = processor_ms - start_ms
        inputs += 1
        switch verdict {
        case .accepted: accepted += 1
        case .refused: break
        case .wrong(let what):
            wrongCount += 1
            if wrong.count < Self.shown { wrong.append(Wrong(index: index, what: what)) }
        }
        if took_ms > slowest_ms { (slowest_ms, slowestIndex) = (took_ms, index) }
        if took_ms > limit_ms { slow += 1 }
    }

    package mutating func add(_ other: FuzzTally) {
        inputs += other.inputs
        accepted += other.accepted
        wrong = Array((wrong + other.wrong).prefix(Self.shown))
        wrongCount += other.wrongCount
        slow += other.slow
        if other.slowest_ms > slowest_ms {
            (slowest_ms, slowestIndex) = (other.slowest_ms, other.slowestIndex)
        }
    }

    package var description: String {
        "\(subject): \(inputs) inputs, \(accepted) accepted, \(wrongCount) wrong, \(slow) too slow, "
            + "slowest \(slowest_ms) ms at index \(slowestIndex)"
    }
}

/// What this thread has used of the processor, in milliseconds.
private var processor_ms: Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}
