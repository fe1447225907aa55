/// A column of a table cut into pieces in which every cell says the same.
///
/// The cuts are the values that its cells and its allowed values name. Ordered values give a piece
/// below the first cut, at it, between it and the next, and so on; others a piece for each named
/// value and one for all the rest. Null is a piece of its own, last, where the input may be null.
struct Column: Sendable {
    struct Piece: Sendable {
        enum Place: Sendable {
            /// Exactly this value.
            case at
            /// Strictly between two cuts; nil is without end.
            case between(Value?, Value?)
            /// Every text that no cell names.
            case other
        }

        let representative: Value
        let place: Place
        /// Pieces of one group have an order; nil: an enumeration's value, a truth value or null.
        let group: Int?
    }

    let name: String
    /// The input data whose value stands here unchanged.
    let inputName: String?
    let pieces: [Piece]
    /// By row: the pieces in which the cell holds. A cell that cannot be read holds nowhere.
    let cells: [BitSet]
    /// By row: the cell could not be read.
    let isUnread: [Bool]
    let step: Decimal128?

    init(
        _ table: DecisionTable, _ index: Int, type: FEELType, inputName: String?, step: Decimal128?,
        mayBeNull: Bool
    ) {
        let input = table.inputs[index]
        (name, self.inputName) = (input.text, inputName)
        var constraints: [Constraint] = []
        if let allowed = input.allowed { constraints.append(allowed) }
        if case .constrained(_, let constraint) = type { constraints.append(constraint) }
        let allowed = constraints.map { Test($0.test, slot: 0) }
        let step = step ?? (constraints.contains { $0.test.demandsWholeNumbers } ? .one : nil)
        self.step = step
        var tests = allowed
        for rule in table.rules { tests.append(rule.tests[index]) }
        var machine = Machine(program: .empty, mode: .lenient)
        machine.slots = [Value](repeating: .null, count: input.slot + 1)
        var pieces = Self.pieces(of: tests, type: type, step: step).filter { piece in
            constraints.allSatisfy { machine.satisfies(piece.representative, $0) }
        }
        if mayBeNull || input.namesNull || allowed.contains(where: \.namesNull) {
            pieces.append(Piece(representative: .null, place: .at, group: nil))
        }
        self.pieces = pieces
        let count = pieces.count
        let groups = Self.groups(pieces)
        var cells: [BitSet] = []
        var known: [String: BitSet] = [:]
        for rule in table.rules {
            let test = rule.tests[index]
            guard test.isSimple else {
                cells.append(BitSet(capacity: count))
                continue
            }
            if let cell = known[rule.texts[index]] {
                cells.append(cell)
                continue
            }
            var cell = BitSet(capacity: count)
            if let ranges = machine.ranges(test, groups, pieces) {
                for range in ranges { cell.insert(range) }
            } else {
                for (number, piece) in pieces.enumerated() {
                    machine.slots[input.slot] = piece.representative
                    if machine.holds(test, slot: input.slot) == true { cell.insert(number) }
                }
            }
            known[rule.texts[index]] = cell
            cells.append(cell)
        }
        self.cells = cells
        isUnread = table.rules.map { !$0.tests[index].isSimple }
    }
}

extension Column {
    /// The stretches of pieces that have an order, or nil where some piece has none.
    private static func groups(_ pieces: [Piece]) -> [Range<Int>]? {
        var groups: [Range<Int>] = []
        for (number, piece) in pieces.enumerated() {
            guard let group = piece.group else { return nil }
            if group == groups.count {
                groups.append(number..<(number + 1))
            } else {
                groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<(number + 1)
            }
        }
        return groups
    }

    /// The table's rows by piece: bit `row` is set where the rule's cell holds or is unread.
    func rows(count: Int) -> [BitSet] {
        var rows = [BitSet](repeating: BitSet(capacity: count), count: pieces.count)
        for (row, cell) in cells.enumerated() {
            if isUnread[row] {
                for piece in pieces.indices { rows[piece].insert(row) }
            } else {
                for piece in cell.members { rows[piece].insert(row) }
            }
        }
        return rows
    }
}

extension Machine {
    /// The pieces in which a test of comparisons and ranges holds, found by bisection; nil for others.
    fileprivate func ranges(
        _ test: Test, _ groups: [Range<Int>]?, _ pieces: [Column.Piece]
    ) -> [Range<Int>]? {
        guard let groups else { return nil }
        switch test {
        case .any: return [0..<pieces.count]
        case .equals(let value), .compare(.equal, let value):
            guard !value.isNull else { return nil }
            return groups.compactMap { group in
                guard let (low, high) = split(group, at: value, pieces) else { return nil }
                return low..<high
            }
        case .compare(let sign, let value) where sign != .notEqual:
            guard !value.isNull else { return nil }
            return groups.compactMap { group in
                guard let (low, high) = split(group, at: value, pieces) else { return nil }
                switch sign {
                case .less: return group.lowerBound..<low
                case .lessOrEqual: return group.lowerBound..<high
                case .greater: return high..<group.upperBound
                default: return low..<group.upperBound
                }
            }
        case .inside(let interval) where !interval.low.isNull && !interval.high.isNull:
            return groups.compactMap { group in
                guard let low = split(group, at: interval.low, pieces),
                    let high = split(group, at: interval.high, pieces)
                else { return nil }
                let start = interval.isLowClosed ? low.0 : low.1
                return start..<max(start, interval.isHighClosed ? high.1 : high.0)
            }
        case .oneOf(let tests):
            var all: [Range<Int>] = []
            for test in tests {
                guard let ranges = ranges(test, groups, pieces) else { return nil }
                all += ranges
            }
            return all
        default: return nil
        }
    }

    /// The first piece not below `value`, and the first above; nil where they have no order.
    private func split(
        _ group: Range<Int>, at value: Value, _ pieces: [Column.Piece]
    ) -> (Int, Int)? {
        guard order(pieces[group.lowerBound].representative, value) != nil else { return nil }
        func first(_ isBeyond: (Int) -> Bool) -> Int {
            var (low, high) = (group.lowerBound, group.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if isBeyond(order(pieces[middle].representative, value) ?? 0) {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            return low
        }
        return (first { $0 >= 0 }, first { $0 > 0 })
    }
}
