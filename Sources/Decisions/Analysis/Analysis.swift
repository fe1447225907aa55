/// Proofs about decision models, without running them on cases.
///
/// ``findings(in:options:)`` looks at each table alone; ``prove(_:in:options:)`` across the graph;
/// ``difference(of:and:decision:options:)`` at two models.
///
/// A gap comes with a test case where the columns' expressions can be followed back to the inputs;
/// one that no facts reach, because its columns hang together, is a note.
///
/// Within a table each column is cut at the values its cells and allowed values name; between two
/// cuts every cell says the same, so one piece stands for all. Rules are boxes of pieces. Columns are
/// taken as independent of each other, even where they read the same input.
///
/// Null belongs to a column's values where a cell or the allowed values name null, or where the
/// caller says that the input may be null. Elsewhere null is no gap: strict evaluation reports a
/// missing input before any rule is asked.
public enum Analysis {
    /// Combinations of rules and pieces looked at in one table before the analysis gives up.
    public static let stateLimit = 3_000_000

    /// What the models do not say about the facts they get, and what the caller wants to hear.
    public struct Options: Sendable {
        /// Named in the findings.
        public var file = ""
        /// The step of number inputs, by name: 1 for whole numbers, 0.01 for whole fen. Without one,
        /// numbers are dense: something lies between any two.
        public var steps: [String: Decimal128] = [:]
        /// Inputs that may be null or absent.
        public var mayBeNull: Set<String> = []
        /// FEEL conditions over the inputs that always hold, such as `caseCap > 0`. Only the proofs
        /// across decisions use them.
        public var given: [String] = []
        /// The annotation in which every rule must cite its clause; nil asks for none.
        public var citation: String?
        /// Whether what lies outside the policy profile, and still works, is named.
        public var namesProfile = false
        /// Paths looked at for one proof or comparison before it gives up.
        public var pathLimit = 20_000
        /// Findings of one kind for one table; what is more is counted.
        public var findingLimit = 50

        public init() {}
    }

    /// All findings of all tables, in the order of the model; none means every table is sound.
    public static func findings(in model: Model, options: Options = Options()) -> [Finding] {
        var findings = model.problems.map {
            Finding.unreadable(
                Finding.Place(
                    table: $0.element, row: $0.row, column: $0.column, cell: $0.source),
                Finding.Reason($0.wording.english, $0.wording.chinese))
        }
        // What is already named as a mistake is not named again as something that cannot be read.
        let mistakes = Set(findings.map { Mistake($0) })
        findings += Profile(model).findings.filter {
            ($0.kind == .unreadable || options.namesProfile) && !mistakes.contains(Mistake($0))
        }
        for table in model.tables {
            findings += Self.findings(in: table, of: model.program, options)
        }
        findings += Reading.unread(in: model.program).map(Finding.unreadInput)
        let cases = GapCases(model, options)
        return findings.map { finding in
            var finding = finding
            finding.file = options.file
            return finding.kind == .gap ? cases.completed(finding) : finding
        }
    }

    /// Where a mistake is, to name it once.
    private struct Mistake: Hashable {
        let table: String
        let rules: [Int]
        let cell: String?

        init(_ finding: Finding) {
            (table, rules, cell) = (finding.table, finding.rules, finding.cell)
        }
    }

    private static func findings(
        in table: DecisionTable, of program: Program, _ options: Options
    ) -> [Finding] {
        let space = Space(table, ColumnReading(program, table), options)
        var findings: [Finding] = []
        var sweep = Sweep(space)
        sweep.run(stateLimit: stateLimit)
        if sweep.isUnfinished {
            findings.append(
                .unfinished(
                    table.owner,
                    (
                        "more than \(stateLimit) combinations; gaps and rules that never decide "
                            + "were not looked for",
                        "组合超过 \(stateLimit) 种，未检查遗漏和不生效的规则"
                    )))
        } else if table.needsCover {
            findings += gaps(space, sweep, options)
        }
        findings += overlaps(space, sweep, options)
        for (index, column) in space.columns.enumerated()
        where !table.rules.isEmpty && table.rules.allSatisfy({ $0.tests[index].isAny }) {
            findings.append(.unreadColumn(table.owner, column.name))
        }
        if let citation = options.citation {
            for (row, rule) in table.rules.enumerated()
            where (rule.annotations[citation] ?? "").isEmpty {
                findings.append(.uncited(table.owner, row + 1, citation))
            }
        }
        return findings
    }

    private static func gaps(_ space: Space, _ sweep: Sweep, _ options: Options) -> [Finding] {
        let gaps = Gaps(space, sweep, boxLimit: options.findingLimit + 1)
        var findings = gaps.boxes.prefix(options.findingLimit).map { box in
            Finding.gap(space.table.owner, space.region(box), space.witness(box))
        }
        if gaps.isUnfinished || gaps.boxes.count > options.findingLimit {
            findings.append(
                .unfinished(
                    space.table.owner,
                    (
                        "more than \(options.findingLimit) gaps; the rest is not listed",
                        "遗漏超过 \(options.findingLimit) 处，其余未列出"
                    )))
        }
        return findings
    }

    private static func overlaps(_ space: Space, _ sweep: Sweep, _ options: Options) -> [Finding] {
        let table = space.table
        let overlaps = Overlaps(space)
        var findings = overlaps.conflicts.prefix(options.findingLimit).map {
            Finding.overlap(
                table.owner, [$0.first + 1, $0.second + 1], space.region($0.shared),
                space.witness($0.shared))
        }
        if overlaps.conflicts.count > options.findingLimit {
            let count = overlaps.conflicts.count
            findings.append(
                .unfinished(
                    table.owner,
                    (
                        "\(count) pairs of rules overlap; \(options.findingLimit) are listed",
                        "共有 \(count) 对规则重叠，列出 \(options.findingLimit) 对"
                    )))
        }
        for pair in overlaps.covered.prefix(options.findingLimit) {
            findings.append(.subsumed(table.owner, pair.row + 1, by: pair.by + 1))
        }
        if sweep.isUnfinished { return findings }
        let named = Set(overlaps.covered.map(\.row))
        for row in table.rules.indices where !sweep.deciding.contains(row) && !named.contains(row) {
            findings.append(.unreachable(table.owner, row + 1))
        }
        return findings
    }
}

extension DecisionTable {
    /// Whether facts that meet no rule are a mistake.
    fileprivate var needsCover: Bool {
        switch hitPolicy {
        case .collect, .ruleOrder, .outputOrder, .count: false
        default: !outputs.contains { $0.byDefault != nil }
        }
    }
}
