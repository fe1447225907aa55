import Casework
import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// A year and a quarter of a small town: few complaints, the whole procedure.
@Suite struct DemonstrationTests {
    @Test(arguments: DemoPlace.all)
    func `a small demonstration ends with sound books and nothing half done`(
        on place: DemoPlace
    ) async throws {
        try await withDemoDatabase(on: place) { url in
            let report = try await run(url, count: 150)
            #expect(report.complaints == 150)
            #expect(report.run.isSound)
            #expect(report.run.refusals == [:])
            #expect(report.run.leftOpen == 0)
            #expect(report.run.daysNotReady == 0, "\(report.run.lastObstacle ?? "")")
            #expect(report.run.daysClosed >= 463)
            #expect(report.value("eligible") > 0)
            try await inspect(url)
        }
    }

    @Test func `the same seed gives the same vouchers and the same report`() async throws {
        var reports: [DemoReport] = []
        for _ in 0..<2 {
            try await withDemoDatabase(on: .sqlite) { url in
                reports.append(try await run(url, count: 40, seed: 7))
            }
        }
        #expect(reports[0].run.headHash == reports[1].run.headHash)
        #expect(reports[0] == reports[1])
        try await withDemoDatabase(on: .sqlite) { url in
            let other = try await run(url, count: 40, seed: 8)
            #expect(other.run.headHash != reports[0].run.headHash)
        }
    }

    @Test func `a complaint does not depend on the order in which complaints are made`() {
        let generator = ComplaintGenerator(seed: 1, staff: Staff())
        let forward = (0..<200).map { generator.complaint($0, of: 200).filing }
        let backward = (0..<200).reversed().map { generator.complaint($0, of: 200).filing }
        #expect(forward == backward.reversed())
    }

    @Test func `a lower quick-pay limit moves the table`() async throws {
        let folder = try copyOfPolicies { text in
            text.replacing(
                "quickPayLimit: {value: \"1000.00\"", with: "quickPayLimit: {value: \"500.00\"")
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var reports: [DemoReport] = []
        for policies in [policyFolder, folder] {
            try await withDemoDatabase(on: .sqlite) { url in
                reports.append(try await run(url, count: 160, seed: 3, policies: policies))
            }
        }
        let (usual, lowered) = (reports[0], reports[1])
        #expect(usual.value("quickPays") > 0)
        #expect(lowered.value("quickPays") < usual.value("quickPays"))
        #expect(lowered.value("reserves") > usual.value("reserves"))
        #expect(lowered.run.isSound)
    }

    @Test func `a database with cases is refused`() async throws {
        try await withDemoDatabase(on: .sqlite) { url in
            _ = try await run(url, count: 1)
            await #expect(throws: DemoError.databaseInUse) { try await run(url, count: 1) }
        }
    }

    @Test func `the report says that the complaints are generated`() async throws {
        try await withDemoDatabase(on: .sqlite) { url in
            let text = try await run(url, count: 5).description
            #expect(text.contains("不是真实投诉"))
            #expect(text.contains("The complaints are generated"))
            #expect(text.contains("1,077,473.21"))
        }
    }

    @Test func `fresh complaints stand at several stages with clocks that run`() async throws {
        try await withDemoDatabase(on: .sqlite) { url in
            _ = try await run(url, count: 3)
            let now = Zone.china.moment(of: try #require(Day("2026-06-01")), minutes: 600)
            let office = try await Office.open(
                database: url, policies: policyFolder, logger: quiet, now: { now })
            let filed = try await fileLiveCases(office, 12)
            let queue = try await office.read { try $0.caseQueue(limit: 50) }
            let live = queue.filter { filed.contains($0.id) }
            #expect(live.count >= 6)
            #expect(Set(live.map(\.stage)).count >= 2, "\(live.map(\.stage))")
            #expect(live.contains { ($0.due ?? now) > now })
            await office.database.close()
        }
    }

    /// Nothing of a finished case is still reserved, owed or on its way, and every tie holds.
    private func inspect(_ url: String) async throws {
        let office = try await Office.open(
            database: url, policies: policyFolder, logger: quiet, now: { DemoCalendar.cutoff })
        let proof = try await office.verifyBooks()
        let areTied = proof.ties.allSatisfy(\.holds)
        #expect(areTied, "\(proof.ties)")
        #expect(proof.brokenBlock == nil && proof.brokenCaps == [])
        let counts = try await office.read { (try $0.storedCounts(), try $0.recounted()) }
        #expect(counts.0.filter { $0.value != 0 } == counts.1.filter { $0.value != 0 })
        let unfinished = try await office.read { transaction in
            var found: [ID<Case>] = []
            try transaction.forEachCaseWithMoney { file in
                if !file.stage.isOpen, file.hasOpenMoney { found.append(file.id) }
            }
            return found
        }
        #expect(unfinished == [])
        await office.database.close()
    }

    private func run(
        _ url: String, count: Int, seed: UInt64 = 1, policies: String = policyFolder
    ) async throws -> DemoReport {
        try await runDemonstration(
            databaseURL: url, policyDirectory: policies, seed: seed, count: count, logger: quiet)
    }
}

extension DemoReport {
    fileprivate func value(_ name: String) -> Int64 {
        rows.first { $0.name == name }?.generated ?? .min
    }
}

private let policyFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../policies/sanya").standardizedFileURL.path

private let quiet: Logger = {
    var logger = Logger(label: "demonstration")
    logger.logLevel = .error
    return logger
}()

enum DemoPlace: String, CaseIterable, Sendable {
    case sqlite, postgres

    /// PostgreSQL when `AMENDS_TEST_POSTGRES` holds the URL of a server to make schemas in.
    static let all: [DemoPlace] = serverURL == nil ? [.sqlite] : allCases

    static var serverURL: String? {
        ProcessInfo.processInfo.environment["AMENDS_TEST_POSTGRES"].flatMap {
            $0.isEmpty ? nil : $0
        }
    }
}

/// Runs `body` with the URL of an empty database, which is removed afterwards.
func withDemoDatabase(
    on place: DemoPlace, _ body: (_ url: String) async throws -> Void
) async throws {
    let name = "amends_demo_\(UInt64.random(in: 0...UInt64.max))"
    guard place == .postgres else {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body("sqlite:" + folder.appendingPathComponent("demo.db").path)
    }
    let url = try #require(DemoPlace.serverURL)
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

/// The policies in a folder of their own, each edition's file changed by `edit`.
private func copyOfPolicies(_ edit: (String) -> String) throws -> String {
    let folder =
        FileManager.default.temporaryDirectory
        .appendingPathComponent("amends_policies_\(UInt64.random(in: 0...UInt64.max))").path
        + "/sanya"
    try FileManager.default.createDirectory(
        atPath: (folder as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: policyFolder, toPath: folder)
    for edition in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let file = "\(folder)/\(edition)/jurisdiction.yaml"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { continue }
        try edit(text).write(toFile: file, atomically: true, encoding: .utf8)
    }
    return folder
}
