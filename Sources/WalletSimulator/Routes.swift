import FoundationEssentials
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import NIOCore
import Workflow

/// A request's context that knows its connection, so that mischief can drop it.
struct WalletContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// The largest body a call may have.
private let bodyLimit_bytes = 16 * 1_024

func routes(_ counter: Counter, slow_ms: Int) -> Router<WalletContext> {
    let router = Router(context: WalletContext.self)
    router.get("healthz") { _, _ in "ok\n" }
    let calls = router.group("v1")

    calls.post("transfers") { request, context in
        try await answered(by: counter) {
            let order: WalletWire.Order = try await body(of: request)
            let mischief = await counter.mischief(on: .order, order.out_bill_no)
            if mischief == .lost { return try await dropped(context) }
            let receipt = try await counter.order(order)
            return try await under(mischief, context, slow_ms: slow_ms) {
                json(WalletWire.Receipt(receipt))
            }
        }
    }

    calls.get("transfers/:number") { _, context in
        try await answered(by: counter) {
            let number = try context.parameters.require("number")
            let mischief = await counter.mischief(on: .query, number)
            if mischief == .lost { return try await dropped(context) }
            let receipt = try await counter.query(number)
            return try await under(mischief, context, slow_ms: slow_ms) {
                guard let receipt else {
                    return problem(404, WalletWire.Problem.notFound, "no such transfer")
                }
                return json(WalletWire.Receipt(receipt))
            }
        }
    }

    calls.post("topups") { request, _ in
        try await answered(by: counter) {
            let topUp: WalletWire.TopUp = try await body(of: request)
            return json(WalletWire.Balance(balance_fen: try await counter.topUp(topUp)))
        }
    }

    calls.get("bill") { request, _ in
        try await answered(by: counter) {
            guard let day = request.uri.queryParameters.get("day").flatMap({ Day($0) }) else {
                throw WalletRefusal(.invalidRequest, "day is a date, yyyy-MM-dd")
            }
            return Response(
                status: .ok, headers: [.contentType: "text/csv; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: try await counter.bill(of: day))))
        }
    }
    return router
}

/// Makes refusals the protocol's problems. Other errors become Hummingbird's 500.
private func answered(
    by counter: Counter, _ call: () async throws -> Response
) async throws -> Response {
    guard await counter.admits() else {
        return problem(429, WalletWire.Problem.rateLimited, "too many calls in this second")
    }
    do {
        return try await call()
    } catch let refusal as WalletRefusal {
        return problem(
            WalletWire.status(of: refusal.code), refusal.code.rawValue, refusal.message)
    }
}

/// The answer as the caller gets it, if it gets it.
private func under(
    _ mischief: Mischief, _ context: WalletContext, slow_ms: Int, _ answer: () -> Response
) async throws -> Response {
    switch mischief {
    case .none: return answer()
    case .lost, .dropped: return try await dropped(context)
    case .erred: return Response(status: .internalServerError)
    case .slow:
        try await Task.sleep(for: .milliseconds(slow_ms))
        return answer()
    }
}

/// The caller sees its connection closed; the response goes nowhere.
private func dropped(_ context: WalletContext) async throws -> Response {
    // A connection that is gone already is what was wanted.
    try? await context.channel.close()
    return Response(status: .internalServerError)
}

private func body<Body: Decodable>(of request: Request) async throws -> Body {
    let buffer = try await request.body.collect(upTo: bodyLimit_bytes)
    do {
        return try JSONDecoder().decode(Body.self, from: Data(buffer.readableBytesView))
    } catch {
        throw WalletRefusal(.invalidRequest, "the body is not the JSON of this call")
    }
}

private func json(_ body: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
    // Our own values of texts and whole numbers: their encoding cannot fail.
    guard let bytes = try? JSONEncoder().encode(body) else {
        return Response(status: .internalServerError)
    }
    return Response(
        status: status, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
}

private func problem(_ status: Int, _ code: String, _ message: String) -> Response {
    json(
        WalletWire.Problem(code: code, message: message),
        status: HTTPResponse.Status(code: status))
}
