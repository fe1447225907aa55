import ArgumentParser
import Foundation
import Ledger
import Store
import Workflow

struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The fund's books: prove them, read them, hand them out.",
        subcommands: [
            Verify.self, TrialBalanceCommand.self, ExportCommand.self, SheetCommand.self,
            VoucherCommand.self, ProposeCommand.self, CloseCommand.self, CheckpointsCommand.self,
            KeyCommand.self,
        ])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Recompute everything from the vouchers: chain, balances, guards, ties to the cases.",
            discussion: """
                With --checkpoint and --key the chain is held to what an auditor kept, by the key the \
                office gave by hand; without, to the office's own checkpoints if it has its key here.
                """)
        @Option(name: .customLong("checkpoint"), help: "A file with a checkpoint that was kept.")
        var checkpoints: [String] = []
        @Option(name: .customLong("key"), help: "A key that counts, in base64.")
        var keys: [String] = []
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let evidence = try evidence()
            let proof = try await options.withOffice { office in
                let count = try await office.read { try $0.ledgerHead(office.books.fund).number }
                let progress = Progress("verifying", total: Int(count))
                defer { progress.finish() }
                return try await office.verifyBooks(against: evidence) { progress.show(Int($0)) }
            }
            if options.json {
                try printJSON(ProofView(proof))
            } else {
                print(ProofView(proof).text)
            }
            guard proof.isSound else { throw ExitCode(1) }
        }

        private func evidence() throws -> AuditEvidence? {
            if checkpoints.isEmpty && keys.isEmpty { return nil }
            return AuditEvidence(
                checkpoints: try checkpoints.map { file in
                    let text = try String(contentsOfFile: file, encoding: .utf8)
                    do throws(CheckpointTextError) {
                        return try SignedCheckpoint(text: text)
                    } catch {
                        throw ValidationError("\(file) is no checkpoint: \(error)")
                    }
                },
                keys: try keys.map { text in
                    guard let key = VerificationKey(text) else {
                        throw ValidationError("'\(text)' is no key: it is 32 bytes in base64")
                    }
                    return key
                })
        }
    }

    struct TrialBalanceCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "trial-balance",
            abstract: "Every account with its debits, credits and balance.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let balance = try await options.withOffice { office in
                let vouchers = try await office.allVouchers()
                return TrialBalance(of: vouchers, chart: office.books.chart)
            }
            print(options.json ? balance.csv : balance.text)
        }
    }

    struct ExportCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "All vouchers, for hledger, beancount, a spreadsheet or a program.")

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case hledger, beancount, csv, jsonl
        }

        @Option(help: "hledger, beancount, csv or jsonl.") var format: Format = .hledger
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let text = try await options.withOffice { office in
                let vouchers = try await office.allVouchers()
                let chart = office.books.chart
                return switch format {
                case .hledger: Export.hledger(of: vouchers, chart: chart)
                case .beancount: Export.beancount(of: vouchers, chart: chart)
                case .csv: Export.journalCSV(of: vouchers, chart: chart)
                case .jsonl: Export.jsonLines(of: vouchers)
                }
            }
            print(text, terminator: "")
        }
    }
}

/// A proof of the books as text and JSON.
struct ProofView: Encodable {
    let sound: Bool
    let vouchers: Int64
    let head: String
    let spendable_fen: Int64
    let fault: String?
    let differences: [String]
    let ties: [Tie]
    let checkpoints: Int
    let broken_day: String?
    let broken_block: String?
    let statement_true: Bool
    let broken_caps: [String]

    struct Tie: Encodable {
        let name: String
        let books_fen: Int64
        let cases_fen: Int64
        let holds: Bool
    }

    init(_ proof: BooksProof) {
        sound = proof.isSound
        vouchers = proof.vouchers
        head = proof.head.hash.hex
        spendable_fen = proof.spendable.fen
        fault = proof.fault.map { "voucher \($0.number) (\($0.id)): \($0.reason)" }
        differences = proof.differences.map { "\($0)" }
        checkpoints = proof.checkpoints
        broken_day = proof.brokenDay?.description
        statement_true = proof.isStatementTrue
        broken_caps = proof.brokenCaps
        broken_block = proof.brokenBlock?.description
        ties = proof.ties.map {
            Tie(name: $0.name, books_fen: $0.books.fen, cases_fen: $0.cases.fen, holds: $0.holds)
        }
    }

    var text: String {
        var lines = [
            "vouchers   \(vouchers), chain unbroken to \(head.prefix(16))…",
            "spendable  \(Money(fen: spendable_fen))",
        ]
        if let fault { lines[0] = "FAULT      \(fault)" }
        lines += differences.map { "DIFFERENCE \($0)" }
        lines += ties.map { tie in
            let (books, cases) = (Money(fen: tie.books_fen), Money(fen: tie.cases_fen))
            return
                "\(tie.holds ? "ties      " : "DOES NOT TIE") \(tie.name): books \(books), cases \(cases)"
        }
        if checkpoints > 0 { lines.append("signed     \(checkpoints) checkpoints, all held to") }
        if let broken_day {
            lines.append("BROKEN     the books of \(broken_day) are not those that were closed")
        }
        if let broken_block {
            lines.append("BROKEN     the stored sum of \(broken_block) is not what they give")
        }
        if !statement_true {
            lines.append(
                "BROKEN     the stored statement of the fund is not what its vouchers give")
        }
        lines += broken_caps.map {
            "BROKEN     what is committed of \($0) is not the sum of its advances"
        }
        lines.append(sound ? "the books are sound" : "the books are NOT sound")
        return lines.joined(separator: "\n")
    }
}
