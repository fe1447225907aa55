import Ledger

/// What stands below the lines of an export: totals, which are checked, and closing words.
struct CSVTrailer {
    /// Whether a line of it came: from then on no line of the statement may come.
    private(set) var hasBegun = false

    /// WeChat's row of names came, the totals must follow.
    private var awaitsFundTotals = false

    /// Takes up `row` if it belongs here, and says whether it did.
    mutating func take(
        _ row: CSVReader.Row, _ heading: CSVHeading, into tally: inout CSVTally
    ) throws(StatementError) -> Bool {
        let cells = row.cells.map { trimmed($0) }
        guard let first = cells.first(where: { !$0.isEmpty }) else { return true }
        if awaitsFundTotals {
            awaitsFundTotals = false
            try takeFundTotals(cells, line: row.line, into: &tally)
        } else if cells == fundTotals {
            awaitsFundTotals = true
        } else if first.hasSuffix("合计") || first == "总计" {
            try takeSums(row, heading, into: &tally)
        } else if first.hasPrefix("#") || first.hasPrefix("---") {
            _ = try tally.take(cells.joined(separator: ","), line: row.line)
        } else {
            guard cells.count == 1, try tally.take(first, line: row.line) else { return false }
        }
        hasBegun = true
        return true
    }

    /// Refuses a file that ends between the names of totals and the totals, or without them.
    func checkEnd(of heading: CSVHeading, line: Int) throws(StatementError) {
        guard heading.layout.format == .wechat, !hasBegun || awaitsFundTotals else { return }
        throw .missing(Place(line: line, column: 1, field: fundTotals[0]))
    }

    /// A row that says 合计 and has sums below the columns of amounts, or nothing.
    private func takeSums(
        _ row: CSVReader.Row, _ heading: CSVHeading, into tally: inout CSVTally
    ) throws(StatementError) {
        guard case .inAndOut(let income, let expense) = heading.layout.amount else { return }
        for (column, part) in [(income, \CSVTally.income), (expense, \CSVTally.expense)] {
            guard let position = heading.positions[column], position < row.cells.count else {
                continue
            }
            let text = trimmed(row.cells[position])
            guard !text.isEmpty, text != "-" else { continue }
            let place = Place(line: row.line, column: position + 1, field: column)
            guard let sum = Money(yuan: text) else { throw .badAmount(place, text) }
            tally[keyPath: part].sum = (sum, place)
        }
    }

    private func takeFundTotals(
        _ cells: [String], line: Int, into tally: inout CSVTally
    ) throws(StatementError) {
        guard cells.count == fundTotals.count else {
            throw .wrongCellCount(line: line, found: cells.count, expected: fundTotals.count)
        }
        var values: [(text: String, place: Place)] = []
        for (index, cell) in cells.enumerated() {
            let place = Place(line: line, column: index + 1, field: fundTotals[index])
            guard cell.first == "`" else { throw .badField(place, cell) }
            values.append((String(cell.dropFirst()), place))
        }
        tally.all.count = values[0]
        (tally.income.count, tally.expense.count) = (values[1], values[3])
        for (value, part) in [(values[2], \CSVTally.income), (values[4], \CSVTally.expense)] {
            guard let sum = Money(yuan: value.text) else {
                throw .badAmount(value.place, value.text)
            }
            tally[keyPath: part].sum = (sum, value.place)
        }
    }
}

private let fundTotals = ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"]
