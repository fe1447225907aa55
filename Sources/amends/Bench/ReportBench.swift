import Casework
import Database
import Foundation
import Ledger
import Store

/// Reports over a year's records: what a bulletin costs, what a change costs, what opening a figure costs.
///
/// One office with 60 bureaus, 40 categories, 7 channels, 5 kinds and 2,000 merchants, 2024 long.
struct ReportBench {
    struct Figure {
        let name: String
        /// Milliseconds, the median of several runs.
        let ms: Double
        /// Lines that came out.
        let lines: Int
    }

    struct Load {
        let records: Int
        let seconds: Double
        let bytes: Int64
        let tallyRows: Int64
    }

    let records: Int
    static let year = 2024
    private static let batch = 1_000

    /// Writes the records, a thousand in each transaction, in the order in which they came.
    func load(_ database: Database, file: String) async throws -> Load {
        let began = ContinuousClock.now
        for start in stride(from: 0, to: records, by: Self.batch) {
            let numbers = start..<min(start + Self.batch, records)
            try await database.write { transaction in
                for number in numbers {
                    try transaction.writeReport(old: nil, new: record(number))
                }
            }
        }
        let seconds = began.duration(to: .now).seconds
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int64
        let rows = try await database.read { try $0.tallyRows() }
        return Load(records: records, seconds: seconds, bytes: size ?? 0, tallyRows: rows)
    }

    /// Every form of bulletin, and some figures opened.
    func read(_ database: Database) async throws -> [Figure] {
        let periods: [(Bulletin.Form, ReportPeriod)] = [
            (.daily, .day(Day(year: 2024, month: 10, day: 15) ?? .epoch)),
            (.special, .days(day(9, 10), day(10, 20))), (.month, .month(year: 2024, 10)),
            (.quarter, .quarter(year: 2024, 3)), (.halfYear, .halfYear(year: 2024, 2)),
            (.year, .year(2024)),
        ]
        var figures: [Figure] = []
        for (form, period) in periods {
            var request = BulletinRequest(
                form, period, office: Words("热线", "hotline"), drawnUp: day(12, 31))
            request.parameters.publishedSets = PublishedSet.allCases
            let wanted = request
            figures.append(
                try await measure("bulletin \(form.rawValue)") {
                    let bulletin = try await database.read { try $0.bulletin(wanted) }
                    return bulletin.sections.flatMap(\.tables).reduce(0) { $0 + $1.rows.count }
                })
        }
        var bureau = BulletinRequest(
            .year, .year(2024), office: Words("热线", "hotline"), drawnUp: day(12, 31))
        bureau.scope = .bureau("bureau-7")
        let wanted = bureau
        figures.append(
            try await measure("bulletin year of one bureau") {
                let bulletin = try await database.read { try $0.bulletin(wanted) }
                return bulletin.sections.flatMap(\.tables).reduce(0) { $0 + $1.rows.count }
            })
        for (name, figure) in openings {
            figures.append(
                try await measure("open \(name)") {
                    try await database.read { try $0.records(behind: figure, limit: 50) }.count
                })
        }
        return figures
    }

    private var openings: [(String, FigureAddress)] {
        var narrow = FigureAddress(.year(2024), cells: [.overdue])
        (narrow.scope, narrow.facet, narrow.slice) = (.bureau("bureau-7"), .category, "category-3")
        return [
            ("registered, year", FigureAddress(.year(2024), cells: [.registered])),
            ("overturned (1 in 2,000), year", FigureAddress(.year(2024), cells: [.overturned])),
            ("overdue of one bureau and category, year", narrow),
        ]
    }

    /// Changes of records that are there, as an ending and a follow-up are: µs for each.
    ///
    /// - Parameter clients: Each with one transaction for each change.
    func change(_ database: Database, count: Int, clients: Int) async throws -> Double {
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    for turn in 0..<(count / clients) {
                        let number = (client * 7_919 + turn * 104_729) % records
                        try await database.write { transaction in
                            guard let old = try transaction.reportRecord("R\(number)") else {
                                return
                            }
                            var record = old.record
                            record.followUp = record.followUp == .a ? .b : .a
                            record.isReopened.toggle()
                            try transaction.writeReport(old: old, new: record)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return began.duration(to: .now).seconds / Double(count) * 1e6
    }

    private func measure(
        _ name: String, _ work: () async throws -> Int
    ) async throws -> Figure {
        var lines = 0
        var times: [Double] = []
        for _ in 0..<7 {
            let began = ContinuousClock.now
            lines = try await work()
            times.append(began.duration(to: .now).seconds * 1e3)
        }
        return Figure(name: name, ms: times.sorted()[times.count / 2], lines: lines)
    }

    private func day(_ month: Int, _ day: Int) -> Day {
        Day(year: Self.year, month: month, day: day) ?? .epoch
    }

    /// The `number`-th record of the year; the same always.
    private func record(_ number: Int) -> ReportRecord {
        var dice = Dice(UInt64(number) &+ 1)
        let day = day(1, 1).advanced(by: number * 366 / records)
        let kind = dice.roll(5)
        var record = ReportRecord(
            id: "R\(number)", registered: day,
            facets: ReportRecord.Facets(
                kind: "kind-\(kind)", isOther: kind == 4, category: "category-\(dice.skewed(40))",
                bureau: "bureau-\(dice.skewed(60))", channel: "channel-\(dice.roll(7))",
                edition: number * 2 < records ? "edition-1" : "edition-2"))
        record.isComplaint = kind == 0
        record.isAccepted = true
        record.dispatches = 1 + dice.roll(20) / 19
        record.merchant = kind == 0 ? ID("M\(dice.skewed(2_000))") : nil
        record.isEnrolled = dice.roll(3) > 0
        record.ended = day.advanced(by: dice.roll(6))
        record.outcome = dice.roll(10) == 0 ? .notSolved : .solved
        record.followUp = dice.roll(4) == 0 ? .c : .a
        record.isRepeat = dice.roll(30) == 0
        record.isOverturned = dice.roll(2_000) == 0
        let spans: [(Speed, LimitName, Int, Int64)] = [
            (.acceptance, .acceptance, 8, 3), (.decision, .decision, 60, 30),
            (.handling, .handling, 9_000, 7_200),
        ]
        for (speed, limit, width, minutes) in spans {
            let ms = Int64(dice.skewed(width)) * 60_000
            record.spans[speed] = ReportRecord.Span(usedMs: ms)
            let over = ms - minutes * 60_000
            record.limits[limit] = over > 0 ? .breached(byMs: over) : .kept
        }
        record.limits[.contact] = dice.roll(20) == 0 ? .breached(byMs: 60_000) : .kept
        if record.isComplaint, dice.roll(12) == 0 {
            let amount = Money(fen: Int64(dice.roll(300_000)) + 100)
            record.money.eligible = amount
            record.money.reserved = amount
            record.money.returned = amount
        }
        return record
    }
}

/// Numbers from a seed, with low ones more often than high ones where asked.
private struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(sides))
    }

    mutating func skewed(_ sides: Int) -> Int {
        let (a, b) = (roll(sides), roll(sides))
        return min(a, b)
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
