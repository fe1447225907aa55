import Crypto
package import Database
import FoundationEssentials
import Ledger

/// The office's keys for personal data, the newest last: that one seals, all of them open.
///
/// They are kept outside the database: a copy of it, or a back-up, gives away nothing that is sealed.
package struct DataKeys: Sendable {
    private let keys: [(id: String, key: SymmetricKey)]
    private static let key_bytes = 32

    /// - Parameter text: A line a key: its id (letters and digits, at most 16), a blank, 64 hexadecimal
    ///   digits. Lines that begin with `#` say nothing.
    package init(_ text: String) throws(DataKeyError) {
        var keys: [(id: String, key: SymmetricKey)] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count == 2, (1...16).contains(words[0].utf8.count),
                words[0].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
                let bytes = Hash(hex: String(words[1]))?.bytes, bytes.count == Self.key_bytes
            else { throw .malformed(line: number + 1) }
            let id = String(words[0])
            guard !keys.contains(where: { $0.id == id }) else { throw .sameID(id) }
            keys.append((id, SymmetricKey(data: Array(bytes))))
        }
        guard !keys.isEmpty else { throw .empty }
        self.keys = keys
    }

    /// The id of the key that seals.
    package var newest: String { keys[keys.count - 1].id }

    package func seal(_ bytes: [UInt8], as context: String) throws(DatabaseError) -> [UInt8] {
        try keys[keys.count - 1].key.sealing(bytes, as: context)
    }

    /// 32 bytes that follow from the newest key, for another use; they say nothing of it.
    package func derived(for use: String) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Array(use.utf8), using: keys[keys.count - 1].key))
    }

    package func open(
        _ sealed: [UInt8], under id: String, as context: String
    ) throws(DatabaseError) -> [UInt8] {
        guard let key = keys.last(where: { $0.id == id })?.key else {
            throw .corrupt(
                "\(context) is sealed under the data key \(id), which is not in the file")
        }
        return try key.opening(sealed, as: context)
    }
}

/// Why a text holds no data keys.
package enum DataKeyError: Error, Hashable, Sendable {
    case empty
    /// 1-based.
    case malformed(line: Int)
    case sameID(String)
}

extension SymmetricKey {
    /// AES-256-GCM: nonce, ciphertext, tag.
    ///
    /// - Parameter context: Where it stands, authenticated: moved elsewhere it does not open.
    func sealing(_ bytes: [UInt8], as context: String) throws(DatabaseError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                bytes, using: self, authenticating: Array(context.utf8))
            return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .storage("\(context) cannot be sealed: \(error)")
        }
    }

    func opening(_ sealed: [UInt8], as context: String) throws(DatabaseError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: self, authenticating: Array(context.utf8)))
        } catch {
            throw .corrupt(
                "\(context) does not open: it was altered, moved, or sealed by another key")
        }
    }

    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
