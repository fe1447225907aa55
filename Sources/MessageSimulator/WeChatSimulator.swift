import FoundationEssentials
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import Synchronization
import Workflow

/// WeChat's subscribe messages: a token is good for so many messages and then, as when somebody else fetched
/// one, is refused by 40001; an openid that begins with `refuses` has not subscribed (43101).
package func serveWeChat(
    _ settings: MessageSimulatorSettings, messagesPerToken: Int = 1_000,
    logger: Logger = Logger(label: "wechat-simulator"),
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) async throws {
    let router = Router()
    let calls = Calls(settings.behaviour)
    let counter = WeChatCounter(messagesPerToken)
    router.get(RouterPath(WeChatWire.tokenPath)) { request, _ in
        try await calls.answer {
            let query = request.uri.queryParameters
            guard query.get("appid") == settings.app, query.get("secret") == settings.secret else {
                return json(WeChatWire.Answer(errcode: 40125, errmsg: "invalid appsecret"))
            }
            return json(WeChatWire.Token(access_token: counter.newToken(), expires_in: 7_200))
        }
    }
    router.post(RouterPath(WeChatWire.sendPath)) { request, _ in
        let bytes = Array(try await request.body.collect(upTo: bodyLimit_bytes).readableBytesView)
        return try await calls.answer {
            func said(_ code: WeChatWire.Code, _ text: String, id: Int64? = nil) -> Response {
                json(WeChatWire.Answer(errcode: code.rawValue, errmsg: text, msgid: id))
            }
            let token = request.uri.queryParameters.get("access_token") ?? ""
            guard counter.use(token) else { return said(.tokenInvalid, "invalid credential") }
            guard
                let message = try? JSONDecoder().decode(WeChatWire.Message.self, from: Data(bytes))
            else { return said(.dataInvalid, "data format error") }
            if message.touser.hasPrefix("refuses") {
                return said(.refused, "user refuse to accept the msg")
            }
            let id = counter.newMessage()
            settings.journal.take(
                JournaledMessage(
                    id: "\(id)", to: message.touser, template: message.template_id,
                    blanks: message.data.mapValues(\.value)))
            return said(.ok, "ok", id: id)
        }
    }
    try await serve(
        router, settings, name: "wechat-simulator", logger: logger, onListening: onListening)
}

private final class WeChatCounter: Sendable {
    private struct State {
        var token = ""
        var tokens = 0
        var left = 0
        var messages: Int64 = 0
    }

    private let state = Mutex(State())
    private let perToken: Int

    init(_ perToken: Int) { self.perToken = perToken }

    /// The one before is no longer good.
    func newToken() -> String {
        state.withLock { state in
            state.tokens += 1
            state.token = "token-\(state.tokens)"
            state.left = perToken
            return state.token
        }
    }

    func use(_ token: String) -> Bool {
        state.withLock { state in
            guard token == state.token, state.left > 0 else { return false }
            state.left -= 1
            return true
        }
    }

    func newMessage() -> Int64 {
        state.withLock { state in
            state.messages += 1
            return state.messages
        }
    }
}
