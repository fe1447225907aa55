/// For each place of a column's axis, the rows whose cell holds there.
///
/// Neighbouring places differ in few rows. So the rows of every `step`-th place are kept as a mask,
/// and between two masks only the rows that change: memory and building are linear in the cells,
/// whatever the number of places.
final class ColumnIndex: Sendable {
    /// Position of the column in the table.
    let column: Int
    /// Where its subject stands.
    let slot: Int
    let axis: Axis
    /// Rows whose cell only evaluation can decide; they are candidates at every place.
    let open: [Int]
    /// Words of a mask.
    private let words: Int
    private let step: Int
    private let masks: [UInt64]
    /// Rows that change at a place, against the place before: `changes[starts[p] ..< starts[p + 1]]`.
    private let changes: [Int32]
    private let starts: [Int32]
    /// Rows that hold for null; nil where a cell cannot be decided for it.
    private let nullRows: [UInt64]?

    /// Masks kept of one column; what is between them is walked.
    private static let maskLimit = 128

    /// Nil where every cell is `-`, or the constants have no common axis.
    init?(_ input: DecisionTable.Input, _ rules: [DecisionTable.Rule], column: Int) {
        let tests = rules.map { $0.tests[column] }
        guard let axis = Axis(cuttingAt: tests.flatMap(\.constants)) else { return nil }
        self.column = column
        self.axis = axis
        slot = input.slot
        let words = (tests.count + 63) / 64
        let step = (axis.count + Self.maskLimit - 1) / Self.maskLimit
        (self.words, self.step) = (words, step)

        var open: [Int] = []
        var changing = [[Int32]](repeating: [], count: axis.count + 1)
        for (row, test) in tests.enumerated() {
            let stretches = axis.stretches(of: test)
            if stretches == nil { open.append(row) }
            for range in (stretches ?? .all(axis.count)).ranges {
                changing[range.lowerBound].append(Int32(row))
                changing[range.upperBound].append(Int32(row))
            }
        }
        self.open = open
        nullRows = Self.nullRows(input, tests, open: open)

        var (masks, changes, starts): ([UInt64], [Int32], [Int32]) = ([], [], [])
        var mask = [UInt64](repeating: 0, count: words)
        starts.reserveCapacity(axis.count + 1)
        for place in 0..<axis.count {
            starts.append(Int32(changes.count))
            changes += changing[place]
            for row in changing[place] { mask[Int(row) / 64] ^= 1 << UInt64(row % 64) }
            if place % step == 0 { masks += mask }
        }
        starts.append(Int32(changes.count))
        (self.masks, self.changes, self.starts) = (masks, changes, starts)
    }

    /// The index's place for what stands in the slot now: −1 for null; nil where it cannot tell.
    func place(in slots: [Value]) -> Int? {
        if let place = axis.place(of: slots[slot]) { return place }
        return slots[slot].isNull && nullRows != nil ? -1 : nil
    }

    /// The rows at a place of a table of at most 64 rules.
    func word(at place: Int) -> UInt64 {
        guard place >= 0 else { return nullRows?[0] ?? 0 }
        if step == 1 { return masks[place] }
        var word = masks[place / step]
        for row in changes(upTo: place) { word ^= 1 << UInt64(row) }
        return word
    }

    /// Leaves in `rows` only those that hold at the place.
    ///
    /// - Parameter line: room for one mask, overwritten.
    func intersect(_ rows: inout [UInt64], at place: Int, line: inout [UInt64]) {
        if place < 0 {
            for word in 0..<words { rows[word] &= nullRows?[word] ?? 0 }
            return
        }
        let start = place / step * words
        if step == 1 {
            masks.withUnsafeBufferPointer { masks in
                rows.withUnsafeMutableBufferPointer { rows in
                    for word in 0..<words { rows[word] &= masks[start + word] }
                }
            }
            return
        }
        for word in 0..<words { line[word] = masks[start + word] }
        for row in changes(upTo: place) { line[Int(row) / 64] ^= 1 << UInt64(row % 64) }
        for word in 0..<words { rows[word] &= line[word] }
    }

    /// What changes after the mask before `place`, up to it.
    private func changes(upTo place: Int) -> ArraySlice<Int32> {
        changes[Int(starts[place / step * step + 1])..<Int(starts[place + 1])]
    }

    private static func nullRows(
        _ input: DecisionTable.Input, _ tests: [Test], open: [Int]
    ) -> [UInt64]? {
        var machine = Machine(program: .empty, mode: .lenient)
        machine.slots = [Value](repeating: .null, count: input.slot + 1)
        var rows = [UInt64](repeating: 0, count: (tests.count + 63) / 64)
        let open = Set(open)
        for (row, test) in tests.enumerated() {
            let holds = open.contains(row) ? true : machine.holds(test, slot: input.slot)
            if holds == nil, !input.namesNull { return nil }
            if holds == true { rows[row / 64] |= 1 << UInt64(row % 64) }
        }
        return rows
    }
}
