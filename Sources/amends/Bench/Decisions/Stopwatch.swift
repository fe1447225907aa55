import Glibc

/// CPU time of this thread, which other programs' work on the machine hardly touches.
enum Stopwatch {
    /// Nanoseconds for each of `count` steps of `body`: the least of several rounds.
    static func nanoseconds(for count: Int, rounds: Int = 7, _ body: () throws -> Void) rethrows
        -> Double
    {
        var least = Double.infinity
        for _ in 0..<rounds {
            let start = now()
            try body()
            least = min(least, now() - start)
        }
        return least / Double(count)
    }

    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
