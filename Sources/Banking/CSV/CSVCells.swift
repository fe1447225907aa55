import Ledger

/// One row's cells by heading; padding, a leading backtick and a bank's sign for "none" taken off.
struct CSVCells {
    let row: CSVReader.Row
    let heading: CSVHeading

    init(_ row: CSVReader.Row, _ heading: CSVHeading) throws(StatementError) {
        // A comma at the very end makes one more cell, empty; so it does in the heading.
        let spare = row.cells.count - heading.count
        let isPadded = spare == 1 && trimmed(row.cells.last ?? "").isEmpty
        let isShort = spare == -1 && heading.positions[""] == heading.count - 1
        guard spare == 0 || isPadded || isShort else {
            throw .wrongCellCount(line: row.line, found: row.cells.count, expected: heading.count)
        }
        self.row = row
        self.heading = heading
        guard heading.layout.marksCells else { return }
        for (index, cell) in row.cells.prefix(heading.count).enumerated() where cell.first != "`" {
            throw .badField(Place(line: row.line, column: index + 1), cell)
        }
    }

    /// The text of a cell; nil where the column is not there, or the cell is empty or only dashes.
    func text(_ column: String) -> String? {
        guard let position = heading.positions[column], position < row.cells.count else {
            return nil
        }
        var text = trimmed(row.cells[position])
        if heading.layout.marksCells, text.first == "`" { text = trimmed(text.dropFirst()) }
        return text.utf8.allSatisfy { $0 == UInt8(ascii: "-") } ? nil : text
    }

    func place(_ column: String) -> Place {
        Place(line: row.line, column: (heading.positions[column] ?? 0) + 1, field: column)
    }

    func required(_ column: String) throws(StatementError) -> String {
        guard let text = text(column) else { throw .missing(place(column)) }
        return text
    }

    /// Several columns' texts, joined by a space; what is empty or said already is left out.
    func texts(_ columns: [String]) -> String {
        var parts: [String] = []
        for part in columns.compactMap(text) where !parts.contains(part) { parts.append(part) }
        return parts.joined(separator: " ")
    }

    /// `1,200.00`, `-0.5`, `+20.00`.
    func amount(_ column: String) throws(StatementError) -> Money {
        let text = try required(column)
        guard let amount = Money(yuan: text.first == "+" ? text.dropFirst() : text[...]) else {
            throw .badAmount(place(column), text)
        }
        return amount
    }

    func unsigned(_ column: String) throws(StatementError) -> Money {
        let amount = try amount(column)
        guard !amount.isNegative else { throw .badAmount(place(column), amount.description) }
        return amount
    }

    func day(_ column: String) throws(StatementError) -> Day {
        let text = try required(column)
        guard let day = Day(beginning: text) else { throw .badDate(place(column), text) }
        return day
    }

    /// ISO 4217 of the currency the cell names, in Chinese or by its code.
    func currency(_ column: String) throws(StatementError) -> String {
        let text = try required(column)
        if let code = currencies[text] { return code }
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw .mixedCurrency(place(column), text, expected: "CNY")
        }
        return text
    }
}

private let currencies = [
    "人民币": "CNY", "人民币元": "CNY", "RMB": "CNY", "美元": "USD", "港币": "HKD", "欧元": "EUR",
    "日元": "JPY", "英镑": "GBP",
]

extension Day {
    /// The day at the start of `2025-03-08`, `2025/03/08`, `20250308` or `2025年03月08日`, with or
    /// without a time after it.
    init?(beginning text: some StringProtocol) {
        var (digits, value) = (0, 0)
        var separators: [(sign: Unicode.Scalar, place: Int)] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9":
                digits += 1
                if digits <= 8 { value = value * 10 + Int(scalar.value) - 48 }
                continue
            case "-", "/", "年", "月", "日":
                separators.append((scalar, digits))
                if separators.count <= 3 { continue }
            default: break
            }
            break
        }
        let signs = String(String.UnicodeScalarView(separators.map(\.sign)))
        let isDay =
            switch signs {
            // The longer is a day with its time glued on: `20250308093000`.
            case "": digits == 8 || digits == 14
            case "--", "//", "年月日": digits == 8 && separators.map(\.place).starts(with: [4, 6])
            default: false
            }
        guard isDay else { return nil }
        self.init(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }
}
