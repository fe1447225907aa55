internal import Casework
internal import Ledger

/// How a fact follows from days and moments that a person can name.
package enum Derivation: Hashable, Sendable {
    /// Natural days from the first to the second; a moment counts as its civil day.
    case days(String, String)
    /// Minutes from the first to the second, begun ones counted whole.
    ///
    /// Against a limit in whole minutes, rounding up changes neither "more than" nor "at most".
    case minutes(String, String)
    /// Whole minutes since midnight; seconds are dropped.
    case minuteOfDay(String)
    /// Whether the day is one of a statutory holiday, days off moved to it included.
    case holiday(String)

    package var sources: [String] {
        switch self {
        case .days(let a, let b), .minutes(let a, let b): [a, b]
        case .minuteOfDay(let a), .holiday(let a): [a]
        }
    }

    /// Nil while a source is not known or does not read, and for a year without a calendar.
    func derive(from facts: Facts, in zone: Zone, by calendar: WorkCalendar) -> Fact? {
        switch self {
        case .days(let from, let to):
            guard let from = day(facts[from], zone), let to = day(facts[to], zone) else {
                return nil
            }
            return .integer(Int64(from.distance(to: to)))
        case .minutes(let from, let to):
            guard let from = moment(facts[from]), let to = moment(facts[to]) else { return nil }
            let ms = from.distanceMs(to: to)
            return .integer(ms / 60_000 + (ms % 60_000 > 0 ? 1 : 0))
        case .minuteOfDay(let of):
            return moment(facts[of]).map { .integer(Int64(zone.minuteOfDay(at: $0))) }
        case .holiday(let on):
            guard let day = day(facts[on], zone) else { return nil }
            do throws(WorkCalendarError) {
                return .flag(try calendar.exception(on: day)?.kind == .holiday)
            } catch {
                return nil  // A year not yet announced: a person says it.
            }
        }
    }

    private func moment(_ fact: Fact?) -> Moment? {
        if case .text(let text)? = fact { Moment(text) } else { nil }
    }

    private func day(_ fact: Fact?, _ zone: Zone) -> Day? {
        guard case .text(let text)? = fact else { return nil }
        return Day(text) ?? Moment(text).map(zone.day(at:))
    }
}

extension Derivation {
    init(_ section: YAMLSection) throws(PolicyError) {
        try section.allow("days", "minutes", "minuteOfDay", "holiday")
        let keys = section.keys
        guard keys.count == 1, let key = keys.first else {
            throw section.wrong("days", "write exactly one of days, minutes, minuteOfDay, holiday")
        }
        let sources = try section.texts(key)
        switch (key, sources.count) {
        case ("days", 2): self = .days(sources[0], sources[1])
        case ("minutes", 2): self = .minutes(sources[0], sources[1])
        case ("minuteOfDay", 1): self = .minuteOfDay(sources[0])
        case ("holiday", 1): self = .holiday(sources[0])
        default:
            throw section.wrong(key, "write [from, to], or one name for minuteOfDay and holiday")
        }
    }
}
