import Casework
package import Courier
import Crypto
import FoundationEssentials
package import Ledger
package import Store

/// The HTTP interface of an SMS gateway, in the shape that the usual ones have: a signed POST with a template
/// and its parameters.
package enum SMSWire {
    package static let path = "/v1/messages"
    /// How far the gateway's clock and the request's may lie apart.
    package static let window_seconds: Int64 = 300

    package struct Request: Codable, Hashable, Sendable {
        /// Ours: a gateway that has seen it answers the same and sends nothing.
        package let out_id: String
        package let phone: String
        package let sign_name: String
        package let template_id: String
        package let template_params: [String: String]
    }

    package struct Response: Codable, Hashable, Sendable {
        /// `OK`, or why not.
        package let code: String
        package let message: String
        /// The gateway's own number of the message.
        package let biz_id: String?

        package init(code: String, message: String, biz_id: String? = nil) {
            self.code = code
            self.message = message
            self.biz_id = biz_id
        }
    }

    /// Codes of a response.
    package enum Code: String, Sendable {
        case ok = "OK"
        case signature = "SIGNATURE_WRONG"
        case invalidPhone = "PHONE_INVALID"
        case blocked = "PHONE_BLOCKED"
        case template = "TEMPLATE_UNKNOWN"
        case limit = "LIMIT_REACHED"
    }

    /// HMAC-SHA256, hex, under the application's secret, of what must not be changed on the way.
    package static func signature(
        secret: String, app: String, seconds: Int64, nonce: String, body: [UInt8]
    ) -> String {
        let text = "POST\n\(path)\n\(app)\n\(seconds)\n\(nonce)\n\(sha256Hex(body))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(text.utf8), using: SymmetricKey(data: Array(secret.utf8)))
        return Array(code).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Short messages by such a gateway.
package struct SMSOutlet: MessageOutlet {
    package struct Settings: Sendable {
        /// Without a slash at the end.
        package var url: String
        package var app: String
        package var secret: String
        /// 短信签名: whose name stands before the text.
        package var signName: String
        package var templates: MessageTemplates

        package init(
            url: String, app: String, secret: String, signName: String,
            templates: MessageTemplates
        ) {
            self.url = url
            self.app = app
            self.secret = secret
            self.signName = signName
            self.templates = templates
        }
    }

    private let settings: Settings
    private let courier: Courier
    private let now: @Sendable () -> Moment

    package init(
        _ settings: Settings, courier: Courier, now: @escaping @Sendable () -> Moment
    ) {
        self.settings = settings
        self.courier = courier
        self.now = now
    }

    package func send(_ message: TouristMessage) async -> MessageOutcome {
        guard let template = settings.templates.template(for: message.kind) else {
            return .refused("no template for \(message.kind)")
        }
        let request = SMSWire.Request(
            out_id: message.id, phone: message.to.revealed, sign_name: settings.signName,
            template_id: template.id,
            template_params: template.filled(from: message.blanks.revealed))
        guard let body = wireJSON(request) else { return .refused("the message has no JSON form") }
        let (seconds, nonce) = (now().ms / 1_000, freshBits())
        let headers = [
            "Content-Type": "application/json", "X-App": settings.app, "X-Nonce": nonce,
            "X-Timestamp": "\(seconds)",
            "X-Signature": SMSWire.signature(
                secret: settings.secret, app: settings.app, seconds: seconds, nonce: nonce,
                body: body),
        ]
        do {
            let response = try await courier.send(
                Request(.post, settings.url + SMSWire.path, headers: headers, body: body))
            // A gateway answers 200 and says in the body how it went; what it says in words is its own.
            guard
                let said = try? JSONDecoder().decode(
                    SMSWire.Response.self, from: Data(response.body))
            else { return .failed("status \(response.status)") }
            switch SMSWire.Code(rawValue: said.code) {
            case .ok where response.status == 200: return .accepted
            case .invalidPhone, .blocked: return .refused(said.code)
            // Those the operator can mend, and those that pass.
            default: return .failed("status \(response.status) \(said.code.prefix(40))")
            }
        } catch {
            return .failed(error.summary)
        }
    }
}
