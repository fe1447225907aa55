import Tracing

/// Spans as the OpenTelemetry protocol writes them in JSON.
///
/// Ids are hexadecimal, 64-bit numbers are texts, and enumerations are numbers.
///
/// - Source: OpenTelemetry Protocol 1.5, JSON Protobuf Encoding; opentelemetry-proto trace/v1.
enum OTLP {
    /// One `Span`.
    static func span(_ span: RecordedSpan, _ state: RecordedSpan.State) -> String {
        var members = [
            "\"traceId\":\"\(span.own.traceID)\"", "\"spanId\":\"\(span.own.spanID)\"",
            "\"flags\":\(span.own.isSampled ? 1 : 0)",
        ]
        if let parent = span.parent { members.append("\"parentSpanId\":\"\(parent)\"") }
        members += [
            "\"name\":\(JSONText.quoted(state.name))", "\"kind\":\(number(of: span.kind))",
            "\"startTimeUnixNano\":\"\(span.start_ns)\"",
            "\"endTimeUnixNano\":\"\(state.end_ns ?? span.start_ns)\"",
        ]
        if !state.attributes.isEmpty {
            members.append("\"attributes\":\(attributes(state.attributes))")
        }
        if !state.events.isEmpty {
            let events = state.events.map { event in
                "{\"timeUnixNano\":\"\(event.nanosecondsSinceEpoch)\","
                    + "\"name\":\(JSONText.quoted(event.name)),"
                    + "\"attributes\":\(attributes(event.attributes))}"
            }
            members.append("\"events\":[\(events.joined(separator: ","))]")
        }
        let links = state.links.compactMap { link in
            link.context.trace.map { "{\"traceId\":\"\($0.traceID)\",\"spanId\":\"\($0.spanID)\"}" }
        }
        if !links.isEmpty { members.append("\"links\":[\(links.joined(separator: ","))]") }
        switch state.status?.code {
        case .ok: members.append("\"status\":{\"code\":1}")
        case .error: members.append("\"status\":{\"code\":2}")
        case nil: break
        }
        return "{\(members.joined(separator: ","))}"
    }

    /// One `ExportTraceServiceRequest` with the spans, each as `span` wrote it.
    static func request(_ spans: [String], version: String) -> String {
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
            + attribute("service.name", .string("amends")) + ","
            + attribute("service.version", .string(version))
            + "]},\"scopeSpans\":[{\"scope\":{\"name\":\"amends\"},\"spans\":["
            + spans.joined(separator: ",") + "]}]}]}"
    }

    private static func number(of kind: SpanKind) -> Int {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }

    private static func attributes(_ attributes: SpanAttributes) -> String {
        var entries: [(String, SpanAttribute)] = []
        attributes.forEach { entries.append(($0, $1)) }
        return "["
            + entries.sorted { $0.0 < $1.0 }.map(attribute).joined(separator: ",") + "]"
    }

    private static func attribute(_ key: String, _ value: SpanAttribute) -> String {
        "{\"key\":\(JSONText.quoted(key)),\"value\":\(text(of: value))}"
    }

    private static func text(of value: SpanAttribute) -> String {
        switch value {
        case .string(let text): "{\"stringValue\":\(JSONText.quoted(text))}"
        case .bool(let flag): "{\"boolValue\":\(flag)}"
        case .int32(let number): "{\"intValue\":\"\(number)\"}"
        case .int64(let number): "{\"intValue\":\"\(number)\"}"
        case .double(let number):
            number.isFinite
                ? "{\"doubleValue\":\(number)}" : "{\"stringValue\":\"\(number)\"}"
        case .stringConvertible(let value):
            "{\"stringValue\":\(JSONText.quoted("\(value)"))}"
        // Nothing of ours sets lists; the library asks for a default.
        default: "{\"stringValue\":\(JSONText.quoted("\(value)"))}"
        }
    }
}
