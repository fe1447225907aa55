import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

/// How a message simulator is started.
package struct MessageSimulatorSettings: Sendable {
    /// Loopback: it should be reached from this machine only.
    package var host = "127.0.0.1"
    /// 0: a free one.
    package var port: Int
    package var behaviour = MessageBehaviour()
    /// What the caller must show to be let in.
    package var app: String
    package var secret: String
    package var journal: MessageJournal

    package init(port: Int = 0, app: String, secret: String, journal: MessageJournal) {
        (self.port, self.app, self.secret, self.journal) = (port, app, secret, journal)
    }
}

/// The largest body a call may have.
let bodyLimit_bytes = 64 * 1_024

/// Counts calls, so that each has a fate of its own.
final class Calls: Sendable {
    private let count = Mutex(0)
    private let behaviour: MessageBehaviour

    init(_ behaviour: MessageBehaviour) { self.behaviour = behaviour }

    /// Answers as `body` says, unless this call's fate is another.
    func answer(_ body: () throws -> Response) async throws -> Response {
        let number = count.withLock { count in
            defer { count += 1 }
            return count
        }
        let (fate, delay) = behaviour.fate(of: number)
        if delay > 0 { try await Task.sleep(for: .milliseconds(delay)) }
        switch fate {
        case .plain: return try body()
        case .busy: return Response(status: .serviceUnavailable)
        case .lost:
            _ = try body()
            return Response(status: .badGateway)
        }
    }
}

func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
    // Texts and numbers alone: they always encode.
    let data = (try? JSONEncoder().encode(value)) ?? Data("{}".utf8)
    return Response(
        status: status, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(bytes: data)))
}

/// Serves until the process is told to stop or the task is cancelled; calls under way are answered first.
func serve(
    _ router: Router<BasicRequestContext>, _ settings: MessageSimulatorSettings, name: String,
    logger: Logger, onListening: @escaping @Sendable (Int) -> Void
) async throws {
    router.get("healthz") { _, _ in "ok\n" }
    router.get("journal") { [journal = settings.journal] _, _ in json(journal.messages) }
    let application = Application(
        router: router,
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port), serverName: name),
        onServerRunning: { channel in
            onListening(channel.localAddress?.port ?? settings.port)
        },
        logger: logger)
    let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    // A server that is cancelled outright traps when a connection was accepted and not yet taken up: so
    // the group runs in a task of its own, which nobody cancels.
    let running = Task { try await group.run() }
    try await withTaskCancellationHandler {
        try await running.value
    } onCancel: {
        Task { await group.triggerGracefulShutdown() }
    }
}
