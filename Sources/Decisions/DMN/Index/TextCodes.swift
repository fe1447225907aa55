internal import Glibc

/// Texts by number, found by their bytes: an open hash table without an allocation in the asking.
struct TextCodes: Sendable {
    private var keys: [TextKey] = []
    /// Of all texts, one after the other; read only for those of more than 16 bytes.
    private var bytes: [UInt8] = []
    /// Where each text begins in `bytes`.
    private var starts: [Int] = []
    /// Code + 1 by hash; 0 is free. A power of two, at most half full.
    private var slots: [Int32]

    /// How many texts; their codes are 0 ..< count, in the order of their first occurrence.
    var count: Int { keys.count }

    init(_ texts: [String]) {
        var size = 8
        while size < 2 * texts.count { size *= 2 }
        slots = [Int32](repeating: 0, count: size)
        for text in texts where code(of: text) == count { append(text) }
    }

    /// `count` for a text that is none of them.
    @inline(__always)
    func code(of text: String) -> Int {
        text.utf8.withContiguousStorageIfAvailable { find($0) } ?? codeOfForeign(text)
    }

    /// A text that is not stored as UTF-8.
    @inline(never)
    private func codeOfForeign(_ text: String) -> Int {
        Array(text.utf8).withUnsafeBufferPointer { find($0) }
    }

    private func find(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        let key = TextKey(text)
        var slot = key.hash & (slots.count - 1)
        while slots[slot] != 0 {
            let code = Int(slots[slot]) - 1
            if keys[code] == key, key.count <= 16 || hasBytes(text, at: starts[code]) {
                return code
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return count
    }

    private func hasBytes(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        bytes.withUnsafeBufferPointer {
            memcmp($0.baseAddress! + start, text.baseAddress!, text.count) == 0
        }
    }

    private mutating func append(_ text: String) {
        let utf8 = Array(text.utf8)
        let key = utf8.withUnsafeBufferPointer { TextKey($0) }
        var slot = key.hash & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        keys.append(key)
        starts.append(bytes.count)
        bytes += utf8
        slots[slot] = Int32(keys.count)
    }
}

/// What tells a text of up to 16 bytes from every other: its length and its ends, which overlap.
private struct TextKey: Equatable, Sendable {
    let count: Int
    let first: UInt64
    let last: UInt64

    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(text)
        count = raw.count
        if count >= 8 {
            first = raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
            last = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            first = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            last = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            first = UInt64(raw[0])
            last = UInt64(raw[count / 2]) << 8 | UInt64(raw[count - 1])
        } else {
            (first, last) = (0, 0)
        }
    }

    /// The texts are the model's own and the table does not grow, so nobody can crowd it.
    @inline(__always)
    var hash: Int {
        var mixed = (first ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 32) ^ last) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed >> 20)
    }
}
