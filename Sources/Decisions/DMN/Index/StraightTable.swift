/// A decision that is nothing but an indexed table over the model's own inputs, with constant
/// results: it can be answered from the spots of its facts, without evaluating anything.
final class StraightTable: Sendable {
    let table: DecisionTable
    /// What each rule gives.
    let results: [Value]
    /// As many as a question has, of no meaning yet.
    let spots: [TableIndex.Spot]
    /// The bits of all inputs without which it cannot be answered.
    let needed: UInt64
    private let index: TableIndex
    /// By input of the program.
    private let gates: [Gate]
    private let types: [FEELType]
    /// By input of the program: lists its value has to be on.
    private let lists: [[AllowedValues]]
    /// What becomes of an input.
    private struct Gate: Sendable {
        /// The lane that reads it; −1: the table does not look at it.
        let lane: Int
        /// Zero for an input the decision does not require.
        let bit: UInt64
        let isListed: Bool
    }

    /// Nil where the decision is anything else.
    init?(_ program: Program, decision: Int) {
        let decision = program.decisions[decision]
        guard let logic = decision.logic, case .table(let table) = logic.body,
            let index = table.index, index.evaluated.isEmpty, decision.type.isAny,
            table.hitPolicy == .first || table.hitPolicy == .unique,
            let sources = Self.sources(logic), sources.count <= 64,
            let lanes = Self.lanes(table, index, sources)
        else { return nil }
        results = table.results.compactMap { $0 }
        guard results.count == table.rules.count else { return nil }
        let needs = Set(sources.values)
        var (gates, lists, needed): ([Gate], [[AllowedValues]], UInt64) = ([], [], 0)
        for (input, declared) in program.inputs.enumerated() {
            let bit: UInt64 = needs.contains(input) ? 1 << UInt64(needed.nonzeroBitCount) : 0
            needed |= bit
            lists.append([])
            if let lane = lanes[input] {
                let column = table.inputs[index.lanes[lane].column]
                guard let allowed = declared.type.lists(column.allowed, index.lanes[lane].kind)
                else { return nil }
                lists[input] = allowed
            }
            gates.append(
                Gate(lane: lanes[input] ?? -1, bit: bit, isListed: !lists[input].isEmpty))
        }
        (self.table, self.index, self.needed) = (table, index, needed)
        (self.gates, self.lists, types) = (gates, lists, program.inputs.map(\.type))
        spots = Array(repeating: TableIndex.Spot(place: 0, line: 0), count: index.lanes.count)
    }

    /// Inputs by the slot they are in. Nil where another decision is required: what that has to say
    /// may be a note, and only the machine hears it.
    private static func sources(_ logic: Procedure) -> [Int: Int]? {
        var sources: [Int: Int] = [:]
        for binding in logic.bindings {
            switch binding.requirement {
            case .input(let input): sources[binding.slot] = input
            case .decision: return nil
            case .invocable: break
            }
        }
        return sources
    }

    /// The lane that reads each input. Nil where a column reads anything else, where two read the
    /// same, and where one without a lane has more to say than `-`.
    private static func lanes(
        _ table: DecisionTable, _ index: TableIndex, _ sources: [Int: Int]
    ) -> [Int: Int]? {
        var lanes: [Int: Int] = [:]
        for (column, input) in table.inputs.enumerated() {
            guard case .slot(let slot) = input.value, let source = sources[slot] else { return nil }
            if let lane = index.lanes.firstIndex(where: { $0.column == column }) {
                guard lanes.updateValue(lane, forKey: source) == nil else { return nil }
            } else if input.allowed != nil {
                return nil
            }
        }
        return lanes
    }

    /// Finds where the value of an input stands, and notes it among the spots.
    ///
    /// - Returns: the bit of the input; nil where only the machine can tell what becomes of the value.
    @inline(__always)
    func place(
        _ value: borrowing Value, ofInput input: Int, in spots: inout [TableIndex.Spot]
    ) -> UInt64? {
        let gate = gates[input]
        if gate.lane < 0 { return types[input].plainlyAccepts(copy value) ? gate.bit : nil }
        if gate.isListed, !isAllowed(copy value, asInput: input) { return nil }
        guard let spot = index.spot(of: value, on: index.lanes[gate.lane]) else { return nil }
        spots[gate.lane] = spot
        return gate.bit
    }

    private func isAllowed(_ value: Value, asInput input: Int) -> Bool {
        for list in lists[input] where list.allows(value) != true { return false }
        return true
    }

    /// The row that decides; nil where none or several match, for the machine to tell.
    ///
    /// - Parameter spots: by lane, when all inputs that are needed were given.
    @inline(__always)
    func row(at spots: [TableIndex.Spot]) -> Int? {
        guard index.words == 1 else { return rowOfMany(at: spots) }
        var rows = UInt64.max
        for lane in spots.indices { rows &= index.word(at: spots[lane]) }
        if rows == 0 || table.hitPolicy == .unique && rows & (rows - 1) != 0 { return nil }
        return rows.trailingZeroBitCount
    }

    private func rowOfMany(at spots: [TableIndex.Spot]) -> Int? {
        var found: Int?
        var start = 0
        while start < index.words {
            var four = SIMD4<UInt64>(repeating: .max)
            for lane in spots.indices { four &= index.words(at: spots[lane], from: start) }
            for word in 0..<4 {
                var rest = four[word]
                while rest != 0 {
                    let row = (start + word) * 64 + rest.trailingZeroBitCount
                    rest &= rest - 1
                    guard holds(row, at: spots) else { continue }
                    if table.hitPolicy == .first { return row }
                    if found != nil { return nil }
                    found = row
                }
            }
            start += 4
        }
        return found
    }

    /// Whether a row that all lines show holds at the spots themselves.
    private func holds(_ row: Int, at spots: [TableIndex.Spot]) -> Bool {
        for lane in spots.indices
        where !index.holds(row, at: spots[lane], on: index.lanes[lane]) {
            return false
        }
        return true
    }
}

extension FEELType {
    /// What constrains values of an axis's kind, as lists. Nil where values of that kind are made to
    /// fit, or where only evaluation can tell whether they do.
    fileprivate func lists(_ first: Constraint?, _ kind: Axis.Kind) -> [AllowedValues]? {
        var (type, constraints) = (self, first.map { [$0] } ?? [])
        while case .constrained(let base, let constraint) = type {
            constraints.append(constraint)
            type = base
        }
        let lists = constraints.compactMap(\.values)
        return lists.count == constraints.count && type.takes(kind) ? lists : nil
    }

    private func takes(_ kind: Axis.Kind) -> Bool {
        switch (self, kind) {
        case (.any, _), (.number, .numbers), (.string, .texts), (.boolean, .truths),
            (.date, .dates), (.daysDuration, .daysDurations),
            (.yearsMonthsDuration, .monthsDurations):
            true
        default: false
        }
    }
}
