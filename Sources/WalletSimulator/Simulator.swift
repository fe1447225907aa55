import Glibc
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals
package import Workflow

/// How a wallet simulator is started.
package struct SimulatorSettings: Sendable {
    /// Loopback: the simulator knows no log-in, and should be reached from this machine only.
    package var host = "127.0.0.1"
    /// 0: a free one; see `serve`.
    package var port = 8_090
    package var behaviour: WalletBehaviour
    /// Simulated milliseconds per real one, 1…10,000,000: 86,400 lets a day pass in a second.
    package var timeScale: Int64 = 1
    /// A file of JSON lines, made where there is none. A simulator started on it again remembers all.
    package var journal: String
    /// Orders and queries per real second, together, before 429.
    package var rateLimit = 100
    /// How long a `slow` answer takes, in real milliseconds; longer than a caller waits.
    package var slow_ms = 20_000

    package init(behaviour: WalletBehaviour, journal: String) {
        self.behaviour = behaviour
        self.journal = journal
    }
}

/// Why a simulator did not start, or stopped.
package enum SimulatorError: Error, Equatable, Sendable {
    /// The journal's file cannot be opened, read or written: what was tried, and the system's `errno`.
    case journal(String, errno: Int32)
    /// Another simulator runs on it.
    case journalInUse
    /// Line `line` (from 1) does not follow from the ones before it.
    case journalDamaged(line: Int)
    /// The journal was begun with another seed or other rates, which decide what its transfers become.
    case otherBehaviour
}

/// Serves the wallet's protocol over HTTP until the process is told to stop (SIGTERM, SIGINT) or the task
/// is cancelled. Either way calls under way are answered first.
///
/// - Parameter onListening: Called once with the port, when calls are taken.
package func serve(
    _ settings: SimulatorSettings, logger: Logger = Logger(label: "wallet-simulator"),
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) async throws {
    precondition((1...10_000_000).contains(settings.timeScale), "scale is \(settings.timeScale)")
    precondition(settings.rateLimit >= 1, "rate limit is \(settings.rateLimit)")
    let counter = try Counter(settings, realNow: realNow)
    let application = Application(
        router: routes(counter, slow_ms: settings.slow_ms),
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port), serverName: "wallet-simulator"),
        onServerRunning: { channel in
            let port = channel.localAddress?.port ?? settings.port
            logger.info(
                "The wallet simulator takes calls.",
                metadata: ["host": "\(settings.host)", "port": "\(port)"])
            onListening(port)
        },
        logger: logger)
    let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    let end: Result<Void, any Error>
    do { end = .success(try await runGracefully(group)) } catch { end = .failure(error) }
    await counter.close()
    try end.get()
}

/// Turns the task's cancelling into a graceful shutdown.
///
/// A server that is cancelled outright traps when a connection was accepted and not yet taken up
/// (NIOAsyncWriter is then freed unfinished). So the group runs in a task of its own, which nobody cancels.
private func runGracefully(_ group: ServiceGroup) async throws {
    let running = Task { try await group.run() }
    try await withTaskCancellationHandler {
        try await running.value
    } onCancel: {
        Task { await group.triggerGracefulShutdown() }
    }
}

/// The machine's clock, in Unix milliseconds.
@Sendable private func realNow() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}
