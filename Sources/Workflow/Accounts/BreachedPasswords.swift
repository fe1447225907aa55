import Crypto
import Foundation

/// A list of passwords that became known elsewhere, looked up where it lies on disk.
///
/// One line a password, sorted: its SHA-1 in hexadecimal, or the first 10 digits or more of it, and
/// whatever follows a colon. The files of Have I Been Pwned are of this form.
package struct BreachedPasswords: Sendable {
    private let file: String
    private let size: UInt64

    /// The longest line that is read, in bytes.
    private static let lineLimit = 128
    private static let leastDigits = 10

    /// - Throws: Foundation's error when the file cannot be read.
    package init(file: String) throws {
        self.file = file
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        size = try handle.seekToEnd()
        try handle.close()
    }

    /// Whether `password` is listed.
    func holds(_ password: String) throws -> Bool {
        let hash = Array(
            Insecure.SHA1.hash(data: Array(password.utf8)).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined().uppercased().utf8)
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        defer { try? handle.close() }  // Only read from: nothing can be lost.
        var (low, high) = (UInt64(0), size)
        // The line sought, if there is one, begins in low..<high.
        while low < high {
            let middle = low + (high - low) / 2
            let (start, digits) = try line(at: middle, low, handle)
            guard let digits, start < high else {
                high = middle
                continue
            }
            if digits.count >= Self.leastDigits, hash.starts(with: digits) { return true }
            if digits.lexicographicallyPrecedes(hash) {
                low = start + 1
            } else {
                high = middle
            }
        }
        return false
    }

    /// The first line that begins at `offset` or later, or at `low` itself.
    private func line(
        at offset: UInt64, _ low: UInt64, _ handle: FileHandle
    ) throws -> (start: UInt64, digits: [UInt8]?) {
        let from = offset == 0 ? 0 : offset - 1
        try handle.seek(toOffset: from)
        var bytes = Array(try handle.read(upToCount: Self.lineLimit * 2) ?? Data())
        var start = from
        if offset > 0 {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return (size, nil) }
            bytes.removeFirst(end + 1)
            start += UInt64(end + 1)
        }
        let digits = bytes.prefix { ($0 >= 48 && $0 <= 57) || ($0 | 32 >= 97 && $0 | 32 <= 102) }
        guard !digits.isEmpty else { return (size, nil) }
        return (start, digits.map { $0 >= 97 ? $0 - 32 : $0 })
    }
}
