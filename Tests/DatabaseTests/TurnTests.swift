import Database
import Foundation
import Synchronization
import Testing

/// Several programs that write one database: they take turns, and nobody waits for ever.
@Suite struct TurnTests {
    private static let steps = [
        SchemaStep(
            id: "0001-hot",
            "create table hot (id {id} primary key, amount {int} not null) {strict}")
    ]

    private final class Runs: Sendable {
        let count = Atomic(0)
    }

    private func openTwice(
        _ url: String, _ options: Database.Options = .init()
    ) async throws -> [Database] {
        var opened: [Database] = []
        for _ in 0..<2 {
            let database = try await Database.open(url, options: options)
            try await database.migrate(Self.steps)
            opened.append(database)
        }
        try await opened[0].write { try $0.run("insert into hot (id, amount) values ('a', 0)") }
        return opened
    }

    @Test(arguments: Place.kept)
    func `two programs that move one row never run a closure twice`(place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            let programs = try await openTwice(url)
            let runs = Runs()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    group.addTask {
                        try await programs[number % 2].write { transaction in
                            runs.count.add(1, ordering: .relaxed)
                            let row = try transaction.first("select amount from hot where id = 'a'")
                            let amount = try row?.integer(0) ?? 0
                            try transaction.run(
                                "update hot set amount = \(amount + 1) where id = 'a'")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sum = try await programs[0].read {
                try $0.first("select amount from hot")?.integer(0)
            }
            #expect(sum == 400)
            #expect(runs.count.load(ordering: .relaxed) == 400)
            for program in programs { await program.close() }
        }
    }

    @Test(arguments: Place.kept)
    func `whoever waits too long for another program is refused, and all that wait with it`(
        place: Place
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            var options = Database.Options()
            options.busyTimeoutMs = 300
            let programs = try await openTwice(url, options)
            let (inside, free) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let held: Void = programs[0].write { transaction in
                try transaction.run("update hot set amount = 7 where id = 'a'")
                inside.signal()
                free.wait()
            }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    inside.wait()
                    continuation.resume()
                }
            }
            let began = ContinuousClock.now
            let refused = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        do {
                            try await programs[1].write {
                                try $0.run("update hot set amount = 8 where id = 'a'")
                            }
                            return false
                        } catch {
                            return error as? DatabaseError == .busy
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 64)
            #expect(began.duration(to: .now) < .seconds(20), "each part of a batch waited anew")
            free.signal()
            try await held
            let sum = try await programs[1].read {
                try $0.first("select amount from hot")?.integer(0)
            }
            #expect(sum == 7)
            for program in programs { await program.close() }
        }
    }
}
