import Crypto
import Foundation

/// Seals small secrets for the database with a key that is not in it: AES-256-GCM.
package struct SecretBox: Sendable {
    private let key: SymmetricKey

    /// - Parameter dataKey: 32 bytes, kept outside the database.
    package init?(dataKey: [UInt8]) {
        guard dataKey.count == 32 else { return nil }
        // A key of its own, so that what else the data key seals is not sealed by the same.
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: dataKey), info: Array("amends accounts".utf8),
            outputByteCount: 32)
    }

    /// - Parameter context: Where the bytes are kept: sealed bytes do not open in another place.
    package func seal(_ bytes: [UInt8], as context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Array(context.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// - Throws: When the bytes were sealed by another key or for another place, or were changed.
    package func open(_ sealed: [UInt8], as context: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed)
        return Array(try AES.GCM.open(box, using: key, authenticating: Array(context.utf8)))
    }
}
