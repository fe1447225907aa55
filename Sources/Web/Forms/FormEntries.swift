/// What a page's form sent: names with values in the order they came, and files.
struct FormEntries: Sendable {
    private(set) var entries: [(name: String, value: String)] = []
    private(set) var files: [FilePart] = []

    /// Entries and files of one form.
    static let limit = 400

    struct FilePart: Sendable {
        /// Of the field.
        let name: String
        let fileName: String
        let bytes: [UInt8]
    }

    /// The first value of `name`; nil when it is absent or empty.
    subscript(_ name: String) -> String? {
        entries.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// All values of `name` that are not empty.
    func all(_ name: String) -> [String] {
        entries.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    /// Whether anything was entered below `prefix`.
    func has(prefix: String) -> Bool {
        entries.contains { $0.name.hasPrefix(prefix) && !$0.value.isEmpty }
    }

    mutating func add(_ name: String, _ value: String) { entries.append((name, value)) }
    mutating func add(_ file: FilePart) { files.append(file) }

    init() {}

    /// - Parameter body: `application/x-www-form-urlencoded`.
    /// - Throws: 400 where there are too many entries.
    init(urlEncoded body: [UInt8]) throws(Problem) {
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard entries.count < Self.limit else { throw .malformedForm }
            add(Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let byte = bytes[at]
            if byte == UInt8(ascii: "%"), at + 2 < bytes.endIndex,
                let value = UInt8(
                    String(decoding: bytes[at + 1...at + 2], as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                at += 3
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                at += 1
            }
        }
        return normalised(String(decoding: decoded, as: UTF8.self))
    }

    /// Browsers end lines with CR LF, others with CR; the office keeps LF.
    static func normalised(_ text: String) -> String {
        guard text.utf8.contains(13) else { return text }
        var bytes: [UInt8] = []
        var isAfterReturn = false
        for byte in text.utf8 {
            if byte == 13 {
                bytes.append(10)
            } else if byte != 10 || !isAfterReturn {
                bytes.append(byte)
            }
            isAfterReturn = byte == 13
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
