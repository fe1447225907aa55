import ArgumentParser
import Courier
import Foundation
import Logging
import Workflow

/// How people log in, read from the environment.
enum AccountEnvironment {
    static func read(_ environment: [String: String]) throws -> AccountTerms {
        var terms = AccountTerms()
        if let text = environment["AMENDS_SECOND_FACTOR"] {
            guard let choice = AccountTerms.SecondFactor(rawValue: text) else {
                throw ValidationError("AMENDS_SECOND_FACTOR is 'asked' or 'off', not '\(text)'")
            }
            terms.secondFactor = choice
        }
        if let file = environment["AMENDS_BREACHED_PASSWORDS"] {
            do {
                terms.breached = try BreachedPasswords(file: file)
            } catch {
                throw ValidationError("AMENDS_BREACHED_PASSWORDS: \(file) cannot be read")
            }
        }
        return terms
    }

    /// Nil where no provider is named.
    static func provider(
        _ environment: [String: String], courier: Courier
    ) throws -> IdentityProvider? {
        guard let issuer = environment["AMENDS_OIDC_ISSUER"] else { return nil }
        var secret: String?
        if let file = environment["AMENDS_OIDC_CLIENT_SECRET_FILE"] {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError("AMENDS_OIDC_CLIENT_SECRET_FILE: \(file) cannot be read")
            }
            secret = String(decoding: data, as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let settings = IdentityProvider.Settings(
            issuer: issuer, clientID: environment["AMENDS_OIDC_CLIENT_ID"] ?? "",
            clientSecret: secret, redirect: environment["AMENDS_OIDC_REDIRECT"] ?? "")
        guard let settings else {
            throw ValidationError(
                "AMENDS_OIDC_ISSUER and AMENDS_OIDC_REDIRECT (…/log-in/openid/answer) are https "
                    + "addresses, and AMENDS_OIDC_CLIENT_ID says who we are there")
        }
        return IdentityProvider(settings, courier: courier)
    }

    /// What whoever starts the service should know.
    static func warnings(_ terms: AccountTerms) -> [String] {
        switch (terms.secondFactor, terms.box) {
        case (.off, _):
            ["no second factor is asked for (AMENDS_SECOND_FACTOR=off): for the demonstration only"]
        case (.asked, nil):
            [
                "no data key: whoever handles money cannot set up an authenticator; make one with "
                    + "amends privacy key FILE and name it in AMENDS_DATA_KEY"
            ]
        case (.asked, _?): []
        }
    }
}
