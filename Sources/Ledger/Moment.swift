/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
public struct Moment: Hashable, Comparable, Sendable {
    public let ms: Int64

    public init(ms: Int64) { self.ms = ms }

    public static func < (a: Moment, b: Moment) -> Bool { a.ms < b.ms }

    /// Held at the ends of the range instead of overflowing.
    public func advanced(byMs span: Int64) -> Moment {
        let (sum, overflow) = ms.addingReportingOverflow(span)
        return Moment(ms: overflow ? (span < 0 ? .min : .max) : sum)
    }

    /// Held at the ends of the range instead of overflowing.
    public func advanced(byMinutes minutes: Int) -> Moment {
        let (span, overflow) = Int64(minutes).multipliedReportingOverflow(by: 60_000)
        return advanced(byMs: overflow ? (minutes < 0 ? .min : .max) : span)
    }

    /// Milliseconds from this moment to `other`; negative when `other` is earlier.
    public func distanceMs(to other: Moment) -> Int64 {
        let (difference, overflow) = other.ms.subtractingReportingOverflow(ms)
        return overflow ? (other < self ? .min : .max) : difference
    }
}

/// The fixed offset of an office's clock from UTC. China has had one zone without summer time since 1991.
public struct Zone: Hashable, Sendable, Codable {
    /// In minutes east of UTC, −18 h … 18 h; 480 for China.
    public let offsetMinutes: Int

    public init?(offsetMinutes: Int) {
        guard (-18 * 60...18 * 60).contains(offsetMinutes) else { return nil }
        self.offsetMinutes = offsetMinutes
    }

    private init(minutes: Int) { offsetMinutes = minutes }

    public static let china = Zone(minutes: 480)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let minutes = try container.decode(Int.self)
        guard let zone = Zone(offsetMinutes: minutes) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "an offset is within 18 hours of UTC: \(minutes)")
        }
        self = zone
    }

    /// The offset alone, in minutes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(offsetMinutes)
    }

    /// The civil day at `moment`.
    public func day(at moment: Moment) -> Day {
        let local = moment.advanced(byMinutes: offsetMinutes).ms
        let number =
            Int(local.quotientAndRemainder(dividingBy: 86_400_000).quotient)
            - (local % 86_400_000 < 0 ? 1 : 0)
        return Day(number: number) ?? Day.epoch.advanced(by: number)
    }

    /// Minutes since local midnight, 0…1439.
    public func minuteOfDay(at moment: Moment) -> Int {
        let local = moment.advanced(byMinutes: offsetMinutes).ms
        return Int(((local % 86_400_000) + 86_400_000) % 86_400_000) / 60_000
    }

    /// The moment at which `day` begins, plus `minutes`.
    public func moment(of day: Day, minutes: Int = 0) -> Moment {
        Moment(ms: Int64(day.number) * 86_400_000)
            .advanced(byMinutes: -offsetMinutes).advanced(byMinutes: minutes)
    }

    /// `2025-03-08T09:30:00+08:00` (RFC 3339; milliseconds only where there are any).
    public func text(_ moment: Moment) -> String {
        let local = moment.advanced(byMinutes: offsetMinutes).ms
        let ms = Int(((local % 86_400_000) + 86_400_000) % 86_400_000)
        let clock =
            padded(ms / 3_600_000, 2) + ":" + padded(ms / 60_000 % 60, 2) + ":"
            + padded(ms / 1_000 % 60, 2)
        let fraction = ms % 1_000 == 0 ? "" : "." + padded(ms % 1_000, 3)
        let sign = offsetMinutes < 0 ? "-" : "+"
        let offset = padded(abs(offsetMinutes) / 60, 2) + ":" + padded(abs(offsetMinutes) % 60, 2)
        return "\(day(at: moment))T\(clock)\(fraction)\(sign)\(offset)"
    }
}

extension Day {
    public static let epoch = Day(unchecked: 0)
}

extension Moment: CustomStringConvertible {
    /// RFC 3339 in UTC+8, the zone of every jurisdiction we serve.
    public var description: String { Zone.china.text(self) }

    /// Reads RFC 3339 (`2025-03-08T09:30:00+08:00`, `…Z`, up to milliseconds); nil for anything else.
    public init?(_ text: some StringProtocol) {
        let utf8 = Array(text.utf8)
        guard utf8.count >= 20, utf8[10] == UInt8(ascii: "T"), utf8[13] == UInt8(ascii: ":"),
            utf8[16] == UInt8(ascii: ":"),
            let day = Day(String(decoding: utf8[..<10], as: UTF8.self)),
            let hour = digits(utf8[11..<13]), let minute = digits(utf8[14..<16]),
            let second = digits(utf8[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        var rest = utf8[19...]
        var ms = 0
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { (48...57).contains($0) }
            guard (1...3).contains(fraction.count), let value = digits(fraction) else { return nil }
            ms = value * [100, 10, 1][fraction.count - 1]
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard let offset = Self.offsetMinutes(rest) else { return nil }
        let seconds = Int64(hour * 3_600 + minute * 60 + second - offset * 60)
        self.init(ms: Int64(day.number) * 86_400_000 + seconds * 1_000 + Int64(ms))
    }

    private static func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
        let all = Array(bytes)
        guard all.count == 6, all[3] == UInt8(ascii: ":"),
            all[0] == UInt8(ascii: "+") || all[0] == UInt8(ascii: "-"),
            let hours = digits(all[1..<3]), let minutes = digits(all[4..<6]), hours <= 18,
            minutes < 60
        else { return nil }
        return (all[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }
}

extension Moment: Codable {
    /// Unix milliseconds: what the store and the events keep. Web's views write RFC 3339.
    public init(from decoder: any Decoder) throws {
        ms = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ms)
    }
}

private func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
}
