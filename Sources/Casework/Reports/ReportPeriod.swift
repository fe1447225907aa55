package import Ledger

/// The days a report is about.
package enum ReportPeriod: Hashable, Sendable {
    case day(Day)
    /// Monday to Sunday; the day is the Monday.
    case week(Day)
    case month(year: Int, Int)
    /// 1…4.
    case quarter(year: Int, Int)
    /// 1…2.
    case halfYear(year: Int, Int)
    case year(Int)
    /// Any days, both included.
    case days(Day, Day)

    /// The first and the last day.
    package var days: (first: Day, last: Day) {
        switch self {
        case .day(let day): (day, day)
        case .week(let monday): (monday, monday.advanced(by: 6))
        case .month(let year, let month): Self.months(year, month, 1)
        case .quarter(let year, let quarter): Self.months(year, quarter * 3 - 2, 3)
        case .halfYear(let year, let half): Self.months(year, half * 6 - 5, 6)
        case .year(let year): Self.months(year, 1, 12)
        case .days(let first, let last): (first, max(first, last))
        }
    }

    package var length: Int { days.first.distance(to: days.last) + 1 }

    /// The period just before it, as long (环比).
    package var previous: ReportPeriod {
        switch self {
        case .day(let day): return .day(day.advanced(by: -1))
        case .week(let monday): return .week(monday.advanced(by: -7))
        case .month(let year, let month):
            return month == 1 ? .month(year: year - 1, 12) : .month(year: year, month - 1)
        case .quarter(let year, let quarter):
            return quarter == 1 ? .quarter(year: year - 1, 4) : .quarter(year: year, quarter - 1)
        case .halfYear(let year, let half):
            return half == 1 ? .halfYear(year: year - 1, 2) : .halfYear(year: year, 1)
        case .year(let year): return .year(year - 1)
        case .days(let first, _):
            return .days(first.advanced(by: -length), first.advanced(by: -1))
        }
    }

    /// The same period of the year before (同比); a day or a week is compared 52 weeks earlier, with
    /// the same weekdays.
    package var sameOfLastYear: ReportPeriod {
        switch self {
        case .day(let day): .day(day.advanced(by: -364))
        case .week(let monday): .week(monday.advanced(by: -364))
        case .month(let year, let month): .month(year: year - 1, month)
        case .quarter(let year, let quarter): .quarter(year: year - 1, quarter)
        case .halfYear(let year, let half): .halfYear(year: year - 1, half)
        case .year(let year): .year(year - 1)
        case .days(let first, let last): .days(first.yearEarlier, last.yearEarlier)
        }
    }

    /// Whether it is made of whole months, so that everything is tallied for it.
    package var isWholeMonths: Bool {
        let (first, last) = days
        return first == first.firstOfMonth
            && last.advanced(by: 1) == last.advanced(by: 1).firstOfMonth
    }

    /// Whole months where there are any, days at the ends: at most 60 days beside the months.
    package var spans: [TallySpan] {
        let (first, last) = days
        var spans: [TallySpan] = []
        var day = first
        while day <= last {
            let next = day.firstOfMonth.advanced(by: 32).firstOfMonth
            if day == day.firstOfMonth, next.advanced(by: -1) <= last {
                spans.append(TallySpan(.month, day))
                day = next
            } else {
                spans.append(TallySpan(.day, day))
                day = day.advanced(by: 1)
            }
            if day == spans.last?.first { break }  // The end of the calendar.
        }
        return spans
    }

    package var name: Words {
        switch self {
        case .day(let day): return Words(Self.chinese(day), "\(day)")
        case .week(let monday):
            return Words(
                "\(Self.chinese(monday))至\(Self.chinese(monday.advanced(by: 6)))（一周）",
                "week of \(monday)")
        case .month(let year, let month):
            return Words("\(year)年\(month)月", "\(days.first.description.prefix(7))")
        case .quarter(let year, let quarter):
            let chinese = ["一", "二", "三", "四"]
            let word = chinese.indices.contains(quarter - 1) ? chinese[quarter - 1] : "\(quarter)"
            return Words("\(year)年第\(word)季度", "\(year) Q\(quarter)")
        case .halfYear(let year, let half):
            return Words("\(year)年\(half == 1 ? "上" : "下")半年", "\(year) H\(half)")
        case .year(let year): return Words("\(year)年", "\(year)")
        case .days(let first, let last):
            return Words("\(Self.chinese(first))至\(Self.chinese(last))", "\(first) to \(last)")
        }
    }

    static func chinese(_ day: Day) -> String {
        let (year, month, number) = day.components
        return "\(year)年\(month)月\(number)日"
    }

    /// A month outside 1…12 is held at its ends; a year outside the calendar stands for 1970.
    private static func months(_ year: Int, _ month: Int, _ count: Int) -> (first: Day, last: Day) {
        let held = min(max(month, 1), 12)
        let first = Day(year: year, month: held, day: 1) ?? .epoch
        var after = first
        for _ in 0..<count { after = after.advanced(by: 31).firstOfMonth }
        return (first, after.advanced(by: -1))
    }
}

extension Day {
    /// The same date a year earlier; 28 February for the 29th.
    package var yearEarlier: Day {
        let (year, month, day) = components
        return Day(year: year - 1, month: month, day: day)
            ?? Day(year: year - 1, month: month, day: day - 1) ?? self
    }
}

/// A text for people in the two languages of the office.
package struct Words: Hashable, Sendable {
    package let chinese: String
    package let english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}
