import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A server of somebody else's on loopback: keeps what it is sent, and answers as it is told.
final class Endpoint: Sendable {
    struct Visit: Sendable {
        let path: String
        /// By name in lower case.
        let headers: [String: String]
        let body: String
    }

    struct Said: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = "{}"
    }

    private let kept = Mutex<[Visit]>([])
    let port = Mutex(0)

    var visits: [Visit] { kept.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(port.withLock { $0 })/hook" }

    /// Runs `body` while the server answers, its `number`th request by `say(number)`, from 0 on.
    static func run(
        _ say: @escaping @Sendable (Int, Visit) async throws -> Said = { _, _ in Said() },
        _ body: (Endpoint) async throws -> Void
    ) async throws {
        let endpoint = Endpoint()
        let router = Router()
        for method in [HTTPRequest.Method.get, .post] {
            router.on("**", method: method) { request, _ in
                let bytes = try await request.body.collect(upTo: 1 << 20)
                var headers: [String: String] = [:]
                for field in request.headers { headers[field.name.canonicalName] = field.value }
                let visit = Visit(
                    path: request.uri.string, headers: headers, body: String(buffer: bytes))
                let number = endpoint.kept.withLock { visits in
                    visits.append(visit)
                    return visits.count - 1
                }
                let said = try await say(number, visit)
                var fields = HTTPFields()
                for (name, value) in said.headers {
                    if let name = HTTPField.Name(name) { fields[name] = value }
                }
                return Response(
                    status: .init(code: said.status), headers: fields,
                    body: .init(byteBuffer: ByteBuffer(string: said.body)))
            }
        }
        var logger = Logger(label: "endpoint")
        logger.logLevel = .critical
        let (ports, send) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { send.yield($0.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let found = await iterator.next() ?? 0
            endpoint.port.withLock { $0 = found }
            do {
                try await body(endpoint)
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            // Cancelled: that it ends is all that counts.
            while (try? await group.next()) != nil {}
        }
    }
}
