import CoreMetrics
import HTTPTypes
import Hummingbird
import Instrumentation
import Logging
import Telemetry
import Tracing

/// What is kept of a request that was answered: a line of the log, two metrics and the end of a span.
///
/// It names the route's pattern, never the address: that holds numbers of cases, and a query what somebody
/// looked for.
struct RequestRecord {
    private let method: String
    private let route: String
    private let status: Int
    private let took: Duration
    private let logger: Logger

    /// Methods that are told apart; a client may write any other.
    private static let methods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS",
    ]
    /// Where no route was met.
    private static let nowhere = "–"

    init(_ request: Request, _ response: Response, _ context: WebContext, took: Duration) {
        let name = request.method.rawValue
        method = Self.methods.contains(name) ? name : "other"
        route = context.endpointPath ?? Self.nowhere
        status = response.status.code
        self.took = took
        logger = context.logger
    }

    func note(_ span: any Span) {
        let (seconds, rest) = took.components
        logger.info(
            "request answered",
            metadata: [
                "method": "\(method)", "route": "\(route)", "status": "\(status)",
                "took_ms": "\(seconds * 1_000 + rest / 1_000_000_000_000_000)",
            ])
        Counter(
            label: Metric.requests.rawValue,
            dimensions: [("method", method), ("route", route), ("status", String(status))]
        ).increment()
        Timer(label: Metric.requestSeconds.rawValue, dimensions: [("route", route)])
            .recordNanoseconds(seconds * 1_000_000_000 + rest / 1_000_000_000)
        guard span.isRecording else { return }
        span.operationName = "\(method) \(route)"
        span.attributes["http.request.method"] = method
        span.attributes["http.route"] = route
        span.attributes["http.response.status_code"] = status
        if status >= 500 { span.setStatus(.init(code: .error)) }
    }
}

/// Reads a request's headers.
struct HeaderExtractor: Extractor {
    func extract(key: String, from carrier: HTTPFields) -> String? {
        HTTPField.Name(key).flatMap { carrier[$0] }
    }
}
