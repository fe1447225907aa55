import Ledger

/// What an export says its lines come to, above or below them; a part that is nil is not stated.
struct CSVTally {
    struct Part {
        var count: (text: String, place: Place)?
        var sum: (stated: Money, place: Place)?
    }

    var all = Part()
    var income = Part()
    var expense = Part()

    /// Takes up one line of text, such as `# 收入合计: 3 笔，共 100.00 元`, `支出：15笔 200.00元` or
    /// `共20笔记录`; says whether it was such a line.
    mutating func take(_ text: some StringProtocol, line: Int) throws(StatementError) -> Bool {
        let plain = String(text.filter { !$0.isWhitespace && $0 != "#" && $0 != "\"" })
        let place = Place(line: line, column: 1, field: String(plain.prefix(8)))
        let label: WritableKeyPath<CSVTally, Part>
        if plain.hasPrefix("共") {
            label = \.all
        } else if let colon = plain.firstIndex(where: { $0 == ":" || $0 == "：" }) {
            switch plain[..<colon] {
            case "收入", "收入合计": label = \.income
            case "支出", "支出合计": label = \.expense
            case "合计", "总计": label = \.all
            case "不计收支", "其他": return true
            default: return false
            }
        } else {
            return false
        }
        guard let unit = plain.firstIndex(of: "笔") else { return false }
        let count = plain[..<unit].reversed().prefix { ("0"..."9").contains($0) }.reversed()
        guard !count.isEmpty else { throw .badAmount(place, plain) }
        self[keyPath: label].count = (String(count), place)
        let rest = plain[plain.index(after: unit)...].drop { !("0"..."9").contains($0) }
        if let end = rest.firstIndex(of: "元") {
            guard let sum = Money(yuan: rest[..<end]) else {
                throw .badAmount(place, String(rest[..<end]))
            }
            self[keyPath: label].sum = (sum, place)
        }
        return true
    }

    /// Refuses lines that do not come to what is stated.
    ///
    /// - Parameter still: Rows that moved no money; they count in the number of all.
    func check(_ amounts: [Money], still: Int) throws(StatementError) {
        let (ins, outs) = (amounts.filter(\.isPositive), amounts.filter(\.isNegative))
        for (part, count) in [
            (all, amounts.count + still), (income, ins.count), (expense, outs.count),
        ] {
            if let (stated, place) = part.count, Int(stated) != count {
                throw .totalMismatch(place, stated: stated, expected: String(count))
            }
        }
        for (part, amounts) in [(income, ins), (expense, outs)] {
            guard let (stated, place) = part.sum else { continue }
            let sum = amounts.reduce(Int128(0)) { $0 + Int128($1.fen.magnitude) }
            guard sum != Int128(stated.fen) else { continue }
            throw .totalMismatch(
                place, stated: stated.description,
                expected: Int64(exactly: sum).map { Money(fen: $0).description } ?? "\(sum)")
        }
    }
}
