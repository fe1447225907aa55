/// The rows of a small CSV text that people wrote: RFC 4180, with comments.
enum CSVRows {
    struct Row {
        /// The line it begins on, from 1.
        let number: Int
        let cells: [String]

        /// An empty line, or a comment.
        var isBlank: Bool { cells == [""] || cells[0].hasPrefix("#") }

        func cell(_ column: String) throws(ChartError) -> String {
            guard let place = Chart.columns.firstIndex(of: column), place < cells.count else {
                throw error(column, .cells(wanted: Chart.columns.count, found: cells.count))
            }
            return cells[place]
        }

        func isYes(_ column: String) throws(ChartError) -> Bool {
            switch try cell(column) {
            case "yes": true
            case "no": false
            default: throw error(column, .oneOf(["yes", "no"]))
            }
        }

        func error(_ column: String, _ mend: ChartError.Mend) -> ChartError {
            let place = Chart.columns.firstIndex(of: column) ?? 0
            let found = place < cells.count ? cells[place] : ""
            return ChartError(row: number, column: column, found: found, mend: mend)
        }
    }

    static func read(_ text: some StringProtocol) throws(ChartError) -> [Row] {
        var rows: [Row] = []
        var (line, start) = (1, 1)
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var wasQuoted = false
        func end() {
            cells.append(cell)
            (cell, wasQuoted) = ("", false)
        }
        func endRow() {
            end()
            rows.append(Row(number: start, cells: cells))
            (cells, start) = ([], line + 1)
        }
        for scalar in text.unicodeScalars where scalar != "\r" && scalar != "\u{FEFF}" {
            switch scalar {
            case "\"" where !isQuoted && wasQuoted:  // The second of two: one of the text.
                cell.unicodeScalars.append(scalar)
                isQuoted = true
            case "\"" where isQuoted || cell.isEmpty:
                isQuoted.toggle()
                wasQuoted = true
            case "," where !isQuoted: end()
            case "\n" where !isQuoted: endRow()
            case _ where wasQuoted && !isQuoted:
                throw ChartError(
                    row: start, column: column(cells.count), found: cell, mend: .quotation)
            default: cell.unicodeScalars.append(scalar)
            }
            if scalar == "\n" { line += 1 }
        }
        if isQuoted {
            throw ChartError(
                row: start, column: column(cells.count), found: cell, mend: .quotation)
        }
        if !cells.isEmpty || !cell.isEmpty || wasQuoted { endRow() }
        return rows
    }

    private static func column(_ place: Int) -> String {
        place < Chart.columns.count ? Chart.columns[place] : "guards"
    }
}
