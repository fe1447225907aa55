/// When a line is answered or a bureau works.
package enum OpeningHours: Hashable, Sendable, Codable {
    /// 全天候: 24 hours on all days of the year.
    case always
    /// On these days in these spans, in order, none overlapping another.
    case spans(Days, [Span])

    package enum Days: String, Hashable, Sendable, Codable, CaseIterable {
        case workingDays
        /// Weekends and statutory holidays, without the make-up days.
        case daysOff
        case everyDay
    }

    /// Minutes of the day: `opens` is in it, `closes` is not; 0…1,440.
    package struct Span: Hashable, Sendable, Codable {
        package let opens: Int
        package let closes: Int

        /// Nil unless it opens before it closes, within a day.
        package init?(opens: Int, closes: Int) {
            guard 0 <= opens, opens < closes, closes <= 1_440 else { return nil }
            self.opens = opens
            self.closes = closes
        }

        /// Reads `08:30-12:00`; nil when it is no span.
        package init?(_ text: String) {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let opens = Self.minute(ends[0]),
                let closes = Self.minute(ends[1])
            else { return nil }
            self.init(opens: opens, closes: closes)
        }

        static func minute(_ text: Substring) -> Int? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
                parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
                let hour = Int(parts[0]), let minute = Int(parts[1]), hour <= 24, minute < 60
            else { return nil }
            return hour * 60 + minute
        }
    }
}
