import Casework
import Ledger
import Testing

@Suite struct ReportPeriodCodeTests {
    @Test(arguments: [
        ("2024-08-01", Bulletin.Form.daily, "2024-08-01", "2024-08-01"),
        ("2024-08", .month, "2024-08-01", "2024-08-31"),
        ("2024-02", .month, "2024-02-01", "2024-02-29"),
        ("2024-Q3", .quarter, "2024-07-01", "2024-09-30"),
        ("2024-H2", .halfYear, "2024-07-01", "2024-12-31"),
        ("2024", .year, "2024-01-01", "2024-12-31"),
        ("2024-08-01..2024-09-15", .special, "2024-08-01", "2024-09-15"),
    ])
    func `a period is read as it is written, and written as it was read`(
        _ text: String, _ form: Bulletin.Form, _ first: String, _ last: String
    ) throws {
        let period = try #require(ReportPeriod(text))
        #expect(period.code == text)
        #expect(period.form == form)
        #expect(period.days.first.description == first)
        #expect(period.days.last.description == last)
    }

    @Test func `a week is written as its days`() throws {
        let monday = try #require(Day("2024-08-05"))
        #expect(ReportPeriod.week(monday).code == "2024-08-05..2024-08-11")
    }

    @Test(arguments: [
        "", "24", "2024-", "2024-13", "2024-1", "2024-Q0", "2024-Q5", "2024-q3", "2024-H3",
        "2024-02-30", "2024-08-01..", "2024-08-02..2024-08-01", "2024-01-01..2026-12-31",
        "0001-01-01", "3000", "２０２４", "2024-08-01..2024-08-02..2024-08-03",
    ])
    func `what is no period is not read`(_ text: String) {
        #expect(ReportPeriod(text) == nil)
    }
}
