import ArgumentParser
import Courier
import Database
import Foundation
import Logging
import ServiceLifecycle
import Store
import Web
import Workflow

/// An office that this process runs: its database, its clocks and payments, and what it sends.
struct OfficeRun {
    let office: Office
    /// How its pages know themselves.
    let settings: WebSettings
    private let rounds: Rounds
    private let correspondence: Correspondence
    private let couriers: [Courier]

    /// Opens the office that `options` name, and gives it its first administrator.
    ///
    /// - Parameters:
    ///   - settings: How the process listens; what is the office's own is laid over it.
    ///   - admit: Refuses a database that is another's, before anything is written there.
    static func open(
        _ options: OfficeOptions, settings shared: WebSettings, wallet: String?, logger: Logger,
        admit: (Office) async throws -> Void = { _ in }
    ) async throws -> OfficeRun {
        let environment = try options.environment
        let office = try await options.open(logger: logger)
        do {
            try await admit(office)
            return try await OfficeRun(
                office, environment, shared, wallet: options.walletAddress(wallet))
        } catch {
            await office.close()
            throw error
        }
    }

    private init(
        _ office: Office, _ environment: [String: String], _ shared: WebSettings, wallet: String
    ) async throws {
        self.office = office
        if office.accounts.terms.box == nil {
            office.logger.warning(
                "personal data lies unsealed: make a key with amends privacy key FILE and name it in AMENDS_DATA_KEY"
            )
        }
        try await Self.bootstrap(office, given: environment["AMENDS_ADMIN_TOKEN"])
        for warning in AccountEnvironment.warnings(office.accounts.terms) {
            complain(office.named(warning))
        }
        let courier = Courier()
        let reach = try OutsideEnvironment.webhookReach(environment)
        let endpoints = WebhookSender.courier(reach: reach)
        couriers = [courier, endpoints]
        rounds = Rounds(office: office, wallet: HTTPWallet(wallet, courier: courier))
        correspondence = Correspondence(
            office: office, webhooks: WebhookSender(courier: endpoints, office: office),
            messages: try OutsideEnvironment.messages(environment, office: office))
        var settings = shared
        settings.webhookReach = reach
        settings.publicURL = environment["AMENDS_PUBLIC_URL"]
        settings.provider = try AccountEnvironment.provider(environment, courier: courier)
        self.settings = settings
    }

    /// Keeps the clocks, pays and writes until the task is cancelled.
    func run() async {
        await withTaskGroup { group in
            group.addTask { await office.keepPulse() }
            group.addTask { await rounds.run() }
            group.addTask { await correspondence.run() }
        }
    }

    func close() async {
        for courier in couriers { courier.close() }
        await office.close()
    }

    private static func bootstrap(_ office: Office, given: String?) async throws {
        var generator = SystemRandomNumberGenerator()
        let secret = given ?? freshSecret(using: &generator)
        let isFirst = try await office.read { try $0.tokens().isEmpty }
        try await office.work { try $0.bootstrap(administrator: secret) }
        if isFirst, given == nil {
            complain(office.named("the administrator's token, shown this once: \(secret)"))
        }
    }
}

extension Office {
    /// Where several offices run in one process, `text` says of which it speaks.
    fileprivate func named(_ text: String) -> String {
        logger[metadataKey: "office"].map { "\($0): \(text)" } ?? text
    }
}

/// Runs one office as long as the process goes on; one that cannot be opened yet is tried again.
struct OfficeService: Service {
    let name: String
    /// Nil where the database did not answer at the start.
    let opened: OfficeRun?
    let open: @Sendable () async throws -> OfficeRun
    let reception: Reception
    let logger: Logger

    private static let pause_seconds = 5

    /// An office that is open, and alone or already received.
    init(_ run: OfficeRun, _ reception: Reception, logger: Logger) {
        (name, opened) = ("", run)
        open = { run }
        (self.reception, self.logger) = (reception, logger)
    }

    init(
        name: String, opened: OfficeRun?, open: @escaping @Sendable () async throws -> OfficeRun,
        reception: Reception, logger: Logger
    ) {
        (self.name, self.opened, self.open) = (name, opened, open)
        (self.reception, self.logger) = (reception, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            guard let run = await begin() else { return }
            await run.run()
            await run.close()
        }
    }

    /// Nil where the process stops before the office could be opened.
    private func begin() async -> OfficeRun? {
        if let opened { return opened }
        while !Task.isCancelled {
            // Cancellation ends the pause.
            try? await Task.sleep(for: .seconds(Self.pause_seconds))
            if Task.isCancelled { break }
            do {
                let run = try await open()
                reception.open(run.office, named: name, settings: run.settings)
                return run
            } catch {
                logger.error(
                    "an office cannot be opened; it is tried again: look at its database",
                    metadata: [
                        "office": "\(name)", "error": "\(Console.sentence(for: error).text)",
                    ])
            }
        }
        return nil
    }
}

/// Which office of this process has which database and pays through which wallet, so that two of them never
/// share one.
actor Claims {
    private var names: [String: String] = [:]
    private var payers: [String: String] = [:]

    /// - Throws: Where another office has the same database, however it is written, or pays through the same
    ///   wallet: also where neither names one, and the address is nobody's choice.
    func claim(_ office: Office, as name: String, wallet: String) async throws {
        if office.books.hasFund {
            if let other = payers[wallet], other != name {
                throw ValidationError(
                    "\(name) and \(other) pay through one wallet, \(wallet): give each a `wallet` of its own"
                )
            }
            payers[wallet] = name
        }
        guard let identity = try await office.databaseIdentity() else { return }
        if let other = names[identity], other != name {
            throw ValidationError(
                "\(name) and \(other) are on one database: give each a database of its own")
        }
        names[identity] = name
    }
}

extension DatabaseError {
    /// A server that may come back; everything else a person must mend.
    var isAbsence: Bool {
        switch self {
        case .lost: true
        case .cannotOpen(let url, let why): url.hasPrefix("postgres") && !why.contains("collation")
        default: false
        }
    }
}
