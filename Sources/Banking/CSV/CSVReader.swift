/// Reads comma-separated text row by row.
///
/// Rows end with CR LF, LF or CR. Blank rows are skipped. Cells are as written; trimming is for the
/// format that knows its padding.
struct CSVReader {
    /// What a quotation mark means.
    enum Quoting {
        /// RFC 4180: it opens a cell that may hold commas and line breaks; doubled, it is itself.
        case doubled
        /// A character like any other.
        case none
    }

    struct Row {
        /// The line of the file the row begins on, from 1.
        let line: Int
        let cells: [String]
    }

    private let bytes: [UInt8]
    private let quoting: Quoting
    private var position: Int
    private var line: Int

    /// - Parameters:
    ///   - text: UTF-8 without a byte order mark.
    ///   - position: Where to begin: the first byte of `line`.
    init(_ text: [UInt8], quoting: Quoting = .doubled, position: Int = 0, line: Int = 1) {
        bytes = text
        self.quoting = quoting
        self.position = position
        self.line = line
    }

    /// The next row that is not blank; nil at the end.
    mutating func next() throws(StatementError) -> Row? {
        while position < bytes.count {
            let start = line
            let cells = try readCells()
            if cells.count > 1 || cells.first?.isEmpty == false {
                return Row(line: start, cells: cells)
            }
        }
        return nil
    }

    private mutating func readCells() throws(StatementError) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try readCell(column: cells.count + 1))
            guard position < bytes.count else { return cells }
            let end = bytes[position]
            position += 1
            if end == UInt8(ascii: ",") {
                // A file may end right after a comma: one more cell, empty.
                if position == bytes.count { return cells + [""] }
                continue
            }
            if end == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
            line += 1
            return cells
        }
    }

    /// Reads up to the comma, line end or end of file after the cell, and stops on it.
    private mutating func readCell(column: Int) throws(StatementError) -> String {
        let place = Place(line: line, column: column)
        let quote = UInt8(ascii: "\"")
        if quoting == .doubled, position < bytes.count, bytes[position] == quote {
            return try readQuoted(place)
        }
        let start = position
        while position < bytes.count, !Self.endsCell(bytes[position]) {
            if quoting == .doubled, bytes[position] == quote { throw .strayQuote(place) }
            position += 1
        }
        guard position - start <= StatementLimit.cellBytes else { throw .cellTooLong(place) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func readQuoted(_ place: Place) throws(StatementError) -> String {
        var cell: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                    // Banks pad after the closing mark, too: a tab keeps a spreadsheet from counting.
                    while position < bytes.count, bytes[position] == 9 || bytes[position] == 32 {
                        position += 1
                    }
                    guard position == bytes.count || Self.endsCell(bytes[position]) else {
                        throw .strayQuote(place)
                    }
                    return String(decoding: cell, as: UTF8.self)
                }
                position += 1
            } else if byte == 10 {
                line += 1
            }
            guard cell.count < StatementLimit.cellBytes else { throw .cellTooLong(place) }
            cell.append(byte)
        }
        throw .unclosedQuote(place)
    }

    private static func endsCell(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == 10 || byte == 13
    }
}

/// Without the blanks (also full-width and non-breaking ones) and tabs banks pad cells with.
func trimmed<Text: StringProtocol>(_ cell: Text) -> String
where Text.UTF8View: BidirectionalCollection {
    // Most cells have no padding: their ends say so without decoding.
    if let first = cell.utf8.first, let last = cell.utf8.last, !mayPad(first), !mayPad(last) {
        return String(cell)
    }
    let scalars = cell.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isPadding($0) }),
        let last = scalars.lastIndex(where: { !isPadding($0) })
    else { return "" }
    return String(cell[first..<scalars.index(after: last)])
}

private func isPadding(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9...13, 32, 0xA0, 0x3000, 0xFEFF: true
    default: false
    }
}

/// Whether a byte may be the first or last of a padding character.
private func mayPad(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...32, 0x80, 0xA0, 0xBF, 0xC2, 0xE3, 0xEF: true
    default: false
    }
}
