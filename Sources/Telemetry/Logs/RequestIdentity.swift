package import Instrumentation
package import Logging

extension InstrumentationContext {
    private enum RequestIDKey: InstrumentationContextKey {
        typealias Value = String
        static var nameOverride: String? { "request-id" }
    }

    /// The request that is being answered, as the answer's X-Request-Id names it.
    package var requestID: String? {
        get { self[RequestIDKey.self] }
        set { self[RequestIDKey.self] = newValue }
    }
}

/// What every line of the log says of the request it was written for, wherever in the program that was.
package let requestMetadata = Logger.MetadataProvider {
    var metadata: Logger.Metadata = [:]
    guard let context = InstrumentationContext.current else { return metadata }
    if let id = context.requestID { metadata["request_id"] = "\(id)" }
    if let trace = context.trace, trace.isSampled { metadata["trace_id"] = "\(trace.traceID)" }
    return metadata
}
