package import Instrumentation
import Synchronization
package import Tracing

/// Makes spans and hands those that ended to an exporter.
///
/// A trace is kept or left as a whole, and every server decides alike: by the trace's id. Nobody outside
/// decides it by a flag.
package final class SpanTracer: Tracer, Sendable {
    package typealias Span = RecordedSpan

    private let exporter: SpanExporter
    /// The highest that the last eight digits of a kept trace's id may be.
    private let threshold: UInt32
    private let isNothingKept: Bool

    /// - Parameter ratio: How many traces are kept, 0…1.
    package init(exporter: SpanExporter, ratio: Double) {
        precondition((0...1).contains(ratio), "a ratio is 0…1: \(ratio)")
        self.exporter = exporter
        threshold = UInt32(ratio * Double(UInt32.max))
        isNothingKept = ratio == 0
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext,
        ofKind kind: SpanKind, at instant: @autoclosure () -> Instant, function: String,
        file fileID: String, line: UInt
    ) -> RecordedSpan {
        var context = context()
        let parent = context.trace
        let traceID = parent?.traceID ?? Self.digits(16)
        let own = TraceIdentity(
            traceID: traceID, spanID: Self.digits(8), isSampled: isKept(traceID))
        context.trace = own
        return RecordedSpan(
            name: operationName, context: context, own: own, parent: parent?.spanID, kind: kind,
            start_ns: instant().nanosecondsSinceEpoch, exporter: exporter)
    }

    package func forceFlush() {}

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let text = extractor.extract(key: "traceparent", from: carrier) else { return }
        context.trace = TraceIdentity(traceparent: text)
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.traceparent, forKey: "traceparent", into: &carrier)
    }

    private func isKept(_ traceID: String) -> Bool {
        guard !isNothingKept, let end = UInt32(traceID.suffix(8), radix: 16) else { return false }
        return end <= threshold
    }

    /// Random, never all zero. No secret: they name spans in a log.
    private static func digits(_ bytes: Int) -> String {
        var text = ""
        repeat {
            text = (0..<bytes / 8).map { _ in
                let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
        } while text.allSatisfy { $0 == "0" }
        return text
    }
}
