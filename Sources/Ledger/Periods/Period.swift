/// A period of the books (会计期间) that is closed as one: a day, a month, or a year of the civil calendar
/// (会计法 art. 11: the year runs from 1 January to 31 December).
public struct Period: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case day, month, year
    }

    public let kind: Kind
    public let firstDay: Day
    public let lastDay: Day

    private init(_ kind: Kind, _ firstDay: Day, _ lastDay: Day) {
        self.kind = kind
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    public static func day(_ day: Day) -> Period { Period(.day, day, day) }

    public static func month(of day: Day) -> Period {
        let first = day.advanced(by: 1 - day.components.day)
        // Every month has a 28th, and four days later it is over.
        let later = first.advanced(by: 31)
        let isOver = later.components.month != first.components.month
        return Period(
            .month, first, isOver ? later.advanced(by: -later.components.day) : later)
    }

    public static func year(of day: Day) -> Period {
        let year = day.components.year
        return Period(
            .year, Day(year: year, month: 1, day: 1) ?? day,
            Day(year: year, month: 12, day: 31) ?? day)
    }

    public static func of(_ kind: Kind, containing day: Day) -> Period {
        switch kind {
        case .day: .day(day)
        case .month: .month(of: day)
        case .year: .year(of: day)
        }
    }

    /// The period of the same kind that begins when this one ends.
    public var next: Period { .of(kind, containing: lastDay.advanced(by: 1)) }

    public func contains(_ day: Day) -> Bool { firstDay <= day && day <= lastDay }

    /// Whether a year ends with it, so that income and expense must be carried forward before it closes.
    public var endsYear: Bool { lastDay == Period.year(of: lastDay).lastDay }
}

extension Period: CustomStringConvertible {
    /// `2025-03-08`, `2025-03` or `2025`.
    public var description: String {
        let text = firstDay.description
        return switch kind {
        case .day: text
        case .month: String(text.dropLast(3))
        case .year: String(text.dropLast(6))
        }
    }

    /// Nil unless it reads as `description` writes it.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        switch text.utf8.count {
        case 10:
            guard let day = Day(text) else { return nil }
            self = .day(day)
        case 7:
            guard let day = Day(text + "-01") else { return nil }
            self = .month(of: day)
        case 4:
            guard let day = Day(text + "-01-01") else { return nil }
            self = .year(of: day)
        default: return nil
        }
    }
}
