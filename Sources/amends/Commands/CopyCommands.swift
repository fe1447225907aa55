import ArgumentParser
import Database
import Foundation
import Ledger
import Logging
import Store
import Workflow

/// Copies an office whole and proves the copy: row for row, and by its books.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Copy the office into another, empty database, and prove the copy.",
        discussion: """
            From SQLite to PostgreSQL or back. It copies what is there at one instant, while the office may go on: to \
            move, stop the service first. Every table must have the same rows by SHA-256, and the books of the copy \
            must be sound and end with the same voucher.
            """)
    @Option(
        help: "The database to copy into: sqlite:FILE or postgres://…; it must hold nothing yet.")
    var to: String
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try options.refuseMissingFile()
        try await reporting { try await options.copy(from: try options.databaseURL, to: to) }
    }
}

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Write the office as it is now into one SQLite file, while it goes on, and prove it.",
        discussion: """
            Of a SQLite or a PostgreSQL database. The file is there once it is whole, proven and on the disk; it holds \
            no key: keep the data key and the signing key elsewhere. amends restore puts it back.
            """)
    @Argument(help: "The file, which must not exist yet.") var file: String
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try options.refuseMissingFile()
        guard !FileManager.default.fileExists(atPath: file) else {
            throw ValidationError(
                "\(file) exists already: name another file, a backup is never written over")
        }
        try await reporting {
            let backup = BackupFile(file)
            try backup.clear()
            try await options.copy(from: try options.databaseURL, to: "sqlite:\(backup.part)")
            try backup.finish()
        }
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup back into an empty database, and prove it.",
        discussion: """
            The database is --database or AMENDS_DATABASE, and must hold nothing yet. Who restores after a loss runs \
            amends skip-numbers before the service starts, and looks afterwards for what happened since: the wallet's \
            bill and the bank's statements name every payment.
            """)
    @Argument(help: "A file that amends backup wrote.") var file: String
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw ValidationError("there is no file \(file)")
        }
        try options.makeFolder()
        try await reporting {
            try await options.copy(from: "sqlite:\(file)", to: try options.databaseURL)
        }
    }
}

extension OfficeOptions {
    /// Copies one database into another, opens the office on the copy, and has its books proven.
    fileprivate func copy(from source: String, to target: String) async throws {
        let began = ContinuousClock.now
        let tables: [CopiedTable]
        do {
            tables = try await copyTables(from: source, to: target)
        } catch let error as CopyError {
            complain(sentence(for: error))
            throw ExitCode(1)
        }
        let office = try await Office.open(
            database: target, policies: try policyDirectory, logger: makeLogger(.warning),
            signingKey: try readSigningKey(), dataKeys: try readDataKeys(), now: { wallClock() })
        let proof: BooksProof
        do {
            proof = try await office.verifyBooks()
        } catch {
            await office.close()
            throw error
        }
        await office.close()
        let seconds = Double((ContinuousClock.now - began).components.seconds)
        if json {
            try printJSON(
                CopyView(tables: tables.map(CopyView.Table.init), books: ProofView(proof)))
        } else {
            for table in tables where table.rows > 0 {
                print("\(table.name)\t\(table.rows)\t\(table.digest.prefix(16))…")
            }
            print(
                "\(tables.reduce(0) { $0 + $1.rows }) rows, every table the same by SHA-256; \(Int(seconds)) s"
            )
            print(ProofView(proof).text)
        }
        guard proof.isSound else { throw ExitCode(1) }
    }

    private func copyTables(from source: String, to target: String) async throws -> [CopiedTable] {
        let (from, into) = (try await Database.open(source), try await Database.open(target))
        do {
            try await into.migrate(Schema.steps)
            let tables = try await copyEverything(from: from, to: into)
            await from.close()
            await into.close()
            return tables
        } catch {
            await from.close()
            await into.close()
            throw error
        }
    }
}

private func sentence(for error: CopyError) -> String {
    switch error {
    case .targetInUse(let table):
        "the target holds rows already (\(table)): name an empty database, nothing is copied over another"
    case .otherSchema(let table):
        "the source's tables are of another version (\(table)): let this version open a copy of it first, with amends ledger verify"
    case .differs(let table):
        "the copy of \(table) is not what was read: do not use it, and look at the target's disk"
    case .begunAgain:
        "the copy was broken off and nothing was written: try again"
    }
}

/// What was copied, as JSON.
private struct CopyView: Encodable {
    struct Table: Encodable {
        let name: String
        let rows: Int
        let sha256: String

        init(_ table: CopiedTable) {
            (name, rows, sha256) = (table.name, table.rows, table.digest)
        }
    }

    let tables: [Table]
    let books: ProofView
}
