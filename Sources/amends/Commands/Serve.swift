import ArgumentParser
import Courier
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
            """)
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "The wallet's address.") var wallet = "http://127.0.0.1:8090"
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

    func run() async throws {
        try await reporting {
            let environment = ProcessInfo.processInfo.environment
            let registry = MetricRegistry()
            let exporter = try watch.start(registry, environment: environment)
            let office = try await options.open(logger: watch.logger(.info))
            if try options.readDataKeys() == nil {
                office.logger.warning(
                    "personal data lies unsealed: make a key with amends privacy key FILE and name it in AMENDS_DATA_KEY"
                )
            }
            try await bootstrap(office)
            for warning in AccountEnvironment.warnings(office.accounts.terms) { complain(warning) }
            let courier = Courier()
            let rounds = Rounds(
                office: office, wallet: HTTPWallet(wallet, courier: courier))
            let reach = try OutsideEnvironment.webhookReach(environment)
            let endpoints = WebhookSender.courier(reach: reach)
            let correspondence = Correspondence(
                office: office, webhooks: WebhookSender(courier: endpoints, office: office),
                messages: try OutsideEnvironment.messages(environment, office: office))
            var settings = WebSettings()
            settings.webhookReach = reach
            settings.host = host
            settings.port = port
            settings.certificate = try readCertificate()
            settings.proxies = try readProxies()
            settings.publicURL = environment["AMENDS_PUBLIC_URL"]
            settings.provider = try AccountEnvironment.provider(environment, courier: courier)
            let scheme = settings.certificate == nil ? "http" : "https"
            let web = try makeApplication(
                office: office, settings: settings, logger: office.logger,
                onListening: { [host] port in
                    complain(
                        "serving \(scheme)://\(host):\(port)/ — API below /api/v1, described at /openapi.json"
                    )
                })
            // They are stopped from the last to the first, each when the one after it has ended.
            var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
            if let exporter { services.append(.init(service: Loop { await exporter.run() })) }
            services.append(.init(service: Loop { await office.keepPulse() }))
            services.append(.init(service: Loop { await rounds.run() }))
            services.append(.init(service: Loop { await correspondence.run() }))
            if let port = watch.metricsPort {
                let monitor = makeMonitorApplication(
                    office: office, registry: registry, host: watch.metricsHost, port: port,
                    logger: office.logger,
                    onListening: { [host = watch.metricsHost] port in
                        complain("metrics for monitors at http://\(host):\(port)/metrics")
                    })
                services.append(.init(service: monitor))
            }
            services.append(
                .init(service: web, successTerminationBehavior: .gracefullyShutdownGroup))
            services.append(.init(service: Farewell(office: office, seconds: watch.drainSeconds)))
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: services, gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: office.logger))
            try await group.run()
            courier.close()
            endpoints.close()
            await office.close()
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

    private func bootstrap(_ office: Office) async throws {
        var generator = SystemRandomNumberGenerator()
        let given = ProcessInfo.processInfo.environment["AMENDS_ADMIN_TOKEN"]
        let secret = given ?? freshSecret(using: &generator)
        let isFirst = try await office.read { try $0.tokens().isEmpty }
        try await office.work { try $0.bootstrap(administrator: secret) }
        if isFirst, given == nil {
            complain("the administrator's token, shown this once: \(secret)")
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
    let office: Office
    let seconds: Int

    func run() async throws {
        try await gracefulShutdown()
        office.vitals.shutDown()
        // Cancellation is a second request to stop: at once.
        try? await Task.sleep(for: .seconds(seconds))
    }
}
