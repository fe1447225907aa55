/// RFC 4180 text in the making.
package struct CSVText {
    package enum Cell {
        /// A number, a date, an id of ours: as it is.
        case exact(String)
        /// A text people wrote. One that a spreadsheet would run as a formula gets a leading apostrophe.
        case text(String)
    }

    package private(set) var text = ""

    package init(_ heading: [String]) { append(heading.map { .exact($0) }) }

    package mutating func append(_ cells: [Cell]) {
        text += cells.map(Self.written).joined(separator: ",") + "\r\n"
    }

    private static func written(_ cell: Cell) -> String {
        switch cell {
        case .exact(let text): return quoted(text)
        case .text(let text):
            let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
            return quoted(isFormula ? "'" + text : text)
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
