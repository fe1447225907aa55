/// Finds the rules of a table that match without trying each.
///
/// Every column that can be laid on an axis gives the rows that hold for its subject; their
/// intersection is tried in what is left: cells that only evaluation can decide.
final class TableIndex: Sendable {
    let columns: [ColumnIndex]
    /// Columns with cells that only evaluation can decide.
    let evaluated: [Int]
    /// Words of a mask of rows.
    let words: Int
    private let allRows: [UInt64]

    /// Nil for a table without rules, or one of which no column can be indexed.
    init?(_ inputs: [DecisionTable.Input], _ rules: [DecisionTable.Rule]) {
        guard !rules.isEmpty else { return nil }
        var columns: [ColumnIndex] = []
        var evaluated: [Int] = []
        for position in inputs.indices {
            if let column = ColumnIndex(inputs[position], rules, column: position) {
                if !column.open.isEmpty { evaluated.append(position) }
                columns.append(column)
            } else if rules.contains(where: { !$0.tests[position].isAny }) {
                evaluated.append(position)
            }
        }
        guard !columns.isEmpty else { return nil }
        self.columns = columns
        self.evaluated = evaluated
        words = (rules.count + 63) / 64
        var all = [UInt64](repeating: .max, count: words)
        if rules.count % 64 != 0 { all[words - 1] = (1 << UInt64(rules.count % 64)) - 1 }
        allRows = all
    }

    /// The rows that hold in all indexed columns, of a table of at most 64 rules; nil where a
    /// subject is of a kind the index does not know.
    func word(in slots: [Value]) -> UInt64? {
        var rows = allRows[0]
        for column in columns.indices {
            guard let place = columns[column].place(in: slots) else { return nil }
            rows &= columns[column].word(at: place)
        }
        return rows
    }

    /// The same for any number of rules.
    ///
    /// - Parameters:
    ///   - rows: `words` words, overwritten.
    ///   - line: room for as many, overwritten.
    /// - Returns: false where the index cannot tell.
    func find(in slots: [Value], rows: inout [UInt64], line: inout [UInt64]) -> Bool {
        for word in 0..<words { rows[word] = allRows[word] }
        for column in columns.indices {
            guard let place = columns[column].place(in: slots) else { return false }
            columns[column].intersect(&rows, at: place, line: &line)
        }
        return true
    }

    /// The same from places already found.
    func word(at places: [Int]) -> UInt64 {
        var rows = allRows[0]
        for column in columns.indices { rows &= columns[column].word(at: places[column]) }
        return rows
    }

    func find(at places: [Int], rows: inout [UInt64], line: inout [UInt64]) {
        for word in 0..<words { rows[word] = allRows[word] }
        for column in columns.indices {
            columns[column].intersect(&rows, at: places[column], line: &line)
        }
    }
}
