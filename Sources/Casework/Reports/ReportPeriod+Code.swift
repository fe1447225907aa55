import Ledger

/// A period as addresses and the command line write it.
extension ReportPeriod {
    /// Reads `2024-08-01`, `2024-08`, `2024-Q3`, `2024-H2`, `2024`, and any days as
    /// `2024-08-01..2024-09-15`; nil for anything else, and outside the years 1900 to 2999.
    package init?(_ text: String) {
        let ends = text.components(dividedBy: "..")
        if ends.count == 2, let first = Self.day(ends[0]), let last = Self.day(ends[1]),
            first <= last, first.distance(to: last) < Self.limit_days
        {
            self = .days(first, last)
            return
        }
        if let day = Self.day(text) {
            self = .day(day)
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let year = Self.number(parts.first, digits: 4), Self.years.contains(year) else {
            return nil
        }
        switch (parts.count, parts.dropFirst().first?.first) {
        case (1, _): self = .year(year)
        case (2, "Q"):
            guard let quarter = Self.number(parts[1].dropFirst(), digits: 1),
                (1...4).contains(quarter)
            else { return nil }
            self = .quarter(year: year, quarter)
        case (2, "H"):
            guard let half = Self.number(parts[1].dropFirst(), digits: 1), (1...2).contains(half)
            else { return nil }
            self = .halfYear(year: year, half)
        case (2, _):
            guard let month = Self.number(parts[1], digits: 2), (1...12).contains(month) else {
                return nil
            }
            self = .month(year: year, month)
        default: return nil
        }
    }

    /// Of a special report: two years and a day.
    private static let limit_days = 732
    private static let years = 1900...2999

    private static func day(_ text: String) -> Day? {
        guard let day = Day(text), years.contains(day.components.year) else { return nil }
        return day
    }

    private static func number(_ text: Substring?, digits: Int) -> Int? {
        guard let text, text.utf8.count == digits,
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// The same text that reads as this period; a week is written as its days.
    package var code: String {
        switch self {
        case .day(let day): day.description
        case .week, .days: "\(days.first)..\(days.last)"
        case .month: String(days.first.description.prefix(7))
        case .quarter(let year, let quarter): "\(Self.padded(year))-Q\(quarter)"
        case .halfYear(let year, let half): "\(Self.padded(year))-H\(half)"
        case .year(let year): Self.padded(year)
        }
    }

    private static func padded(_ year: Int) -> String {
        String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    }

    /// The bulletin that is drawn up of such a period.
    package var form: Bulletin.Form {
        switch self {
        case .day: .daily
        case .month: .month
        case .quarter: .quarter
        case .halfYear: .halfYear
        case .year: .year
        case .week, .days: .special
        }
    }
}

extension String {
    /// The parts between each `divider`.
    fileprivate func components(dividedBy divider: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: divider) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
