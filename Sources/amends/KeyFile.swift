import ArgumentParser
import Foundation
import Ledger

/// The file that holds the office's signing key: 64 hexadecimal digits, readable by its owner alone.
enum KeyFile {
    private static let seedBytes = 32

    static func read(_ file: String) throws -> SigningKey {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError(
                "there is no signing key \(file): make one with amends ledger key \(file)")
        }
        let digits = String(decoding: data, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let seed = Hash(hex: digits)?.bytes, let key = SigningKey(seed: seed) else {
            throw ValidationError("\(file) is no signing key: it holds 64 hexadecimal digits")
        }
        return key
    }

    /// Makes a new key. An existing file is refused: what it signed could not be proved any more.
    static func make(_ file: String) throws -> SigningKey {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw ValidationError("\(file) exists already; a key is never overwritten")
        }
        var generator = SystemRandomNumberGenerator()
        let seed = (0..<seedBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let digits = seed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data((digits + "\n").utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw ValidationError("\(file) cannot be written") }
        return try read(file)
    }
}
