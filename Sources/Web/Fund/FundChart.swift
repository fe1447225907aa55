import Ledger

/// Amounts by day as a drawing, with the table it was drawn from.
///
/// Looks come from the style sheet alone, by class: nothing in the page is styled by itself.
struct FundChart {
    enum Form { case lines, bars }

    struct Series {
        let name: Phrase
        /// One a day.
        let amounts: [Money]
    }

    let title: Phrase
    let form: Form
    /// From the oldest on.
    let days: [Day]
    /// At most three, which the style sheet tells apart.
    let series: [Series]

    func markup(_ parts: Parts) -> HTML {
        let scale = ChartScale(series.flatMap(\.amounts))
        let legend: [HTML] = series.enumerated().map { index, each in
            "<li><svg viewBox=\"0 0 30 6\" aria-hidden=\"true\"><path class=\"series-\(index)\" d=\"M0 3 H30\"/></svg>\(parts.say(each.name))</li>"
        }
        return """
            <figure class="fund-chart"><figcaption>\(parts.say(title))</figcaption>
            <svg viewBox="0 0 400 200" role="img" aria-label="\(parts.say(title))">
            \(axes(scale, parts))\(form == .lines ? lines(scale, parts) : bars(scale, parts))
            </svg>
            <ul class="legend">\(legend)</ul>
            <details><summary>\(parts.say(Phrase("看数字", "The figures")))</summary>\(table(parts))</details>
            </figure>

            """
    }

    // MARK: Drawing

    private static let (left, right, top, bottom) = (52, 392, 8, 176)

    private func x(_ index: Int) -> Int {
        guard days.count > 1 else { return (Self.left + Self.right) / 2 }
        let inset = form == .bars ? 14 : 6
        let span = Self.right - Self.left - 2 * inset
        return Self.left + inset + span * index / (days.count - 1)
    }

    private func y(_ amount: Money, _ scale: ChartScale) -> Int {
        let height = Int128(Self.bottom - Self.top)
        return Self.bottom
            - Int(clamping: (Int128(amount.fen) - scale.low) * height / scale.height)
    }

    private func axes(_ scale: ChartScale, _ parts: Parts) -> HTML {
        let marks: [HTML] = scale.marks.map { amount in
            let at = y(amount, scale)
            return """
                <path class="axis\(amount == .zero ? " zero" : "")" d="M\(Self.left) \(at) H\(Self.right)"/><text x="\(Self.left - 5)" y="\(at + 4)" text-anchor="end">\(parts.say(Self.brief(amount)))</text>

                """
        }
        let shown = days.indices.filter { $0 % max(1, days.count / 4) == 0 }
        let dates: [HTML] = shown.map { index in
            "<text x=\"\(x(index))\" y=\"194\" text-anchor=\"middle\">\(days[index].description.dropFirst(5))</text>\n"
        }
        return "\(marks)\(dates)"
    }

    private func lines(_ scale: ChartScale, _ parts: Parts) -> HTML {
        let drawn: [HTML] = series.enumerated().map { index, each in
            let points = each.amounts.enumerated().map { (x($0.offset), y($0.element, scale)) }
            let path = points.enumerated().map {
                ($0.offset == 0 ? "M" : "L") + "\($0.element.0) \($0.element.1)"
            }
            .joined(separator: " ")
            let dots: [HTML] = zip(points, each.amounts).enumerated().map { place, point in
                "<circle class=\"series-\(index)\" cx=\"\(point.0.0)\" cy=\"\(point.0.1)\" r=\"2.5\"><title>\(days[place].description) \(parts.say(each.name)) ¥\(point.1.yuan)</title></circle>"
            }
            return "<path class=\"series-\(index)\" d=\"\(path)\"/>\(dots)\n"
        }
        return "\(drawn)"
    }

    private func bars(_ scale: ChartScale, _ parts: Parts) -> HTML {
        guard let amounts = series.first?.amounts else { return .empty }
        let width = max(4, (Self.right - Self.left) / max(1, amounts.count) - 8)
        let zero = y(.zero, scale)
        let drawn: [HTML] = amounts.enumerated().map { index, amount in
            let at = y(amount, scale)
            let (first, last) = (min(at, zero), max(at, zero))
            return
                "<rect class=\"\(amount.isNegative ? "below" : "above")\" x=\"\(x(index) - width / 2)\" y=\"\(first)\" width=\"\(width)\" height=\"\(max(1, last - first))\"><title>\(days[index].description) ¥\(amount.yuan)</title></rect>\n"
        }
        return "\(drawn)"
    }

    /// Short enough for an axis: 1.5万, 15k.
    private static func brief(_ amount: Money) -> Phrase {
        let yuan = amount.fen / 100
        func tenths(_ unit: Int64) -> String {
            let tenths = yuan * 10 / unit
            let sign = tenths < 0 ? "−" : ""
            let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
            return sign + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
        }
        switch abs(yuan) {
        case 100_000_000...: return Phrase(tenths(100_000_000) + "亿", tenths(1_000_000) + "M")
        case 1_000_000...: return Phrase(tenths(10_000) + "万", tenths(1_000_000) + "M")
        case 10_000...: return Phrase(tenths(10_000) + "万", tenths(1_000) + "k")
        default: return Phrase(tenths(1), tenths(1))
        }
    }

    private func table(_ parts: Parts) -> HTML {
        let heads =
            [Parts.Column.text("日期", "Day")]
            + series.map { Parts.Column(name: $0.name, isNumber: true) }
        let rows: [[HTML]] = days.indices.map { index in
            let cells: [HTML] = series.map { parts.yuan($0.amounts[index]) }
            return [parts.day(days[index])] + cells
        }
        return parts.table(heads, rows, label: parts.say(title))
    }
}

/// What an axis reaches over: whole steps of 1, 2 or 5 tens, with zero among them.
struct ChartScale {
    /// In fen.
    let low: Int128
    let high: Int128
    let step: Int128

    /// More than zero.
    var height: Int128 { high - low }

    /// From the lowest up; at most seven.
    var marks: [Money] {
        stride(from: low, through: high, by: Int128.Stride(step)).map {
            Money(fen: Int64(clamping: $0))
        }
    }

    private static let steps = 4

    init(_ amounts: [Money]) {
        let least = min(0, Int128(amounts.map(\.fen).min() ?? 0))
        let most = max(0, Int128(amounts.map(\.fen).max() ?? 0))
        let wanted = max(100, (most - least) / Int128(Self.steps))
        var unit: Int128 = 100
        while unit * 10 <= wanted { unit *= 10 }
        step = [1, 2, 5, 10].map { unit * $0 }.first { $0 >= wanted } ?? unit * 10
        low = least == 0 ? 0 : -((-least + step - 1) / step) * step
        high = max(step, (most + step - 1) / step * step)
    }
}
