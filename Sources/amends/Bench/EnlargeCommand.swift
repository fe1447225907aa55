import ArgumentParser
import Casework
import Database
import Foundation
import Ledger
import Store
import Workflow

/// Makes an office large in minutes, to see what its size costs: finished cases again under other numbers,
/// and vouchers that set aside and return one yuan.
///
/// The copies are rows like any others, and the vouchers are posted like any others; but nobody lived these
/// cases, so `ledger verify` finds that more cases than books have money. Only for a database to measure.
struct EnlargeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enlarge",
        abstract: "Copy an office's finished cases and post vouchers, to measure a large one.")
    @Option(help: "How often each finished case is copied.") var copies = 0
    @Option(help: "How many vouchers are posted.") var vouchers = 0
    @OptionGroup var options: OfficeOptions

    private static let batch = 1_000
    /// Of copies: letters that no number of a case has in this place.
    private static let letters =
        "abcdefghijklmnopqrstuvwxyz"
        + String(
            String.UnicodeScalarView(((0x100 as UInt32)...0x17f).compactMap(Unicode.Scalar.init)))

    func validate() throws {
        guard (0...Self.letters.count).contains(copies) else {
            throw ValidationError("--copies is 0 to \(Self.letters.count)")
        }
        // Never the office of everyday, by a default or a forgotten variable.
        guard options.database != nil else {
            throw ValidationError("it spoils an office for use: name a copy with --database")
        }
    }

    func run() async throws {
        try await options.withOffice { office in
            let prefix = office.policies.editions.last?.prefix ?? ""
            for letter in Self.letters.prefix(copies) {
                try await copy(of: prefix, as: letter, in: office.database)
            }
            if vouchers > 0 {
                try await post(in: office)
                // As a server's rounds do it, which never have so many before them.
                while try await office.addUpVouchers() {}
            }
            let counts = try await office.read { try $0.storedCounts() }
            let head = try await office.read { try $0.ledgerHead(office.books.fund).number }
            print("\(counts["case_event"] ?? 0) events, \(head) vouchers")
        }
    }

    // MARK: Cases

    /// The tables that a finished case has rows in, with the column that names it.
    private static let tables = [
        ("case_event", "case_id"), ("case_row", "case_id"), ("case_key", "case_id"),
        ("commitment", "case_id"), ("payout", "case_id"), ("recovery", "case_id"),
        ("report_record", "record_id"), ("tracking_code", "case_id"),
    ]
    /// What tells people and things apart: a copy is about others.
    private static let own: Set<String> = ["value", "claimant", "tourist"]

    private func copy(of prefix: String, as letter: Character, in database: Database) async throws {
        let shapes = try await database.tables()
        for (name, id) in Self.tables {
            guard let table = shapes.first(where: { $0.name == name }) else { continue }
            let columns = table.columns.map(\.name)
            let values = table.columns.map { column in
                if column.kind != .text { return column.name }
                if Self.own.contains(column.name) { return "\(column.name) || '\(letter)'" }
                return "replace(\(column.name), '\(prefix)', '\(prefix.dropLast())\(letter)')"
            }
            let text = """
                insert into \(name) (\(columns.joined(separator: ", ")))
                select \(values.joined(separator: ", ")) from \(name)
                where \(id) in (select case_id from case_row where is_open = 0
                    and substr(case_id, 1, \(prefix.count)) = '\(prefix)')
                """
            try await database.write { try $0.run(SQL(stringLiteral: text)) }
        }
        try await database.write { transaction in
            try transaction.run("delete from stored_count")
            for (name, count) in try transaction.recounted() {
                try transaction.run(
                    "insert into stored_count (name, amount) values (\(name), \(count))")
            }
        }
    }

    // MARK: Vouchers

    private func post(in office: Office) async throws {
        let run = "bench-\(ProcessInfo.processInfo.processIdentifier)"
        let (fund, currency) = (office.books.fund, office.books.postings.currency)
        for first in stride(from: 0, to: vouchers, by: Self.batch) {
            let end = min(first + Self.batch, vouchers)
            try await office.work { work in
                let drafts = (first..<end).map { number in
                    let pair = "\(run)/\(number / 2)"
                    let isReturn = !number.isMultiple(of: 2)
                    let amount = Money(fen: 100)
                    return Draft(
                        id: ID("\(pair)#\(isReturn ? 2 : 1)"), fund: fund, currency: currency,
                        businessDate: work.today, reason: "bench", source: "\(pair)#1",
                        maker: "bench",
                        lines: isReturn
                            ? Posting.returned(amount, of: ID(pair))
                            : Posting.reserve(amount, as: ID(pair)))
                }
                _ = try work.transaction.post(drafts, chart: office.books.chart, at: work.now)
            }
        }
    }
}
