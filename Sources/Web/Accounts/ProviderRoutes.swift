import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// Logging in at an identity provider: there, and back.
enum ProviderRoutes {
    static let all: [Route] = [
        PageRoutes.page(
            "/log-in/openid", "providerPage", AccountText.byProvider, query: [AccountRoutes.next]
        ) { call in
            guard let provider = call.desk.provider else {
                throw AccountError.openID(.notConfigured)
            }
            try call.desk.admit(call.desk.logIns, call.context.household)
            let (journey, address) = try await provider.begin(at: call.office.now())
            return Answer(303, nil, ByteBuffer()).with(.location, address)
                .with(.setCookie, call.cookie(journey, next: call.query("next")))
        },
        PageRoutes.page(
            "/log-in/openid/answer", "providerAnswer", AccountText.byProvider, query: answers
        ) { call in
            try await call.logInByProvider()
        },
    ]

    /// What providers send back; only the first three mean something to us.
    private static let answers: [Route.QueryParameter] = [
        "code", "state", "error", "error_description", "error_uri", "iss", "session_state", "scope",
        "authuser", "prompt", "hd",
    ].map {
        Route.QueryParameter(
            name: $0, about: Phrase("认证服务的答复", "of the provider's answer"),
            schema: ["type": "string"])
    }
}

extension Call {
    /// Kept by the browser that began the journey, for as long as logging in there may take.
    fileprivate func cookie(_ journey: IdentityProvider.Journey, next: String?) -> String {
        let value = [journey.state, journey.nonce, journey.verifier, next.flatMap(ownPath) ?? "/"]
        return Cookie.written(
            Cookie.journey, value.joined(separator: "."), isSecure: desk.isSecure)
            + "; Max-Age=600"
    }

    fileprivate func logInByProvider() async throws -> Answer {
        guard let provider = desk.provider else { throw AccountError.openID(.notConfigured) }
        try desk.admit(desk.logIns, context.household)
        let kept = Cookie.read(Cookie.journey, of: request)?
            .split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard let kept, kept.count == 4 else { throw AccountError.openID(.stateWrong) }
        guard query("error") == nil, let code = query("code") else {
            throw AccountError.openID(.refused)
        }
        let journey = IdentityProvider.Journey(state: kept[0], nonce: kept[1], verifier: kept[2])
        let finding = try await provider.finish(
            journey, code: code, state: query("state") ?? "", at: office.now())
        let logIn = try await office.logIn(by: finding, from: context.address)
        return redirect(to: step(after: logIn.session, next: kept[3]))
            .with(.setCookie, cookie(logIn))
    }
}

extension Cookie {
    /// Of a log-in under way at an identity provider. It is of no use twice: its code is not.
    static let journey = "amends-journey"
}

extension Link {
    static let logInByProvider = logIn.below("openid")
}
