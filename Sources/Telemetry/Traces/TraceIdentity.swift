package import Instrumentation

/// Which trace a span belongs to, and which span it is, as W3C Trace Context carries them.
package struct TraceIdentity: Hashable, Sendable {
    /// 32 hexadecimal digits in lower case, not all zero.
    package let traceID: String
    /// 16 of them, not all zero.
    package let spanID: String
    /// Whether the spans of the trace are exported.
    package let isSampled: Bool

    init(traceID: String, spanID: String, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// - Parameter traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`; nil for anything
    ///   that does not read so. A later version may say more behind the flags.
    /// - Source: W3C Trace Context, 3.2 (traceparent header).
    package init?(traceparent: String) {
        guard traceparent.utf8.count <= 256 else { return nil }
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, parts[0] != "ff",
            parts[0] != "00" || parts.count == 4, parts[1].utf8.count == 32,
            parts[2].utf8.count == 16, parts[3].utf8.count == 2,
            parts[..<4].allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        self.init(
            traceID: String(parts[1]), spanID: String(parts[2]), isSampled: flags & 1 == 1)
    }

    package var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// Lower case alone, as the specification has it.
    private static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte)
    }
}

extension InstrumentationContext {
    private enum TraceKey: InstrumentationContextKey {
        typealias Value = TraceIdentity
        static var nameOverride: String? { "trace" }
    }

    /// The span that whatever happens here happens in.
    package var trace: TraceIdentity? {
        get { self[TraceKey.self] }
        set { self[TraceKey.self] = newValue }
    }
}
