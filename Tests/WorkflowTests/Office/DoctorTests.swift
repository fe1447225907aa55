import Casework
import Courier
import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// Each usual fault is brought about, and found under its name.
@Suite struct DoctorTests {
    /// The office's clock stands in 2024 while the database's does not: a skew that every look finds.
    private static let always = ["clock skew"]

    private func doctor(
        _ url: String, at now: Moment, policies: String = PlayOffice.policies
    ) -> Doctor {
        Doctor(
            database: url, policies: policies, courier: Courier(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { now })
    }

    private func faults(_ doctor: Doctor) async -> [String] {
        await doctor.examine().filter { $0.grade == .fault && !Self.always.contains($0.name) }
            .map(\.name)
    }

    private func change(_ url: String, _ sql: String) async throws {
        let database = try await Database.open(url)
        _ = try await database.write { try $0.run(SQL(stringLiteral: sql)) }
        await database.close()
    }

    /// Runs `body` with the URL of an office that handled one case whole, and the moment it was left.
    private func withOfficeLeft(
        on place: Place, policies: String = PlayOffice.policies, dataKeys: DataKeys? = nil,
        _ body: (String, Moment) async throws -> Void
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(url, policies: policies, dataKeys: dataKeys)
            _ = try await play.file(300, order: "D1")
            try await play.pass(minutes: 30)
            let now = play.clock.now
            await play.office.close()
            try await body(url, now)
        }
    }

    @Test(arguments: Place.kept)
    func `a sound office has no fault, and looking changes nothing`(on place: Place) async throws {
        try await withOfficeLeft(on: place) { url, now in
            let first = await doctor(url, at: now).examine()
            #expect(first.filter { $0.grade == .fault }.map(\.name) == Self.always, "\(first)")
            let second = await doctor(url, at: now).examine()
            #expect(first.map(\.name) == second.map(\.name))
            for name in [
                "database", "schema", "policies", "payouts", "outbox", "limits", "vouchers",
                "clock",
            ] {
                #expect(first.first { $0.name == name }?.grade == .sound, "\(name): \(first)")
            }
        }
    }

    @Test func `every finding that is not sound says what to do`() async throws {
        try await withOfficeLeft(on: .sqliteFile) { url, now in
            var doctor = doctor(url, at: now.advanced(byMinutes: 60 * 24 * 60))
            doctor.certificateEnds = now
            doctor.backups = "/nowhere"
            for finding in await doctor.examine() {
                let needsRemedy = finding.grade == .fault || finding.grade == .warning
                #expect((finding.remedy != nil) == needsRemedy, "\(finding)")
            }
        }
    }

    @Test(arguments: Place.kept)
    func `what was changed in the database is found by name`(on place: Place) async throws {
        let changes: [(String, [String])] = [
            ("update voucher set reason = 'x' where number = 2", ["vouchers"]),
            (
                "delete from voucher where number = (select max(number) from voucher)",
                ["vouchers"]
            ),
            (
                "update payout set state = 'unknown', ordered_ms = 1", ["payouts"]
            ),
            (
                """
                update outbox set done_ms = null, not_before_ms = 1, lease_until_ms = 0
                """, ["outbox"]
            ),
            (
                """
                insert into case_clock (case_id, name, step, at_ms) values ('x', 'handling', 'due', 1)
                """, ["limits"]
            ),
            ("delete from schema_step where id = '\(Schema.steps.last?.id ?? "")'", ["schema"]),
            (
                """
                insert into schema_step (id, statements, applied) values ('9999-later', '', '')
                """, ["schema"]
            ),
            ("update schema_step set statements = 'x' where id = '0001-cases'", ["schema"]),
        ]
        for (sql, expected) in changes {
            try await withOfficeLeft(on: place) { url, now in
                try await change(url, sql)
                #expect(await faults(doctor(url, at: now)) == expected, "\(sql)")
            }
        }
    }

    @Test func `a policy changed after its approval, and a folder without one, are found`()
        async throws
    {
        let scratch = try ScratchPolicies()
        let directory = scratch.directory
        try await withOfficeLeft(on: .sqliteFile, policies: directory) { url, now in
            #expect(await faults(doctor(url, at: now, policies: directory)) == [])
            #expect(await faults(doctor(url, at: now, policies: "/nowhere")) == ["policies"])
            let file = directory + "/2024-02-05/jurisdiction.yaml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try Data((text + "\n# later\n").utf8).write(to: URL(filePath: file))
            let found = await doctor(url, at: now, policies: directory).examine()
            let policies = try #require(found.first { $0.name == "policies" })
            #expect(policies.grade == .fault && policies.says.contains("jurisdiction.yaml"))
        }
    }

    @Test func `a data key that is missing or another is found before the office opens`()
        async throws
    {
        let (right, wrong) = (
            try DataKeys("a " + String(repeating: "01", count: 32)),
            try DataKeys("a " + String(repeating: "02", count: 32))
        )
        try await withOfficeLeft(on: .sqliteFile, dataKeys: right) { url, now in
            for (keys, expected) in [(right, []), (wrong, ["data key"]), (nil, ["data key"])] {
                var doctor = doctor(url, at: now)
                doctor.dataKeys = keys
                #expect(await faults(doctor) == expected)
            }
        }
    }

    @Test func `looking with a key at an office that never had one puts no key to use`()
        async throws
    {
        try await withOfficeLeft(on: .sqliteFile) { url, now in
            var doctor = doctor(url, at: now)
            doctor.dataKeys = try DataKeys("a " + String(repeating: "01", count: 32))
            let found = await doctor.examine()
            #expect(found.first { $0.name == "data key" }?.grade == .warning)
            #expect(found.contains { $0.name == "vouchers" && $0.grade == .sound })
            let database = try await Database.open(url)
            let keys = try await database.read {
                try $0.first("select count(*) from subject_key")?.integer(0)
            }
            await database.close()
            #expect(keys == 0)
        }
    }

    @Test func `a database that is not there, is no database, or is empty is told apart`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let now = Moment(ms: 1_800_000_000_000)
        let missing = "sqlite:" + folder.appending(path: "none.db").path
        #expect(await faults(doctor(missing, at: now)) == ["database"])
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none.db").path))
        let other = folder.appending(path: "other.db").path
        try Data(String(repeating: "no database ", count: 400).utf8).write(to: URL(filePath: other))
        #expect(await faults(doctor("sqlite:" + other, at: now)) == ["database"])
        let empty = "sqlite:" + folder.appending(path: "empty.db").path
        let made = try await Database.open(empty)
        await made.close()
        #expect(await faults(doctor(empty, at: now)) == ["schema"])
        #expect(
            await faults(doctor("postgres://127.0.0.1:1/none?connect_timeout=1", at: now))
                == ["database"])
    }

    @Test func `a wallet that nobody answers for is a fault`() async throws {
        try await withOfficeLeft(on: .sqliteFile) { url, now in
            var doctor = doctor(url, at: now)
            doctor.neighbours = [("wallet", "http://127.0.0.1:1/healthz")]
            #expect(await faults(doctor) == ["wallet"])
        }
    }

    @Test func `clocks, certificates and back-ups are held to their limits`() throws {
        let now = try #require(Moment("2026-11-29T20:18:25+08:00"))
        let look = MachineLook(now: now)
        let clocks: [(String, Diagnosis.Grade)] = [
            ("2026-11-29 12:18:25", .sound), ("2026-11-29 20:18:24.5+08", .sound),
            ("2026-11-29 17:48:26.123+05:30", .sound), ("2026-11-29 12:18:20", .fault),
            ("2026-11-29 07:18:30.1-05", .fault), ("noon", .unseen),
        ]
        for (text, grade) in clocks { #expect(look.skew(of: text).grade == grade, "\(text)") }
        let ends: [(Int, Diagnosis.Grade)] = [
            (-1, .fault), (0, .fault), (60 * 24 * 20, .warning), (60 * 24 * 22, .sound),
        ]
        for (minutes, grade) in ends {
            #expect(look.certificate(ending: now.advanced(byMinutes: minutes)).grade == grade)
        }
        #expect(look.certificate(ending: nil).grade == .unseen)
        #expect(look.backups(in: nil).grade == .unseen)
    }
}
