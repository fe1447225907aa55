import ArgumentParser
import Casework
import Foundation
import Ledger
import Logging
import Store
import Workflow

/// What every command that opens the office takes.
struct OfficeOptions: ParsableArguments {
    @Option(help: "sqlite:FILE, sqlite::memory: or postgres://… (AMENDS_DATABASE).")
    var database: String?

    @Option(help: "The jurisdiction's folder of editions (AMENDS_POLICIES).")
    var policies: String?

    @Option(help: "The file of the key that signs checkpoints (AMENDS_SIGNING_KEY).")
    var signingKey: String?

    @Option(help: "The file of the keys that seal personal data (AMENDS_DATA_KEY).")
    var dataKey: String?

    @Option(help: "A file of offices, each with its database and settings (docs/OPERATIONS.md).")
    var offices: String?

    @Option(help: "Which office of that file.")
    var office: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Option(name: .customLong("as"), help: "Who acts, as it will stand in the audit trail.")
    var actorName: String?

    /// What this office reads in place of the process's environment.
    ///
    /// - Throws: Where the file of offices is wrong, or does not say which of them is meant.
    var environment: [String: String] {
        get throws {
            let process = ProcessInfo.processInfo.environment
            switch (offices, office) {
            case (nil, nil): return process
            case (nil, _?):
                throw ValidationError("--office names an office of a file: name it by --offices")
            case (let file?, nil):
                throw ValidationError(
                    "\(file) holds several offices: say which is meant by --office NAME")
            case (let file?, let name?):
                let offices = try readOffices(file)
                return try worded { () throws(PolicyError) in try offices.entry(named: name) }
                    .environment(over: process)
            }
        }
    }

    /// The file of `--offices`, in words where it is wrong.
    func readOffices(_ file: String) throws -> OfficesFile {
        try worded { () throws(PolicyError) in
            try OfficesFile.load(file, environment: ProcessInfo.processInfo.environment)
        }
    }

    private func worded<T>(_ body: () throws(PolicyError) -> T) throws -> T {
        do throws(PolicyError) { return try body() } catch { throw ValidationError("\(error)") }
    }

    var databaseURL: String {
        get throws {
            try database ?? environment["AMENDS_DATABASE"] ?? "sqlite:.amends/office.db"
        }
    }

    var policyDirectory: String {
        get throws { try policies ?? environment["AMENDS_POLICIES"] ?? "policies/sanya" }
    }

    /// - Parameter option: What the command line says.
    func walletAddress(_ option: String?) throws -> String {
        try option ?? environment["AMENDS_WALLET"] ?? "http://127.0.0.1:8090"
    }

    /// Whoever has the database file in hand may do what the role says; the name is for the trail.
    func actor(_ roles: Role..., bureau: String? = nil) -> Actor {
        let name = actorName ?? ProcessInfo.processInfo.environment["USER"] ?? "console"
        return Actor(name: name, roles: Set(roles), bureau: bureau)
    }

    /// Nil where no file is named.
    func readSigningKey() throws -> SigningKey? {
        guard let file = try signingKey ?? environment["AMENDS_SIGNING_KEY"] else { return nil }
        return try KeyFile.read(file)
    }

    /// Nil where no file is named.
    func readDataKeys() throws -> DataKeys? {
        guard let file = try dataKey ?? environment["AMENDS_DATA_KEY"] else { return nil }
        return try DataKeyFile.read(file)
    }

    /// Nil where no program is named.
    private func readScanner() throws -> EvidenceScanner? {
        guard let command = try environment["AMENDS_SCAN_COMMAND"] else { return nil }
        guard let scanner = EvidenceScanner(command: command) else {
            throw ValidationError("AMENDS_SCAN_COMMAND names no program")
        }
        return scanner
    }

    /// For commands that only read: opening would make an empty database.
    func refuseMissingFile() throws {
        let databaseURL = try databaseURL
        guard databaseURL.hasPrefix("sqlite:"), databaseURL != "sqlite::memory:" else { return }
        let file = String(databaseURL.dropFirst("sqlite:".count))
        guard !FileManager.default.fileExists(atPath: file) else { return }
        throw ValidationError("there is no database \(file): name it with --database sqlite:FILE")
    }

    /// The folder of a database file that is to be made.
    func makeFolder() throws {
        let databaseURL = try databaseURL
        if databaseURL.hasPrefix("sqlite:"), databaseURL != "sqlite::memory:" {
            let file = String(databaseURL.dropFirst("sqlite:".count))
            let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            if !folder.isEmpty {
                try FileManager.default.createDirectory(
                    atPath: folder.joined(separator: "/"), withIntermediateDirectories: true)
            }
        }
    }

    func open(logger: Logger = makeLogger(.warning)) async throws -> Office {
        try makeFolder()
        return try await Office.open(
            database: try databaseURL, policies: try policyDirectory, logger: logger,
            signingKey: try readSigningKey(), dataKeys: try readDataKeys(),
            accounts: try AccountEnvironment.read(try environment), scanner: try readScanner(),
            messages: try OutsideEnvironment.written(try environment),
            now: { wallClock() })
    }

    /// Opens the office, runs `body`, and closes the database whatever happens.
    func withOffice<T>(_ body: (Office) async throws -> T) async throws -> T {
        try await reporting {
            let office = try await open()
            do {
                let value = try await body(office)
                await office.close()
                return value
            } catch {
                await office.close()
                throw error
            }
        }
    }
}

/// The wall clock, in whole milliseconds.
func wallClock() -> Moment {
    Moment(ms: Int64((Date.now.timeIntervalSince1970 * 1_000).rounded(.down)))
}

/// Logs to standard error: standard output is the command's answer.
func makeLogger(_ level: Logger.Level) -> Logger {
    var logger = Logger(label: "amends", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = level
    return logger
}
