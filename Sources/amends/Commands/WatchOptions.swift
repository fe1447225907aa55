import ArgumentParser
import CoreMetrics
import Courier
import Foundation
import Instrumentation
import Ledger
import Logging
import Synchronization
import Telemetry
import Tracing
import Workflow

/// How the service is watched: its log, its metrics and its traces.
struct WatchOptions: ParsableArguments {
    enum LogFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: "How lines of the log are written: text or json.") var logFormat = LogFormat.text
    @Option(help: "The port on which /metrics, /healthz and /readyz are shown to monitors.")
    var metricsPort: Int?
    @Option(help: "The address of that listener. Whoever reaches it needs no token.")
    var metricsHost = "127.0.0.1"
    @Option(
        help:
            "Where traces go: file:PATH, or the http address of an OpenTelemetry collector (AMENDS_TRACES)."
    )
    var traces: String?
    @Option(help: "How many traces are kept, 0 to 1.") var traceRatio = 1.0
    @Option(
        help:
            "How many seconds /readyz says no before the service stops, so that a balancer sees it."
    )
    var drainSeconds = 0

    func validate() throws {
        guard (0...1).contains(traceRatio) else {
            throw ValidationError("--trace-ratio is 0 to 1")
        }
        guard (0...600).contains(drainSeconds) else {
            throw ValidationError("--drain-seconds is 0 to 600")
        }
    }

    /// To be called once, before anything is opened: what is measured or traced asks then where to.
    ///
    /// - Returns: What carries traces on, where they are wanted.
    func start(_ registry: MetricRegistry, environment: [String: String]) throws -> SpanExporter? {
        MetricsSystem.bootstrap(registry)
        guard let place = traces ?? environment["AMENDS_TRACES"] else { return nil }
        let exporter = SpanExporter(version: Release.version, carry: try Self.carrier(to: place))
        InstrumentationSystem.bootstrap(SpanTracer(exporter: exporter, ratio: traceRatio))
        return exporter
    }

    func logger(_ level: Logger.Level) -> Logger {
        guard logFormat == .json else { return makeLogger(level) }
        var logger = Logger(label: "amends") { label in
            JSONLog(
                label: label, metadataProvider: requestMetadata, clock: { wallClock().ms },
                write: { FileHandle.standardError.write(Data($0.utf8)) })
        }
        logger.logLevel = level
        return logger
    }

    private static func carrier(to place: String) throws -> SpanExporter.Carry {
        if place.hasPrefix("file:") {
            let file = String(place.dropFirst("file:".count))
            guard
                FileManager.default.fileExists(atPath: file)
                    || FileManager.default.createFile(
                        atPath: file, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: file)
            else { throw ValidationError("\(file) cannot be written") }
            let lines = LineFile(handle)
            return { lines.append($0) }
        }
        guard place.hasPrefix("http://") || place.hasPrefix("https://") else {
            throw ValidationError("--traces is file:PATH, or a collector's http address")
        }
        let courier = Courier.unwatched()
        let url = place.hasSuffix("/v1/traces") ? place : place + "/v1/traces"
        return { document in
            let request = Request(
                .post, url, headers: ["Content-Type": "application/json"],
                body: Array(document.utf8))
            // Lost spans are counted; why they were lost the collector's own log knows.
            guard let response = try? await courier.send(request) else { return false }
            return (200..<300).contains(response.status)
        }
    }
}

/// A file to which one line after another is added.
private final class LineFile: Sendable {
    private let handle: Mutex<FileHandle>

    init(_ handle: sending FileHandle) { self.handle = Mutex(handle) }

    func append(_ line: String) -> Bool {
        handle.withLock { handle in
            do {
                try handle.seekToEnd()
                try handle.write(contentsOf: Data((line + "\n").utf8))
                return true
            } catch {
                return false
            }
        }
    }
}
