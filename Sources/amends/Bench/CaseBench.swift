import Casework
import Database
import Foundation
import Ledger
import Logging
import Store
import Workflow

/// Whole cases a second: filed, accepted, determined, granted and the payout ordered, each step durable.
///
/// Beside it, in the same run and on the same disk: the very statements that one such case wrote, run by
/// themselves, once with a commit for each step of each case and once batched as the office batches.
struct CaseBench {
    let databases: ScratchDatabases
    let policies: String
    /// Cases for each figure.
    let cases: Int

    struct Figure {
        let name: String
        let clients: Int
        let perSecond: Double
        let cpuMicroseconds: Double
        let commits: Int
        let cost: Cost
    }

    func run(_ progress: Progress) async throws -> [Figure] {
        var figures: [Figure] = []
        let script = try await recordedScript()
        var round = 0
        for clients in [1, 8, 64] {
            figures.append(try await office(clients, round: round))
            figures.append(try await plain(script, clients, isBatched: true, round: round))
            figures.append(try await plain(script, clients, isBatched: false, round: round))
            round += 1
            progress.show(round)
        }
        return figures
    }

    // MARK: The office

    private func open(_ name: String) async throws -> Office {
        let office = try await Office.open(
            database: try await databases.make(name), policies: policies,
            logger: makeLogger(.error),
            now: { wallClock() })
        let cashier = Actor(name: "bench", roles: [.cashier, .supervisor])
        try await office.work { work in
            _ = try work.appropriate(
                Money(fen: 100_000_000_000), id: "bench", reason: "bench", on: work.today,
                by: cashier)
            for number in 0..<BenchCase.merchants {
                let id = BenchCase.merchant(number)
                _ = try work.enrol(id, name: "商家\(number)", trade: "shop", by: cashier)
                _ = try work.changeStanding(
                    of: id,
                    StandingChange(.enrolled, from: work.today.advanced(by: -400), reason: "bench"),
                    by: cashier)
            }
        }
        return office
    }

    private func office(_ clients: Int, round: Int) async throws -> Figure {
        let office = try await open("office-\(round)")
        let before = office.database.commits
        let (_, cost) = try await Cost.measure {
            try await eachCase(clients) { number in
                let file = try await BenchCase(number: number, today: .epoch).run(in: office)
                guard case .paying = file.stage else {
                    throw BenchError.wrongEnd("\(file.id) ended as \(file.stage)")
                }
            }
        }
        let commits = office.database.commits - before
        await office.close()
        return figure("office", clients, cost, commits: commits)
    }

    // MARK: The same statements by themselves

    /// The statements of one case, step by step, as the office ran them.
    private func recordedScript() async throws -> Script {
        let office = try await open("script")
        let recorder = Recorder()
        // The second case, so that what only a first case does is not in it.
        _ = try await BenchCase(number: 0, today: .epoch).run(in: office)
        let file = try await BenchCase(number: 1, today: .epoch).run(in: office, recorder)
        let number = try await office.read { try $0.ledgerHead(office.books.fund).number }
        await office.close()
        return Script(steps: recorder.steps, id: file.id.text, voucher: number)
    }

    private func plain(
        _ script: Script, _ clients: Int, isBatched: Bool, round: Int
    ) async throws -> Figure {
        let name = isBatched ? "plain SQL, same batching" : "plain SQL, a commit a step"
        let database = try await Database.open(
            try await databases.make("plain-\(round)-\(isBatched)"))
        try await database.migrate(Schema.steps)
        let lock = OneAtATime()
        let before = database.commits
        let (_, cost) = try await Cost.measure {
            try await eachCase(clients) { number in
                for step in script.steps {
                    let statements = script.statements(ofStep: step, forCase: number)
                    if isBatched {
                        try await database.write { try Script.run(statements, in: $0) }
                    } else {
                        try await lock.run {
                            try await database.write { try Script.run(statements, in: $0) }
                        }
                    }
                }
            }
        }
        let commits = database.commits - before
        await database.close()
        return figure(name, clients, cost, commits: commits)
    }

    // MARK: Clients

    private func eachCase(
        _ clients: Int, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let each = max(1, cases / clients)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    for index in 0..<each { try await body(client * each + index) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func figure(_ name: String, _ clients: Int, _ cost: Cost, commits: Int) -> Figure {
        let done = Double(max(1, cases / clients) * clients)
        return Figure(
            name: name, clients: clients, perSecond: done / cost.seconds,
            cpuMicroseconds: cost.cpuSeconds / done * 1e6, commits: commits, cost: cost)
    }
}

enum BenchError: Error {
    case wrongEnd(String)
}

/// Lets one caller in at a time, so that writes never share a commit.
private actor OneAtATime {
    private var tail: Task<Void, any Error>?

    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let before = tail
        let mine = Task {
            _ = await before?.result
            try await body()
        }
        tail = mine
        try await mine.value
    }
}
