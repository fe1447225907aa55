/// One field of a message: `:61:2503010301D300,50NTRFPO-1`, with the lines that continue it.
struct MT940Field {
    let tag: String
    /// The line of the file the field begins on, from 1.
    let line: Int
    /// At least one, the first without its tag.
    var lines: [String]

    var place: Place { Place(line: line, column: 1, field: ":\(tag):") }
    var text: String { lines[0] }
}

/// One MT940 message: a page of a statement.
struct MT940Message {
    var fields: [MT940Field] = []
    /// The last line that is not empty.
    var end = 0
}

/// Cuts a file into messages: bare ones, each begun by `:20:`, or in SWIFT blocks (`{1:…}{4: … -}`).
func messages(in text: StatementText) throws(StatementError) -> [MT940Message] {
    var messages: [MT940Message] = []
    var isOpen = false
    var number = 0
    for bytes in text.bytes.split(separator: 10, omittingEmptySubsequences: false) {
        number += 1
        guard bytes.count <= StatementLimit.cellBytes else {
            throw .cellTooLong(Place(line: number, column: 1))
        }
        // Block headers, and the control characters some lines put round a message, say nothing to us.
        var line = String(decoding: bytes, as: UTF8.self)[...]
        if line.last == "\r" || line.last == "\r\n" { line.removeLast() }
        if !isOpen { line = afterBlocks(line) }
        if line == "-" || line.hasPrefix("-}") {
            isOpen = false
            continue
        }
        if let tag = tag(of: line) {
            if tag == "20" || !isOpen {
                guard tag == "20" else {
                    throw .misplacedField(Place(line: number, column: 1, field: ":\(tag):"))
                }
                messages.append(MT940Message())
                isOpen = true
            }
            let text = String(line.dropFirst(tag.utf8.count + 2))
            messages[messages.count - 1].fields.append(
                MT940Field(tag: tag, line: number, lines: [text]))
        } else if isOpen {
            guard messages[messages.count - 1].append(String(line)) else {
                throw .cellTooLong(Place(line: number, column: 1))
            }
        } else if !line.allSatisfy(\.isWhitespace) {
            throw .badField(Place(line: number, column: 1), String(line.prefix(40)))
        }
        if isOpen, !line.isEmpty { messages[messages.count - 1].end = number }
    }
    return messages
}

extension MT940Message {
    /// Continues the last field; false when it grows too long.
    fileprivate mutating func append(_ line: String) -> Bool {
        guard let last = fields.indices.last, fields[last].lines.count < 1_000 else { return false }
        fields[last].lines.append(line)
        return true
    }
}

/// `61` of `:61:…`; nil when the line begins no field.
private func tag(of line: Substring) -> String? {
    let bytes = Array(line.utf8.prefix(5))
    guard bytes.count >= 4, bytes[0] == UInt8(ascii: ":") else { return nil }
    let isDigit = (48...57).contains(bytes[1]) && (48...57).contains(bytes[2])
    guard isDigit else { return nil }
    if bytes[3] == UInt8(ascii: ":") { return String(decoding: bytes[1...2], as: UTF8.self) }
    guard bytes.count == 5, (65...90).contains(bytes[3]), bytes[4] == UInt8(ascii: ":") else {
        return nil
    }
    return String(decoding: bytes[1...3], as: UTF8.self)
}

/// What of a line outside a message is left when blocks `{1:…}`, the opening `{4:` of the text block and
/// control characters are taken off.
private func afterBlocks(_ line: Substring) -> Substring {
    var rest = line.drop { $0.isASCII && ($0.utf8.first ?? 0) <= 32 }
    while rest.first == "{" {
        if rest.hasPrefix("{4:") { return rest.dropFirst(3) }
        // A block may hold blocks: {5:{MAC:…}{CHK:…}}.
        var depth = 0
        guard
            let end = rest.firstIndex(where: { character in
                depth += character == "{" ? 1 : character == "}" ? -1 : 0
                return depth == 0
            })
        else { return rest }
        rest = rest[rest.index(after: end)...].drop { $0.isASCII && ($0.utf8.first ?? 0) <= 32 }
    }
    return rest
}
