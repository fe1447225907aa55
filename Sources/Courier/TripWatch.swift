import CoreMetrics
import Instrumentation
import Tracing

/// Measures trips, and makes each a span of the trace it belongs to.
struct TripWatch: Sendable {
    private let time = Timer(label: "amends_courier_trip_duration_seconds")

    /// Runs `carry` with `request` as it goes out: with the trace in its headers, where there is one.
    func watching(
        _ request: Request, _ carry: (Request) async -> Result<Response, CourierError>
    ) async -> Result<Response, CourierError> {
        let start = ContinuousClock.now
        let span = startSpan("courier trip", ofKind: .client)
        var request = request
        InstrumentationSystem.instrument.inject(
            span.context, into: &request.headers, using: HeaderInjector())
        let outcome = await InstrumentationContext.withValue(span.context) { await carry(request) }
        time.recordNanoseconds(Self.nanoseconds(start.duration(to: .now)))
        Counter(
            label: "amends_courier_trips_total", dimensions: [("outcome", outcome.word)]
        ).increment()
        if span.isRecording {
            span.attributes["http.request.method"] = request.method.rawValue
            // The address alone: what stands behind it may name a person.
            span.attributes["server.address"] = Self.host(of: request.url)
            span.attributes["outcome"] = outcome.word
            switch outcome {
            case .success(let response):
                span.attributes["http.response.status_code"] = response.status
                if response.status >= 500 { span.setStatus(.init(code: .error)) }
            case .failure: span.setStatus(.init(code: .error))
            }
        }
        span.end()
        return outcome
    }

    private static func nanoseconds(_ took: Duration) -> Int64 {
        took.components.seconds * 1_000_000_000 + took.components.attoseconds / 1_000_000_000
    }

    /// `http://user:secret@host:80/path` → `host:80`.
    static func host(of url: String) -> String {
        let authority = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
        return authority.map { String($0.split(separator: "@").last ?? "") } ?? ""
    }
}

/// Writes into a request's headers.
private struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
        carrier[key] = value
    }
}

extension Result where Success == Response, Failure == CourierError {
    /// For a label: few, and never of the other side's making.
    fileprivate var word: String {
        switch self {
        case .success: "answered"
        case .failure(.notSent): "not_sent"
        case .failure(.unknown): "unknown"
        }
    }
}
