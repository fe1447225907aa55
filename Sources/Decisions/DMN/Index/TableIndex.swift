/// Finds the rules of a table that match without trying each.
///
/// Every column that can be laid on an axis gives the rows that hold for its subject; their
/// intersection is tried in what is left: cells that only evaluation can decide, and columns of so
/// many places that several share a line.
final class TableIndex: Sendable {
    let lanes: [Lane]
    /// Columns with cells that only evaluation can decide.
    let evaluated: [Int]
    /// Columns in which a row that was found has yet to be tried.
    let tried: [Int]
    /// Words of a line: one, or a multiple of four.
    let words: Int
    private let memory: LaneMemory
    private let texts: TextCodes

    /// Where a value stands on a lane.
    struct Spot: Sendable {
        let place: Int
        /// Where its line begins.
        let line: Int
    }

    /// Nil for a table without rules, or one of which no column can be indexed.
    init?(_ inputs: [DecisionTable.Input], _ rules: [DecisionTable.Rule]) {
        guard !rules.isEmpty else { return nil }
        let axes = inputs.indices.map { column in
            Axis(cuttingAt: rules.flatMap { $0.tests[column].constants })
        }
        guard axes.contains(where: { $0 != nil }) else { return nil }
        let texts = TextCodes.distinct(axes.flatMap { $0?.texts ?? [] })
        words = rules.count <= 64 ? 1 : (rules.count + 255) / 256 * 4
        var (lanes, evaluated, tried): ([Lane], [Int], [Int]) = ([], [], [])
        var memory = LaneMemory(words: words)
        for (column, axis) in axes.enumerated() {
            let tests = rules.map { $0.tests[column] }
            guard let axis else {
                if !tests.allSatisfy(\.isAny) { evaluated.append(column) }
                continue
            }
            let rows = tests.map { axis.stretches(of: $0) }
            let lane = memory.add(
                axis, rows, nullRows: Self.nullRows(inputs[column], tests, rows), texts: texts,
                column: column, slot: inputs[column].slot)
            if rows.contains(nil) { evaluated.append(column) }
            if lane.shift > 0 { tried.append(column) }
            lanes.append(lane)
        }
        self.lanes = lanes
        self.evaluated = evaluated
        self.tried = (tried.filter { !evaluated.contains($0) } + evaluated).sorted()
        self.memory = memory
        self.texts = TextCodes(texts)
    }

    /// Rows that hold, or may hold, for null; nil where a cell cannot be decided for it.
    private static func nullRows(
        _ input: DecisionTable.Input, _ tests: [Test], _ rows: [Stretches?]
    ) -> [Int]? {
        var machine = Machine(program: .empty, mode: .lenient)
        machine.slots = [Value](repeating: .null, count: input.slot + 1)
        var holding: [Int] = []
        for (row, test) in tests.enumerated() {
            let holds = rows[row] == nil ? true : machine.holds(test, slot: input.slot)
            if holds == nil, !input.namesNull { return nil }
            if holds == true { holding.append(row) }
        }
        return holding
    }

    // MARK: By what stands in the slots

    /// The rows to be tried, of a table of at most 64 rules; nil where a subject is of a kind the
    /// index does not know.
    func word(in slots: [Value]) -> UInt64? {
        var rows = UInt64.max
        for lane in lanes {
            guard let line = line(of: slots[lane.slot], on: lane) else { return nil }
            rows &= memory.lines[line]
        }
        return rows
    }

    /// The same for any number of rules.
    ///
    /// - Parameter rows: at least `words` words, overwritten.
    /// - Returns: false where the index cannot tell.
    func find(in slots: [Value], rows: inout [UInt64]) -> Bool {
        for word in 0..<words { rows[word] = .max }
        for lane in lanes {
            guard let line = line(of: slots[lane.slot], on: lane) else { return false }
            for word in 0..<words { rows[word] &= memory.lines[line + word] }
        }
        return true
    }

    private func line(of value: Value, on lane: Lane) -> Int? {
        spot(of: value, on: lane)?.line ?? (value.isNull ? lane.nullLine : nil)
    }

    // MARK: By spots

    /// Where a value stands; nil for one of another kind than the lane's.
    @inline(__always)
    func spot(of value: borrowing Value, on lane: Lane) -> Spot? {
        let place: Int
        switch value {
        case .boolean(let truth):
            guard lane.kind == .truths else { return nil }
            place = truth ? 1 : 0
        case .string(let text):
            guard lane.kind == .texts else { return nil }
            place = Int(memory.textPlaces[lane.cuts.lowerBound &+ texts.code(of: text)])
        default:
            guard let position = Axis.position(of: value, lane.kind, lane.scale) else { return nil }
            place = memory.cuts.place(of: position, among: lane.cuts)
        }
        return Spot(place: place, line: lane.firstLine &+ (place &>> lane.shift) &* words)
    }

    /// The word of a line of a table of at most 64 rules.
    @inline(__always)
    func word(at spot: Spot) -> UInt64 { memory.lines[spot.line] }

    /// Four words of a line, from its word `start` on.
    @inline(__always)
    func words(at spot: Spot, from start: Int) -> SIMD4<UInt64> {
        let first = spot.line + start
        precondition(first + 4 <= memory.lines.count, "a line ends at its end: \(first)")
        return memory.lines.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: first * 8, as: SIMD4<UInt64>.self)
        }
    }

    /// Whether a row that its line shows holds at the very place.
    @inline(__always)
    func holds(_ row: Int, at spot: Spot, on lane: Lane) -> Bool {
        if lane.shift == 0 { return true }
        let start = lane.firstStretch + row
        for stretch in memory.starts[start]..<memory.starts[start + 1]
        where memory.stretches[Int(stretch)].contains(Int32(truncatingIfNeeded: spot.place)) {
            return true
        }
        return false
    }
}
