import Foundation
import Ledger
import Randomness
import Testing

struct DayTests {
    @Test func `every day of the calendar survives printing and reading, in order`() {
        var year = 1
        var month = 1
        var day = 1
        var weekday = 1  // 0001-01-01 was a Monday.
        for number in -719_162...2_932_896 {
            guard let value = Day(number: number) else {
                Issue.record("day \(number) is missing")
                return
            }
            let parts = value.components
            guard parts == (year, month, day), value.weekday == weekday else {
                Issue.record("\(number) reads \(parts), weekday \(value.weekday)")
                return
            }
            if number % 97 == 0 {
                #expect(Day(value.description) == value)
                #expect(Day(year: year, month: month, day: day) == value)
            }
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            weekday = weekday % 7 + 1
            day += 1
            if day > lengths[month - 1] { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
        #expect((year, month, day) == (10_000, 1, 1))
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 11_016), ("2025-03-08", 20_155), ("1969-12-31", -1),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `known days have their known numbers`(text: String, number: Int) {
        #expect(Day(text)?.number == number)
        #expect(Day(number: number)?.description == text)
    }

    @Test(arguments: [
        "", "2025-02-29", "1900-02-29", "2100-02-29", "2025-13-01", "2025-00-10", "2025-04-31",
        "2025-4-1", "20250401", "2025-04-01 ", "２０２５-04-01", "0000-01-01", "-025-01-01",
        "2025/04/01",
        "2025-04-00", "2025-04-+1", "10000-01-01",
    ])
    func `a day that does not exist is refused`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func `a leap day exists in the years that have one`() {
        for year in 1...9_999 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            #expect((Day(year: year, month: 2, day: 29) != nil) == isLeap)
        }
    }

    @Test func `going beyond the calendar stops at its ends`() {
        #expect(Day("9999-12-31")?.advanced(by: 1) == Day("9999-12-31"))
        #expect(Day("0001-01-01")?.advanced(by: .min) == Day("0001-01-01"))
        #expect(Day("2025-03-08")?.advanced(by: .max) == Day("9999-12-31"))
        #expect(Day("2024-02-28")?.advanced(by: 2) == Day("2024-03-01"))
        #expect(Day(number: .max) == nil)
    }
}

struct MomentTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T08:00:00+08:00", 0),
        ("2025-03-08T09:30:00+08:00", 1_741_397_400_000), ("1969-12-31T23:59:59.999Z", -1),
        ("2025-03-08T09:30:00.5+08:00", 1_741_397_400_500),
        ("2025-03-07T20:00:00-05:30", 1_741_397_400_000),
    ])
    func `RFC 3339 is read to the millisecond`(text: String, ms: Int64) {
        #expect(Moment(text)?.ms == ms)
    }

    @Test(arguments: [
        "", "2025-03-08", "2025-03-08T09:30:00", "2025-03-08 09:30:00Z", "2025-03-08T24:00:00Z",
        "2025-03-08T09:60:00Z", "2025-03-08T09:30:60Z", "2025-03-08T09:30:00.Z",
        "2025-03-08T09:30:00.1234Z", "2025-03-08T09:30:00+8:00", "2025-03-08T09:30:00+19:00",
        "2025-02-30T09:30:00Z", "2025-03-08T09:30:00ZZ", "2025-03-08T09:30:0０Z",
    ])
    func `what is not RFC 3339 is refused`(text: String) {
        #expect(Moment(text) == nil)
    }

    @Test func `a moment survives printing and reading in every zone`() {
        var random = SeededRandom(seed: 2)
        for _ in 0..<2_000 {
            let moment = Moment(
                ms: Int64.random(in: -60_000_000_000_000...250_000_000_000_000, using: &random))
            #expect(Moment(moment.description) == moment)
            let zone = Zone(offsetMinutes: Int.random(in: -1_080...1_080, using: &random))!
            #expect(Moment(zone.text(moment)) == moment)
            let start = zone.moment(of: zone.day(at: moment))
            let sinceMidnight = start.distanceMs(to: moment)
            #expect((0..<86_400_000).contains(sinceMidnight))
            #expect(zone.minuteOfDay(at: moment) == Int(sinceMidnight / 60_000))
        }
    }

    @Test func `a day begins at midnight in China`() {
        let day = Day("2025-03-08")!
        #expect(Zone.china.moment(of: day, minutes: 570).description == "2025-03-08T09:30:00+08:00")
        #expect(Zone.china.day(at: Zone.china.moment(of: day)) == day)
        #expect(
            Zone.china.day(at: Zone.china.moment(of: day).advanced(byMs: -1))
                == day.advanced(by: -1))
    }

    @Test func `the ends of time hold instead of overflowing`() {
        #expect(Moment(ms: .max).advanced(byMs: 1) == Moment(ms: .max))
        #expect(Moment(ms: .min).advanced(byMinutes: .min) == Moment(ms: .min))
        #expect(Moment(ms: 0).advanced(byMinutes: .max) == Moment(ms: .max))
        #expect(Moment(ms: .min).distanceMs(to: Moment(ms: .max)) == .max)
        #expect(Zone.china.day(at: Moment(ms: .max)) == Day("9999-12-31"))
        #expect(Zone.china.moment(of: .epoch, minutes: .min) == Moment(ms: .min))
        #expect(Zone.china.text(Moment(ms: .min)).isEmpty == false)
        #expect(Zone(offsetMinutes: .min) == nil)
    }

    @Test func `a zone beyond 18 hours is not decoded`() throws {
        let decoder = JSONDecoder()
        #expect(try decoder.decode(Zone.self, from: Data("480".utf8)) == .china)
        #expect(throws: DecodingError.self) {
            try decoder.decode(Zone.self, from: Data("1081".utf8))
        }
        #expect(throws: DecodingError.self) {
            try decoder.decode(Day.self, from: Data("\"2025-02-30\"".utf8))
        }
    }
}
