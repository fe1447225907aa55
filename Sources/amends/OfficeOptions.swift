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

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Option(name: .customLong("as"), help: "Who acts, as it will stand in the audit trail.")
    var actorName: String?

    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    var databaseURL: String {
        database ?? environment["AMENDS_DATABASE"] ?? "sqlite:.amends/office.db"
    }

    var policyDirectory: String {
        policies ?? environment["AMENDS_POLICIES"] ?? "policies/sanya"
    }

    /// Whoever has the database file in hand may do what the role says; the name is for the trail.
    func actor(_ roles: Role..., bureau: String? = nil) -> Actor {
        let name = actorName ?? environment["USER"] ?? "console"
        return Actor(name: name, roles: Set(roles), bureau: bureau)
    }

    /// Nil where no file is named.
    func readSigningKey() throws -> SigningKey? {
        guard let file = signingKey ?? environment["AMENDS_SIGNING_KEY"] else { return nil }
        return try KeyFile.read(file)
    }

    /// Nil where no file is named.
    func readDataKeys() throws -> DataKeys? {
        guard let file = dataKey ?? environment["AMENDS_DATA_KEY"] else { return nil }
        return try DataKeyFile.read(file)
    }

    /// Nil where no program is named.
    private func readScanner() throws -> EvidenceScanner? {
        guard let command = environment["AMENDS_SCAN_COMMAND"] else { return nil }
        guard let scanner = EvidenceScanner(command: command) else {
            throw ValidationError("AMENDS_SCAN_COMMAND names no program")
        }
        return scanner
    }

    /// For commands that only read: opening would make an empty database.
    func refuseMissingFile() throws {
        guard databaseURL.hasPrefix("sqlite:"), databaseURL != "sqlite::memory:" else { return }
        let file = String(databaseURL.dropFirst("sqlite:".count))
        guard !FileManager.default.fileExists(atPath: file) else { return }
        throw ValidationError("there is no database \(file): name it with --database sqlite:FILE")
    }

    /// The folder of a database file that is to be made.
    func makeFolder() throws {
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
            database: databaseURL, policies: policyDirectory, logger: logger,
            signingKey: try readSigningKey(), dataKeys: try readDataKeys(),
            accounts: try AccountEnvironment.read(environment), scanner: try readScanner(),
            messages: try OutsideEnvironment.written(environment),
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
