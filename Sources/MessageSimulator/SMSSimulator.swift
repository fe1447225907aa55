import FoundationEssentials
import HTTPTypes
import Hummingbird
package import Ledger
package import Logging
import NIOCore
import Synchronization
import Workflow

/// An SMS gateway: checks the signature, its time and that no nonce comes twice; a telephone that ends in
/// `0000` does not exist, one that ends in `9999` wants no messages.
package func serveSMS(
    _ settings: MessageSimulatorSettings, now: @escaping @Sendable () -> Moment,
    logger: Logger = Logger(label: "sms-simulator"),
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) async throws {
    let router = Router()
    let calls = Calls(settings.behaviour)
    let nonces = Nonces()
    router.post(RouterPath(SMSWire.path)) { request, _ in
        let bytes = Array(try await request.body.collect(upTo: bodyLimit_bytes).readableBytesView)
        return try await calls.answer {
            func said(_ code: SMSWire.Code, _ message: String, id: String? = nil) -> Response {
                json(SMSWire.Response(code: code.rawValue, message: message, biz_id: id))
            }
            func header(_ name: String) -> String {
                HTTPField.Name(name).flatMap { request.headers[$0] } ?? ""
            }
            let (nonce, seconds) = (header("X-Nonce"), Int64(header("X-Timestamp")) ?? 0)
            let wanted = SMSWire.signature(
                secret: settings.secret, app: settings.app, seconds: seconds, nonce: nonce,
                body: bytes)
            guard header("X-App") == settings.app, header("X-Signature") == wanted,
                abs(now().ms / 1_000 - seconds) <= SMSWire.window_seconds,
                nonces.take(nonce)
            else { return said(.signature, "the signature does not fit") }
            guard let order = try? JSONDecoder().decode(SMSWire.Request.self, from: Data(bytes))
            else {
                return json(SMSWire.Response(code: "BODY_WRONG", message: ""), status: .badRequest)
            }
            let digits = order.phone.filter(\.isNumber)
            if digits.count < 6 || digits.hasSuffix("0000") {
                return said(.invalidPhone, "there is no such number")
            }
            if digits.hasSuffix("9999") { return said(.blocked, "the number wants no messages") }
            settings.journal.take(
                JournaledMessage(
                    id: order.out_id, to: order.phone, template: order.template_id,
                    blanks: order.template_params))
            return said(.ok, "OK", id: String(sha256Hex(order.out_id).prefix(20)))
        }
    }
    try await serve(
        router, settings, name: "sms-simulator", logger: logger, onListening: onListening)
}

/// The nonces that came.
private final class Nonces: Sendable {
    private let seen = Mutex<Set<String>>([])

    /// - Returns: Whether it is new.
    func take(_ nonce: String) -> Bool { seen.withLock { $0.insert(nonce).inserted } }
}
