/// Texts by number: two open hash tables, one by the words of a string, one by its bytes.
///
/// Nothing is allocated in the asking.
final class TextCodes: Sendable {
    /// How many texts it was made of, a text that occurs twice counted twice.
    let count: Int
    /// Held, so that their words remain theirs.
    private let texts: [String]
    private let byWords: Slots<TextWords>
    private let byBytes: Slots<TextKey>

    init(_ texts: [String]) {
        self.texts = texts
        count = texts.count
        var byWords = Slots(for: texts.count, free: TextWords(""))
        var byBytes = Slots(for: texts.count, free: TextKey(""))
        for (position, text) in texts.enumerated() {
            let code = byBytes.code(of: text, among: texts) ?? position
            byBytes.insert(code, for: TextKey(text))
            byWords.insert(code, for: TextWords(text))
        }
        (self.byWords, self.byBytes) = (byWords, byBytes)
    }

    /// The position of the first text that is the same; `count` where none is.
    @inline(__always)
    func code(of text: String) -> Int {
        let words = TextWords(text)
        var slot = byWords.start(words)
        while byWords[slot].code >= 0 {
            if byWords[slot].key == words { return byWords[slot].code }
            slot = byWords.after(slot)
        }
        return codeByBytes(of: text)
    }

    /// Of a text that is none of them, or the same as one that stands elsewhere.
    @inline(never)
    private func codeByBytes(of text: String) -> Int {
        byBytes.code(of: text, among: texts) ?? count
    }

    /// The texts without repetition, in the order of their first occurrence.
    static func distinct(_ texts: [String]) -> [String] {
        let codes = TextCodes(texts)
        return texts.indices.filter { codes.code(of: texts[$0]) == $0 }.map { texts[$0] }
    }
}

/// What a text is looked for by.
private protocol Hashed: Equatable, Sendable {
    /// The upper bits count.
    var hash: UInt64 { get }
}

/// Codes by key. A key may have several codes.
private struct Slots<Key: Hashed>: Sendable {
    /// −1 is free.
    private var slots: [(key: Key, code: Int)]
    /// Of the hash, so that as many bits are left as count the slots: a power of two of them, of
    /// which at most half are taken.
    private let shift: UInt64

    init(for count: Int, free: Key) {
        var bits = 3
        while 1 << bits < 2 * count { bits += 1 }
        shift = UInt64(64 - bits)
        slots = Array(repeating: (free, -1), count: 1 << bits)
    }

    mutating func insert(_ code: Int, for key: Key) {
        var slot = start(key)
        while slots[slot].code >= 0 {
            if slots[slot] == (key, code) { return }
            slot = after(slot)
        }
        slots[slot] = (key, code)
    }

    @inline(__always)
    subscript(slot: Int) -> (key: Key, code: Int) { slots[slot] }

    @inline(__always)
    func start(_ key: Key) -> Int { Int(truncatingIfNeeded: key.hash &>> shift) }

    @inline(__always)
    func after(_ slot: Int) -> Int { slot &+ 1 == slots.count ? 0 : slot &+ 1 }
}

extension Slots<TextKey> {
    func code(of text: String, among texts: [String]) -> Int? {
        let key = TextKey(text)
        var slot = start(key)
        while slots[slot].code >= 0 {
            let code = slots[slot].code
            if slots[slot].key == key, key.count <= 16 || texts[code].hasSameScalars(as: text) {
                return code
            }
            slot = after(slot)
        }
        return nil
    }
}

extension TextWords: Hashed {}

/// What tells a text of up to 16 bytes from every other: its length and its ends, which overlap.
private struct TextKey: Hashed {
    let count: Int
    private let first: UInt64
    private let last: UInt64

    @inline(__always)
    init(_ text: String) {
        self =
            text.utf8.withContiguousStorageIfAvailable { TextKey($0) }
            ?? Array(text.utf8).withUnsafeBufferPointer { TextKey($0) }
    }

    @inline(__always)
    private init(_ text: UnsafeBufferPointer<UInt8>) {
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

    @inline(__always)
    var hash: UInt64 {
        let mixed = (first ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        return (mixed ^ (mixed >> 32) ^ last) &* 0xD6E8_FEB8_6659_FD93
    }
}
