/// A column of a table on its axis: plain numbers that say where its parts stand in a `LaneMemory`.
struct Lane: Sendable {
    /// Position of the column in the table.
    let column: Int
    /// Where its subject stands in the frame.
    let slot: Int
    let kind: Axis.Kind
    /// Decimal places of the cuts of numbers.
    let scale: Int
    /// Its cuts; of texts the places by their code in the whole table.
    let cuts: Range<Int>
    /// A line stands for 2 to the power of `shift` neighbouring places.
    let shift: Int
    /// Where the line of the first places begins.
    let firstLine: Int
    /// Where the line of null begins; nil where a cell cannot be decided for null.
    let nullLine: Int?
    /// Where its rows' stretches begin to be counted, where a line stands for several places.
    let firstStretch: Int
}

/// What the lanes of one table have in common, each kind of thing in one piece.
struct LaneMemory: Sendable {
    /// A bit for each row that may hold at a line's places: all that hold at one of them.
    private(set) var lines: [UInt64] = []
    private(set) var cuts: [Int64] = []
    private(set) var textPlaces: [Int32] = []
    /// Places at which a row holds, ascending, row after row.
    private(set) var stretches: [Range<Int32>] = []
    /// Where the stretches of each row begin in `stretches`, and after the last one where they end.
    private(set) var starts: [Int32] = []
    let words: Int

    /// Lines kept for one column of a table of more than 64 rules. So memory and building are linear
    /// in the cells, whatever the number of places.
    private static let lineLimit = 512

    /// - Parameter words: of a line.
    init(words: Int) { self.words = words }

    /// Adds a column.
    ///
    /// - Parameters:
    ///   - rows: where each row's cell holds; nil where only evaluation can tell: the row may hold
    ///     everywhere.
    ///   - nullRows: the rows that hold for null; nil where a cell cannot be decided for it.
    ///   - texts: all texts of the table, by their code.
    mutating func add(
        _ axis: Axis, _ rows: [Stretches?], nullRows: [Int]?, texts: [String], column: Int,
        slot: Int
    ) -> Lane {
        let shift = words == 1 ? 0 : Self.shift(axis.count)
        let firstLine = lines.count
        addLines(rows.map { ($0 ?? .all(axis.count)).coarser(shift) }, (axis.count - 1) >> shift)
        let nullLine = nullRows.map { add(line: $0) }
        let firstStretch = starts.count
        if shift > 0 {
            for row in rows {
                starts.append(Int32(stretches.count))
                for range in (row ?? .all(axis.count)).ranges {
                    stretches.append(Int32(range.lowerBound)..<Int32(range.upperBound))
                }
            }
            starts.append(Int32(stretches.count))
        }
        var firstCut = cuts.count
        var cutCount = axis.cuts.count
        if axis.kind == .texts {
            (firstCut, cutCount) = (textPlaces.count, texts.count + 1)
            textPlaces += texts.map { Int32(axis.place(of: .string($0)) ?? 0) }
            textPlaces.append(Int32(axis.texts.count))
        } else {
            cuts += axis.cuts
        }
        return Lane(
            column: column, slot: slot, kind: axis.kind, scale: axis.scale,
            cuts: firstCut..<(firstCut + cutCount), shift: shift, firstLine: firstLine,
            nullLine: nullLine, firstStretch: firstStretch)
    }

    private static func shift(_ places: Int) -> Int {
        var shift = 0
        while places >> shift > lineLimit { shift += 1 }
        return shift
    }

    /// The lines 0…`last` of rows that hold at these of them. Neighbours differ in few rows.
    private mutating func addLines(_ rows: [Stretches], _ last: Int) {
        var changing = [[Int]](repeating: [], count: last + 2)
        for (row, stretches) in rows.enumerated() {
            for range in stretches.ranges {
                changing[range.lowerBound].append(row)
                changing[range.upperBound].append(row)
            }
        }
        var line = [UInt64](repeating: 0, count: words)
        for place in 0...last {
            for row in changing[place] { line[row / 64] ^= 1 << UInt64(row % 64) }
            lines += line
        }
    }

    private mutating func add(line rows: [Int]) -> Int {
        var line = [UInt64](repeating: 0, count: words)
        for row in rows { line[row / 64] |= 1 << UInt64(row % 64) }
        lines += line
        return lines.count - words
    }
}
