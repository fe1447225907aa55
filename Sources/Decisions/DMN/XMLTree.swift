import Foundation
import FoundationXML

/// An XML element with its place in the file. Prefixes are gone; comments and instructions too.
struct XMLElement: Sendable {
    let name: String
    let namespace: String
    var attributes: [String: String]
    var children: [XMLElement] = []
    /// All character data directly inside, untrimmed.
    var text = ""
    /// 1-based, of the end of the opening tag.
    let line: Int
    let column: Int

    func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The trimmed text of the child `name`, or nil where there is none.
    func text(of name: String) -> String? { child(name)?.trimmedText }

    var trimmedText: String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

/// Reads XML into a tree; refuses what is too large, too deep, or declares a document type.
enum XMLTree {
    static func read(_ bytes: [UInt8], file: String) throws(ModelError) -> XMLElement {
        guard bytes.count <= Limits.fileBytes else {
            throw .tooLarge(file: file, bytes: bytes.count)
        }
        // FoundationXML ends the process at a name that is no UTF-8.
        if let line = lineOfBadText(bytes) { throw .notUTF8(file: file, line: line) }
        // In another encoding than the one in which we look, what is refused below could hide.
        if isInAnotherEncoding(bytes) { throw .notUTF8(file: file, line: 1) }
        // And at a processing instruction that says nothing, by reading through a null pointer.
        if let place = placeOfEmptyInstruction(bytes) {
            throw .malformed(file: file, line: place.line, column: place.column, code: 46)
        }
        let data = Data(bytes)
        if data.range(of: Data("<!DOCTYPE".utf8)) != nil { throw .documentType(file: file) }
        let parser = XMLParser(data: data)
        parser.shouldProcessNamespaces = true
        parser.shouldReportNamespacePrefixes = false
        parser.shouldResolveExternalEntities = false
        let builder = TreeBuilder()
        parser.delegate = builder
        _ = parser.parse()  // its answer cannot be trusted for files that end too early
        if builder.isTooDeep { throw .tooDeep(file: file, line: parser.lineNumber) }
        if let error = parser.parserError {
            let (line, column, code) =
                XMLFaultFinder.fault(in: bytes)
                ?? (builder.last.line, builder.last.column, (error as NSError).code)
            throw .malformed(file: file, line: line, column: column, code: code)
        }
        guard let root = builder.root else {
            throw .malformed(file: file, line: 1, column: 1, code: 4)
        }
        return root
    }
}

/// Where `<?name?>` stands first, 1-based; nil where nowhere. In a comment it would do no harm, but whoever
/// writes it there can as well leave it out.
private func placeOfEmptyInstruction(_ bytes: [UInt8]) -> (line: Int, column: Int)? {
    let (mark, end) = (UInt8(ascii: "?"), UInt8(ascii: ">"))
    for start in bytes.indices.dropLast(3)
    where bytes[start] == UInt8(ascii: "<") && bytes[start + 1] == mark {
        let name = bytes[(start + 2)...].prefix { $0 > UInt8(ascii: " ") && $0 != mark }
        let rest = bytes[name.endIndex...].drop { $0 <= UInt8(ascii: " ") }
        guard rest.first == mark, rest.dropFirst().first == end else { continue }
        let before = bytes[..<start]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (before.count { $0 == UInt8(ascii: "\n") } + 1, start - lineStart + 1)
    }
    return nil
}

/// Whether the file says so, or holds a NUL, by which the parser takes it for UTF-16. Latin-1 is let through as
/// long as it is UTF-8 too: all that markup is made of reads the same.
private func isInAnotherEncoding(_ bytes: [UInt8]) -> Bool {
    if bytes.contains(0) { return true }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes[mark...].starts(with: "<?xml".utf8),
        let end = bytes.indices.first(where: { bytes[$0...].starts(with: "?>".utf8) })
    else { return false }
    let declaration = String(decoding: bytes[mark..<end], as: UTF8.self).lowercased()
    guard let name = declaration.firstRange(of: "encoding") else { return false }
    let value = declaration[name.upperBound...].drop { " =\t\r\n\"'".contains($0) }
        .prefix { !"\"' \t\r\n".contains($0) }
    return !["utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"].contains(value)
}

/// The first line that is no UTF-8, 1-based; nil where all is.
private func lineOfBadText(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var line = 1
    for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        if String(validating: piece, as: UTF8.self) == nil { return line }
        line += 1
    }
    return line
}

private final class TreeBuilder: NSObject, XMLParserDelegate {
    private(set) var root: XMLElement?
    private(set) var isTooDeep = false
    /// Where the last piece ended that could be read; after an error the parser runs on to the end.
    private(set) var last = (line: 1, column: 1)
    private var open: [XMLElement] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        last = (parser.lineNumber, parser.columnNumber)
        if open.count >= Limits.elementLevels {
            isTooDeep = true
            parser.abortParsing()
            return
        }
        var local: [String: String] = [:]
        for (key, value) in attributes {
            let name = key.split(separator: ":").last.map(String.init) ?? key
            // A plain attribute wins over one of the same name with a prefix.
            if local[name] == nil || name == key { local[name] = value }
        }
        open.append(
            XMLElement(
                name: name.split(separator: ":").last.map(String.init) ?? name,
                namespace: namespaceURI ?? "", attributes: local, line: parser.lineNumber,
                column: parser.columnNumber))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        last = (parser.lineNumber, parser.columnNumber)
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        last = (parser.lineNumber, parser.columnNumber)
        if !open.isEmpty { open[open.count - 1].text += string }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if !open.isEmpty { open[open.count - 1].text += String(decoding: block, as: UTF8.self) }
    }
}
