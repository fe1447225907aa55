/// The findings in words, in both languages. Texts are made here and nowhere else.
extension Finding {
    static func gap(_ table: String, _ region: Region, _ witness: [Fact]) -> Finding {
        Finding(
            kind: .gap, severity: .error, table: table, rules: [], regions: [region],
            witness: witness, english: "No rule of \(table) covers \(region.english).",
            chinese: "决策表“\(table)”没有规则覆盖：\(region.chinese)。")
    }

    static func overlap(_ table: String, _ rules: [Int], _ region: Region, _ witness: [Fact])
        -> Finding
    {
        let rows = rules.map(String.init)
        return Finding(
            kind: .overlap, severity: .error, table: table, rules: rules, regions: [region],
            witness: witness,
            english: "Rules \(rows.joined(separator: " and ")) of \(table) both cover "
                + "\(region.english), which its hit policy forbids.",
            chinese: "决策表“\(table)”的规则 \(rows.joined(separator: "、")) 同时覆盖："
                + "\(region.chinese)，与命中策略冲突。")
    }

    static func unreachable(_ table: String, _ rule: Int) -> Finding {
        Finding(
            kind: .unreachable, severity: .warning, table: table, rules: [rule],
            english: "Rule \(rule) of \(table) can never decide: other rules go before it wherever "
                + "it applies, or its cells contradict the allowed values.",
            chinese: "决策表“\(table)”的规则 \(rule) 永远不会生效：适用之处均被其他规则先行覆盖，或条件与允许值矛盾。")
    }

    static func subsumed(_ table: String, _ rule: Int, by other: Int) -> Finding {
        Finding(
            kind: .subsumed, severity: .warning, table: table, rules: [rule, other],
            english:
                "Rule \(rule) of \(table) never decides alone: rule \(other) covers all of it.",
            chinese: "决策表“\(table)”的规则 \(rule) 从不单独生效：规则 \(other) 已完全覆盖。")
    }

    static func unreadColumn(_ table: String, _ column: String) -> Finding {
        Finding(
            kind: .unread, severity: .warning, table: table, rules: [], column: column,
            english: "No rule of \(table) asks for \(column): every cell of the column is \"-\".",
            chinese: "决策表“\(table)”没有规则使用“\(column)”：该列全部为“-”。")
    }

    static func unreadInput(_ input: String) -> Finding {
        Finding(
            kind: .unread, severity: .warning, table: "", rules: [], column: input,
            english: "No decision reads the input \(input).",
            chinese: "没有决策读取输入“\(input)”。")
    }

    static func uncited(_ table: String, _ rule: Int, _ annotation: String) -> Finding {
        Finding(
            kind: .uncited, severity: .warning, table: table, rules: [rule], column: annotation,
            english:
                "Rule \(rule) of \(table) cites nothing: its annotation \(annotation) is empty.",
            chinese: "决策表“\(table)”的规则 \(rule) 没有依据：注释“\(annotation)”为空。")
    }

    static func unreadable(_ place: Place, _ reason: Reason) -> Finding {
        about(place, reason, .unreadable, .error, "cannot be checked", "无法检查")
    }

    static func outside(_ place: Place, _ reason: Reason) -> Finding {
        about(place, reason, .outsideProfile, .note, "is outside the policy profile", "超出政策规范")
    }

    private static func about(
        _ place: Place, _ reason: Reason, _ kind: Kind, _ severity: Severity, _ english: String,
        _ chinese: String
    ) -> Finding {
        let row = place.row.map { ", rule \($0)" } ?? ""
        let column = place.column.map { ", \($0)" } ?? ""
        let rowChinese = place.row.map { "，规则 \($0)" } ?? ""
        let columnChinese = place.column.map { "，“\($0)”" } ?? ""
        return Finding(
            kind: kind, severity: severity, table: place.table, rules: place.row.map { [$0] } ?? [],
            column: place.column, cell: place.cell,
            english:
                "\(place.table)\(row)\(column): \"\(place.cell)\" \(english): \(reason.english).",
            chinese:
                "“\(place.table)”\(rowChinese)\(columnChinese)：“\(place.cell)”\(chinese)：\(reason.chinese)。"
        )
    }

    /// What stopped before its end. - Parameter what: in English and Chinese.
    static func unfinished(_ table: String, _ what: (english: String, chinese: String)) -> Finding {
        Finding(
            kind: .unfinished, severity: .warning, table: table, rules: [],
            english: "\(table): \(what.english).", chinese: "决策表“\(table)”：\(what.chinese)。")
    }

    /// Where in a model something stands.
    struct Place {
        let table: String
        var row: Int?
        var column: String?
        let cell: String
    }

    /// Why, in both languages.
    struct Reason {
        let english: String
        let chinese: String

        init(_ english: String, _ chinese: String) {
            (self.english, self.chinese) = (english, chinese)
        }
    }
}
