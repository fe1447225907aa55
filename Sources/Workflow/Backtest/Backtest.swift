import Casework
package import Database
import Dispatch
import Ledger
package import Store
import Synchronization

/// Decides every past case again under an edition, and says what would differ. Nothing is written.
///
/// The cases come from one state of the database, in batches that are judged beside each other; what
/// is held in memory is a few batches and the differences that are shown.
package struct Backtest: Sendable {
    let edition: Edition
    let retrial: Retrial
    /// How many differing cases are shown with their reasons.
    let shown: Int
    /// Batches judged beside each other; more only wait for the cores.
    private static let width = 4
    /// Batches read ahead of the judging.
    private static let readAhead = 8

    package init(under edition: Edition, shown: Int = 10) throws(PolicyError) {
        self.edition = edition
        self.shown = shown
        retrial = try Retrial(under: edition)
    }

    package func run(on database: Database) async throws -> BacktestReport {
        let start = ContinuousClock.now
        let (batches, continuation) = AsyncThrowingStream<[StoredRecord], any Error>.makeStream()
        let seats = Seats(Self.readAhead)
        // The reader's thread waits for a seat, never one of Swift's own.
        async let reading: Void = {
            do {
                try await database.read { transaction in
                    try transaction.forEachBatch(of: PastCase.kinds) { batch in
                        seats.take()
                        continuation.yield(batch)
                    }
                }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }()
        let report = await judge(batches, in: seats)
        // Judging ends early only when it is cancelled; the reader is then let through to its end.
        seats.close()
        await reading
        var whole = try report.get()
        try explain(&whole)
        whole.seconds = (ContinuousClock.now - start) / .seconds(1)
        return whole
    }

    /// What is stored of every case, batch by batch, for measurements.
    package static func stored(in database: Database) async throws -> [[StoredRecord]] {
        try await database.read { transaction in
            var batches: [[StoredRecord]] = []
            try transaction.forEachBatch(of: PastCase.kinds) { batches.append($0) }
            return batches
        }
    }

    /// Judges batches that are already in memory, for measurements.
    package func run(on batches: [[StoredRecord]]) async throws -> BacktestReport {
        let start = ContinuousClock.now
        let stream = AsyncThrowingStream<[StoredRecord], any Error> { continuation in
            for batch in batches { continuation.yield(batch) }
            continuation.finish()
        }
        var report = try await judge(stream, in: Seats(0)).get()
        try explain(&report)
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    private func judge(
        _ batches: AsyncThrowingStream<[StoredRecord], any Error>, in seats: Seats
    ) async -> Result<BacktestReport, any Error> {
        await withTaskGroup(of: Result<BacktestReport, any Error>.self) { group in
            var report = Result<BacktestReport, any Error>.success(BacktestReport(edition: edition))
            func take(_ part: Result<BacktestReport, any Error>?) {
                guard let part else { return }
                // The first failure stays; the rest is read all the same, so that the reader ends.
                report = report.flatMap { whole in
                    part.map { part in
                        var whole = whole
                        whole.add(part, keeping: shown)
                        return whole
                    }
                }
            }
            var running = 0
            do {
                for try await batch in batches {
                    if running >= Self.width { take(await group.next()) } else { running += 1 }
                    group.addTask {
                        defer { seats.leave() }
                        return Result { try judge(batch) }
                    }
                }
            } catch {
                take(.failure(error))
            }
            for await part in group { take(part) }
            return report
        }
    }

    private func judge(_ batch: [StoredRecord]) throws -> BacktestReport {
        var report = BacktestReport(edition: edition)
        for record in batch {
            report.cases += 1
            let past = try PastCase(record, zone: edition.jurisdiction.zone)
            guard let before = past.verdict else {
                report.undecided += 1
                continue
            }
            do throws(PolicyError) {
                let after = try retrial.decide(past)
                report.add(
                    BacktestReport.Difference(
                        id: past.id, change: Change(from: before, to: after), before: before,
                        after: after, record: record), keeping: shown)
            } catch {
                report.open.add(before.amount, .zero)
                report.note(error, past.id)
            }
        }
        report.keepTop(shown)
        return report
    }

    /// The rules that decided then, as they were recorded, and those that would now.
    private func explain(_ report: inout BacktestReport) throws {
        for index in report.top.indices {
            let record = report.top[index].record
            report.top[index].reasonsBefore = try record.citedRules()
            var after: [CitedRule] = []
            let past = try PastCase(record, zone: edition.jurisdiction.zone)
            // The case was decided above with the same facts.
            _ = try retrial.decide(past) { answer in
                if answer.model.name != "classification" { after += answer.grounds.rules }
            }
            report.top[index].reasonsAfter = after
        }
    }
}

extension BacktestReport {
    fileprivate mutating func note(_ error: PolicyError, _ id: ID<Case>) {
        switch error {
        case .missingFacts(_, let names): for name in names { note(name, id, in: \.lacking) }
        case .wrongFact(let problem): note(problem.fact, id, in: \.lacking)
        default: note(error.description, id, in: \.failures)
        }
    }
}

extension StoredRecord {
    /// The rules of the rulings that stand: the last acceptance, determination, advance and authority.
    fileprivate func citedRules() throws -> [CitedRule] {
        var rules: [PastCase.Question: [CitedRule]] = [:]
        for event in events {
            switch try event.decoded(of: id) {
            case .accepted(let ruling), .declined(let ruling, _, _), .handedOver(let ruling, _),
                .merged(let ruling, _):
                rules[.acceptance] = ruling.grounds.rules
            case .determined(let ruling): rules[.determination] = ruling.grounds.rules
            case .advanceProposed(let advance, let authority, _):
                rules[.advance] = advance.grounds.rules
                rules[.authority] = authority.grounds.rules
            default: break
            }
        }
        return PastCase.Question.allCases.flatMap { rules[$0] ?? [] }
    }
}

/// How far a thread may run ahead of those who take what it brings.
private final class Seats: Sendable {
    /// Begins at zero: one that ends below where it began stops the program.
    private let free = DispatchSemaphore(value: 0)
    private let isClosed = Atomic(false)

    init(_ count: Int) { for _ in 0..<count { free.signal() } }

    /// Waits, on a thread that may wait, until a seat is free or all are closed.
    func take() {
        while free.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
            if isClosed.load(ordering: .relaxed) { return }
        }
    }

    func leave() { free.signal() }
    func close() { isClosed.store(true, ordering: .relaxed) }
}
