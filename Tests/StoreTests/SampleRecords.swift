import Casework
import Ledger
import Randomness

/// Records as a busy office has them, from a seed.
struct SampleRecords {
    var random: SeededRandom

    static let kinds = ["complaint", "enquiry", "repair", "praise"]
    static let categories = ["lodging", "goods", "transport", "noise", ""]
    static let bureaus = ["market", "tourism", "traffic", "city", ""]
    static let channels = ["phone", "wechat", "web"]
    /// As those have it that were written before editions were kept, and two.
    static let editions = [nil, "weihai/2017-05-08", "weihai/2024-07-15"]
    static let areas = ["", "zhifu", "laishan"]

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// `count` records registered on `days`, of an office without areas.
    static func list(_ count: Int, on days: ClosedRange<Int>, from first: Day, seed: UInt64)
        -> [ReportRecord]
    {
        var samples = SampleRecords(seed: seed)
        return (0..<count).map { number in
            let day = first.advanced(by: Int.random(in: days, using: &samples.random))
            var record = samples.record("R\(number)", on: day)
            record.facets.area = ""
            return record
        }
    }

    mutating func record(_ id: String, on day: Day) -> ReportRecord {
        let kind = pick(Self.kinds)
        var record = ReportRecord(
            id: id, registered: day,
            facets: ReportRecord.Facets(
                kind: kind, isOther: kind == "praise", category: pick(Self.categories),
                area: pick(Self.areas), bureau: pick(Self.bureaus), channel: pick(Self.channels)))
        // Not drawn, so that the draws behind it stay what they were.
        record.facets.edition = Self.editions[day.number % 3]
        record.isComplaint = kind == "complaint"
        record.isAccepted = chance(90)
        record.isUrgent = chance(10)
        record.isJoint = chance(5)
        record.merchant = chance(60) ? ID("M\(Int.random(in: 1...9, using: &random))") : nil
        record.isEnrolled = chance(50)
        record.dispatches = Int.random(in: 0...3, using: &random)
        record.returns = max(0, record.dispatches - 2)
        record.isRepeat = chance(8)
        record.isExtended = chance(8)
        record.isReopened = chance(3)
        record.isContested = chance(4)
        record.isOverturned = chance(2)
        record.overrides = chance(5) ? 2 : 0
        record.refusedAttempts = chance(2) ? 1 : 0
        record.riskFlags = chance(5) ? ["SHARED_PAYEE"] : []
        record.isRiskConfirmed = record.riskFlags.isEmpty ? nil : chance(50)
        if chance(85) { end(&record) }
        if record.isComplaint { pay(&record) }
        return record
    }

    private mutating func end(_ record: inout ReportRecord) {
        record.ended = record.registered.advanced(by: Int.random(in: 0...40, using: &random))
        record.outcome = ReportRecord.Outcome.allCases.randomElement(using: &random)
        record.followUp = chance(70) ? FollowUp.Grade.allCases.randomElement(using: &random) : nil
        let limits: [(Speed, LimitName, ClosedRange<Int64>)] = [
            (.acceptance, .acceptance, 0...400), (.decision, .decision, 1...90),
            (.handling, .handling, 10...9_000),
        ]
        for (speed, limit, minutes) in limits {
            let used = Int64.random(in: minutes, using: &random) * 60_000
            record.spans[speed] = ReportRecord.Span(usedMs: used, pausedMs: chance(20) ? 60_000 : 0)
            let over = used - minutes.upperBound * 48_000
            record.limits[limit] = over > 0 ? .breached(byMs: over) : .kept
        }
        record.limits[.contact] = chance(90) ? .kept : .breached(byMs: 5_000)
    }

    private mutating func pay(_ record: inout ReportRecord) {
        let amount = Money(fen: Int64.random(in: 1...500_000, using: &random))
        switch Int.random(in: 0...9, using: &random) {
        case 0:
            record.money.eligible = amount
            record.money.quickPaid = amount
            record.money.recovered = amount
            record.money.recoverable = amount
            record.money.repaid = chance(50) ? amount : .zero
            record.isInDefault = chance(30)
        case 1:
            record.money.eligible = amount
            record.money.reserved = amount
            if chance(50) { record.money.returned = amount } else { record.money.released = amount }
        case 2:
            record.money.withoutAdvance = amount
            record.money.recovered = amount
        default: break
        }
    }

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    mutating func pick(_ words: [String]) -> String { words.randomElement(using: &random)! }
}
