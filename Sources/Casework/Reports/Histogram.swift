/// How many stretches took how long, in classes whose bounds are fixed for ever.
///
/// A class holds what took more than its lower and at most its upper bound, so that "within 3
/// minutes" is exact wherever 3 minutes is a bound. Exact to the minute up to two hours, to ten
/// minutes up to a day, to the hour up to ten days, to the day up to four hundred, and open above.
package struct Histogram: Hashable, Sendable {
    /// How many in each class.
    package private(set) var counts: [Int: Int64]

    package init(_ counts: [Int: Int64] = [:]) { self.counts = counts.filter { $0.value != 0 } }

    /// Of each part: the upper bound of its last class, and the width of its classes, in minutes.
    private static let parts: [(until: Int64, width: Int64)] = [
        (120, 1), (1_440, 10), (14_400, 60), (576_000, 1_440),
    ]

    /// The last class: whatever took longer than the classes reach.
    package static let openClass = 120 + 132 + 216 + 390 + 1

    /// The class of a stretch of `ms`, 0…`openClass`; class 0 is exactly nothing.
    package static func bucket(ms: Int64) -> Int {
        var (below, from) = (Int64(0), Int64(0))
        for part in parts {
            if ms <= part.until * 60_000 {
                let width = part.width * 60_000
                let rest = max(0, ms - from * 60_000)
                return Int(below + (rest + width - 1) / width)
            }
            below += (part.until - from) / part.width
            from = part.until
        }
        return openClass
    }

    /// The bounds of a class in minutes: more than `over`, at most `atMost`; nil: no upper bound.
    package static func bounds(of bucket: Int) -> (over: Int64, atMost: Int64?) {
        guard bucket > 0 else { return (0, 0) }
        var (below, from) = (Int64(0), Int64(0))
        for part in parts {
            let classes = (part.until - from) / part.width
            if Int64(bucket) <= below + classes {
                let upper = from + (Int64(bucket) - below) * part.width
                return (upper - part.width, upper)
            }
            below += classes
            from = part.until
        }
        return (from, nil)
    }

    /// Whether a share within `minutes` is exact: it is the bound of a class.
    package static func isBound(minutes: Int64) -> Bool {
        bounds(of: bucket(ms: minutes * 60_000)).atMost == minutes
    }

    package var total: Int64 { counts.values.reduce(0, &+) }

    /// How many took at most `minutes`, which is a bound.
    package func within(minutes: Int64) -> Int64 {
        precondition(Self.isBound(minutes: minutes), "no class ends at \(minutes) minutes")
        let last = Self.bucket(ms: minutes * 60_000)
        return counts.reduce(0) { $1.key <= last ? $0 &+ $1.value : $0 }
    }

    /// The class of the `percent`-th percentile by nearest rank; nil when there is nothing.
    ///
    /// - Parameter percent: 1…100; 50 is the median (of an even number, the lower of the middle two).
    package func percentile(_ percent: Int64) -> Percentile? {
        let total = total
        guard total > 0 else { return nil }
        let (product, _) = total.multipliedReportingOverflow(by: percent)
        var rest = (product + 99) / 100
        for (bucket, count) in counts.sorted(by: { $0.key < $1.key }) {
            rest -= count
            if rest <= 0 {
                let bounds = Self.bounds(of: bucket)
                return Percentile(overMinutes: bounds.over, atMostMinutes: bounds.atMost)
            }
        }
        return nil
    }
}

/// Between which bounds a percentile lies, in minutes: as exact as the classes are there.
package struct Percentile: Hashable, Sendable {
    package let overMinutes: Int64
    /// Nil above the last bound.
    package let atMostMinutes: Int64?
}
