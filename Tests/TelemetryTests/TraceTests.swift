import CoreMetrics
import Instrumentation
import Synchronization
import Testing
import Tracing

@testable import Telemetry

@Suite struct TraceTests {
    private final class Collected: Sendable {
        let documents = Mutex<[String]>([])
        var text: String { documents.withLock { $0.joined(separator: "\n") } }
    }

    private struct Headers: Injector, Extractor {
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
            carrier[key] = value
        }
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    }

    private static let known = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test(arguments: [
        (known, true), ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", true),
        ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes", true),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what", false),
        ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-+1", false), ("", false),
        ("00", false), (String(repeating: "0-", count: 400), false),
    ])
    func `a traceparent is read as the specification has it`(text: String, isOne: Bool) {
        #expect((TraceIdentity(traceparent: text) != nil) == isOne)
    }

    @Test func `a trace that came in goes on inside and out`() async throws {
        let collected = Collected()
        let exporter = SpanExporter(version: "1") { document in
            collected.documents.withLock { $0.append(document) }
            return true
        }
        let tracer = SpanTracer(exporter: exporter, ratio: 1)
        var context = InstrumentationContext.topLevel
        tracer.extract(["traceparent": Self.known], into: &context, using: Headers())
        var out: [String: String] = [:]
        tracer.withSpan("outer", context: context, ofKind: .server) { outer in
            outer.attributes["http.route"] = "/cases/{case}"
            outer.attributes["count"] = 3
            tracer.withSpan("inner") { inner in
                inner.setStatus(.init(code: .error))
                tracer.inject(inner.context, into: &out, using: Headers())
            }
        }
        await exporter.deliver()
        let sent = try #require(out["traceparent"].flatMap(TraceIdentity.init(traceparent:)))
        #expect(sent.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && sent.isSampled)
        let text = collected.text
        #expect(
            text.contains("\"parentSpanId\":\"00f067aa0ba902b7\",\"name\":\"outer\",\"kind\":2"))
        #expect(text.contains("\"spanId\":\"\(sent.spanID)\""))
        #expect(text.contains("{\"key\":\"count\",\"value\":{\"intValue\":\"3\"}}"))
        #expect(text.contains("\"stringValue\":\"/cases/{case}\""))
        #expect(text.contains("\"status\":{\"code\":2}"))
        #expect(collected.documents.withLock { $0.count } == 1)
    }

    @Test func `an error leaves its kind in the trace and not what it says`() async {
        struct Failure: Error { let phone = "13800138000" }
        let collected = Collected()
        let exporter = SpanExporter(version: "1") { document in
            collected.documents.withLock { $0.append(document) }
            return true
        }
        let tracer = SpanTracer(exporter: exporter, ratio: 1)
        try? tracer.withSpan("step") { _ in throw Failure() }
        await exporter.deliver()
        #expect(collected.text.contains("Failure") && !collected.text.contains("13800138000"))
    }

    @Test func `what the queue cannot hold is dropped and counted, and nobody waits`() async {
        let registry = MetricRegistry()
        let collected = Collected()
        let exporter = withMetricsFactory(registry) {
            SpanExporter(version: "1", queueLimit: 5) { document in
                collected.documents.withLock { $0.append(document) }
                return false
            }
        }
        let tracer = SpanTracer(exporter: exporter, ratio: 1)
        for _ in 0..<8 { tracer.withSpan("one") { _ in } }
        await exporter.deliver()
        // Three found no room, and the five that did were not taken.
        #expect(Exposition.text(of: registry).contains("amends_trace_spans_dropped_total 8\n"))
    }

    @Test(arguments: [(0.0, 0...0), (0.25, 150...350), (1.0, 1_000...1_000)])
    func `a ratio keeps so many traces, whatever the caller's flag says`(
        ratio: Double, kept: ClosedRange<Int>
    ) {
        let tracer = SpanTracer(exporter: SpanExporter(version: "1") { _ in true }, ratio: ratio)
        var count = 0
        for _ in 0..<1_000 where tracer.startSpan("one", context: .topLevel).isRecording {
            count += 1
        }
        #expect(kept.contains(count))
    }
}
