package import Instrumentation
import Synchronization
package import Tracing

/// One operation with its beginning and end. What is set after its end is lost.
package final class RecordedSpan: Span, Sendable {
    /// Of attributes, events and links each: a loop that records cannot fill the memory.
    static let limit = 64

    package let context: InstrumentationContext
    let own: TraceIdentity
    let parent: String?
    let kind: SpanKind
    let start_ns: UInt64
    private let exporter: SpanExporter
    private let state: Mutex<State>

    struct State: Sendable {
        var name: String
        var attributes = SpanAttributes()
        var events: [SpanEvent] = []
        var links: [SpanLink] = []
        var status: SpanStatus?
        var end_ns: UInt64?
    }

    init(
        name: String, context: InstrumentationContext, own: TraceIdentity, parent: String?,
        kind: SpanKind, start_ns: UInt64, exporter: SpanExporter
    ) {
        self.context = context
        self.own = own
        self.parent = parent
        self.kind = kind
        self.start_ns = start_ns
        self.exporter = exporter
        state = Mutex(State(name: name))
    }

    package var operationName: String {
        get { state.withLock { $0.name } }
        set { change { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { change { if newValue.count <= Self.limit { $0.attributes = newValue } } }
    }

    package var isRecording: Bool { own.isSampled && state.withLock { $0.end_ns == nil } }

    package func setStatus(_ status: SpanStatus) { change { $0.status = status } }

    package func addEvent(_ event: SpanEvent) {
        change { if $0.events.count < Self.limit { $0.events.append(event) } }
    }

    /// Keeps the error's kind alone: its text may hold what a person wrote.
    package func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        var facts = attributes
        facts["exception.type"] = "\(type(of: error))"
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: facts))
    }

    package func addLink(_ link: SpanLink) {
        change { if $0.links.count < Self.limit { $0.links.append(link) } }
    }

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard own.isSampled else { return }
        let end_ns = instant().nanosecondsSinceEpoch
        let ended: State? = state.withLock { state in
            guard state.end_ns == nil else { return nil }
            state.end_ns = max(end_ns, start_ns)
            return state
        }
        if let ended { exporter.take(OTLP.span(self, ended)) }
    }

    private func change(_ body: (inout State) -> Void) {
        guard own.isSampled else { return }
        state.withLock { if $0.end_ns == nil { body(&$0) } }
    }
}
