package import Courier
import Crypto
import Foundation
import JWTKit
package import Ledger
import Synchronization

/// An OpenID Connect provider that says who somebody is: authorization code with PKCE (RFC 7636).
///
/// It says nothing about roles: who a subject is here, an administrator said before.
package final class IdentityProvider: Sendable {
    package struct Settings: Sendable {
        /// As its tokens name it, without a slash at the end unless they have one.
        package let issuer: String
        package let clientID: String
        /// Nil for a public client.
        package let clientSecret: String?
        /// Our `/log-in/openid/answer`, as the provider knows it.
        package let redirect: String

        /// Nil when issuer or redirect are not https; plain http is spoken to this machine alone.
        package init?(issuer: String, clientID: String, clientSecret: String?, redirect: String) {
            guard isTrustworthy(issuer), isTrustworthy(redirect), !clientID.isEmpty else {
                return nil
            }
            self.issuer = issuer
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.redirect = redirect
        }
    }

    /// A log-in under way, kept by the browser that began it and by nobody else.
    package struct Journey: Hashable, Sendable {
        package let state: String
        package let nonce: String
        /// PKCE's: proves to the provider that whoever brings the code began the journey.
        package let verifier: String

        package init(state: String, nonce: String, verifier: String) {
            self.state = state
            self.nonce = nonce
            self.verifier = verifier
        }
    }

    /// Who the provider says it is.
    package struct Finding: Hashable, Sendable {
        package let issuer: String
        package let subject: String
        /// Whether the provider asked for more than a password (`amr`, RFC 8176).
        package let hasManyFactors: Bool
    }

    /// What the provider publishes about itself is read again after this.
    private static let freshness_ms: Int64 = 10 * 60_000
    /// Clocks may differ by so much, in seconds.
    private static let leeway_s: Int64 = 120

    package let settings: Settings
    private let courier: Courier
    private let known = Mutex<(publication: Publication, at: Moment)?>(nil)

    package init(_ settings: Settings, courier: Courier) {
        self.settings = settings
        self.courier = courier
    }

    /// A new journey, and the provider's address to send the browser to.
    package func begin(at now: Moment) async throws(AccountError) -> (Journey, address: String) {
        let publication = try await publication(at: now)
        let journey = Journey(state: freshBits(), nonce: freshBits(), verifier: freshBits())
        let challenge = base64url(Array(SHA256.hash(data: Array(journey.verifier.utf8))))
        let query = formEncoded([
            ("response_type", "code"), ("client_id", settings.clientID),
            ("redirect_uri", settings.redirect), ("scope", "openid"), ("state", journey.state),
            ("nonce", journey.nonce), ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ])
        let endpoint = publication.document.authorization_endpoint
        return (journey, endpoint + (endpoint.contains("?") ? "&" : "?") + query)
    }

    /// Changes the code for an ID token and reads who it is.
    ///
    /// - Parameters:
    ///   - code: As the browser brought it back.
    ///   - state: The same; another than the journey's was not begun in this browser.
    package func finish(
        _ journey: Journey, code: String, state: String, at now: Moment
    ) async throws(AccountError) -> Finding {
        guard !journey.state.isEmpty, state == journey.state else {
            throw .openID(.stateWrong)
        }
        let publication = try await publication(at: now)
        let token = try await exchange(code, journey, publication.document.token_endpoint)
        let claims: Claims
        do {
            claims = try await publication.keys.verify(token, as: Claims.self)
        } catch {
            // The provider may have changed its keys: they are read anew for the next who comes.
            known.withLock { $0 = nil }
            throw .openID(.tokenWrong)
        }
        guard isFit(claims, journey, at: now) else { throw .openID(.tokenWrong) }
        let many = ["mfa", "otp", "hwk", "swk"]
        return Finding(
            issuer: claims.iss, subject: claims.sub,
            hasManyFactors: claims.amr?.contains { many.contains($0) } ?? false)
    }

    /// OpenID Connect Core §3.1.3.7; the signature was checked before.
    private func isFit(_ claims: Claims, _ journey: Journey, at now: Moment) -> Bool {
        let seconds = now.ms / 1_000
        guard claims.iss == settings.issuer, claims.aud.values.contains(settings.clientID) else {
            return false
        }
        if claims.aud.values.count > 1 || claims.azp != nil {
            guard claims.azp == settings.clientID else { return false }
        }
        guard claims.nonce == journey.nonce, !claims.sub.isEmpty else { return false }
        return claims.exp + Self.leeway_s > seconds && claims.iat - Self.leeway_s <= seconds
    }

    private func exchange(
        _ code: String, _ journey: Journey, _ endpoint: String
    ) async throws(AccountError) -> String {
        var entries = [
            ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", settings.redirect), ("code_verifier", journey.verifier),
        ]
        var headers = [
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
        ]
        if let secret = settings.clientSecret {
            // RFC 6749 §2.3.1: both are form-encoded first.
            let pair = "\(percentEncoded(settings.clientID)):\(percentEncoded(secret))"
            headers["Authorization"] = "Basic " + Data(pair.utf8).base64EncodedString()
        } else {
            entries.append(("client_id", settings.clientID))
        }
        let response = try await send(
            Request(.post, endpoint, headers: headers, body: Array(formEncoded(entries).utf8)))
        guard response.status == 200 else { throw .openID(.refused) }
        guard let answer: TokenAnswer = decoded(response) else { throw .openID(.unreachable) }
        return answer.id_token
    }

    private func publication(at now: Moment) async throws(AccountError) -> Publication {
        if let known = known.withLock({ $0 }), known.at.distanceMs(to: now) < Self.freshness_ms {
            return known.publication
        }
        let base =
            settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
        let page = try await send(Request(.get, "\(base)/.well-known/openid-configuration"))
        guard page.status == 200, let document: Document = decoded(page),
            document.issuer == settings.issuer, isTrustworthy(document.authorization_endpoint),
            isTrustworthy(document.token_endpoint), isTrustworthy(document.jwks_uri)
        else { throw .openID(.unreachable) }
        let keyPage = try await send(Request(.get, document.jwks_uri))
        guard keyPage.status == 200, let set: JWKS = decoded(keyPage) else {
            throw .openID(.unreachable)
        }
        let keys = JWTKeyCollection()
        // One that this program cannot use is passed over: it may be for others.
        for key in set.keys {
            _ = try? await keys.add(jwk: key)
        }
        let publication = Publication(document: document, keys: keys)
        known.withLock { $0 = (publication, now) }
        return publication
    }

    private func send(_ request: Request) async throws(AccountError) -> Response {
        do {
            return try await courier.send(request)
        } catch {
            throw .openID(.unreachable)
        }
    }

    private func decoded<T: Decodable>(_ response: Response) -> T? {
        try? JSONDecoder().decode(T.self, from: Data(response.body))
    }
}

/// What a provider publishes: where it is spoken to, and the keys that sign its tokens.
private struct Publication: Sendable {
    let document: Document
    let keys: JWTKeyCollection
}

/// OpenID Connect Discovery §3, what we use of it.
private struct Document: Decodable, Sendable {
    let issuer: String
    let authorization_endpoint: String
    let token_endpoint: String
    let jwks_uri: String
}

private struct TokenAnswer: Decodable {
    let id_token: String
}

private struct Claims: JWTPayload {
    let iss: String
    let sub: String
    let aud: Audience
    let azp: String?
    /// In seconds since 1970.
    let exp: Int64
    let iat: Int64
    let nonce: String?
    let amr: [String]?

    /// Read by the office's clock, in `IdentityProvider.isFit`.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// One text or several.
    struct Audience: Codable, Sendable {
        let values: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                values = [one]
            } else {
                values = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(values)
        }
    }
}

/// By TLS, or to this machine.
private func isTrustworthy(_ address: String) -> Bool {
    if address.hasPrefix("https://") { return true }
    guard address.hasPrefix("http://") else { return false }
    let host = address.dropFirst("http://".count).prefix { $0 != "/" && $0 != ":" }
    return host == "127.0.0.1" || host == "localhost"
}

private func formEncoded(_ entries: [(String, String)]) -> String {
    entries.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
}

/// Everything but RFC 3986's unreserved characters as %XX.
private func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126:
            encoded.append(Character(Unicode.Scalar(byte)))
        default: encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
    return encoded
}

private func base64url(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
}
