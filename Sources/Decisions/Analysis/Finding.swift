/// Something a table does not say, says twice, or says in a way that cannot be checked.
public struct Finding: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Facts that no rule covers.
        case gap
        /// Facts that several rules cover, against the hit policy.
        case overlap
        /// A rule that can never decide.
        case unreachable
        /// A cell beyond comparisons, ranges and enumerations, or an expression that is no FEEL.
        case unreadable
        /// The table has too many combinations to check all of them.
        case unfinished
    }

    public struct Fact: Hashable, Sendable {
        public let input: String
        /// A FEEL literal, such as `"hotel"` or `5.5`; `any other` where no value is named.
        public let text: String
    }

    public let kind: Kind
    /// The decision or business knowledge model whose table it is.
    public let table: String
    /// 1-based rows.
    public let rules: [Int]
    /// Facts that show it, by column. Columns that do not matter are left out.
    public let witness: [Fact]
    public let english: String
    public let chinese: String

    /// Whether the table may still be relied on where it can be read.
    public var isError: Bool { kind == .gap || kind == .overlap || kind == .unreadable }
}

extension Finding {
    static func gap(_ table: String, _ witness: [Fact]) -> Finding {
        let facts = Self.text(witness)
        return Finding(
            kind: .gap, table: table, rules: [], witness: witness,
            english: "No rule of \(table) covers \(facts).",
            chinese: "决策表“\(table)”没有规则覆盖：\(facts)。")
    }

    static func overlap(_ table: String, _ rules: [Int], _ witness: [Fact]) -> Finding {
        let (facts, rows) = (Self.text(witness), Self.text(rules))
        return Finding(
            kind: .overlap, table: table, rules: rules, witness: witness,
            english: "Rules \(rows) of \(table) both cover \(facts), which its hit policy forbids.",
            chinese: "决策表“\(table)”的规则 \(rows) 同时覆盖：\(facts)，与命中策略冲突。")
    }

    static func unreachable(_ table: String, _ rule: Int) -> Finding {
        Finding(
            kind: .unreachable, table: table, rules: [rule], witness: [],
            english: "Rule \(rule) of \(table) can never decide: earlier rules cover all of it, or "
                + "its cells contradict each other or the allowed values.",
            chinese: "决策表“\(table)”的规则 \(rule) 永远不会生效：已被前面的规则覆盖，或条件自相矛盾。")
    }

    static func unreadable(_ table: String, _ rule: Int?, _ source: String, _ why: String)
        -> Finding
    {
        let row = rule.map { " (rule \($0))" } ?? ""
        let rowChinese = rule.map { "（规则 \($0)）" } ?? ""
        return Finding(
            kind: .unreadable, table: table, rules: rule.map { [$0] } ?? [],
            witness: [Fact(input: table, text: source)],
            english: "\(table)\(row): \"\(source)\" cannot be checked: \(why).",
            chinese: "“\(table)”\(rowChinese)中的“\(source)”无法检查：\(why)。")
    }

    static func unfinished(_ table: String, _ limit: Int) -> Finding {
        Finding(
            kind: .unfinished, table: table, rules: [], witness: [],
            english: "\(table) has more than \(limit) combinations; not all were checked.",
            chinese: "决策表“\(table)”的组合超过 \(limit) 种，未能全部检查。")
    }

    private static func text(_ witness: [Fact]) -> String {
        witness.isEmpty
            ? "anything" : witness.map { "\($0.input) = \($0.text)" }.joined(separator: ", ")
    }

    private static func text(_ rules: [Int]) -> String {
        rules.map(String.init).joined(separator: ", ")
    }
}
