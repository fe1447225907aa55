/// When a bureau is open, by day of the week.
package struct OfficeHours: Hashable, Sendable, Codable {
    /// Monday first, seven entries.
    package let week: [[Opening]]
    /// On a make-up working day (调休上班日).
    package let makeup: [Opening]
    /// On a statutory holiday.
    package let holiday: [Opening]

    /// From one minute of the day to another, 0…1440.
    package struct Opening: Hashable, Sendable, Codable {
        package let from: Int
        /// Not open any more at this minute.
        package let to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    /// Refused unless the openings of each day stand in order, apart from each other, within the day, and
    /// some day of the week has one.
    package init(
        week: [[Opening]], makeup: [Opening], holiday: [Opening] = []
    ) throws(OfficeHoursFault) {
        guard week.count == 7 else { throw .notSevenDays(week.count) }
        for (index, day) in (week + [makeup, holiday]).enumerated() {
            var end = -1
            for opening in day {
                guard opening.from > end, opening.from < opening.to, opening.to <= 1_440 else {
                    throw .outOfOrder(index: index)
                }
                end = opening.to
            }
        }
        guard week.contains(where: { !$0.isEmpty }) else { throw .neverOpen }
        self.init(checked: week, makeup, holiday)
    }

    private init(checked week: [[Opening]], _ makeup: [Opening], _ holiday: [Opening]) {
        self.week = week
        self.makeup = makeup
        self.holiday = holiday
    }

    /// The same openings from Monday to Friday and on make-up days; closed else.
    package init(workingDays openings: [Opening]) throws(OfficeHoursFault) {
        try self.init(
            week: Array(repeating: openings, count: 5) + [[], []], makeup: openings)
    }

    /// Every minute of every day.
    package static let roundTheClock: OfficeHours = {
        let day = [Opening(from: 0, to: 1_440)]
        return OfficeHours(checked: Array(repeating: day, count: 7), day, day)
    }()

    /// One line, for the edition's hash: `540-720 780-1020|…`.
    var canonicalText: String {
        (week + [makeup, holiday]).map { day in
            day.map { "\($0.from)-\($0.to)" }.joined(separator: " ")
        }.joined(separator: "|")
    }
}

/// Why office hours were refused.
package enum OfficeHoursFault: Error, Hashable {
    case notSevenDays(Int)
    /// - Parameter index: 0 Monday … 6 Sunday, 7 the make-up day, 8 the holiday.
    case outOfOrder(index: Int)
    case neverOpen
}
