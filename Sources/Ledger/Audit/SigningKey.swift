import Crypto
import FoundationEssentials

/// The office's secret half of an Ed25519 key pair. It signs checkpoints and never prints itself.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 random bytes (RFC 8032's private key). Nil for another number of them.
    public init?(seed: [UInt8]) {
        // Any 32 bytes are a key: the error says that there were not 32.
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.key = key
    }

    public var verificationKey: VerificationKey {
        VerificationKey(bytes: Array(key.publicKey.rawRepresentation))
    }

    /// Throws what the cryptographic library does when it cannot sign; it never did.
    public func sign(_ checkpoint: Checkpoint) throws -> SignedCheckpoint {
        let signature = try key.signature(for: checkpoint.canonicalBytes)
        return SignedCheckpoint(checkpoint, key: verificationKey, signature: Array(signature))
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "‹secret of \(verificationKey)›" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The public half: what an auditor keeps, from the office's hand and not from its database.
public struct VerificationKey: Hashable, Sendable {
    /// 32 bytes, as RFC 8032 writes them; other bytes are a key that accepts nothing.
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Nil unless the text is the base64 of 32 bytes.
    public init?(_ text: some StringProtocol) {
        guard let bytes = Base64.bytes(String(text)), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    func accepts(_ signature: [UInt8], of content: [UInt8]) -> Bool {
        // What is not a key accepts nothing.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: content)
    }
}

extension VerificationKey: CustomStringConvertible {
    /// Base64.
    public var description: String { Base64.text(bytes) }
}

enum Base64 {
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    static func bytes(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { Array($0) } }
}
