import Database
import Foundation
import Ledger
import Store

/// How long it takes to prove books of many vouchers, beside hledger's own check of the same journal;
/// and how much room they take on disk.
struct VerifyBench {
    struct Figure {
        let vouchers: Int
        let lines: Int
        /// Bytes of the database for each voucher line, all indexes and projections included.
        let bytesPerLine: Double
        /// Written in bulk, a thousand a commit.
        let written: Cost
        /// Read from the database and proved.
        let verified: Cost
        /// Proved alone, of vouchers in memory.
        let proved: Cost
        /// `hledger check` on the exported journal, in seconds of wall time; nil: not installed.
        let hledger: Double?
    }

    let folder: String
    let hasHledger: Bool

    func run(_ count: Int) async throws -> Figure {
        let path = "\(folder)/verify-\(count).db"
        let database = try await Database.open("sqlite:\(path)")
        try await database.migrate(Schema.steps)
        let (_, written) = try await Cost.measure { try await write(count, to: database) }
        let (_, verified) = try await Cost.measure {
            try await database.read { transaction in
                let proof = try transaction.prove(Self.verifier)
                guard proof.verifier.book.head.number == count else {
                    throw LedgerBenchError.unsound
                }
            }
        }
        let vouchers = try await database.read { transaction in
            var vouchers: [Voucher] = []
            try transaction.forEachVoucher(of: Self.fund) { vouchers.append($0) }
            return vouchers
        }
        let (_, proved) = Cost.measureNow {
            var verifier = Self.verifier
            for voucher in vouchers { try? verifier.check(voucher) }  // Proved sound above.
        }
        await database.close()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        let lines = vouchers.reduce(0) { $0 + $1.lines.count }
        return Figure(
            vouchers: count, lines: lines, bytesPerLine: Double(size) / Double(lines),
            written: written, verified: verified, proved: proved,
            hledger: hasHledger ? try checkWithHledger(vouchers) : nil)
    }

    // MARK: The books

    private static let fund = "bench"
    private static let day = Day("2023-05-01")!
    private static var verifier: Verifier { Verifier(chart: .advanceFund, fund: fund) }

    private func write(_ count: Int, to database: Database) async throws {
        for start in stride(from: 0, to: count, by: LedgerBench.bulk) {
            let end = min(start + LedgerBench.bulk, count)
            try await database.write {
                _ = try $0.post(
                    (start..<end).map(Self.draft), chart: .advanceFund,
                    at: Moment(ms: 1_682_899_200_000 + Int64(start)))
            }
        }
    }

    /// The first is the grant; then each case reserves, is released, and is paid.
    private static func draft(_ number: Int) -> Draft {
        guard number > 0 else {
            return draft("grant", "财政拨付", Posting.appropriation(Money(fen: 100_000_000_000)))
        }
        let (index, step) = ((number - 1) / 3, (number - 1) % 3)
        let file = "SY-\(24 + index / 9_999_999)-\(String(format: "%07d", index % 9_999_999))-4"
        let amount = Money(fen: 10_000 + Int64(index % 977) * 100)
        let lines =
            switch step {
            case 0: Posting.reserve(amount, as: ID("\(file)/1"))
            case 1:
                Posting.release(
                    amount, of: ID("\(file)/1"), toCase: file, owedBy: "M\(index % 2_000)")
            default: Posting.payoutSucceeded(amount, toCase: file, from: Posting.bank)
            }
        return draft("\(file)#\(7 + step)", ["冻结", "解冻付款", "付讫"][step] + " " + file, lines)
    }

    private static func draft(_ id: String, _ reason: String, _ lines: [Line]) -> Draft {
        Draft(
            id: ID(id), fund: fund, businessDate: day, reason: reason, source: id,
            maker: "office", lines: lines)
    }

    // MARK: hledger

    private func checkWithHledger(_ vouchers: [Voucher]) throws -> Double {
        let path = "\(folder)/verify.journal"
        try Export.hledger(of: vouchers, chart: .advanceFund)
            .write(toFile: path, atomically: false, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["hledger", "-f", path, "check"]
        let start = Date()
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw LedgerBenchError.unsound }
        return Date().timeIntervalSince(start)
    }
}
