import Database
import Foundation
import Testing

/// Where a test runs: every engine, and SQLite both ways.
enum Place: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case sqliteFile = "SQLite in a file"
    case sqliteMemory = "SQLite in memory"
    case postgres = "PostgreSQL"

    var testDescription: String { rawValue }

    /// PostgreSQL when `AMENDS_TEST_POSTGRES` holds the URL of a server to make schemas in.
    static let all: [Place] = {
        if serverURL != nil { return allCases }
        print("skipped: PostgreSQL, as AMENDS_TEST_POSTGRES holds no URL")
        return [.sqliteFile, .sqliteMemory]
    }()

    /// Those that keep what was written when the database is closed.
    static let kept = all.filter { $0 != .sqliteMemory }

    static var serverURL: String? {
        ProcessInfo.processInfo.environment["AMENDS_TEST_POSTGRES"].flatMap {
            $0.isEmpty ? nil : $0
        }
    }
}

/// Runs `body` with the URL of an empty database, which is removed afterwards.
func withEmptyDatabase(
    on place: Place, _ body: (_ url: String) async throws -> Void
) async throws {
    let name = "amends_test_\(UInt64.random(in: 0...UInt64.max))"
    switch place {
    case .sqliteMemory:
        try await body("sqlite::memory:")
    case .sqliteFile:
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body("sqlite:" + folder.appendingPathComponent("test.db").path)
    case .postgres:
        let url = try #require(Place.serverURL)
        await Seats.shared.take()
        defer { Task { await Seats.shared.leave() } }
        let server = try await Database.open(url)
        _ = try await server.write { try $0.run(SQL(stringLiteral: "create schema \(name)")) }
        let outcome: Result<Void, any Error>
        do {
            let mark = url.contains("?") ? "&" : "?"
            outcome = .success(try await body("\(url)\(mark)options=-csearch_path%3D\(name)"))
        } catch {
            outcome = .failure(error)
        }
        _ = try await server.write { try $0.run(SQL(stringLiteral: "drop schema \(name) cascade")) }
        await server.close()
        try outcome.get()
    }
}

/// Lets few tests speak to the server at a time: tests run side by side, and it counts connections.
private actor Seats {
    static let shared = Seats()
    private var free = 8
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// Runs `body` with an open database that has `steps`, and closes it afterwards.
func withDatabase(
    on place: Place, steps: [SchemaStep] = [], options: Database.Options = .init(),
    _ body: (Database) async throws -> Void
) async throws {
    try await withEmptyDatabase(on: place) { url in
        let database = try await Database.open(url, options: options)
        try await database.migrate(steps)
        do {
            try await body(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
