import Foundation
import Ledger
import Testing

/// The exports, read by the programs they are for. Where one is not installed, the test says so.
struct ExportTests {
    @Test(.enabled(if: Program.isInstalled("hledger"), "hledger is not installed"))
    func `hledger accepts the journal and has our balances`() throws {
        let vouchers = try wholeLife()
        let text = Export.hledger(of: vouchers, chart: .advanceFund)
        #expect(text.contains("\n    ; reverses:w4\n") && text.contains("\n    ; corrects:w4\n"))
        try Program.with(file: text, suffix: "journal") { path in
            let check = try Program.run("hledger", ["-f", path, "check", "-s"])
            #expect(check.status == 0, "\(check.text)")
            let csv = try Program.run(
                "hledger", ["-f", path, "balance", "--flat", "-N", "-E", "-O", "csv"])
            #expect(csv.status == 0, "\(csv.text)")
            #expect(balances(inCSV: csv.text, heading: "account") == expected(vouchers))
        }
    }

    @Test(.enabled(if: Program.isInstalled("bean-check"), "beancount is not installed"))
    func `beancount accepts the ledger and has our balances`() throws {
        let vouchers = try wholeLife()
        let text = Export.beancount(of: vouchers, chart: .advanceFund)
        try Program.with(file: text, suffix: "beancount") { path in
            let check = try Program.run("bean-check", [path])
            #expect(check.status == 0 && check.text.isEmpty, "\(check.text)")
            let query = "select account, sum(position) group by account"
            let csv = try Program.run("bean-query", ["-f", "csv", path, query])
            #expect(csv.status == 0, "\(csv.text)")
            #expect(balances(inCSV: csv.text, heading: "account") == expected(vouchers))
        }
    }

    @Test(.enabled(if: Program.isInstalled("python3"), "python3 is not installed"))
    func `another program recomputes the chain and finds what was altered`() throws {
        let script = Self.script
        let vouchers = try sampleVouchers()
        let text = Export.jsonLines(of: vouchers)
        try Program.with(file: text, suffix: "jsonl") { path in
            let found = try Program.run("python3", [script, path])
            #expect(found.text == "21 vouchers, chain sound, head \(vouchers[20].hash)\n")
            #expect(found.status == 0)
        }
        let forged = text.replacingOccurrences(of: "\"reason\":\"核销\"", with: "\"reason\":\"核减\"")
        #expect(forged != text)
        try Program.with(file: forged, suffix: "jsonl") { path in
            let found = try Program.run("python3", [script, path])
            #expect(found.status == 1)
            #expect(found.text.hasPrefix("voucher 16 (v16): expected"), "\(found.text)")
        }
    }

    @Test(.enabled(if: Program.isInstalled("python3"), "python3 is not installed"))
    func `another program holds the chain against a signed checkpoint`() throws {
        let vouchers = try wholeLife()
        #expect(vouchers.count == 30)
        let signed = try [22, 30].map { try CheckpointTests.checkpoint(of: vouchers, after: $0) }
        var wrong = signed[0].text
        wrong = wrong.replacingOccurrences(of: "1012 20000.00", with: "1012 20000.01")
        let script = Self.script
        try Program.with(file: Export.jsonLines(of: vouchers), suffix: "jsonl") { path in
            try Program.with(file: signed[0].text, suffix: "txt") { first in
                try Program.with(file: signed[1].text, suffix: "txt") { second in
                    let found = try Program.run("python3", [script, path, second, first])
                    #expect(found.status == 0, "\(found.text)")
                    let lines = found.text.split(separator: "\n")
                    #expect(lines.map { $0.prefix(20) }.first == "checkpoint 22 agrees")
                    #expect(lines.last == "30 vouchers, chain sound, head \(vouchers[29].hash)")
                    try Program.with(
                        file: Export.jsonLines(of: vouchers.dropLast()), suffix: "jsonl"
                    ) { cut in
                        let found = try Program.run("python3", [script, cut, second])
                        #expect(found.status == 1 && found.text.contains("the end is missing"))
                    }
                }
            }
            try Program.with(file: wrong, suffix: "txt") { wrong in
                let found = try Program.run("python3", [script, path, wrong])
                #expect(found.status == 1 && found.text.hasPrefix("voucher 22 (w1): not as"))
            }
        }
    }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/verify-chain.py").path

    @Test func `the trial balance balances and reads as a table`() throws {
        let vouchers = try sampleVouchers()
        let trial = TrialBalance(of: vouchers, chart: .advanceFund)
        let book = verify(vouchers, chart: .advanceFund, fund: fund).book
        #expect(trial.balances)
        #expect(trial.rows.map(\.account) == book.balances.keys.sorted())
        for row in trial.rows { #expect(row.balance == book.balance(row.account)) }
        #expect(
            trial.csv.hasPrefix(
                """
                account,name,name_en,debits,credits,balance\r
                1002,银行专户存款,Bank,10001671.34,20001.50,9981669.84\r

                """))
        #expect(trial.csv.hasSuffix("\r\ntotal,合计,Total,\(trial.debits),\(trial.credits),\r\n"))
        let lines = trial.text.split(separator: "\n")
        #expect(lines.count == trial.rows.count + 2)
        #expect(lines[1].hasSuffix("  10001671.34      20001.50    9981669.84"), "\(trial.text)")
    }

    @Test func `the journal has a row for each line, and no cell runs as a formula`() throws {
        let vouchers = try sampleVouchers()
        let csv = Export.journalCSV(of: vouchers, chart: .advanceFund)
        #expect(csv.contains(",\"'=HYPERLINK(\"\"x\"\")\",2241:SY-25-0000002-H,应付赔付款,"))
        #expect(csv.contains("\"退票\n第二行\""))
        let rows = csv.components(separatedBy: "\r\n").dropFirst().dropLast()
        #expect(rows.count == vouchers.reduce(0) { $0 + $1.lines.count })
    }

    @Test func `every account has a name of its own in plain text`() {
        let subs = [
            "M00012", "m00012", "X-41", "A", "海岛", "a:b", "a b", "-A", "SY-25-0000001-K", "é",
        ]
        let accounts = subs.map { Account(Chart.receivable, sub: $0) } + [Account(Chart.receivable)]
        let names = accounts.map { Chart.advanceFund.plainTextName(of: $0) }
        #expect(Set(names).count == accounts.count)
        #expect(names[0] == "Assets:1122-Receivable-Merchant:M00012")
        #expect(names[3] == "Assets:1122-Receivable-Merchant:A")
        #expect(names[2] == "Assets:1122-Receivable-Merchant:X-582D3431")
    }

    private func expected(_ vouchers: [Voucher]) -> [String: Money] {
        let book = verify(vouchers, chart: .advanceFund, fund: fund).book
        return Dictionary(
            uniqueKeysWithValues: book.balances.map {
                (book.chart.plainTextName(of: $0.key), $0.value)
            })
    }

    /// `account, amount CNY` with or without quotes; an empty amount and `0` are zero.
    private func balances(inCSV text: String, heading: String) -> [String: Money] {
        var found: [String: Money] = [:]
        for row in text.split(whereSeparator: \.isNewline) {
            let cells = row.split(separator: ",", maxSplits: 1).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \r"))
            }
            guard cells.count == 2, cells[0] != heading else { continue }
            let amount = cells[1].replacingOccurrences(of: "CNY", with: "")
                .trimmingCharacters(in: .whitespaces)
            found[cells[0]] = amount.isEmpty ? .zero : Money(yuan: amount)
        }
        return found
    }
}

/// Another program, run to its end.
enum Program {
    static func isInstalled(_ name: String) -> Bool { path(of: name) != nil }

    private static func path(of name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
            .map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Standard output and error together.
    static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: try #require(path(of: name)))
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

    static func with(file text: String, suffix: String, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "amends-\(UUID().uuidString).\(suffix)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // A leftover in /tmp harms nobody.
        try body(file.path)
    }
}
