import Crypto
package import Store

/// With it one-time codes are hashed: six digits alone are tried out in no time by whoever reads the
/// database.
///
/// It comes of the office's newest data key; without data keys it is made at each start, and codes then
/// lapse when the service is started again, and are good only at the server that made them.
package struct CodeKey: Sendable {
    private let key: SymmetricKey

    package init(_ dataKeys: DataKeys?) {
        key = SymmetricKey(data: dataKeys?.derived(for: "one-time codes") ?? freshBytes(32))
    }

    /// Hexadecimal.
    ///
    /// - Parameter subject: Of what it is the code; the same code of another has another hash.
    package func hash(_ code: String, of subject: String) -> String {
        let message = Array("\(subject)\u{1F}\(code)".utf8)
        return HMAC<SHA256>.authenticationCode(for: message, using: key).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// Six digits.
package func freshOneTimeCode(using generator: inout some RandomNumberGenerator) -> String {
    String((0..<6).map { _ in Character(String(Int.random(in: 0..<10, using: &generator))) })
}
