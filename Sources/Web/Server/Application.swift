package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Workflow

/// Where and how the service listens.
package struct WebSettings: Sendable {
    /// Loopback until there is a log-in: the pages show masked data to whoever can reach them.
    package var host = "127.0.0.1"
    /// 0: a free one; see `onListening`.
    package var port = 8_080
    /// How many cases one address may file at once without a token, and how many seconds until the next.
    package var filingsPerAddress = 10
    package var secondsPerFiling = 30.0
    /// How many tracking codes one address may try, and how many seconds until the next.
    package var codesPerAddress = 10
    package var secondsPerCode = 20.0
    /// How many passwords and codes one address may try, and how many seconds until the next.
    package var logInsPerAddress = 30
    package var secondsPerLogIn = 6.0
    /// Where events may be sent.
    package var webhookReach = WebhookReach.publicOnly
    /// Who says who people are, besides their passwords.
    package var provider: IdentityProvider?
    /// How pages are told that something changed.
    var live = LiveBoard.Limits()
    /// An idle connection is closed after this.
    package var idleSeconds: Int64 = 60
    /// With it the service speaks TLS itself.
    package var certificate: Certificate?
    /// How browsers reach the service, without a slash at the end; nil: as it listens.
    package var publicURL: String?

    /// Those whose word on where a request comes from is believed.
    package var proxies = TrustedProxies()

    /// Whether a browser's cookies travel by TLS alone.
    var isEncrypted: Bool { certificate != nil || publicURL?.hasPrefix("https://") == true }

    package init() {}
}

/// The HTTP service of an office: the API under `/api/v1`, its description, and the pages.
///
/// It runs as a service: `try await makeApplication(…).runService()`, which ends on SIGTERM and SIGINT
/// after the requests under way.
///
/// - Parameter onListening: Called once with the port, when requests are taken.
/// - Throws: When TLS cannot be set up with the certificate.
package func makeApplication(
    office: Office, settings: WebSettings = WebSettings(),
    logger: Logger = Logger(label: "amends.web"),
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) throws -> some ApplicationProtocol {
    try makeApplication(
        Reception(one: office, settings: settings), logger: logger, onListening: onListening)
}

/// The same for all offices of `reception`, each at its hosts.
package func makeApplication(
    _ reception: Reception, logger: Logger,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let settings = reception.settings
    let plain = HTTPServerBuilder.http1(
        configuration: .init(idleTimeout: .seconds(settings.idleSeconds)))
    return Application(
        router: router(Routes.all, Edge(routes: Routes.all, reception: reception)),
        server: try settings.certificate?.covering(plain) ?? plain,
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port), serverName: "amends"),
        onServerRunning: { channel in
            let port = channel.localAddress?.port ?? settings.port
            logger.info(
                "the service takes requests",
                metadata: ["host": "\(settings.host)", "port": "\(port)"])
            onListening(port)
        },
        logger: logger)
}

private func router(_ routes: [Route], _ edge: Edge) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: edge)
    for route in routes {
        router.on(RouterPath(route.path), method: route.method) { request, context in
            try await context.receiver.answer(route, request, context).response
        }
    }
    return router
}
