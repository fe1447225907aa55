import Ledger

/// Columns of ICBC's corporate e-banking export, in their order.
private enum Column: Int, CaseIterable {
    case voucher, ownAccount, otherAccount, time, side, debit, credit, otherBank, summary, purpose
    case otherName, balance, note

    var heading: String {
        switch self {
        case .voucher: "凭证号"
        case .ownAccount: "本方账号"
        case .otherAccount: "对方账号"
        case .time: "交易时间"
        case .side: "借/贷"
        case .debit: "借方发生额"
        case .credit: "贷方发生额"
        case .otherBank: "对方行号"
        case .summary: "摘要"
        case .purpose: "用途"
        case .otherName: "对方单位名称"
        case .balance: "余额"
        case .note: "个性化信息"
        }
    }
}

/// The headings that recognise the export.
let corporateHeadings = Column.allCases.map(\.heading)

/// Rows that may stand before the heading: a title, the period, who exported it.
private let preambleLimit = 20

/// Reads ICBC's corporate e-banking CSV (handbook §11), in UTF-8 with or without a byte order mark, or GB18030.
///
/// 借 is money out and 贷 money in, as the bank books it. The opening balance is the first line's
/// balance less its amount. Rows may run forward or backward in time; they are returned forward.
/// A row of totals (合计) at the end is checked. Columns may stand in any order.
public func parseCorporateCSV(
    _ bytes: [UInt8], currency: String = "CNY"
) throws(StatementError) -> Statement {
    var reader = CSVReader(try StatementText(bytes).bytes)
    let headings = try findHeadings(&reader)
    var rows: [CorporateRow] = []
    while let row = try reader.next() {
        if row.cells.contains(where: { ["合计", "总计"].contains(trimmed($0)) }) {
            try checkTotals(row, headings, of: rows)
            break
        }
        guard rows.count < StatementLimit.rows else { throw .tooManyRows }
        rows.append(try CorporateRow(row, headings))
    }
    if let extra = try reader.next() {
        throw .wrongCellCount(line: extra.line, found: extra.cells.count, expected: 0)
    }
    return try statement(of: rows, currency: currency)
}

/// Where each column stands, and how many cells a row has.
private struct Headings {
    let positions: [Column: Int]
    let count: Int
}

private func findHeadings(_ reader: inout CSVReader) throws(StatementError) -> Headings {
    var missing: String?
    for _ in 0...preambleLimit {
        guard let row = try reader.next() else { break }
        let cells = row.cells.map(trimmed)
        let positions = Dictionary(
            Column.allCases.compactMap { column in
                cells.firstIndex(of: column.heading).map { (column, $0) }
            }, uniquingKeysWith: { first, _ in first })
        if positions.count == Column.allCases.count {
            return Headings(positions: positions, count: cells.count)
        }
        if !positions.isEmpty, missing == nil {
            missing = Column.allCases.first { positions[$0] == nil }?.heading
        }
    }
    throw .noHeading(missing: missing ?? Column.voucher.heading)
}

private struct CorporateRow {
    let account: String
    let line: StatementLine
    let balance: Money
    let place: Place

    init(_ row: CSVReader.Row, _ headings: Headings) throws(StatementError) {
        // A comma at the very end makes one more cell, empty.
        let isPadded = row.cells.count == headings.count + 1 && row.cells.last?.isEmpty == true
        guard row.cells.count == headings.count || isPadded else {
            throw .wrongCellCount(line: row.line, found: row.cells.count, expected: headings.count)
        }
        let cells = Cells(row: row, headings: headings)
        account = try cells.required(.ownAccount)
        let paid = try cells.amount(.debit) ?? .zero
        let received = try cells.amount(.credit) ?? .zero
        guard paid == .zero || received == .zero, paid != received else {
            throw .badAmount(cells.place(.debit), cells[.debit] + " / " + cells[.credit])
        }
        let side = try cells.required(.side)
        let isOut = received == .zero
        guard ["借", "借方"].contains(side) && isOut || ["贷", "贷方"].contains(side) && !isOut else {
            throw .badSide(cells.place(.side), side)
        }
        guard let amount = isOut ? Money.zero.subtracting(paid) : received else {
            throw .badAmount(cells.place(.debit), cells[.debit])
        }
        guard let balance = try cells.amount(.balance) else {
            throw .missing(cells.place(.balance))
        }
        self.balance = balance
        place = cells.place(.balance)
        line = StatementLine(
            bookedOn: try cells.day(.time), amount: amount,
            counterpartyName: cells.text(.otherName),
            counterpartyAccount: cells.text(.otherAccount),
            remittance: [.summary, .purpose, .note].compactMap(cells.text).joined(separator: " "),
            reference: cells.text(.voucher), balanceAfter: balance)
    }
}

/// One row's cells by column.
private struct Cells {
    let row: CSVReader.Row
    let headings: Headings

    subscript(column: Column) -> String {
        headings.positions[column].map { trimmed(row.cells[$0]) } ?? ""
    }

    func place(_ column: Column) -> Place {
        Place(line: row.line, column: (headings.positions[column] ?? 0) + 1, field: column.heading)
    }

    func text(_ column: Column) -> String? { self[column].isEmpty ? nil : self[column] }

    func required(_ column: Column) throws(StatementError) -> String {
        guard let text = text(column) else { throw .missing(place(column)) }
        return text
    }

    func amount(_ column: Column) throws(StatementError) -> Money? {
        guard let text = text(column) else { return nil }
        guard let amount = Money(yuan: text) else { throw .badAmount(place(column), text) }
        return amount
    }

    /// `2025-03-08`, `2025/03/08` or `20250308`, with or without a time after it.
    func day(_ column: Column) throws(StatementError) -> Day {
        let text = try required(column)
        let date = String(text.prefix { $0.isNumber || $0 == "-" || $0 == "/" })
        let digits = date.filter { $0 != "-" && $0 != "/" }
        let hasTimeGlued = date.utf8.count == 14 && digits.utf8.count == 14
        let day = hasTimeGlued ? digits.prefix(8) : digits[...]
        let parts = [day.prefix(4), day.dropFirst(4).prefix(2), day.dropFirst(6)].map(String.init)
        guard [8, 10, 14].contains(date.utf8.count), day.utf8.count == 8,
            let value = Day(parts.joined(separator: "-"))
        else { throw .badDate(place(column), text) }
        return value
    }
}

private func checkTotals(
    _ row: CSVReader.Row, _ headings: Headings, of rows: [CorporateRow]
) throws(StatementError) {
    guard row.cells.count >= headings.count else {
        throw .wrongCellCount(line: row.line, found: row.cells.count, expected: headings.count)
    }
    let cells = Cells(row: row, headings: headings)
    for (column, sign) in [(Column.debit, Int64(-1)), (.credit, 1)] {
        guard let stated = try cells.amount(column) else { continue }
        var sum = Money.zero
        for amount in rows.map(\.line.amount) where amount.fen.signum() == sign {
            guard let next = sign > 0 ? sum.adding(amount) : sum.subtracting(amount) else {
                throw .badAmount(cells.place(column), cells[column])
            }
            sum = next
        }
        guard sum == stated else {
            throw .totalMismatch(
                cells.place(column), stated: stated.description, expected: sum.description)
        }
    }
}

private func statement(of rows: [CorporateRow], currency: String) throws(StatementError)
    -> Statement
{
    guard let account = rows.first?.account else { throw .noLines }
    for row in rows where row.account != account {
        throw .mixedAccount(
            Place(line: row.place.line, column: 2, field: Column.ownAccount.heading), row.account,
            expected: account)
    }
    return try StatementDraft(
        account: account, currency: currency, lines: rows.map(\.line), places: rows.map(\.place)
    ).inBookingOrder()
}

/// Writes `statement` as ICBC's corporate export, with a row of totals; for demonstrations and tests.
///
/// The format has no room for `id`, `endToEndID` and `isReversal`.
public func writeCorporateCSV(_ statement: Statement) -> String {
    var balance = statement.opening
    var paid = Money.zero
    var received = Money.zero
    var text = csvRow(Column.allCases.map(\.heading))
    for line in statement.lines {
        balance = balance.adding(line.amount) ?? balance
        let isOut = line.amount.isNegative
        let size = isOut ? Money.zero.subtracting(line.amount) ?? .zero : line.amount
        if isOut {
            paid = paid.adding(size) ?? paid
        } else {
            received = received.adding(size) ?? received
        }
        text += csvRow([
            line.reference ?? "", statement.account, line.counterpartyAccount ?? "",
            "\(line.bookedOn) 00:00:00", isOut ? "借" : "贷", isOut ? "\(size)" : "",
            isOut ? "" : "\(size)", "", "", line.remittance, line.counterpartyName ?? "",
            "\(balance)", "",
        ])
    }
    return text + csvRow(["合计", "", "", "", "", "\(paid)", "\(received)", "", "", "", "", "", ""])
}

private func csvRow(_ cells: [String]) -> String {
    cells.map { cell in
        guard cell.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return cell }
        let doubled = cell.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + doubled.joined(separator: "\"\"") + "\""
    }.joined(separator: ",") + "\r\n"
}
