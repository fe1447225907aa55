import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// The books of a demonstration, handed to two programs that know nothing of us.
@Suite struct DemoExportTests {
    private static let missing = ["hledger", "bean-check", "bean-query", "python3"]
        .filter { program(named: $0) == nil }

    @Test(.enabled(if: missing.isEmpty, "not installed: \(missing.joined(separator: ", "))"))
    func `hledger and beancount accept the demonstration, and agree account by account`()
        async throws
    {
        try await withDemoDatabase(on: .sqlite) { url in
            _ = try await runDemonstration(
                databaseURL: url, policyDirectory: DemoFolder.policies, seed: 11, count: 200,
                logger: DemoFolder.quiet)
            let office = try await Office.open(
                database: url, policies: DemoFolder.policies, logger: DemoFolder.quiet,
                now: { DemoCalendar.cutoff })
            let (vouchers, stored) = try await office.read { [books = office.books] transaction in
                var all: [Voucher] = []
                try transaction.forEachVoucher(of: books.fund) { all.append($0) }
                return (all, try transaction.balances(books.fund))
            }
            await office.close()
            #expect(vouchers.count > 90)
            try hold(vouchers, to: stored, chart: office.books.chart)
        }
    }

    private func hold(
        _ vouchers: [Voucher], to stored: [Account: Money], chart: Chart
    ) throws {
        let ours = Dictionary(
            uniqueKeysWithValues: stored.filter { $0.value != .zero }.map {
                (chart.plainTextName(of: $0.key), $0.value)
            })
        try withFile(Export.hledger(of: vouchers, chart: chart), "journal") { path in
            let checked = try run("hledger", ["-f", path, "-s", "check"])
            #expect(checked.status == 0, "\(checked.text)")
            let found = try run(
                "hledger", ["-f", path, "balance", "--flat", "--no-total", "-O", "csv"])
            #expect(balances(found.text) == ours)
        }
        try withFile(Export.beancount(of: vouchers, chart: chart), "beancount") { path in
            let checked = try run("bean-check", [path])
            #expect(checked.status == 0, "\(checked.text)")
            let query = "SELECT account, sum(position) GROUP BY account"
            let found = try run("bean-query", ["-f", "csv", path, query])
            #expect(balances(found.text) == ours)
        }
        try withFile(Export.jsonLines(of: vouchers), "jsonl") { path in
            let found = try run("python3", [DemoFolder.root + "/scripts/verify-chain.py", path])
            #expect(found.status == 0, "\(found.text)")
        }
    }

    /// `account, amount CNY` with or without quotes; accounts with nothing in them left out.
    private func balances(_ text: String) -> [String: Money] {
        var found: [String: Money] = [:]
        for row in text.split(whereSeparator: \.isNewline) {
            let cells = row.split(separator: ",", maxSplits: 1).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \r"))
            }
            guard cells.count == 2, cells[0] != "account" else { continue }
            let digits = cells[1].replacingOccurrences(of: "CNY", with: "")
                .trimmingCharacters(in: .whitespaces)
            if let amount = Money(yuan: digits), amount != .zero { found[cells[0]] = amount }
        }
        return found
    }

    private static func program(named name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
            .map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, text: String)
    {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.program(named: name)))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"]) { _, ours in ours }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    private func withFile(_ text: String, _ suffix: String, _ body: (String) throws -> Void) throws
    {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "amends-\(UUID().uuidString).\(suffix)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // A leftover harms nobody.
        try body(file.path)
    }
}

enum DemoFolder {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardizedFileURL.path
    static let policies = root + "/policies/sanya"
    static let quiet: Logger = {
        var logger = Logger(label: "demonstration")
        logger.logLevel = .error
        return logger
    }()
}
