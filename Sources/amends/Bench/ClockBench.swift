import ArgumentParser
import Casework
import Foundation
import Ledger
import Randomness
import Workflow

/// How long it takes to recompute many clocks from their ledgers of intervals.
struct ClockBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clocks",
        abstract: "Recompute clocks of all units from their intervals, beside adding up minutes.",
        discussion: """
            Each clock has a limit in one of the six units, up to three suspensions, a warning, a breach \
            and an escalation, by the calendar of policies/calendar and office hours with a lunch break. \
            The ratio is to clocks of plain calendar minutes in the same run.
            """)
    @Option(help: "How many clocks.") var count = 1_000_000
    @Option(help: "Repeats the same clocks.") var seed: UInt64 = 1
    @Option(help: "The folder of holidays, a file a year.") var calendar = "policies/calendar"

    func run() throws {
        let schedule = try WorkSchedule(
            calendar: WorkCalendar(files: try files()),
            hours: OfficeHours(workingDays: [
                .init(from: 540, to: 720), .init(from: 780, to: 1_020),
            ]))
        let book = ScheduleBook(hotline: schedule)
        var rows = [["what", "clocks", "s", "ns a clock", "of minutes"]]
        let plain = try clocks(of: [.minutes], hours: .always, by: schedule)
        let base = try measure(plain) { try $0.due(on: book)?.ms ?? 0 }
        let all = try clocks(of: Clock.Limit.Unit.allCases, hours: .office, by: schedule)
        guard let now = Moment("2026-06-01T00:00:00+08:00") else { return }
        let figures = [
            ("due, minutes", base),
            ("due, all units", try measure(all) { try $0.due(on: book)?.ms ?? 0 }),
            (
                "due, used, left, overrun",
                try measure(all) {
                    let reading = try $0.reading(at: now, on: book)
                    return reading.used &+ reading.left
                }
            ),
            ("next step", try measure(all) { try $0.next(on: book)?.at.ms ?? 0 }),
        ]
        for (name, seconds) in figures {
            rows.append([
                name, "\(count)", String(format: "%.2f", seconds),
                String(format: "%.0f", seconds * 1e9 / Double(max(count, 1))),
                String(format: "%.1f", seconds / base),
            ])
        }
        print(columns(rows, numeric: [1, 2, 3, 4]))
    }

    private func files() throws -> [Int: String] {
        var files: [Int: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: calendar) {
            guard let year = Int(name.prefix(4)), name.hasSuffix(".csv") else { continue }
            files[year] = try String(contentsOfFile: "\(calendar)/\(name)", encoding: .utf8)
        }
        return files
    }

    private func clocks(
        of units: [Clock.Limit.Unit], hours: ClockTerm.Hours, by schedule: WorkSchedule
    ) throws -> [TermClock] {
        var random = SeededRandom(seed: seed)
        guard let begin = Moment("2024-01-02T00:00:00+08:00") else { return [] }
        return try (0..<count).map { index in
            let term = ClockTerm(
                clock: .handling,
                limit: Clock.Limit(
                    count: Int.random(in: 1...20, using: &random),
                    unit: units[index % units.count]),
                hours: hours, startsAt: .registered,
                warnings: [.init(percentLeft: 20, to: [.bureau])], onBreach: [.supervisor],
                escalations: [.init(afterMinutes: 1_440, to: [.discipline])], clause: "bench")
            var at = begin.advanced(byMinutes: Int.random(in: 0...1_000_000, using: &random))
            var clock = try TermClock.start(term, at: at, by: schedule)
            for _ in 0..<(index % 4) {
                at = at.advanced(byMs: Int64.random(in: 0...100_000_000, using: &random))
                clock.suspend(at: at, reason: "evidence")
                at = at.advanced(byMs: Int64.random(in: 0...100_000_000, using: &random))
                clock.resume(at: at)
            }
            return clock
        }
    }

    /// Processor seconds of the thread; the sum keeps the work from being left out.
    private func measure(
        _ clocks: [TermClock], _ body: (TermClock) throws -> Int64
    ) throws -> Double {
        let start = Stopwatch.now()
        var sum: Int64 = 0
        for each in clocks { sum &+= try body(each) }
        let seconds = (Stopwatch.now() - start) / 1e9
        precondition(sum != .min)
        return seconds
    }
}
