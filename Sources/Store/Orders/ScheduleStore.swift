package import Casework
package import Database
package import Ledger

/// Calendars and office hours by which clocks were set, kept for as long as any clock may ask.
extension Transaction {
    /// Keeps `schedule` under its edition; again, it changes nothing.
    package func keep(_ schedule: WorkSchedule, at now: Moment) throws(DatabaseError) {
        try put(
            """
            insert into schedule_edition (edition, zone_minutes, hours, calendar, recorded_ms)
            values (\(schedule.edition), \(schedule.zone.offsetMinutes),
                \(try jsonText(schedule.hours)), \(try jsonText(schedule.calendar.files)),
                \(now.ms))
            on conflict (edition) do nothing
            """)
    }

    /// Every schedule that was kept. One that no longer gives its own edition is corrupt.
    package func keptSchedules() throws(DatabaseError) -> [WorkSchedule] {
        var found: [WorkSchedule] = []
        for row in try rows(
            "select edition, zone_minutes, hours, calendar from schedule_edition order by edition")
        {
            let edition = try row.text(0)
            let place = "schedule_edition \(edition)"
            let hours = try fromJSON(OfficeHours.self, row.text(2), at: place)
            let files = try fromJSON([String: String].self, row.text(3), at: place)
            let minutes = Int(try row.integer(1))
            guard let zone = Zone(offsetMinutes: minutes),
                let schedule = Self.schedule(files, hours, zone), schedule.edition == edition
            else { throw .corrupt("\(place) does not give the edition it is kept under") }
            found.append(schedule)
        }
        return found
    }

    private static func schedule(
        _ files: [String: String], _ hours: OfficeHours, _ zone: Zone
    ) -> WorkSchedule? {
        let years = Dictionary(
            files.compactMap { year, text in Int(year).map { ($0, text) } },
            uniquingKeysWith: { first, _ in first })
        // Unreadable: the caller says where it lies.
        return try? WorkSchedule(
            calendar: WorkCalendar(files: years), hours: hours, zone: zone)
    }
}
