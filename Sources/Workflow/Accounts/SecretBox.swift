package import Store

/// Seals what second factors are computed from under the office's newest data key, which is not in the
/// database: AES-256-GCM.
package struct SecretBox: Sendable {
    private let keys: DataKeys

    package init(_ keys: DataKeys) { self.keys = keys }

    /// The length of the key's id, the id, and what it sealed.
    ///
    /// - Parameter context: Where the bytes are kept: sealed bytes do not open in another place.
    package func seal(_ bytes: [UInt8], as context: String) throws -> [UInt8] {
        let id = Array(keys.newest.utf8)
        return [UInt8(id.count)] + id + (try keys.seal(bytes, as: context))
    }

    /// - Throws: When the bytes were sealed by a key that is not in the file any more, or for another place,
    ///   or were changed.
    package func open(_ sealed: [UInt8], as context: String) throws -> [UInt8] {
        let id = keyID(sealed)
        return try keys.open(Array(sealed.dropFirst(1 + id.utf8.count)), under: id, as: context)
    }

    /// The same secret under the newest key; nil where it is already.
    func resealed(_ sealed: [UInt8], as context: String) throws -> [UInt8]? {
        guard keyID(sealed) != keys.newest else { return nil }
        return try seal(try open(sealed, as: context), as: context)
    }

    private func keyID(_ sealed: [UInt8]) -> String {
        String(decoding: sealed.dropFirst().prefix(Int(sealed.first ?? 0)), as: UTF8.self)
    }
}
