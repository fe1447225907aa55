import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// An office copied whole: backed up, put back, moved to the other engine.
@Suite struct CopyTests {
    /// From each engine to the other; without a server, from file to file.
    private static let ways: [(DemoPlace, DemoPlace)] =
        DemoPlace.all.count > 1
        ? [(.sqlite, .postgres), (.postgres, .sqlite)] : [(.sqlite, .sqlite)]
    private static let policies = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../policies/sanya").standardizedFileURL.path

    private func demonstrate(_ url: String, count: Int = 30) async throws {
        _ = try await runDemonstration(
            databaseURL: url, policyDirectory: Self.policies, seed: 5, count: count,
            logger: quietLogger)
    }

    private func open(_ url: String) async throws -> Office {
        try await Office.open(
            database: url, policies: Self.policies, logger: quietLogger,
            now: { Moment(ms: 1_800_000_000_000) })
    }

    private func withDatabases(
        _ source: String, _ target: String,
        _ body: (Database, Database) async throws -> Void
    ) async throws {
        let (from, into) = (try await Database.open(source), try await Database.open(target))
        do {
            try await into.migrate(Schema.steps)
            try await body(from, into)
        } catch {
            await from.close()
            await into.close()
            throw error
        }
        await from.close()
        await into.close()
    }

    @Test(arguments: ways)
    func `a copy has the same rows, and books that end with the same voucher`(
        from: DemoPlace, to: DemoPlace
    ) async throws {
        try await withDemoDatabase(on: from) { source in
            try await demonstrate(source)
            let original = try await open(source)
            let proof = try await original.verifyBooks()
            await original.close()
            try await withDemoDatabase(on: to) { target in
                try await withDatabases(source, target) { from, into in
                    let tables = try await copyEverything(from: from, to: into)
                    let rows = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.rows) })
                    #expect(rows["case_event", default: 0] > 300)
                    #expect(rows["voucher"].map(Int64.init) == proof.vouchers)
                    #expect(rows["report_tally", default: 0] > 50)
                }
                let copy = try await open(target)
                let copied = try await copy.verifyBooks()
                await copy.close()
                #expect(copied.isSound)
                #expect(copied.head == proof.head)
            }
        }
    }

    @Test(arguments: DemoPlace.all)
    func `a back-up is one file, and what is put back from it is all there`(
        on place: DemoPlace
    ) async throws {
        try await withDemoDatabase(on: place) { source in
            try await demonstrate(source)
            let original = try await open(source)
            let proof = try await original.verifyBooks()
            await original.close()
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "amends-backup-\(UInt64.random(in: 0...UInt64.max))")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let backup = BackupFile(folder.appending(path: "office.db").path)
            // What was broken off before is in nobody's way.
            try Data("rubbish".utf8).write(to: URL(filePath: backup.part + "-wal"))
            try backup.clear()
            try await withDatabases(source, "sqlite:\(backup.part)") { from, into in
                _ = try await copyEverything(from: from, to: into)
            }
            let copy = try await open("sqlite:\(backup.part)")
            _ = try await copy.verifyBooks()
            await copy.close()
            try backup.finish()
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files == ["office.db"])
            try await withDemoDatabase(on: place) { target in
                try await withDatabases("sqlite:\(backup.path)", target) { from, into in
                    _ = try await copyEverything(from: from, to: into)
                }
                let restored = try await open(target)
                let again = try await restored.verifyBooks()
                await restored.close()
                #expect(again.isSound)
                #expect(again.head == proof.head)
            }
        }
    }

    @Test func `a back-up of which a part is in the log gets no name`() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "amends-backup-\(UInt64.random(in: 0...UInt64.max)).db").path
        let backup = BackupFile(path)
        defer { try? backup.clear() }
        try Data("file".utf8).write(to: URL(filePath: backup.part))
        try Data("log".utf8).write(to: URL(filePath: backup.part + "-wal"))
        #expect(throws: DatabaseError.self) { try backup.finish() }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(FileManager.default.fileExists(atPath: backup.part))
    }

    @Test(arguments: DemoPlace.all)
    func `nothing is copied over what is there`(on place: DemoPlace) async throws {
        try await withDemoDatabase(on: .sqlite) { source in
            try await withDemoDatabase(on: place) { target in
                try await withDatabases(source, target) { from, into in
                    try await from.migrate(Schema.steps)
                    try await into.write {
                        try $0.run("insert into counter (name, value) values ('cases', 7)")
                    }
                    await #expect(throws: CopyError.targetInUse(table: "counter")) {
                        try await copyEverything(from: from, to: into)
                    }
                    let left = try await into.read { try $0.rows("select value from counter") }
                    #expect(left == [Row([.integer(7)])])
                }
            }
        }
    }

    @Test(arguments: DemoPlace.all)
    func `a copy is of one instant while the source goes on`(on place: DemoPlace) async throws {
        try await withDemoDatabase(on: place) { source in
            try await withDemoDatabase(on: .sqlite) { target in
                try await withDatabases(source, target) { from, into in
                    try await from.migrate(Schema.steps)
                    let writing = Task {
                        for number in 0..<200 where !Task.isCancelled {
                            // Two tables that agree in every state that was ever committed.
                            try await from.write { transaction in
                                for name in ["a-\(number)", "b-\(number)"] {
                                    try transaction.run(
                                        "insert into counter (name, value) values (\(name), \(number))"
                                    )
                                }
                            }
                        }
                    }
                    _ = try await copyEverything(from: from, to: into)
                    writing.cancel()
                    _ = try? await writing.value
                    let counts = try await into.read { transaction in
                        try ["a-", "b-"].map { prefix in
                            try transaction.rows("select name from counter").filter {
                                try $0.text(0).hasPrefix(prefix)
                            }.count
                        }
                    }
                    #expect(counts[0] == counts[1])
                }
            }
        }
    }

    @Test func `a copy that breaks off leaves nothing, and can be made again`() async throws {
        try await withDemoDatabase(on: .sqlite) { source in
            try await demonstrate(source)
            try await withDemoDatabase(on: .sqlite) { target in
                try await withDatabases(source, target) { from, into in
                    // A table the target lacks a column of cannot be copied, and says so first.
                    try await from.write {
                        try $0.run("alter table voucher add column foreign_fen integer")
                    }
                    await #expect(throws: CopyError.otherSchema(table: "voucher")) {
                        try await copyEverything(from: from, to: into)
                    }
                    try await from.write {
                        try $0.run("alter table voucher drop column foreign_fen")
                    }
                    // The target refuses a row in the middle: what came before it goes as well.
                    try await into.write {
                        try $0.run(
                            """
                            create trigger full_disk before insert on voucher when new.number > 20
                            begin select raise(abort, 'full'); end
                            """)
                    }
                    await #expect(throws: (any Error).self) {
                        try await copyEverything(from: from, to: into)
                    }
                    let left = try await into.read {
                        try $0.rows("select case_id from case_row limit 1")
                    }
                    #expect(left.isEmpty)
                    try await into.write { try $0.run("drop trigger full_disk") }
                    #expect(try await !copyEverything(from: from, to: into).isEmpty)
                }
            }
        }
    }
}

private let quietLogger: Logger = {
    var logger = Logger(label: "copy")
    logger.logLevel = .critical
    return logger
}()
