import Crypto

/// SHA-256 of `bytes`, lower-case hex.
package func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in SHA256.hash(data: Array(bytes)) {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

package func sha256Hex(_ text: String) -> String { sha256Hex(text.utf8) }

/// A secret of 26 letters and digits (130 bits) that can be read out on the telephone: Crockford's
/// base 32, without I, L, O and U.
package func freshSecret(using generator: inout some RandomNumberGenerator) -> String {
    let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    return String((0..<26).map { _ in letters[Int.random(in: 0..<32, using: &generator)] })
}

/// A tourist's code for one case: eight digits, told once.
package func freshTrackingCode(using generator: inout some RandomNumberGenerator) -> String {
    String((0..<8).map { _ in Character(String(Int.random(in: 0..<10, using: &generator))) })
}
