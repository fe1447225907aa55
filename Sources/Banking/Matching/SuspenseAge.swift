public import Ledger

/// How much has been lying in suspense for how long.
public struct SuspenseAge: Hashable, Sendable {
    /// Days since the line was booked; the last range has no end but the calendar's.
    public let days: ClosedRange<Int>
    public let count: Int
    /// More than zero or zero; nil beyond the range of `Money`.
    public let incoming: Money?
    /// The size of what went out; zero or more, nil beyond the range of `Money`.
    public let outgoing: Money?
}

/// The age report of suspense on `day`: 0–7, 8–30, 31–90 and more days.
///
/// A line booked after `day` counts as of that day. The counts together are the number of lines.
public func suspenseAges(
    of lines: some Sequence<(bookedOn: Day, amount: Money)>, on day: Day
) -> [SuspenseAge] {
    let ranges = [0...7, 8...30, 31...90, 91...Int.max]
    var counts = ranges.map { _ in 0 }
    var incoming = ranges.map { _ in Int128(0) }
    var outgoing = ranges.map { _ in Int128(0) }
    for line in lines {
        let age = max(0, line.bookedOn.distance(to: day))
        guard let index = ranges.firstIndex(where: { $0.contains(age) }) else { continue }
        counts[index] += 1
        if line.amount.isNegative {
            outgoing[index] += Int128(line.amount.fen.magnitude)
        } else {
            incoming[index] += Int128(line.amount.fen)
        }
    }
    func money(_ fen: Int128) -> Money? { Int64(exactly: fen).map(Money.init(fen:)) }
    return ranges.indices.map { index in
        SuspenseAge(
            days: ranges[index], count: counts[index], incoming: money(incoming[index]),
            outgoing: money(outgoing[index]))
    }
}
