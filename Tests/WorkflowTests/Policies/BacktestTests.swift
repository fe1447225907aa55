import Casework
import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// Past cases decided again under another edition.
@Suite struct BacktestTests {
    @Test func `under the edition that decided them, past cases come out as they were decided`()
        async throws
    {
        try await withPastCases { url in
            let report = try await backtest(url, under: try Sanya.edition("2024-02-05"))
            #expect(report.cases == 120)
            #expect(report.open.count == 0, "\(report.failures) \(report.lacking)")
            #expect(report.total.count + report.undecided == report.cases)
            // Before February 2024 there was no quick pay: that, and nothing else, differs.
            let moved = report.moves.keys.filter { $0.from != $0.to }
            #expect(moved.allSatisfy { $0.from == "reserve" && $0.to == "quickPay" })
            #expect(report.total.difference == .zero)
            let change = report.top.first { $0.change == .otherPath }
            #expect(change?.reasonsBefore.isEmpty == false && change?.reasonsAfter.isEmpty == false)
        }
    }

    @Test func `a lower covered amount gives less, and its cost is the sum`() async throws {
        let scratch = try ScratchPolicies()
        try scratch.replace(
            "caseCap: {value: \"50000.00\"", with: "caseCap: {value: \"100.00\"",
            in: "2023-04-27/jurisdiction.yaml")
        try scratch.replace(
            "quickPayLimit: {value: \"1000.00\"", with: "quickPayLimit: {value: \"50.00\"",
            in: "2024-02-05/jurisdiction.yaml")
        let edition = try scratch.load().edition(named: "2024-02-05")
        try await withPastCases { url in
            let report = try await backtest(url, under: edition)
            let less = try #require(report.changes[.less])
            #expect(less.count > 0 && less.after < less.before)
            #expect(report.changes[.more] == nil)
            #expect(report.total.difference.isNegative)
            let top = try #require(report.top.first)
            #expect(top.after.amount == Money(fen: 100_00) && top.before.amount > top.after.amount)
            let differences = report.top.map(\.difference.fen.magnitude)
            #expect(differences == differences.sorted(by: >))
        }
    }

    @Test func `facts that an edition asks for and nobody recorded are named`() async throws {
        let scratch = try ScratchPolicies()
        for file in [
            "2023-04-27/jurisdiction.yaml", "2023-04-27/advance.dmn", "2024-02-05/advance.dmn",
        ] {
            try scratch.replace("merchantDayTotal", with: "merchantWeekTotal", in: file)
        }
        let edition = try scratch.load().edition(named: "2024-02-05")
        try await withPastCases { url in
            let report = try await backtest(url, under: edition)
            #expect(report.lacking.keys.sorted() == ["merchantWeekTotal"])
            #expect(report.lacking["merchantWeekTotal"]?.count == report.open.count)
            #expect(report.open.count > 0)
        }
    }

    @Test func `nothing is written`() async throws {
        try await withPastCases { url in
            // Every row of every table: the file itself changes where it is opened with an empty log.
            let before = try await contents(of: url)
            _ = try await backtest(url, under: try Sanya.edition("2025-03-08"))
            let after = try await contents(of: url)
            #expect(after == before && before.count > 20)
        }
    }

    @Test func `the judge answers as the edition does`() throws {
        let edition = try Sanya.edition("2025-03-08")
        let judge = try Judge(edition)
        let facts: Facts = [
            "matter": .text("goods-quality"), "occurredOn": .text("2025-06-01"),
            "filedOn": .text("2025-06-02"), "filedAt": .text("2025-06-02T10:00:00+08:00"),
            "claimed": .text("1200.00"), "pricePaid": .text("1200.00"),
            "receivedOn": .text("2025-06-01"),
            "evidenceKinds": .list([.text("receipt"), .text("photo")]),
            "realName": .flag(true), "respondentKnown": .flag(true),
        ]
        var sheet = FactSheet(PastCase(filed: facts), of: try edition.matter("goods-quality"))
        #expect(
            try judge.ask("determination-general", "determination", &sheet).determination()
                == edition.determine(facts).outcome)
        #expect(
            try judge.ask("acceptance", "acceptance", &sheet).acceptance()
                == edition.ruleOnAcceptance(facts).outcome)
        let lacking: [String] = ["basisClear", "covered", "dayTotal", "evidenceSufficient"]
        do throws(PolicyError) {
            _ = try judge.ask("advance", "advance", &sheet)
            Issue.record("an advance without a determination")
        } catch {
            guard case .missingFacts("advance", let names) = error else { throw error }
            #expect(Set(lacking).isSubset(of: names))
        }
    }

    @Test func `a stored text is read as the decoder reads it`() throws {
        let text =
            #"{"a":{"b":[1,-20,"x\"é\u4e2d\n"],"c":true},"d":null,"e":"","f":9223372036854775807}"#
        let facts = try JSONCursor.read(text, at: "test") { (cursor) throws(JSONCursor.Malformed) in
            var found: Facts = [:]
            try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                switch key {
                case "a": found = try cursor.facts()
                case "f": #expect(try cursor.integer() == .max)
                default: try cursor.skip()
                }
            }
            return found
        }
        #expect(
            facts == [
                "b": .list([.integer(1), .integer(-20), .text("x\"é中\n")]), "c": .flag(true),
            ])
        for broken in ["", "{", "{\"a\"}", "{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":\"x", "[1,2}"] {
            #expect(throws: DatabaseError.self, "\(broken)") {
                try JSONCursor.read(broken, at: "test") { (cursor) throws(JSONCursor.Malformed) in
                    _ = try cursor.facts()
                }
            }
        }
    }

    // MARK: A small office's past

    private func backtest(_ url: String, under edition: Edition) async throws -> BacktestReport {
        let database = try await Database.open(url)
        let report: Result<BacktestReport, any Error>
        do {
            report = .success(try await Backtest(under: edition).run(on: database))
        } catch {
            report = .failure(error)
        }
        await database.close()
        return try report.get()
    }

    private func contents(of url: String) async throws -> [String] {
        let database = try await Database.open(url)
        let lines = try await database.read { transaction in
            let tables = try transaction.rows(
                "select name from sqlite_master where type = 'table' order by name")
            return try tables.map { table in
                let name = try table.text(0)
                let rows = try transaction.rows(SQL(stringLiteral: "select * from \(name)"))
                return "\(name) \(rows.count) \(rows.hashValue)"
            }
        }
        await database.close()
        return lines
    }

    private func withPastCases(_ body: (String) async throws -> Void) async throws {
        let original = try await PastCases.shared.file()
        try await withEmptyDatabase(on: .sqliteFile) { url in
            let copy = String(url.dropFirst("sqlite:".count))
            try FileManager.default.copyItem(atPath: original, toPath: copy)
            try await body(url)
        }
    }
}

/// A demonstration, made once for all tests of the suite.
private actor PastCases {
    static let shared = PastCases()
    private var made: Task<String, any Error>?

    func file() async throws -> String {
        if let made { return try await made.value }
        let task = Task {
            let file = FileManager.default.temporaryDirectory
                .appendingPathComponent("amends-past-\(UInt64.random(in: 0...UInt64.max)).db").path
            _ = try await runDemonstration(
                databaseURL: "sqlite:" + file, policyDirectory: Sanya.directory, count: 120,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return file
        }
        made = task
        return try await task.value
    }
}
