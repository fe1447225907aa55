import Crypto
import FoundationEssentials

/// Signatures as the Standard Webhooks specification (1.0) makes them: `v1,` and the HMAC-SHA256 in base 64
/// of `id.timestamp.body`.
package enum WebhookSignature {
    /// Of fresh secrets; 24 to 64 bytes are allowed.
    static let secretBytes = 32

    /// `whsec_…`
    package static func freshSecret() -> String {
        "whsec_" + Data(freshBytes(secretBytes)).base64EncodedString()
    }

    /// What `webhook-signature` holds: one signature for each secret, blanks between, so that a receiver who
    /// knows any of them is content while one is replaced.
    ///
    /// - Parameters:
    ///   - id: Without a full stop.
    ///   - seconds: Of the attempt, since 1970.
    /// - Returns: Nil when a secret is none.
    package static func header(
        secrets: [String], id: String, seconds: Int64, body: String
    ) -> String? {
        var signatures: [String] = []
        for secret in secrets {
            guard secret.hasPrefix("whsec_"),
                let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count)))
            else { return nil }
            let signed = Array("\(id).\(seconds).\(body)".utf8)
            let code = HMAC<SHA256>.authenticationCode(
                for: signed, using: SymmetricKey(data: key))
            signatures.append("v1," + Data(code).base64EncodedString())
        }
        return signatures.isEmpty ? nil : signatures.joined(separator: " ")
    }
}
