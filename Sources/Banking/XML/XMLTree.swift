import Foundation
import FoundationXML

/// One element of a small XML file, with everything below it.
final class Element {
    let name: String
    let attributes: [String: String]
    /// Where its start tag ends.
    let place: Place
    fileprivate(set) var children: [Element] = []
    /// Its own text, without blanks at its ends; an element with children has none.
    fileprivate(set) var text = ""

    fileprivate init(_ name: String, _ attributes: [String: String], _ place: Place) {
        self.name = name
        self.attributes = attributes
        self.place = place
    }

    func first(_ name: String) -> Element? { children.first { $0.name == name } }

    func all(_ name: String) -> [Element] { children.filter { $0.name == name } }

    /// The text at a path of first elements: `value("Id", "Othr", "Id")`; nil when absent or empty.
    func value(_ path: String...) -> String? {
        var element: Element? = self
        for name in path { element = element?.first(name) }
        guard let text = element?.text, !text.isEmpty else { return nil }
        return text
    }
}

/// Reads `bytes` as XML: UTF-8, no document type, at most `StatementLimit.nesting` deep.
///
/// - Returns: The root and its namespace.
func readXML(_ bytes: [UInt8]) throws(StatementError) -> (root: Element, namespace: String) {
    try checkUTF8(bytes)
    try checkDeclarations(bytes)
    let builder = XMLTreeBuilder()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    // `parse()` answers true on files that end too early; only the absence of an error counts.
    _ = parser.parse()
    if let refusal = builder.refusal { throw refusal }
    guard parser.parserError == nil, let root = builder.root, builder.isComplete else {
        throw .malformedXML(
            Place(line: max(parser.lineNumber, 1), column: max(parser.columnNumber, 1)))
    }
    return (root, builder.namespace)
}

private final class XMLTreeBuilder: NSObject, XMLParserDelegate {
    private(set) var root: Element?
    private(set) var namespace = ""
    private(set) var refusal: StatementError?
    private var open: [Element] = []
    private var text: [UInt8] = []

    var isComplete: Bool { open.isEmpty }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        let place = Place(
            line: max(parser.lineNumber, 1), column: max(parser.columnNumber, 1), field: name)
        guard open.count < StatementLimit.nesting else {
            return refuse(.nestedTooDeep(place), parser)
        }
        let element = Element(name, attributes, place)
        if let parent = open.last {
            parent.children.append(element)
        } else {
            (root, namespace) = (element, namespaceURI ?? "")
        }
        open.append(element)
        text = []
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { gather(string.utf8, parser) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { gather(block, parser) }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard let element = open.popLast() else { return }
        if element.children.isEmpty {
            element.text = trimmed(String(decoding: text, as: UTF8.self))
        }
        text = []
    }

    private func gather(_ bytes: some Sequence<UInt8>, _ parser: XMLParser) {
        text.append(contentsOf: bytes)
        if text.count > StatementLimit.cellBytes, let last = open.last {
            refuse(.cellTooLong(last.place), parser)
        }
    }

    private func refuse(_ error: StatementError, _ parser: XMLParser) {
        if refusal == nil { refusal = error }
        parser.abortParsing()
    }
}
