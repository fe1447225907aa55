/// Proofs about decision tables, without running them on cases.
///
/// Each column is cut at the values its cells and allowed values name; between two cuts every cell
/// says the same, so one representative value stands for all. The pieces are swept column by column
/// with the set of rules still alive, and each (column, set) is looked at once. Null belongs to a
/// column's values only where a cell of it names null.
///
/// Reads comparisons, ranges, enumerations, `not` and `-` with constants. What it cannot read it
/// says, and leaves that table out.
public enum Analysis {
    /// States looked at in one table before the analysis gives up.
    static let stateLimit = 200_000
    /// Findings of one kind reported for one table.
    static let findingLimit = 20

    /// All findings of all tables, in the order of the model; none means every table is sound.
    public static func findings(in model: Model) -> [Finding] {
        var findings = model.problems.map {
            Finding.unreadable($0.element, $0.row, $0.source, $0.message)
        }
        for table in model.tables {
            findings += Self.findings(in: table, typed: ColumnTypes(model.program, table))
        }
        return findings
    }

    private static func findings(in table: DecisionTable, typed types: ColumnTypes) -> [Finding] {
        var unreadable: [Finding] = []
        for (row, rule) in table.rules.enumerated() {
            for (column, test) in rule.tests.enumerated() where !test.isSimple {
                unreadable.append(
                    .unreadable(
                        table.owner, row + 1, rule.texts[column],
                        "it is more than comparisons, ranges and enumerations of constants"))
            }
        }
        if !unreadable.isEmpty { return unreadable }
        var columns: [Column] = []
        for index in table.inputs.indices {
            columns.append(Column(table, index, type: types[index]))
        }
        var sweep = Sweep(table, columns)
        return sweep.findings()
    }
}

/// What is known of the type of each column: declared there, or that of the variable it reads.
struct ColumnTypes {
    private var types: [FEELType] = []

    init(_ program: Program, _ table: DecisionTable) {
        var bindings: [Int: Requirement] = [:]
        for decision in program.decisions where decision.name == table.owner {
            for binding in decision.logic?.bindings ?? [] {
                bindings[binding.slot] = binding.requirement
            }
        }
        types = table.inputs.map { input in
            let read = Self.type(of: input.value, bindings, program)
            if case .constrained = read { return read }
            return input.type.isAny ? read : input.type
        }
    }

    subscript(_ column: Int) -> FEELType { types[column] }

    private static func type(
        of node: Node, _ bindings: [Int: Requirement], _ program: Program
    ) -> FEELType {
        switch node {
        case .located(let inner, _): return type(of: inner, bindings, program)
        case .slot(let slot):
            switch bindings[slot] {
            case .input(let index): return program.inputs[index].type
            case .decision(let index): return program.decisions[index].type
            default: return .any
            }
        case .path(let inner, let name):
            guard case .context(let members) = type(of: inner, bindings, program).base else {
                return .any
            }
            return members.first { $0.name == name }?.type ?? .any
        default: return .any
        }
    }
}
