import ArgumentParser
import Database
import Foundation
import Hummingbird
import Ledger
import Logging
import ServiceLifecycle
import Store
import Telemetry
import UnixSignals
import Web
import Workflow

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the API and the pages, keep the clocks, and pay through the wallet.",
        discussion: """
            The first start prints the administrator's token, once. AMENDS_ADMIN_TOKEN names it instead.
            With --offices one process serves every office of a file, each at its hosts and on its database.
            """)
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "The wallet's address (AMENDS_WALLET).") var wallet: String?
    @Option(help: "A PEM file of the certificate and its chain: the service then speaks TLS.")
    var certificate: String?
    @Option(help: "The PEM file of the certificate's key.") var key: String?
    @Option(
        help:
            "An address or network whose X-Forwarded-For and Forwarded are believed; may be repeated."
    )
    var trustedProxy: [String] = []
    @OptionGroup var watch: WatchOptions
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard options.offices != nil, options.office == nil else { return }
        for (option, value) in [
            ("--database", options.database), ("--policies", options.policies),
            ("--signing-key", options.signingKey), ("--data-key", options.dataKey),
            ("--wallet", wallet),
        ] where value != nil {
            throw ValidationError("\(option) is of one office: write it in the file of --offices")
        }
    }

    func run() async throws {
        try await reporting {
            let environment = ProcessInfo.processInfo.environment
            let registry = MetricRegistry()
            let exporter = try watch.start(registry, environment: environment)
            let logger = watch.logger(.info)
            var settings = WebSettings()
            settings.host = host
            settings.port = port
            settings.certificate = try readCertificate()
            settings.proxies = try readProxies()
            let (reception, offices) = try await openOffices(settings, logger)
            let scheme = settings.certificate == nil ? "http" : "https"
            let web = try makeApplication(
                reception, logger: logger,
                onListening: { [host] port in
                    complain(
                        "serving \(scheme)://\(host):\(port)/ — API below /api/v1, described at /openapi.json"
                    )
                })
            // They are stopped from the last to the first, each when the one after it has ended.
            var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
            if let exporter { services.append(.init(service: Loop { await exporter.run() })) }
            for office in offices { services.append(.init(service: office)) }
            if let port = watch.metricsPort {
                let monitor = makeMonitorApplication(
                    reception, registry: registry, host: watch.metricsHost, port: port,
                    logger: logger,
                    onListening: { [host = watch.metricsHost] port in
                        complain("metrics for monitors at http://\(host):\(port)/metrics")
                    })
                services.append(.init(service: monitor))
            }
            services.append(
                .init(service: web, successTerminationBehavior: .gracefullyShutdownGroup))
            services.append(
                .init(service: Farewell(reception: reception, seconds: watch.drainSeconds)))
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: services, gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger))
            try await group.run()
        }
    }

    /// The one office, or all of the file: a fault of a setting ends the start, a database that is away delays
    /// its own office only.
    private func openOffices(
        _ settings: WebSettings, _ logger: Logger
    ) async throws -> (Reception, [OfficeService]) {
        guard let path = options.offices, options.office == nil else {
            let run = try await OfficeRun.open(
                options, settings: settings, wallet: wallet, logger: logger)
            let reception = Reception(one: run.office, settings: run.settings)
            return (reception, [OfficeService(run, reception, logger: logger)])
        }
        let file = try options.readOffices(path)
        let reception = Reception(file.entries, settings: settings)
        let claims = Claims()
        var services: [OfficeService] = []
        for entry in file.entries {
            var own = options
            own.office = entry.name
            var named = logger
            named[metadataKey: "office"] = "\(entry.name)"
            let open = { @Sendable [own, named] () async throws -> OfficeRun in
                try await OfficeRun.open(
                    own, settings: settings, wallet: nil, logger: named,
                    admit: { office in
                        try await claims.claim(
                            office, as: entry.name, wallet: own.walletAddress(nil))
                    })
            }
            let run = try await attempt(entry.name, named, open)
            if let run { reception.open(run.office, named: entry.name, settings: run.settings) }
            services.append(
                OfficeService(
                    name: entry.name, opened: run, open: open, reception: reception, logger: logger)
            )
        }
        return (reception, services)
    }

    /// Nil where a server's database is away: it is tried again by its own service.
    private func attempt(
        _ name: String, _ logger: Logger, _ open: () async throws -> OfficeRun
    ) async throws -> OfficeRun? {
        do {
            return try await open()
        } catch let error as DatabaseError where error.isAbsence {
            logger.error(
                "an office cannot be opened; it is tried again: look at its database",
                metadata: ["error": "\(Console.sentence(for: error).text)"])
            return nil
        } catch {
            complain("the office \(name) cannot be opened")
            throw error
        }
    }

    /// Of the option, or of AMENDS_TRUSTED_PROXY with commas between.
    private func readProxies() throws -> TrustedProxies {
        let named = ProcessInfo.processInfo.environment["AMENDS_TRUSTED_PROXY"] ?? ""
        let texts =
            trustedProxy.isEmpty ? named.split(separator: ",").map(String.init) : trustedProxy
        do throws(MalformedNetwork) {
            return try TrustedProxies(texts)
        } catch {
            throw ValidationError("'\(error.text)' is no address and no network such as 10.0.0.0/8")
        }
    }

    private func readCertificate() throws -> Certificate? {
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let chain?, let key?):
            do throws(CertificateError) {
                return try Certificate(chain: chain, key: key)
            } catch {
                switch error {
                case .unreadable(let file):
                    throw ValidationError("\(file) cannot be read as PEM")
                case .unfit(let certificate, let key):
                    throw ValidationError("\(key) is not the key of \(certificate)")
                }
            }
        case (_?, nil), (nil, _?):
            throw ValidationError("--certificate and --key are given together")
        }
    }
}

/// What goes on until it is cancelled, as a service: it ends with the group, after the step under way.
private struct Loop: Service {
    let body: @Sendable () async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown { await body() }
    }
}

/// Says that the service is about to stop, and gives those who send requests the time to hear it.
private struct Farewell: Service {
    let reception: Reception
    let seconds: Int

    func run() async throws {
        try await gracefulShutdown()
        reception.shutDown()
        // Cancellation is a second request to stop: at once.
        try? await Task.sleep(for: .seconds(seconds))
    }
}
