import FoundationEssentials
import Ledger
import Testing

@testable import WalletSimulator
@testable import Workflow

@Suite struct JournalTests {
    @Test func `a line torn by the end of the process is cut and all before it stays`() async throws
    {
        try await withFolder { folder in
            let settings = settings(WalletBehaviour(seed: 1), folder)
            let receipt = try await ordered(settings)
            let whole = try String(contentsOfFile: settings.journal, encoding: .utf8)
            let torn = whole + #"{"order":{"_0":{"out_bill_no":"n2","#
            try torn.write(toFile: settings.journal, atomically: false, encoding: .utf8)
            #expect(try Journal(path: settings.journal).lines.count == 4)
            #expect(try String(contentsOfFile: settings.journal, encoding: .utf8) == whole)
            #expect(try await ordered(settings).serial == receipt.serial)
        }
    }

    @Test func `a journal cut at any byte opens with the lines that are whole`() async throws {
        try await withFolder { folder in
            let settings = settings(WalletBehaviour(seed: 1), folder)
            _ = try await ordered(settings)
            let whole = Array(try String(contentsOfFile: settings.journal, encoding: .utf8).utf8)
            for length in stride(from: 0, through: whole.count, by: 7) {
                try Data(whole.prefix(length)).write(to: URL(filePath: settings.journal))
                let lines = try Journal(path: settings.journal).lines
                #expect(lines.count == whole.prefix(length).count { $0 == 10 })
                _ = try restored(lines, settings.behaviour)
            }
        }
    }

    @Test func `a journal that does not fit is refused with its line`() async throws {
        try await withFolder { folder in
            let settings = settings(WalletBehaviour(seed: 1), folder)
            _ = try await ordered(settings)
            let whole = try String(contentsOfFile: settings.journal, encoding: .utf8)
            let lines = whole.split(separator: "\n")
            for (text, expected) in [
                (whole + "{}\n", SimulatorError.journalDamaged(line: 5)),
                ("\n" + whole, .journalDamaged(line: 1)),
                (lines.dropFirst().joined(separator: "\n") + "\n", .journalDamaged(line: 1)),
                (whole + lines[0] + "\n", .journalDamaged(line: 5)),
                // An order without the top-up it was paid from.
                ("\(lines[0])\n\(lines[3])\n", .journalDamaged(line: 2)),
            ] {
                try text.write(toFile: settings.journal, atomically: false, encoding: .utf8)
                #expect(throws: expected) { _ = try Counter(settings, realNow: { 0 }) }
            }
        }
    }

    @Test func `a journal belongs to one simulator and to one behaviour`() async throws {
        try await withFolder { folder in
            let settings = settings(WalletBehaviour(seed: 1), folder)
            let counter = try Counter(settings, realNow: { 0 })
            _ = try await counter.query("n1")
            #expect(throws: SimulatorError.journalInUse) {
                _ = try Counter(settings, realNow: { 0 })
            }
            var other = settings
            other.behaviour.seed = 2
            other.journal = folder + "/other"
            try FileManager.default.copyItem(atPath: settings.journal, toPath: other.journal)
            #expect(throws: SimulatorError.otherBehaviour) {
                _ = try Counter(other, realNow: { 0 })
            }
            await counter.close()
            await #expect(throws: SimulatorError.journal("write", errno: 9)) {
                _ = try await counter.query("n1")
            }
            other.journal = folder + "/none/journal"
            #expect(throws: SimulatorError.journal("open", errno: 2)) {
                _ = try Counter(other, realNow: { 0 })
            }
        }
    }

    @Test func `the clock keeps its old pace while nobody serves and takes the new one after`()
        async throws
    {
        try await withFolder { folder in
            var settings = settings(WalletBehaviour(seed: 1), folder, timeScale: 1_000)
            let first = try Counter(settings, realNow: { 5_000 })
            _ = try await first.query("n1")
            await first.close()
            settings.timeScale = 1
            let again = try Counter(settings, realNow: { 6_000 })
            _ = try await again.query("n1")
            await again.close()
            #expect(await again.book.now == Moment(ms: 5_000 + 1_000 * 1_000))
        }
    }

    @Test func `a clock turned back stands still`() {
        let clock = SimulatedClock(real_ms: 1_000, start: Moment(ms: 7), scale: 10_000_000)
        #expect(clock.moment(at: 0) == Moment(ms: 7))
        #expect(clock.moment(at: 1_001) == Moment(ms: 10_000_007))
        #expect(clock.moment(at: .max) == Moment("9999-01-01T00:00:00Z"))
    }

    @Test func `the rate limit fills up again with time and not above itself`() {
        var limit = RateLimit(limit: 2, at: 0)
        let calls: [(Int64, Bool)] = [
            (0, true), (0, true), (0, false), (499, false), (500, true), (500, false),
            (100_000, true), (100_000, true), (100_000, false), (0, false), (100_500, true),
        ]
        for (ms, isAdmitted) in calls { #expect(limit.admits(at: ms) == isAdmitted, "\(ms)") }
    }
}

/// A top-up and one order through a counter that then ends.
private func ordered(_ settings: SimulatorSettings) async throws -> WalletBook.Receipt {
    let counter = try Counter(settings, realNow: { 1_000 })
    _ = try await counter.topUp(WalletWire.TopUp(amount_fen: Money(fen: 500), reference: "t1"))
    let receipt = try await counter.order(WalletWire.Order(transfer("n1", 300)))
    await counter.close()
    return receipt
}
