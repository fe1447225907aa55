import Casework
package import Courier
import FoundationEssentials
package import Ledger
package import Store

/// WeChat's interface for subscribe messages (订阅消息), as far as it is spoken.
package enum WeChatWire {
    package static let tokenPath = "/cgi-bin/token"
    package static let sendPath = "/cgi-bin/message/subscribe/send"

    package struct Token: Codable, Hashable, Sendable {
        package let access_token: String
        package let expires_in: Int64

        package init(access_token: String, expires_in: Int64) {
            self.access_token = access_token
            self.expires_in = expires_in
        }
    }

    package struct Value: Codable, Hashable, Sendable {
        package let value: String
    }

    package struct Message: Codable, Hashable, Sendable {
        package let touser: String
        package let template_id: String
        package let lang: String
        package let data: [String: Value]
    }

    package struct Answer: Codable, Hashable, Sendable {
        package let errcode: Int
        package let errmsg: String
        package var msgid: Int64?

        package init(errcode: Int, errmsg: String, msgid: Int64? = nil) {
            self.errcode = errcode
            self.errmsg = errmsg
            self.msgid = msgid
        }
    }

    package enum Code: Int, Sendable {
        case ok = 0
        /// The access token is not valid, or not any more.
        case tokenInvalid = 40001
        case openIDInvalid = 40003
        case tokenUnknown = 40014
        case templateInvalid = 40037
        case tokenExpired = 42001
        /// The user refuses, or has used up what they subscribed to.
        case refused = 43101
        case busy = -1
        case dataInvalid = 47003
    }
}

/// Subscribe messages to a tourist who follows the office's WeChat.
///
/// WeChat knows no id of ours: after a doubt a message may arrive twice.
package struct WeChatOutlet: MessageOutlet {
    package struct Settings: Sendable {
        /// Without a slash at the end.
        package var url: String
        package var app: String
        package var secret: String
        package var templates: MessageTemplates

        package init(url: String, app: String, secret: String, templates: MessageTemplates) {
            self.url = url
            self.app = app
            self.secret = secret
            self.templates = templates
        }
    }

    private let settings: Settings
    private let courier: Courier
    private let tokens: AccessTokens

    package init(
        _ settings: Settings, courier: Courier, now: @escaping @Sendable () -> Moment
    ) {
        self.settings = settings
        self.courier = courier
        tokens = AccessTokens(settings, courier, now)
    }

    package func send(_ message: TouristMessage) async -> MessageOutcome {
        guard let template = settings.templates.template(for: message.kind) else {
            return .refused("no template for \(message.kind)")
        }
        let wire = WeChatWire.Message(
            touser: message.to.revealed, template_id: template.id, lang: "zh_CN",
            data: template.filled(from: message.blanks.revealed).mapValues { .init(value: $0) })
        guard let body = wireJSON(wire) else { return .refused("the message has no JSON form") }
        do {
            let token = try await tokens.current()
            let first = try await send(body, token)
            guard first.isTokenWrong else { return first.outcome }
            // Somebody else fetched one meanwhile, or its time passed: a fresh one, and once more.
            return try await send(body, try await tokens.fresh(insteadOf: token)).outcome
        } catch let error as CourierError {
            return .failed(error.summary)
        } catch let error as WeChatFault {
            return .failed(error.text)
        } catch {
            return .failed("the token could not be fetched")
        }
    }

    private func send(_ body: [UInt8], _ token: String) async throws -> WeChatReply {
        let response = try await courier.send(
            Request(
                .post, "\(settings.url)\(WeChatWire.sendPath)?access_token=\(queryEncoded(token))",
                headers: ["Content-Type": "application/json"], body: body))
        guard
            let answer = try? JSONDecoder().decode(
                WeChatWire.Answer.self, from: Data(response.body))
        else { throw WeChatFault(text: "status \(response.status)") }
        return WeChatReply(code: answer.errcode)
    }
}

/// What WeChat answered. Its words are its own, and may repeat what was sent.
private struct WeChatReply {
    let code: Int

    private var known: WeChatWire.Code? { WeChatWire.Code(rawValue: code) }

    var isTokenWrong: Bool {
        [.tokenInvalid, .tokenUnknown, .tokenExpired].contains(known)
    }

    var outcome: MessageOutcome {
        switch known {
        case .ok: .accepted
        case .refused, .openIDInvalid: .refused("errcode \(code)")
        default: .failed("errcode \(code)")
        }
    }
}

private struct WeChatFault: Error {
    let text: String
}

/// The access token that all messages share: fetched once, kept until shortly before its end.
private actor AccessTokens {
    private let settings: WeChatOutlet.Settings
    private let courier: Courier
    private let now: @Sendable () -> Moment
    private var kept: (token: String, ends: Moment)?
    private var failed: (error: any Error, at: Moment)?
    /// One fetches for all who wait.
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// A token is not used any more so long before its end.
    private static let margin_seconds: Int64 = 300
    /// So long a failure is everybody's: a batch does not knock one by one on a door that is shut.
    private static let quiet_ms: Int64 = 10_000

    init(
        _ settings: WeChatOutlet.Settings, _ courier: Courier,
        _ now: @escaping @Sendable () -> Moment
    ) {
        self.settings = settings
        self.courier = courier
        self.now = now
    }

    func current() async throws -> String {
        while isFetching { await withCheckedContinuation { waiting.append($0) } }
        let moment = now()
        if let kept, moment < kept.ends { return kept.token }
        if let failed, failed.at.distanceMs(to: moment) < Self.quiet_ms { throw failed.error }
        isFetching = true
        defer {
            isFetching = false
            for each in waiting { each.resume() }
            waiting = []
        }
        do {
            let token = try await fetch()
            let seconds = max(0, token.expires_in - Self.margin_seconds)
            kept = (token.access_token, now().advanced(byMs: seconds * 1_000))
            failed = nil
            return token.access_token
        } catch {
            failed = (error, now())
            throw error
        }
    }

    /// Another than `old`, unless somebody has fetched one already.
    func fresh(insteadOf old: String) async throws -> String {
        if kept?.token == old { kept = nil }
        return try await current()
    }

    private func fetch() async throws -> WeChatWire.Token {
        let query =
            "grant_type=client_credential&appid=\(queryEncoded(settings.app))"
            + "&secret=\(queryEncoded(settings.secret))"
        let response = try await courier.send(
            Request(.get, "\(settings.url)\(WeChatWire.tokenPath)?\(query)"))
        let bytes = Data(response.body)
        if let token = try? JSONDecoder().decode(WeChatWire.Token.self, from: bytes) {
            return token
        }
        let answer = try? JSONDecoder().decode(WeChatWire.Answer.self, from: bytes)
        throw WeChatFault(
            text: answer.map { "no token: errcode \($0.errcode)" }
                ?? "no token: status \(response.status)")
    }
}

/// Everything but RFC 3986's unreserved characters as %XX.
func queryEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(UnicodeScalar(byte))
        default: "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
    }.joined()
}
