import Casework
import Foundation
import Ledger
import Testing

@Suite struct WorkCalendarTests {
    private static let years = 2023...2026

    private static func read() throws -> WorkCalendar {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../policies/calendar")
        var files: [Int: String] = [:]
        for year in years {
            let data = try Data(contentsOf: folder.appending(path: "\(year).csv"))
            files[year] = String(decoding: data, as: UTF8.self)
        }
        return try WorkCalendar(files: files)
    }

    @Test func `limits end on the days the handbook's cases say`() throws {
        let calendar = try Self.read()
        let cases: [(id: String, from: String, Int, Clock.Limit.Unit, due: String)] = [
            // Day 30 is the first day of the Dragon Boat holiday.
            ("E36", "2025-05-01", 30, .days, "2025-06-03"),
            ("E41", "2025-09-22", 5, .workingDays, "2025-09-28"),
            ("F01", "2025-09-26", 5, .workingDays, "2025-10-10"),
            ("F02", "2025-09-26", 7, .workingDays, "2025-10-13"),
            ("F04", "2025-10-10", 60, .days, "2025-12-09"),
            ("a weekend moves on", "2025-03-01", 7, .days, "2025-03-10"),
            ("a make-up Sunday is worked", "2025-09-21", 7, .days, "2025-09-28"),
            ("over the Spring Festival", "2024-02-08", 2, .workingDays, "2024-02-18"),
            ("over a year's end", "2025-12-31", 1, .workingDays, "2026-01-04"),
            ("nothing is due on the day itself", "2025-10-01", 0, .days, "2025-10-01"),
            ("nor in working days", "2025-10-01", 0, .workingDays, "2025-10-01"),
        ]
        for (id, from, count, unit, due) in cases {
            let limit = Clock.Limit(count: count, unit: unit)
            #expect(try calendar.dueDay(limit: limit, after: Day(from)!) == Day(due), "\(id)")
        }
    }

    @Test func `a limit ends when its last day does`() throws {
        let calendar = try Self.read()
        let arrival = Moment("2025-09-26T23:59:00+08:00")!
        let due = try calendar.due(
            limit: Clock.Limit(count: 5, unit: .workingDays), after: arrival, in: .china)
        #expect(due == Moment("2025-10-11T00:00:00+08:00"))
    }

    /// 11 statutory days until 2024, 13 from 2025 on: what is taken off the week is given back but for these.
    @Test func `each year has as many days off as the law gives`() throws {
        let calendar = try Self.read()
        for (year, statutory) in [2023: 11, 2024: 11, 2025: 13, 2026: 13] {
            var (off, makeup) = (0, 0)
            var day = Day(year: year, month: 1, day: 1)!
            while day.components.year == year {
                let exception = try calendar.exception(on: day)
                if exception?.kind == .holiday, day.weekday <= 5 { off += 1 }
                if exception?.kind == .makeup { makeup += 1 }
                let isWeekday = day.weekday <= 5
                #expect(
                    try calendar.isWorkingDay(day)
                        == (exception.map { $0.kind == .makeup } ?? isWeekday))
                day = day.advanced(by: 1)
            }
            #expect(off - makeup == statutory, "\(year)")
        }
        let festival = try calendar.exception(on: Day("2025-01-28")!)
        #expect(festival?.name == "春节")
        #expect(festival?.notice == "国办发明电〔2024〕12号")
    }

    @Test func `a year without data is refused, never guessed`() throws {
        let calendar = try Self.read()
        #expect(calendar.coveredYears == Array(Self.years))
        #expect(throws: WorkCalendarError.yearMissing(2022)) {
            try calendar.isWorkingDay(Day("2022-12-31")!)
        }
        #expect(throws: WorkCalendarError.yearMissing(2027)) {
            try calendar.dueDay(
                limit: Clock.Limit(count: 2, unit: .workingDays), after: Day("2026-12-31")!)
        }
        #expect(throws: WorkCalendarError.yearMissing(2028)) {
            try calendar.dueDay(
                limit: Clock.Limit(count: 500, unit: .days), after: Day("2026-12-31")!)
        }
    }

    @Test func `a limit that is no number of days is refused`() throws {
        let calendar = try Self.read()
        for limit in [
            Clock.Limit(count: 30, unit: .minutes), Clock.Limit(count: -1, unit: .days),
            Clock.Limit(count: 3_661, unit: .days), Clock.Limit(count: .max, unit: .workingDays),
            Clock.Limit(count: -1, unit: .workingDays),
        ] {
            #expect(throws: WorkCalendarError.limitOutOfRange(limit)) {
                try calendar.dueDay(limit: limit, after: Day("2025-03-03")!)
            }
        }
    }

    @Test func `a line that does not read is named`() {
        let head = WorkCalendar.heading + "\n"
        let cases: [(String, WorkCalendarError)] = [
            ("", .badLine(year: 2025, line: 1, .heading)),
            ("date,kind\n", .badLine(year: 2025, line: 1, .heading)),
            (head, .noHolidays(year: 2025)),
            (head + "2025-01-26,makeup,春节,n\n", .noHolidays(year: 2025)),
            (head + "2025-01-01,holiday,元旦\n", .badLine(year: 2025, line: 2, .columnCount)),
            (head + "2025-01-01,holiday,元旦,n,x\n", .badLine(year: 2025, line: 2, .columnCount)),
            (head + "2025-02-30,holiday,元旦,n\n", .badLine(year: 2025, line: 2, .day)),
            (head + "2024-01-01,holiday,元旦,n\n", .badLine(year: 2025, line: 2, .otherYear)),
            (head + "2025-01-01,Holiday,元旦,n\n", .badLine(year: 2025, line: 2, .kind)),
            (head + "2025-01-01,holiday, ,n\n", .badLine(year: 2025, line: 2, .blankText)),
            (head + "2025-01-01,holiday,元旦,\n", .badLine(year: 2025, line: 2, .blankText)),
            (
                head + "2025-01-02,holiday,a,n\n2025-01-01,holiday,a,n\n",
                .badLine(year: 2025, line: 3, .order)
            ),
            (
                head + "2025-01-01,holiday,a,n\n2025-01-01,holiday,a,n\n",
                .badLine(year: 2025, line: 3, .order)
            ),
            (head + "2025-01-27,makeup,春节,n\n", .badLine(year: 2025, line: 2, .makeupOnWeekday)),
            (head + "\n2025-01-01,holiday,a,n\n", .badLine(year: 2025, line: 2, .columnCount)),
        ]
        for (text, error) in cases {
            #expect(throws: error, "\(text)") { try WorkCalendar(files: [2025: text]) }
        }
    }

    @Test func `lines may end as Windows ends them`() throws {
        let text = WorkCalendar.heading + "\r\n2025-01-01,holiday,元旦,n\r\n"
        let calendar = try WorkCalendar(files: [2025: text])
        #expect(try !calendar.isWorkingDay(Day("2025-01-01")!))
        #expect(try calendar.isWorkingDay(Day("2025-01-02")!))
    }
}
