/// A table as plain text, each column as wide as its heading: what golden files hold.
enum TextTable {
    static func render(columns: [String], rows: [(name: String, cells: [String])]) -> String {
        let width = rows.map(\.name.count).max() ?? 0
        let head = String(repeating: " ", count: width) + " " + columns.joined(separator: " ")
        let lines = rows.map { name, cells in
            name.padded(to: width) + " "
                + zip(columns, cells).map { column, cell in cell.padded(to: column.count) }
                .joined(separator: " ")
        }
        return ([head] + lines).map(\.withoutTrailingSpaces).joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate var withoutTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
