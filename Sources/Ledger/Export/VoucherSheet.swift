extension Voucher {
    /// The voucher as a sheet for paper (记账凭证): date, number, summary, accounts, debits, credits, the sum
    /// in figures and in capital numerals, who prepared it and who checked it.
    ///
    /// Columns are aligned where a Chinese character is two columns wide.
    public func sheet(_ chart: Chart) -> String {
        let (currency, day) = (draft.currency, draft.businessDate.components)
        let heading = ["摘要", "科目", "借方金额", "贷方金额"]
        let rows = lines.enumerated().map { index, line in
            let name = [line.account.description, chart[line.account.code]?.chinese ?? ""]
            return [
                index == 0 ? draft.reason.onOneLine : "", name.joined(separator: " ").onOneLine,
                line.side == .debit ? line.amount.grouped(in: currency) : "",
                line.side == .credit ? line.amount.grouped(in: currency) : "",
            ]
        }
        let sum = lines.reduce(Money.zero) { $1.side == .debit ? $0.plus($1.amount) : $0 }
        let capitals = currency == "CNY" ? sum.chineseCapitals : currency
        let total = ["合计", capitals, sum.grouped(in: currency), sum.grouped(in: currency)]
        let widths = heading.indices.map { column in
            ([heading, total] + rows).map { $0[column].columns }.max() ?? 0
        }
        func row(_ cells: [String]) -> String {
            "│"
                + cells.indices.map { column in
                    " " + cells[column].padded(to: widths[column], atEnd: column < 2) + " "
                }.joined(separator: "│") + "│\n"
        }
        func rule(_ left: String, _ middle: String, _ right: String) -> String {
            left
                + widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle)
                + right + "\n"
        }
        let width = widths.reduce(0) { $0 + $1 + 3 } + 1
        let title = String(repeating: " ", count: max(0, (width - 11) / 2)) + "记 账 凭 证\n"
        let date = "\(day.year)年\(day.month)月\(day.day)日"
        let named = [draft.reverses.map { "冲销 \($0)" }, draft.corrects.map { "更正 \($0)" }]
        return title + "资金：\(draft.fund)   日期：\(date)   记字第 \(number) 号\n"
            + rule("┌", "┬", "┐") + row(heading) + rule("├", "┼", "┤") + rows.map(row).joined()
            + rule("├", "┼", "┤") + row(total) + rule("└", "┴", "┘")
            + "制单：\(draft.maker)   复核：\(draft.checker ?? "")   记账：\(recordedAt)\n"
            + "编号：\(id)   依据：\(draft.source)"
            + named.compactMap { $0 }.map { "   " + $0 }.joined() + "\n"
    }
}

extension Money {
    /// With thousands commas, as people read it: `-1,200.05`.
    func grouped(in currency: String) -> String {
        let text = magnitude(in: currency)
        let whole = text.prefix { $0 != "." }
        var grouped = ""
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return (isNegative ? "-" : "") + grouped + text.dropFirst(whole.count)
    }
}

extension String {
    /// Columns on a terminal: two for Chinese characters and punctuation.
    var columns: Int {
        unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFF60).contains($1.value) ? 2 : 1) }
    }

    fileprivate func padded(to width: Int, atEnd: Bool) -> String {
        let gap = String(repeating: " ", count: max(0, width - columns))
        return atEnd ? self + gap : gap + self
    }

    /// Line breaks and other control characters as spaces.
    fileprivate var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}
