import ArgumentParser
import Courier
import Foundation
import Hummingbird
import Ledger
import Logging
import ServiceLifecycle
import Store
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
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try await reporting {
            let office = try await options.open(logLevel: .info)
            if try options.readDataKeys() == nil {
                office.logger.warning(
                    "personal data lies unsealed: make a key with amends privacy key FILE and name it in AMENDS_DATA_KEY"
                )
            }
            try await bootstrap(office)
            let courier = Courier()
            let rounds = Rounds(office: office, wallet: HTTPWallet(wallet, courier: courier))
            var settings = WebSettings()
            settings.host = host
            settings.port = port
            let web = makeApplication(
                office: office, settings: settings, logger: office.logger,
                onListening: { [host] port in
                    complain(
                        "serving http://\(host):\(port)/ — API below /api/v1, described at /openapi.json"
                    )
                })
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [
                        .init(service: RoundsService(rounds: rounds)),
                        .init(service: web, successTerminationBehavior: .gracefullyShutdownGroup),
                    ],
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: office.logger))
            try await group.run()
            courier.close()
            await office.close()
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

/// The office's rounds as a service: it ends with the group, after the round under way.
private struct RoundsService: Service {
    let rounds: Rounds

    func run() async throws {
        await cancelWhenGracefulShutdown { await rounds.run() }
    }
}
