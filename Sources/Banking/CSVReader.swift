/// Reads RFC 4180 text row by row: quoted cells, doubled quotes, line breaks inside quotes.
///
/// Rows end with CR LF, LF or CR. Blank rows are skipped. Cells are as written; trimming is for the
/// format that knows its padding.
struct CSVReader {
    struct Row {
        /// The line of the file the row begins on, from 1.
        let line: Int
        let cells: [String]
    }

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    /// Refuses what is not UTF-8 or too large. A byte order mark is skipped.
    init(_ bytes: [UInt8]) throws(StatementError) {
        try checkText(bytes)
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
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
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            return try readQuoted(place)
        }
        let start = position
        while position < bytes.count, !Self.endsCell(bytes[position]) {
            if bytes[position] == UInt8(ascii: "\"") { throw .strayQuote(place) }
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

/// Refuses bytes that are too many, not UTF-8, or contain a zero byte.
func checkText(_ bytes: [UInt8]) throws(StatementError) {
    guard bytes.count <= StatementLimit.bytes else { throw .tooLarge(bytes: bytes.count) }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    while true {
        switch decoder.decode(&iterator) {
        case .scalarValue(let scalar):
            if scalar == "\n" { line += 1 }
            if scalar == "\0" { throw .notUTF8(line: line) }
        case .emptyInput: return
        case .error: throw .notUTF8(line: line)
        }
    }
}
