import HTTPTypes
import Hummingbird
import Instrumentation
import Logging
import NIOCore
import Telemetry
import Tracing
import Workflow

/// The outermost step: gives every request an id and the desk that receives it, every error a body, every
/// response its headers, and writes one line of the access log. The log holds no query, no header and no address.
struct Edge: RouterMiddleware {
    let routes: [Route]
    let reception: Reception

    func handle(
        _ request: Request, context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var context = context
        context.address = reception.settings.proxies.client(
            of: request.headers, peer: context.address)
        var trail = InstrumentationContext.topLevel
        InstrumentationSystem.instrument.extract(
            request.headers, into: &trail, using: HeaderExtractor())
        trail.requestID = context.id
        let response = await withSpan("request", context: trail, ofKind: .server) { span in
            var response: Response
            do {
                if let probe = try reception.probe(request) {
                    response = probe.response
                } else {
                    let desk = try reception.desk(for: request)
                    context.desk = desk
                    if let name = desk.office.logger[metadataKey: "office"] {
                        context.logger[metadataKey: "office"] = name
                    }
                    response = try await next(request, context)
                }
            } catch {
                response = answer(error, request, context)
            }
            decorate(&response, request, context)
            RequestRecord(request, response, context, took: started.duration(to: .now)).note(span)
            return response
        }
        return response
    }

    private func answer(_ error: any Error, _ request: Request, _ context: WebContext) -> Response {
        var problem = Problem(error) ?? .ourMistake
        if problem.code == "internal" {
            context.logger.error(
                "a request met our own mistake; nothing was changed",
                metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "–")"])
        }
        if problem == .notFound {
            let others = routes.filter { $0.covers(request.uri.path) }.map(\.method.rawValue)
            if !others.isEmpty, !others.contains(request.method.rawValue) {
                problem = .methodNotAllowed(others.sorted())
            }
        }
        if problem == .misdirected, !request.uri.path.hasPrefix("/api/") {
            // A page would ask the same host for its style and lead back to it.
            let text = "\(problem.detail.zh)\n\(problem.detail.en)\n"
            return Answer(421, "text/plain; charset=utf-8", ByteBuffer(string: text)).response
        }
        if request.uri.path.hasPrefix("/open311/") {
            return Open311Refusal.answer(problem, path: request.uri.path).response
        }
        let wantsPage =
            !request.uri.path.hasPrefix("/api/")
            && request.headers[.accept]?.contains("text/html") == true
        if wantsPage, let door = Door.link(for: problem, request) {
            return Answer(303, nil, ByteBuffer()).with(.location, door.text).response
        }
        return wantsPage
            ? ProblemPage.answer(problem, request, id: context.id).response
            : Answer(problem, request: context.id).response
    }

    private func decorate(_ response: inout Response, _ request: Request, _ context: WebContext) {
        response.headers[.requestID] = context.id
        let isEncrypted = context.desk?.isSecure ?? reception.settings.isEncrypted
        Shielding(isEncrypted: isEncrypted).cover(&response)
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Edge.policy
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }

    /// Nothing but our own style and script: none in the page, no frame, no form to elsewhere.
    static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
        + " form-action 'self'; base-uri 'none';"
        + " frame-ancestors 'none'"
}

/// Where a visitor who must first say who they are is led.
enum Door {
    static func link(for problem: Problem, _ request: Request) -> Link? {
        guard request.method == .get else { return nil }
        let language = Language(request)
        return switch problem.code {
        case Problem.logInNeeded.code: Link.logIn(next: request.uri.path).with(language)
        case Problem.trackingNeeded.code: Link.track.with(language)
        default: nil
        }
    }
}

extension Route {
    fileprivate func covers(_ address: String) -> Bool {
        let (own, other) = (path.split(separator: "/"), address.split(separator: "/"))
        return own.count == other.count
            && zip(own, other).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
