import Ledger

/// What is counted before each day of some years that follow each other.
struct DaySums: Sendable {
    /// The number of the first day.
    private let first: Int
    /// The first year that is not in it.
    private(set) var endYear: Int
    /// Milliseconds of opening hours before each day, and before the day after the last.
    private var openBefore: [Int64] = [0]
    /// Working days before each day, and before the day after the last.
    private var workingBefore: [Int] = [0]
    /// By day, an index into `patterns`.
    private var pattern: [UInt8] = []
    private var patterns: [[OfficeHours.Opening]] = []

    init(from year: Int) {
        endYear = year
        first = (Day(year: year, month: 1, day: 1) ?? .epoch).number
    }

    /// - Parameter tell: Hears of each day on which the week's rule does not hold.
    mutating func add(
        _ year: Int, _ calendar: WorkCalendar, _ hours: OfficeHours, tell: (String) -> Void
    ) throws(WorkCalendarError) {
        patterns = hours.week + [hours.makeup, hours.holiday]
        let minutes = patterns.map { day in day.reduce(0) { $0 + $1.to - $1.from } }
        var day = Day.epoch.advanced(by: first + pattern.count)
        while day.components.year == year {
            let exception = try calendar.exception(on: day)
            let index =
                switch exception?.kind {
                case .makeup: 7
                case .holiday: 8
                case nil: day.weekday - 1
                }
            if let exception { tell("\(day) \(exception.kind.rawValue)") }
            pattern.append(UInt8(index))
            openBefore.append((openBefore.last ?? 0) + Int64(minutes[index]) * 60_000)
            let isWorked = index == 7 || index < 5
            workingBefore.append((workingBefore.last ?? 0) + (isWorked ? 1 : 0))
            day = day.advanced(by: 1)
        }
        endYear = year + 1
    }

    func contains(_ day: Int) -> Bool { pattern.indices.contains(day - first) }

    func openings(on day: Int) -> [OfficeHours.Opening] { patterns[Int(pattern[day - first])] }

    /// - Parameter ms: Since the day began.
    func openMs(before day: Int, _ ms: Int64) -> Int64 {
        var sum = openBefore[day - first]
        for opening in openings(on: day) {
            let (from, to) = (Int64(opening.from) * 60_000, Int64(opening.to) * 60_000)
            if ms <= from { break }
            sum += min(ms, to) - from
        }
        return sum
    }

    /// Day and time at which the sum of opening hours reaches `target`, above 0; nil past the last day.
    func place(openMs target: Int64) -> (day: Int, ms: Int64)? {
        let index = openBefore.firstIndex(reaching: target) - 1
        guard pattern.indices.contains(index) else { return nil }
        var rest = target - openBefore[index]
        for opening in patterns[Int(pattern[index])] {
            let length = Int64(opening.to - opening.from) * 60_000
            if rest <= length { return (first + index, Int64(opening.from) * 60_000 + rest) }
            rest -= length
        }
        return nil
    }

    /// A day before the first counts as none.
    func workingDays(through day: Int) -> Int { workingBefore[max(0, day - first + 1)] }

    /// The day that brings the working days to `target`, above 0; nil past the last.
    func day(ofWorkingDay target: Int) -> Int? {
        let index = workingBefore.firstIndex(reaching: target) - 1
        return pattern.indices.contains(index) ? first + index : nil
    }
}

extension Array where Element: Comparable {
    /// The first index whose element is at least `value`, in an array that never falls; `count` when
    /// there is none.
    fileprivate func firstIndex(reaching value: Element) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
