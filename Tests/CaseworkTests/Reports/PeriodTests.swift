import Casework
import Ledger
import Testing

@Suite struct ReportPeriodTests {
    @Test func `periods, the ones before them and those of last year`() {
        check(.month(year: 2024, 2), "2024-02-01 2024-02-29", "2024-01-01", "2023-02-01")
        check(.month(year: 2024, 1), "2024-01-01 2024-01-31", "2023-12-01", "2023-01-01")
        check(.quarter(year: 2025, 1), "2025-01-01 2025-03-31", "2024-10-01", "2024-01-01")
        check(.halfYear(year: 2024, 2), "2024-07-01 2024-12-31", "2024-01-01", "2023-07-01")
        check(.year(2024), "2024-01-01 2024-12-31", "2023-01-01", "2023-01-01")
        check(.day(Day("2024-03-01")!), "2024-03-01 2024-03-01", "2024-02-29", "2023-03-03")
        check(.week(Day("2024-07-01")!), "2024-07-01 2024-07-07", "2024-06-24", "2023-07-03")
        check(
            .days(Day("2024-02-20")!, Day("2024-02-29")!), "2024-02-20 2024-02-29", "2024-02-10",
            "2023-02-20")
    }

    private func check(
        _ period: ReportPeriod, _ days: String, _ before: String, _ lastYear: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect("\(period.days.first) \(period.days.last)" == days, sourceLocation: location)
        #expect("\(period.previous.days.first)" == before, sourceLocation: location)
        #expect(
            period.previous.days.last.advanced(by: 1) == period.days.first, sourceLocation: location
        )
        #expect("\(period.sameOfLastYear.days.first)" == lastYear, sourceLocation: location)
    }

    @Test func `a day is compared with the same weekday`() {
        let day = Day("2024-07-03")!
        #expect(ReportPeriod.day(day).sameOfLastYear.days.first.weekday == day.weekday)
    }

    @Test(arguments: [
        ReportPeriod.year(2024), .days(Day("2024-01-31")!, Day("2024-03-01")!),
        .days(Day("2024-02-01")!, Day("2024-02-29")!),
        .days(Day("2024-02-02")!, Day("2024-02-28")!),
        .days(Day("2023-12-15")!, Day("2025-01-15")!), .day(Day("2024-02-29")!),
        .days(Day("9999-11-30")!, Day("9999-12-31")!),
    ])
    func `its spans hold each of its days once, and few of them are days`(period: ReportPeriod) {
        var days: [Day] = []
        for span in period.spans {
            switch span.grain {
            case .day: days.append(span.first)
            case .month:
                var day = span.first
                repeat {
                    days.append(day)
                    day = day.advanced(by: 1)
                } while day.firstOfMonth == span.first && day != days.last
            }
        }
        let (first, last) = period.days
        #expect(days.first == first)
        #expect(days.last == last)
        #expect(days.count == period.length)
        #expect(Set(days).count == days.count)
        #expect(period.spans.count { $0.grain == .day } <= 60)
        if period.isWholeMonths { #expect(period.spans.allSatisfy { $0.grain == .month }) }
    }

    @Test func `the steps of a trend end with the period`() {
        let months = Bulletin.Form.year.steps(to: .year(2024))
        #expect(months.last == .month(year: 2024, 12))
        #expect(months.count == 24)
        #expect(months.first == .month(year: 2023, 1))
        let weeks = Bulletin.Form.month.steps(to: .month(year: 2024, 7))
        #expect(weeks.last == .week(Day("2024-07-22")!))
        let days = Bulletin.Form.daily.steps(to: .day(Day("2024-07-03")!))
        #expect(days.first == .day(Day("2024-06-20")!))
    }
}
