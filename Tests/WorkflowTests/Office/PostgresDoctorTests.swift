import Courier
import Database
import Foundation
import Glibc
import Ledger
import Logging
import Testing

@testable import Store
@testable import Workflow

/// What the doctor says of PostgreSQL: by rule, and on a cluster of its own with faults in it.
@Suite struct PostgresDoctorTests {
    @Test func `grades follow what the server tells`() {
        let table: [(String, Diagnosis, Diagnosis.Grade, String)] = [
            ("no archive", PostgresLook.archive(ArchiverState()), .warning, "not archived"),
            (
                "nothing full yet", PostgresLook.archive(ArchiverState(isOn: true)), .sound,
                "no file"
            ),
            (
                "archived",
                PostgresLook.archive(
                    ArchiverState(isOn: true, archived: 7, silent_seconds: 180)), .sound,
                "the last of 7 files 3 minutes ago"
            ),
            (
                "failing",
                PostgresLook.archive(
                    ArchiverState(
                        isOn: true, archived: 7, failed: 3, failedFile: "0A", isFailing: true)),
                .fault, "0A could not be archived (3 attempts failed)"
            ),
            ("no slot", PostgresLook.slots([]), .sound, "none"),
            (
                "a small one", PostgresLook.slots([slot("a", 5 << 20)]), .warning,
                "nobody reads a, which hold back 5 MB"
            ),
            (
                "a large one", PostgresLook.slots([slot("a", 1), slot("b", 1 << 30)]), .fault,
                "a, b, which hold back 1024 MB"
            ),
            (
                "a lost one",
                PostgresLook.slots([IdleSlot(name: "c", isLost: true, held_bytes: 0)]), .fault,
                "what the slot c held was removed"
            ),
            ("alone", PostgresLook.standby(StandbyState()), .unseen, "stands alone"),
            (
                "waited for", PostgresLook.standby(StandbyState(wanted: "x", streaming: 1)),
                .fault, "every commit waits"
            ),
            (
                "asynchronous", PostgresLook.standby(StandbyState(streaming: 1)), .warning,
                "none synchronously"
            ),
            (
                "behind",
                PostgresLook.standby(
                    StandbyState(
                        wanted: "x", streaming: 2, synchronous: 1, behind_bytes: 300 << 20)),
                .warning, "300 MB behind"
            ),
            (
                "well",
                PostgresLook.standby(
                    StandbyState(wanted: "x", streaming: 2, synchronous: 1)), .sound,
                "2 follow, 1 synchronously"
            ),
            ("young", PostgresLook.age(200_000_000), .sound, "200 million"),
            ("old", PostgresLook.age(500_000_000), .warning, "500 million"),
            ("very old", PostgresLook.age(1_500_000_000), .fault, "1500 million"),
            ("few", PostgresLook.connections(74, of: 100), .sound, "74 of 100"),
            ("many", PostgresLook.connections(75, of: 100), .warning, "75 of 100"),
            ("nearly all", PostgresLook.connections(90, of: 100), .fault, "90 of 100"),
            ("none open", PostgresLook.open([]), .sound, "none"),
            (
                "open", PostgresLook.open([LongTransaction(who: "process 7", minutes: 12)]),
                .warning, "open for 12 minutes: process 7"
            ),
            (
                "open for an hour", PostgresLook.open([LongTransaction(who: "p", minutes: 60)]),
                .fault, "60 minutes"
            ),
        ]
        for (name, found, grade, words) in table {
            #expect(found.grade == grade, "\(name): \(found)")
            #expect(found.says.contains(words), "\(name): \(found.says)")
            let needsMending = grade == .warning || grade == .fault
            #expect((found.remedy != nil) == needsMending, "\(name): \(found)")
        }
    }

    private func slot(_ name: String, _ held: Int64) -> IdleSlot {
        IdleSlot(name: name, isLost: false, held_bytes: held)
    }

    /// The findings on `url` by name. `patience` is in minutes.
    private func look(_ url: String, patience: Int64 = 10) async -> [String: Diagnosis] {
        var doctor = Doctor(
            database: url, policies: PlayOffice.policies, courier: Courier(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { Moment(ms: Int64(Date.now.timeIntervalSince1970 * 1_000)) })
        doctor.transactionPatience_minutes = patience
        return Dictionary(
            await doctor.examine().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(.enabled(if: Place.serverURL != nil))
    func `faults of a server are found, and one that may not look says so`() async throws {
        try await withCluster(["archive_mode = on", "archive_command = 'false'"]) { url in
            let before = await look(url)
            for name in [
                "replication slots", "transaction ids", "connections", "open transactions",
                "database size",
            ] {
                #expect(
                    before[name]?.grade == .sound, "\(name): \(String(describing: before[name]))")
            }
            #expect(before["standby"]?.grade == .unseen)

            let database = try await Database.open(url)
            try await database.write { transaction in
                try transaction.run("create role plain login")
                try transaction.run("create table something (number int)")
                _ = try transaction.rows(
                    "select 1 from pg_create_physical_replication_slot('forgotten', true)")
            }
            _ = try await database.write { try $0.rows("select 1 from pg_switch_wal()") }
            var archive = await look(url)["archive"]
            for _ in 0..<100 where archive?.grade != .fault {
                try await Task.sleep(for: .milliseconds(100))
                archive = await look(url)["archive"]
            }
            #expect(archive?.grade == .fault, "\(String(describing: archive))")
            #expect(archive?.says.contains("could not be archived") == true)

            // The look itself is inside of the transaction that is left open.
            let other = try await Database.open(url)
            async let open: Void = other.write { transaction in
                _ = try transaction.rows("select pg_backend_pid(), cast(pg_sleep(3) as text)")
            }
            var found = await look(url, patience: 0)
            for _ in 0..<20 where found["open transactions"]?.grade != .warning {
                try await Task.sleep(for: .milliseconds(50))
                found = await look(url, patience: 0)
            }
            #expect(found["open transactions"]?.grade == .warning, "\(found)")
            #expect(found["replication slots"]?.grade == .warning)
            #expect(found["replication slots"]?.says.contains("forgotten") == true)

            let plain = url.replacing("amends@", with: "plain@")
            let narrow = await look(plain, patience: 0)
            for name in ["standby", "open transactions"] {
                #expect(narrow[name]?.grade == .unseen)
                #expect(narrow[name]?.says.contains("grant pg_monitor") == true, "\(narrow)")
            }
            #expect(narrow["connections"]?.grade == .sound, "\(narrow)")
            #expect(narrow["archive"]?.grade == .fault, "\(narrow)")
            try await open
            await other.close()
            await database.close()
        }
    }

    @Test(.enabled(if: Place.serverURL != nil))
    func `a database has one identity, whoever opens it and by whatever name`() async throws {
        try await withCluster([]) { url in
            let names = [
                url, url.replacing("127.0.0.1", with: "localhost"), url + "?connect_timeout=3",
            ]
            var found: Set<String> = []
            for name in names {
                let database = try await Database.open(name)
                found.insert(try await database.read { try $0.databaseIdentity() })
                await database.close()
            }
            #expect(found.count == 1, "\(found)")
            let server = try await Database.open(url)
            _ = try await server.write { try $0.run("create schema other") }
            let other = try await Database.open(url + "?options=-csearch_path%3Dother")
            found.insert(try await other.read { try $0.databaseIdentity() })
            #expect(found.count == 2, "\(found)")
            await server.close()
            await other.close()
        }
    }

    /// Runs `body` with the URL of a cluster that has `settings` and is gone afterwards.
    private func withCluster(
        _ settings: [String], _ body: (String) async throws -> Void
    ) async throws {
        let name = "amends-cluster-\(UInt64.random(in: 0...UInt64.max))"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../scripts/postgres").standardizedFileURL
        let port = "\(Int.random(in: 30_000...50_000))"
        defer { try? FileManager.default.removeItem(at: folder) }
        try run(script, ["start", folder.path, port])
        if !settings.isEmpty {
            try run(script, ["stop", folder.path])
            let file = folder.appending(path: "cluster/postgresql.auto.conf")
            let handle = try FileHandle(forWritingTo: file)
            try handle.seekToEnd()
            try handle.write(contentsOf: Data((settings.joined(separator: "\n") + "\n").utf8))
            try handle.close()
            try run(script, ["start", folder.path, port])
        }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body("postgresql://amends@127.0.0.1:\(port)/postgres"))
        } catch {
            outcome = .failure(error)
        }
        try run(script, ["stop", folder.path])
        try outcome.get()
    }

    /// Not by Foundation's Process: it would wait for the server as well, which lives on.
    private func run(_ program: URL, _ arguments: [String]) throws {
        let words = ([program.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        try #require(system("\(words) >/dev/null 2>&1") == 0, "\(words)")
    }
}
