/// The walk through all combinations of a table's pieces, column by column.
///
/// A state is the set of rules still alive after some columns; equal sets are one state. From a state
/// only the pieces where a live rule begins or ends are looked at, for between them nothing changes.
/// The states of a column are kept in one array, so that a state costs its words and no more.
struct Sweep {
    private let space: Space
    /// The columns in the order in which they are swept: those that leave the fewest rules first.
    let order: [Int]
    private let wordCount: Int
    /// By place in `order` and piece: the rows that may hold, flat.
    private var masks: [[UInt64]] = []
    /// By place in `order` and row: the pieces at which the row begins or ends.
    private var edges: [[[Int32]]] = []
    private(set) var levels: [Level] = []
    /// By level and state: whether facts below it meet no rule.
    private(set) var hasGap: [[Bool]] = []
    /// Rows that decide somewhere.
    private(set) var deciding: BitSet
    private(set) var isUnfinished = false
    /// Under PRIORITY, by row; nil where an output is not constant.
    private let ranks: [[Int]?]

    init(_ space: Space) {
        self.space = space
        let rowCount = space.table.rules.count
        wordCount = max(1, (rowCount + 63) / 64)
        deciding = BitSet(capacity: max(1, rowCount))
        let table = space.table
        ranks = table.hitPolicy == .priority ? table.rules.indices.map(table.rank) : []
        let rows = space.columns.map { $0.rows(count: max(1, rowCount)) }
        let load = rows.map { pieces in
            Double(pieces.reduce(0) { $0 + $1.count }) / Double(max(1, pieces.count))
        }
        order = space.columns.indices.sorted { (load[$0], $0) < (load[$1], $1) }
        for column in order {
            masks.append(rows[column].flatMap(\.words))
            edges.append(
                space.columns[column].cells.enumerated().map { row, cell in
                    if space.columns[column].isUnread[row] { return [] }
                    return cell.runs.flatMap { [Int32($0.lowerBound), Int32($0.upperBound)] }
                })
        }
    }

    /// The sets of live rules that were met before one column, without repeats.
    struct Level {
        private(set) var words: [UInt64] = []
        private(set) var count = 0
        private let width: Int
        /// Open addressing: state + 1, or 0.
        private var slots = [Int32](repeating: 0, count: 64)

        init(width: Int) { self.width = width }

        func state(_ index: Int) -> ArraySlice<UInt64> {
            words[(index * width)..<((index + 1) * width)]
        }

        func index(of set: [UInt64]) -> Int? {
            let place = place(of: set)
            return slots[place] == 0 ? nil : Int(slots[place]) - 1
        }

        mutating func insert(_ set: [UInt64]) -> Int {
            if count * 2 >= slots.count { grow() }
            let place = place(of: set)
            if slots[place] != 0 { return Int(slots[place]) - 1 }
            words += set
            count += 1
            slots[place] = Int32(count)
            return count - 1
        }

        /// Where the set stands, or where it would.
        private func place(of set: [UInt64]) -> Int {
            var place = Self.hash(set[...]) & (slots.count - 1)
            while slots[place] != 0, !isEqual(Int(slots[place]) - 1, set) {
                place = (place + 1) & (slots.count - 1)
            }
            return place
        }

        private func isEqual(_ index: Int, _ set: [UInt64]) -> Bool {
            for word in 0..<width where words[index * width + word] != set[word] { return false }
            return true
        }

        private static func hash(_ set: ArraySlice<UInt64>) -> Int {
            var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
            for word in set {
                hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
                hash ^= hash >> 32
            }
            return Int(truncatingIfNeeded: hash >> 1)
        }

        private mutating func grow() {
            slots = [Int32](repeating: 0, count: slots.count * 2)
            for index in 0..<count {
                var place = Self.hash(state(index)) & (slots.count - 1)
                while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
                slots[place] = Int32(index + 1)
            }
        }
    }
}

extension Sweep {
    /// Visits every state once, down to the sets of rules that match together.
    mutating func run(stateLimit: Int) {
        var first = Level(width: wordCount)
        _ = first.insert(BitSet.all(space.table.rules.count).padded(to: wordCount))
        levels = [first]
        var visited = 0
        var children: [[[Int32]]] = []
        for column in order.indices {
            var next = Level(width: wordCount)
            var below: [[Int32]] = []
            for state in 0..<levels[column].count {
                guard visited <= stateLimit else {
                    isUnfinished = true
                    return
                }
                var targets: [Int32] = []
                steps(column, state) { set, _ in
                    visited += 1
                    if set.allSatisfy({ $0 == 0 }) {
                        targets.append(-1)
                    } else {
                        targets.append(Int32(next.insert(set)))
                    }
                }
                below.append(targets)
            }
            children.append(below)
            levels.append(next)
        }
        let last = levels[order.count]
        for state in 0..<last.count { decide(BitSet(words: Array(last.state(state)))) }
        hasGap = [[Bool](repeating: false, count: last.count)]
        for column in order.indices.reversed() {
            let lower = hasGap[0]
            hasGap.insert(
                children[column].map { $0.contains { $0 < 0 || lower[Int($0)] } }, at: 0)
        }
    }

    /// The stretches of pieces of a column in which a state leaves the same rules alive.
    func steps(_ column: Int, _ state: Int, _ visit: ([UInt64], Range<Int>) -> Void) {
        let alive = levels[column].state(state)
        let base = alive.startIndex
        let pieceCount = space.columns[order[column]].pieces.count
        guard pieceCount > 0 else { return }
        var starts = BitSet(capacity: pieceCount + 1)
        starts.insert(0)
        starts.insert(pieceCount)
        for word in 0..<wordCount {
            var rest = alive[base + word]
            while rest != 0 {
                let row = word << 6 + rest.trailingZeroBitCount
                for edge in edges[column][row] { starts.insert(Int(edge)) }
                rest &= rest - 1
            }
        }
        var set = [UInt64](repeating: 0, count: wordCount)
        var start = 0
        for end in starts.members.dropFirst() {
            for word in 0..<wordCount {
                set[word] = alive[base + word] & masks[column][start * wordCount + word]
            }
            visit(set, start..<end)
            start = end
        }
    }

    private mutating func decide(_ alive: BitSet) {
        switch space.table.hitPolicy {
        case .first:
            // A rule that could not be read may let those after it decide.
            for row in alive.members {
                deciding.insert(row)
                if space.certain.contains(row) { return }
            }
        case .priority:
            for row in highest(of: alive.members) { deciding.insert(row) }
        default: deciding.formUnion(alive)
        }
    }

    /// The row that ranks first by its outputs; all rows where a rank or a cell is unknown.
    private func highest(of rows: [Int]) -> [Int] {
        var best: (rank: [Int], row: Int)?
        for row in rows {
            guard let rank = ranks[row], space.certain.contains(row) else { return rows }
            if best.map({ rank.lexicographicallyPrecedes($0.rank) }) ?? true { best = (rank, row) }
        }
        return best.map { [$0.row] } ?? []
    }
}

extension BitSet {
    fileprivate func padded(to count: Int) -> [UInt64] {
        words + [UInt64](repeating: 0, count: count - words.count)
    }
}

extension DecisionTable {
    /// Places of the outputs in their lists of output values, column by column.
    func rank(_ row: Int) -> [Int]? {
        var rank: [Int] = []
        for (output, node) in zip(outputs, rules[row].outputs) {
            guard let value = node.constant else { return nil }
            rank.append(output.priorities.firstIndex(of: value) ?? Int.max)
        }
        return rank
    }
}
