import Casework
import Foundation
import Ledger

/// The calendars as published, and schedules over them.
enum Calendars {
    static func read(_ years: ClosedRange<Int> = 2023...2026) throws -> WorkCalendar {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../policies/calendar")
        var files: [Int: String] = [:]
        for year in years {
            let data = try Data(contentsOf: folder.appending(path: "\(year).csv"))
            files[year] = String(decoding: data, as: UTF8.self)
        }
        return try WorkCalendar(files: files)
    }

    /// 9:00 to 12:00 and 13:00 to 17:00 on working days.
    static func officeHours() throws -> OfficeHours {
        try OfficeHours(workingDays: [
            OfficeHours.Opening(from: 540, to: 720), OfficeHours.Opening(from: 780, to: 1_020),
        ])
    }

    static func office(_ years: ClosedRange<Int> = 2023...2026) throws -> WorkSchedule {
        try WorkSchedule(calendar: read(years), hours: officeHours())
    }

    static func roundTheClock() throws -> WorkSchedule {
        try WorkSchedule(calendar: read(), hours: .roundTheClock)
    }
}
