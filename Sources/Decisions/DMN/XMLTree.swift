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
            throw .malformed(
                file: file, line: parser.lineNumber, column: parser.columnNumber,
                reason: "\(error)")
        }
        guard let root = builder.root else {
            throw .malformed(file: file, line: 1, column: 1, reason: "there is no element")
        }
        return root
    }
}

private final class TreeBuilder: NSObject, XMLParserDelegate {
    private(set) var root: XMLElement?
    private(set) var isTooDeep = false
    private var open: [XMLElement] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
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
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !open.isEmpty { open[open.count - 1].text += string }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if !open.isEmpty { open[open.count - 1].text += String(decoding: block, as: UTF8.self) }
    }
}
