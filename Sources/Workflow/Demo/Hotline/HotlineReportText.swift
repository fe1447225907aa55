import Casework
import Ledger

extension HotlineReport: CustomStringConvertible {
    /// The table as text: a line a measure, what was published, what of it falls to this run, and what came
    /// out, with the difference.
    package var description: String {
        let head = [
            "项目 Measure", "公布 Published", "应占 Share", "生成 Generated", "差 Difference",
        ]
        let body = rows.map { row in
            [
                "\(row.chinese) \(row.english)", row.published.map { row.unit.text($0) } ?? "–",
                row.expected.map { row.unit.text($0) } ?? "–",
                row.generated.map { row.unit.text($0) } ?? "无数据 no data",
                row.difference.map { row.unit.signed($0) } ?? "–",
            ]
        }
        let widths = head.indices.map { column in
            ([head] + body).map { width($0[column]) }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - width(cell))
                return column == 0 ? cell + blanks : blanks + cell
            }
            return padded.joined(separator: "  ").trimmingTail()
        }
        let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
        var text = Self.notice + ["\(basis.chinese)。 \(basis.english).", "", line(head), rule]
        text += body.map(line)
        text += [rule] + ties.map(\.text)
        if !redWarnings.isEmpty {
            text.append("红色警告 red warnings: " + redWarnings.joined(separator: ", "))
        }
        return (text + runText).joined(separator: "\n") + "\n"
    }

    private static let notice = [
        "以下来电均由程序按随机种子生成，不是真实诉求；分类、时限、派单和统计由政策文件和办理规则逐件决定。",
        "The calls are generated from a random seed and are not real; how each was sorted, limited, sent and "
            + "counted was decided by the policy files and the procedure, one by one.",
    ]

    private var runText: [String] {
        var text = [
            "种子 Seed \(seed); 来电 calls \(calls), 办理动作 acts \(run.acts), "
                + "时限节点 steps of clocks \(run.fired); 未结 left open \(run.leftOpen) (\(run.endedAt))",
            "时限 clocks: "
                + (run.clocks.isSound ? "逐件重算一致 recomputed, the same" : "不一致 NOT THE SAME")
                + ", \(run.clocks.orders) orders, \(run.clocks.cases) cases, \(run.clocks.clocks) clocks",
        ]
        text += run.clocks.findings
        text.append(
            "统计 tallies: "
                + (run.tallyFaults.isEmpty
                    ? "与逐件重算一致 as recomputed" : run.tallyFaults.joined(separator: "; ")))
        if let books = run.books {
            text.append(
                "账簿 books: vouchers \(books.vouchers), head \(books.headHash.prefix(16)), "
                    + (books.isSound ? "账实相符 sound" : "账不平 NOT SOUND")
                    + ", 免除 waived \(books.waived), 余额 spendable \(books.spendable)")
        }
        if !run.refusals.isEmpty {
            let tried = run.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            text.append(
                "程序拒绝 refused: "
                    + tried.prefix(10).map { "\($0.value) × \($0.key)" }.joined(separator: "; "))
        }
        return text
    }
}

extension HotlineReport.Tie {
    fileprivate var text: String {
        let size = difference.magnitude
        return "\(chinese) \(english): "
            + (difference == 0
                ? "\(total) = \(sum), 一致 ties"
                : "\(total) ≠ \(sum), 相差 \(size)，未作调整 misses it by \(size), left as it is")
    }
}
