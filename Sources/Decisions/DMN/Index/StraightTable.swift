/// A decision that is nothing but an indexed table over the model's own inputs, with constant
/// results: it can be answered from the places of its facts, without evaluating anything.
final class StraightTable: Sendable {
    let table: DecisionTable
    let index: TableIndex
    /// By input of the program; nil for one the table does not read.
    private let gates: [Gate?]

    /// Nil where the decision is anything else.
    init?(_ program: Program, decision: Int) {
        let decision = program.decisions[decision]
        guard let logic = decision.logic, case .table(let table) = logic.body,
            let index = table.index, index.evaluated.isEmpty, decision.type.isAny,
            table.hitPolicy == .first || table.hitPolicy == .unique,
            table.results.allSatisfy({ $0 != nil })
        else { return nil }
        var inputBySlot: [Int: Int] = [:]
        for binding in logic.bindings {
            if case .input(let input) = binding.requirement { inputBySlot[binding.slot] = input }
        }
        var columnsByInput: [Int: [Int]] = [:]
        for (position, column) in table.inputs.enumerated() {
            guard case .slot(let slot) = column.value, let input = inputBySlot[slot] else {
                return nil
            }
            columnsByInput[input, default: []].append(position)
        }
        self.table = table
        self.index = index
        gates = program.inputs.enumerated().map { input, declared in
            columnsByInput[input].map { Gate(declared.type, table, index, columns: $0) }
        }
    }

    /// Finds where the value of an input stands.
    ///
    /// - Returns: false where only the machine can tell what becomes of the value.
    @inline(__always)
    func place(_ value: Value, ofInput input: Int, in places: inout [Int]) -> Bool {
        gates[input]?.place(value, in: &places) ?? true
    }

    /// The row that decides; nil where none or several match, for the machine to tell.
    @inline(__always)
    func row(at places: [Int], _ machine: inout Machine) -> Int? {
        if index.words == 1 {
            let rows = index.word(at: places)
            if rows == 0 || table.hitPolicy == .unique && rows & (rows - 1) != 0 { return nil }
            return rows.trailingZeroBitCount
        }
        var (rows, line) = (machine.takeWords(index.words), machine.takeWords(index.words))
        index.find(at: places, rows: &rows, line: &line)
        var found: Int?
        for word in 0..<index.words where rows[word] != 0 {
            if found != nil || table.hitPolicy == .unique && rows[word] & (rows[word] - 1) != 0 {
                found = nil
                break
            }
            found = word * 64 + rows[word].trailingZeroBitCount
            if table.hitPolicy == .first { break }
        }
        machine.giveBack(rows)
        machine.giveBack(line)
        return found
    }
}

/// What an input must be for its place to count, and which columns want the place.
private final class Gate: Sendable {
    /// A bit for each kind of value that needs no making to fit.
    private let kinds: UInt16
    private let allowed: [AllowedValues]
    private let axes: [Axis]
    /// Of the axes among the columns of the index.
    private let positions: [Int]

    init(_ type: FEELType, _ table: DecisionTable, _ index: TableIndex, columns: [Int]) {
        var (type, allowed) = (type, columns.compactMap { table.inputs[$0].allowed?.values })
        var isPlain = columns.allSatisfy {
            table.inputs[$0].allowed == nil || table.inputs[$0].allowed?.values != nil
        }
        while case .constrained(let base, let constraint) = type {
            if let values = constraint.values { allowed.append(values) } else { isPlain = false }
            type = base
        }
        kinds = isPlain ? type.plainKinds : 0
        self.allowed = allowed
        let wanted = index.columns.enumerated().filter { columns.contains($0.element.column) }
        axes = wanted.map(\.element.axis)
        positions = wanted.map(\.offset)
    }

    @inline(__always)
    func place(_ value: Value, in places: inout [Int]) -> Bool {
        guard kinds & value.kindBit != 0 else { return false }
        for list in 0..<allowed.count where allowed[list].allows(value) != true { return false }
        for axis in 0..<axes.count {
            guard let place = axes[axis].place(of: value) else { return false }
            places[positions[axis]] = place
        }
        return true
    }
}

extension Value {
    /// The kind as a bit; null has none.
    fileprivate var kindBit: UInt16 {
        switch self {
        case .number: 1
        case .string: 2
        case .boolean: 4
        case .date: 8
        case .daysDuration: 16
        case .yearsMonthsDuration: 32
        case .null, .time, .dateTime, .list, .context, .range, .function: 0
        }
    }
}

extension FEELType {
    fileprivate var plainKinds: UInt16 {
        switch self {
        case .any: .max
        case .number: 1
        case .string: 2
        case .boolean: 4
        case .date: 8
        case .daysDuration: 16
        case .yearsMonthsDuration: 32
        default: 0
        }
    }
}
