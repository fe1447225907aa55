package import Database
import Ledger
import LedgerModel
import Store

/// Writers that race on one fund's books, good drafts and bad, held against a model with books of its own
/// after every step (`SoakJudge`).
package struct LedgerSoak: Sendable {
    package struct Plan: Sendable {
        package let seed: UInt64
        /// At least so many vouchers are posted.
        package let vouchers: Int64
        /// How many race, 1…64. With one, the same seed does the same again, step by step.
        package let writers: Int

        package init(seed: UInt64, vouchers: Int64, writers: Int) {
            precondition((1...64).contains(writers), "between 1 and 64 writers, not \(writers)")
            self.seed = seed
            self.vouchers = vouchers
            self.writers = writers
        }
    }

    package struct Report: Sendable {
        package var vouchers: Int64 = 0
        package var drafts = 0
        /// How often each answer was given, by the first word of the refusal; `ok` is a voucher.
        package var outcomes: [String: Int] = [:]
        /// Writes that were run again because another server was in the way.
        package var reruns = 0
    }

    /// Drafts of all writers together before they wait for each other, and the model has its turn.
    private static let roundDrafts = 1_000
    /// Rounds between two comparisons of every stored balance and reservation.
    private static let roundsBetweenComparisons = 10
    /// Rounds in which nothing is posted before the run is given up.
    private static let idleLimit = 20

    private let plan: Plan
    /// Each stands for a server; writers take turns in choosing one.
    private let servers: [Database]

    /// - Parameter servers: One or more handles of the same database, which holds the schema.
    package init(_ plan: Plan, on servers: [Database]) {
        precondition(!servers.isEmpty, "writers need a server")
        self.plan = plan
        self.servers = servers
    }

    /// Runs until there are vouchers enough, and proves the books from them at the end.
    ///
    /// - Throws: `Disagreement`, or `DatabaseError`.
    package func run(progress: (Int64) -> Void = { _ in }) async throws -> Report {
        guard try await stored().head == .none else {
            throw Disagreement("the fund \(soakFund) has vouchers: a soak begins with empty books")
        }
        var judge = SoakJudge()
        var report = Report()
        let desk = SoakDesk()
        var writers = (0..<plan.writers).map { SoakWriter(number: $0, seed: plan.seed) }
        var (round, idle) = (0, 0)
        while judge.number < plan.vouchers {
            let before = judge.number
            let steps = try await race(&writers, desk)
            try judge.take(steps, try await vouchers(after: judge.number))
            report.drafts += steps.count
            round += 1
            if round.isMultiple(of: Self.roundsBetweenComparisons) {
                try judge.compare(try await stored())
            }
            idle = judge.number == before ? idle + 1 : 0
            guard idle < Self.idleLimit else {
                throw Disagreement(
                    "nothing was posted in \(idle) rounds, after \(judge.number) vouchers: "
                        + "\(judge.outcomes)")
            }
            progress(judge.number)
        }
        try judge.compare(try await stored())
        try await prove()
        report.vouchers = judge.number
        report.outcomes = judge.outcomes
        report.reruns = writers.reduce(0) { $0 + $1.reruns }
        return report
    }

    private func race(
        _ writers: inout [SoakWriter], _ desk: SoakDesk
    ) async throws -> [SoakStep] {
        let count = max(1, Self.roundDrafts / plan.writers)
        let servers = servers
        return try await withThrowingTaskGroup(of: (SoakWriter, [SoakStep]).self) { group in
            for writer in writers {
                group.addTask {
                    var writer = writer
                    let server = servers[writer.number % servers.count]
                    let steps = try await writer.write(count, to: server, desk)
                    return (writer, steps)
                }
            }
            var all: [SoakStep] = []
            for try await (writer, steps) in group {
                writers[writer.number] = writer
                all += steps
            }
            return all
        }
    }

    private func vouchers(after number: Int64) async throws -> [Voucher] {
        try await servers[0].read { transaction in
            var filter = VoucherFilter()
            (filter.after, filter.limit) = (number, 1_000)
            var vouchers: [Voucher] = []
            while true {
                let page = try transaction.vouchers(soakFund, filter)
                vouchers += page
                guard page.count == filter.limit, let last = page.last else { return vouchers }
                filter.after = last.number
            }
        }
    }

    private func stored() async throws -> Book {
        try await servers[0].read { try $0.storedSoakBook() }
    }

    /// Recomputes everything from the vouchers, closings included, beside what is stored.
    private func prove() async throws {
        try await servers[0].read { transaction in
            let start = Verifier(
                chart: soakChart, fund: soakFund,
                closings: try transaction.closingsWithBalances(soakFund))
            let proof = try transaction.prove(start)
            if let fault = proof.fault { throw Disagreement("the vouchers do not hold: \(fault)") }
            if let block = proof.brokenBlock {
                throw Disagreement("a stored block is not the vouchers': \(block)")
            }
            let differences = proof.verifier.book.differences(
                from: try transaction.storedSoakBook())
            guard differences.isEmpty else {
                throw Disagreement("stored books are not the vouchers': \(differences.prefix(5))")
            }
        }
    }
}

extension Transaction {
    /// The stored projections, whole.
    fileprivate func storedSoakBook() throws(DatabaseError) -> Book {
        let part = try book(
            soakChart, fund: soakFund, currency: "CNY", at: Moment(ms: 0))
        return Book(
            chart: soakChart, fund: soakFund, head: part.head, totals: part.totals,
            balances: try balances(soakFund), reservations: try reservations(soakFund),
            closedThrough: part.closedThrough)
    }
}
