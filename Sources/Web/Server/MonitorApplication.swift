import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import Synchronization
package import Telemetry
import Workflow

/// What a monitor may ask, on a listener of its own: `/metrics`, `/healthz` and `/readyz`.
///
/// It asks for no token, and so it listens where only monitors reach it: on loopback unless told otherwise. The
/// service's own listener, which the world may see, shows no metrics at all.
package func makeMonitorApplication(
    _ reception: Reception, registry: MetricRegistry, host: String, port: Int, logger: Logger,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) -> some ApplicationProtocol {
    let gauges = Mutex<[String: Gauges]>([:])
    let router = Router()
    router.get("/metrics") { _, _ in
        for (name, office) in reception.offices {
            let own = gauges.withLock { gauges in
                let own = gauges[name] ?? Gauges(office: office, named: name, registry: registry)
                gauges[name] = own
                return own
            }
            await own.show()
        }
        ProcessFigures()?.show(in: registry)
        return monitorResponse(200, Exposition.text(of: registry), Exposition.mediaType)
    }
    router.get("/healthz") { _, _ in monitorResponse(200, "ok\n", "text/plain") }
    router.get("/readyz") { _, context in
        let faults = reception.faults
        if faults.isEmpty { return monitorResponse(200, "ready\n", "text/plain") }
        return Answer(Problem(notReady: faults), request: context.id).response
    }
    return Application(
        router: router,
        configuration: ApplicationConfiguration(
            address: .hostname(host, port: port), serverName: "amends"),
        onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
        logger: logger)
}

private func monitorResponse(_ status: Int, _ text: String, _ mediaType: String) -> Response {
    Answer(status, mediaType, ByteBuffer(string: text)).with(.cacheControl, "no-store").response
}
