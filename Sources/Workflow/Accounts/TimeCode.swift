import Crypto
package import Ledger

/// One-time codes of a secret and the time (RFC 6238): SHA-1, 30 seconds, six digits, which is what
/// every authenticator app makes.
package enum TimeCode {
    /// In seconds.
    package static let step_s: Int64 = 30
    /// Clocks may differ by so many steps.
    package static let tolerance: Int64 = 1
    /// As long as the hash, RFC 4226 §4.
    package static let secretBytes = 20

    package static func step(at now: Moment) -> Int64 { now.ms / (step_s * 1_000) }

    /// - Parameter digits: 6, or 8 for the vectors of the RFC.
    package static func code(of secret: [UInt8], at step: Int64, digits: Int = 6) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 15)
        let number = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(mac[offset + $1]) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is, near `now`; nil when it is none.
    package static func step(
        of code: String, for secret: [UInt8], at now: Moment
    ) -> Int64? {
        let current = step(at: now)
        return (-tolerance...tolerance).map { current + $0 }.last {
            self.code(of: secret, at: $0) == code
        }
    }
}

/// RFC 4648 base 32 without padding, as authenticator apps read secrets.
package func base32(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var text = ""
    var (buffer, bits) = (0, 0)
    for byte in bytes {
        buffer = (buffer << 8 | Int(byte)) & 0xFFFF
        bits += 8
        while bits >= 5 {
            bits -= 5
            text.append(letters[buffer >> bits & 31])
        }
    }
    if bits > 0 { text.append(letters[buffer << (5 - bits) & 31]) }
    return text
}
