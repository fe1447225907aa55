/// A drawing of figures over time or beside each other, made on the server, with the table behind it.
///
/// SVG by attributes and classes alone: the pages allow no style of their own. What cannot see the drawing
/// reads the table.
struct Diagram {
    enum Kind { case bars, lines }

    struct Series {
        let name: Phrase
        /// As many as the chart has labels; nil where there is no data.
        let points: [Point?]
    }

    struct Point {
        /// Drawn from zero up; never negative.
        let value: Int64
        /// As people read it, with its unit.
        let text: String
    }

    let title: Phrase
    let kind: Kind
    /// Along the bottom.
    let labels: [String]
    /// One to four; each has a colour and a shape of its own.
    let series: [Series]
    /// The top of the drawing; nil: the largest value.
    var top: Int64?

    private static let (width, height, left, bottom) = (720, 240, 8, 28)

    func markup(_ parts: Parts) -> HTML {
        let drawn: [HTML] = series.enumerated().map { place, each in
            kind == .bars ? bars(each, place) : line(each, place)
        }
        let legend: [HTML] = series.enumerated().map { place, each in
            "<li class=\"series-\(place)\"><span aria-hidden=\"true\">\(Self.signs[place % 4])</span> \(parts.say(each.name))</li>"
        }
        let list: HTML = series.count > 1 ? "<ul class=\"legend\">\(legend)</ul>" : .empty
        return """
            <figure class="chart"><figcaption>\(parts.say(title))</figcaption>
            <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(parts.say(title))">
            <line class="axis" x1="\(Self.left)" y1="\(ground)" x2="\(Self.width)" y2="\(ground)"/>
            \(drawn)\(axis)
            </svg>
            \(list)
            <details><summary>\(parts.say(Phrase("数据表", "The table behind it")))</summary>\(table(parts))</details></figure>

            """
    }

    private static let signs = ["●", "▲", "■", "◆"]
    private var ground: Int { Self.height - Self.bottom }
    private var highest: Int64 {
        max(1, top ?? series.flatMap(\.points).compactMap { $0?.value }.max() ?? 1)
    }
    private var step: Int { max(1, (Self.width - Self.left) / max(1, labels.count)) }

    private func y(_ value: Int64) -> Int {
        let room = Int64(ground - 24)
        // Fen of a year times the height still fit by far.
        return ground - Int(min(value, highest) * room / highest)
    }

    private func middle(_ index: Int) -> Int { Self.left + step * index + step / 2 }

    private func bars(_ series: Series, _ place: Int) -> HTML {
        let whole = max(2, step * 3 / 4)
        let width = max(1, whole / self.series.count)
        let drawn: [HTML] = zip(labels, series.points).enumerated().compactMap { index, pair in
            guard let point = pair.1 else { return nil }
            let x = middle(index) - whole / 2 + width * place
            let top = y(point.value)
            return
                "<rect class=\"series-\(place)\" x=\"\(x)\" y=\"\(top)\" width=\"\(max(1, width - 1))\" height=\"\(ground - top)\"><title>\(pair.0): \(point.text)</title></rect>\n"
        }
        return "\(drawn)"
    }

    /// Where there is no data the line breaks.
    private func line(_ series: Series, _ place: Int) -> HTML {
        var runs: [[(Int, Int)]] = [[]]
        var dots: [HTML] = []
        for (index, point) in series.points.enumerated() {
            guard let point, labels.indices.contains(index) else {
                runs.append([])
                continue
            }
            let (x, y) = (middle(index), y(point.value))
            runs[runs.count - 1].append((x, y))
            dots.append(
                "<circle class=\"series-\(place)\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\"><title>\(labels[index]): \(point.text)</title></circle>\n"
            )
        }
        let lines: [HTML] = runs.filter { $0.count > 1 }.map { run in
            let points = run.map { "\($0.0),\($0.1)" }.joined(separator: " ")
            return "<polyline class=\"series-\(place)\" points=\"\(points)\"/>\n"
        }
        return "\(lines)\(dots)"
    }

    /// As many labels as there is room for, and the largest value at the top.
    private var axis: HTML {
        let every = max(1, (labels.count + 11) / 12)
        let names: [HTML] = labels.enumerated().filter { $0.offset % every == 0 }.map {
            "<text x=\"\(middle($0.offset))\" y=\"\(Self.height - 8)\" text-anchor=\"middle\">\($0.element)</text>\n"
        }
        let largest = series.flatMap(\.points).compactMap { $0 }.max { $0.value < $1.value }
        let mark: HTML? = largest.map {
            "<text x=\"\(Self.left)\" y=\"14\">\($0.text)</text>"
        }
        return "\(names)\(mark)"
    }

    private func table(_ parts: Parts) -> HTML {
        let heads: [HTML] = series.map {
            "<th scope=\"col\" class=\"number\">\(parts.say($0.name))</th>"
        }
        let rows: [HTML] = labels.enumerated().map { index, label in
            let cells: [HTML] = series.map { each in
                let point = each.points.indices.contains(index) ? each.points[index] : nil
                return "<td class=\"number\">\(point?.text ?? "–")</td>"
            }
            return "<tr><th scope=\"row\">\(label)</th>\(cells)</tr>\n"
        }
        return """
            <div class="scroll" role="group" aria-label="\(parts.say(title))" tabindex="0"><table><thead><tr><th scope="col"></th>\(heads)</tr></thead><tbody>
            \(rows)</tbody></table></div>
            """
    }
}
