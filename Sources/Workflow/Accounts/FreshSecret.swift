import Ledger

/// 256 random bits, hexadecimal: a session's secret, or the secret of its forms.
func freshBits() -> String {
    freshHash().hex
}

/// 256 random bits.
func freshHash() -> Hash {
    guard let hash = Hash(bytes: freshBytes(32)) else { preconditionFailure("32 bytes are a hash") }
    return hash
}

func freshBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

/// Sixteen letters and digits (80 bits) in groups of four, of Crockford's base 32.
func freshRecoveryCode() -> String {
    var generator = SystemRandomNumberGenerator()
    let letters = freshSecret(using: &generator).prefix(16)
    return grouped(letters)
}

/// A password for the first log-in: 26 letters and digits in groups of four.
func freshPassword() -> String {
    var generator = SystemRandomNumberGenerator()
    return grouped(freshSecret(using: &generator)[...]).lowercased()
}

/// `ABCD-EFGH-…`.
package func grouped(_ text: Substring) -> String {
    text.enumerated().map { ($0.offset > 0 && $0.offset % 4 == 0 ? "-" : "") + String($0.element) }
        .joined()
}
