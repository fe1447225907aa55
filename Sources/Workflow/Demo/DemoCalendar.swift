import Ledger

/// When people complain: the fifteen months, how busy each day is, and office hours.
enum DemoCalendar {
    /// The scheme goes live.
    static let start = day(2023, 4, 27)
    /// The last day of the published report.
    static let end = day(2024, 8, 1)
    static let zone = Zone.china

    static let opening = zone.moment(of: start)
    /// The end of the last day: what the table counts happened before.
    static let cutoff = zone.moment(of: end.advanced(by: 1))

    static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
        guard let value = Day(year: year, month: month, day: day) else {
            preconditionFailure("no such day: \(year)-\(month)-\(day)")
        }
        return value
    }

    /// A moment of the fifteen months, busy days and hours more often than quiet ones.
    static func arrival(_ draws: inout Draws) -> Moment {
        let wanted = draws.fraction() * (cumulated.last ?? 0)
        var (low, high) = (0, cumulated.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] <= wanted { low = middle + 1 } else { high = middle }
        }
        let hour = draws.pick(hours)
        let seconds = hour * 3_600 + draws.int(0...3_599)
        return zone.moment(of: start.advanced(by: low))
            .advanced(byMs: Int64(seconds) * 1_000 + Int64(draws.int(0...999)))
    }

    /// `moment` itself when it lies in office hours (Monday to Friday, 9 to 17 o'clock), else the
    /// morning after it, a little later for each draw.
    static func officeHour(_ moment: Moment, _ draws: inout Draws) -> Moment {
        var day = zone.day(at: moment)
        let minute = zone.minuteOfDay(at: moment)
        if day.weekday <= 5, (9 * 60..<17 * 60).contains(minute) { return moment }
        if minute >= 9 * 60 { day = day.advanced(by: 1) }
        while day.weekday > 5 { day = day.advanced(by: 1) }
        return zone.moment(of: day, minutes: 9 * 60).advanced(byMs: draws.minutes_ms(0...120))
    }

    /// The sum of the weights of all days up to and with each.
    private static let cumulated: [Double] = {
        var sum = 0.0
        return (0...start.distance(to: end)).map { offset in
            sum += weight(start.advanced(by: offset))
            return sum
        }
    }()

    /// The scheme became known slowly; Sanya's season is the winter, and the holidays are the peaks.
    private static func weight(_ day: Day) -> Double {
        let (year, month, _) = day.components
        let index = (year - 2023) * 12 + month - 4
        let months = [
            0.4, 0.5, 0.5, 0.6, 0.65, 0.65, 0.95, 0.85, 1.0, 1.15, 1.45, 1.0, 0.9, 0.95, 0.9, 1.05,
            1.05,
        ]
        let base = months.indices.contains(index) ? months[index] : 0
        let peaks = [
            (self.day(2023, 4, 29), self.day(2023, 5, 3), 1.6),
            (self.day(2023, 9, 29), self.day(2023, 10, 7), 1.8),
            (self.day(2024, 2, 10), self.day(2024, 2, 18), 2.2),
            (self.day(2024, 5, 1), self.day(2024, 5, 5), 1.6),
        ]
        let peak = peaks.first { $0.0 <= day && day <= $0.1 }?.2 ?? 1
        return base * peak * (day.weekday == 1 || day.weekday > 5 ? 1.15 : 1)
    }

    private static let hours: [(weight: Double, choice: Int)] = [
        1, 0.6, 0.4, 0.3, 0.3, 0.5, 1, 2, 4, 6, 7, 6.5, 5.5, 5, 6, 6.5, 6.5, 6, 5.5, 5.5, 5.5, 5, 4,
        2.5,
    ].enumerated().map { (weight: $1, choice: $0) }
}
