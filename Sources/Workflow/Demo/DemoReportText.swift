import Ledger

extension DemoReport: CustomStringConvertible {
    /// The table as text: a line a measure, published beside generated with the difference.
    package var description: String {
        let head = ["项目 Measure", "公布 Published", "生成 Generated", "差 Difference", "%"]
        let body = rows.map { row in
            [
                "\(row.chinese) \(row.english)", row.published.map { row.unit.text($0) } ?? "–",
                row.unit.text(row.generated), row.difference.map { row.unit.signed($0) } ?? "–",
                row.percent ?? "",
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
        var text = [Self.notice.chinese, Self.notice.english, "", line(head), rule]
        text += body.map(line)
        text += [rule, stagesText, runText]
        return text.joined(separator: "\n") + "\n"
    }

    private var stagesText: String {
        "期末案件 Cases by stage: " + stages.map { "\($0.stage) \($0.count)" }.joined(separator: ", ")
    }

    private var runText: String {
        var text =
            "种子 Seed \(seed); 凭证 vouchers \(run.vouchers), 链首 head \(run.headHash.prefix(16)), "
            + (run.isSound ? "账实相符 books sound" : "账不平 BOOKS NOT SOUND")
            + "; 对账单 statements \(run.statements), 关账 days closed \(run.daysClosed)"
            + ", 待查 lines in suspense \(run.linesInSuspense); 未结 left open \(run.leftOpen)"
            + " (\(run.endedAt))"
        if let obstacle = run.lastObstacle {
            text += "\n未能关账 days not ready \(run.daysNotReady), last: \(obstacle)"
        }
        if !run.refusals.isEmpty {
            let tried = run.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            text +=
                "\n程序拒绝 refused: "
                + tried.prefix(10).map { "\($0.value) × \($0.key)" }.joined(separator: "; ")
        }
        return text
    }
}

extension DemoReport.Row {
    /// The difference in percent of what was published, one decimal.
    fileprivate var percent: String? {
        guard let published, let difference, published != 0, unit != .basisPoints else {
            return nil
        }
        let size = (difference.magnitude * 2_000 + published.magnitude) / (published.magnitude * 2)
        return "\(difference < 0 ? "−" : "+")\(size / 10).\(size % 10)"
    }
}

extension DemoReport.Unit {
    func text(_ value: Int64) -> String {
        switch self {
        case .count: grouped("\(value)")
        case .fen: grouped("\(Money(fen: value))")
        case .basisPoints: "\(Money(fen: value)) %"
        }
    }

    func signed(_ value: Int64) -> String {
        value > 0 ? "+" + text(value) : value < 0 ? "−" + text(-value) : text(value)
    }

    /// `1,077,473.21`.
    private func grouped(_ text: String) -> String {
        let parts = text.split(separator: ".", maxSplits: 1)
        var whole = ""
        for (offset, digit) in (parts.first ?? "").reversed().enumerated() {
            if offset > 0, offset.isMultiple(of: 3), digit.isNumber { whole.append(",") }
            whole.append(digit)
        }
        return String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
    }
}

/// Columns a text takes in a terminal: a Chinese character takes two.
func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6:
            sum + 2
        default: sum + 1
        }
    }
}

extension String {
    func trimmingTail() -> String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
