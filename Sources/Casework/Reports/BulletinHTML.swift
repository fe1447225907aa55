extension Bulletin {
    /// The inside of a page: an `article` without script or style of its own, every text escaped.
    ///
    /// Headings begin at `h1`; tables have captions, `th` with `scope`, and classes for the style sheet:
    /// `bulletin`, `number`, `total`, `note`, `definitions`. Each section may begin a printed page.
    package func html(_ language: ReportLanguage) -> String {
        var html = Page()
        html.line("<article class=\"bulletin\" lang=\"\(language.rawValue)\">")
        html.line("<header>")
        html.element("h1", language.text(title))
        let (first, last) = period.days
        let days: Markup =
            "<time datetime=\"\(first)\">\(first)</time> – <time datetime=\"\(last)\">\(last)</time>"
        html.line("<p class=\"period\">\(days)</p>")
        html.element(
            "p", language.text(Words("制表日期：\(drawnUp)", "Drawn up on \(drawnUp)")),
            class: "drawn-up")
        html.line("</header>")
        for section in sections { section.write(to: &html, language) }
        writeDefinitions(to: &html, language)
        html.line("</article>")
        return html.text
    }

    private func writeDefinitions(to html: inout Page, _ language: ReportLanguage) {
        html.line("<section class=\"definitions\" id=\"definitions\">")
        html.element("h2", language.text(Words("指标定义", "Definitions")))
        html.line("<dl>")
        for measure in definitions {
            html.line("<dt id=\"measure-\(measure.code)\">\(language.text(measure.name))</dt>")
            let other = Words("（“其他”\(measure.population.words.chinese)）", "")
            html.element("dd", language.text(measure.definition) + language.text(other))
        }
        html.line("</dl>")
        html.line("</section>")
    }
}

extension Bulletin.Section {
    fileprivate func write(to html: inout Page, _ language: ReportLanguage) {
        html.line("<section id=\"\(code)\">")
        html.element("h2", language.text(title))
        for paragraph in paragraphs { html.element("p", language.text(paragraph)) }
        for table in tables { table.write(to: &html, language) }
        html.line("</section>")
    }
}

extension Bulletin.Table {
    fileprivate func write(to html: inout Page, _ language: ReportLanguage) {
        html.line("<table id=\"table-\(code)\">")
        html.element("caption", language.text(title))
        html.line("<thead>")
        html.line("<tr><td></td>")
        for column in columns {
            let unit = column.unit.map { language.text($0.name) } ?? ""
            let title = language.text(column.title) + (unit.isEmpty ? "" : " (\(unit))")
            html.line("<th scope=\"col\">\(title)</th>")
        }
        html.line("</tr>")
        html.line("</thead>")
        html.line("<tbody>")
        for row in rows {
            html.line(row.code == "total" ? "<tr class=\"total\">" : "<tr>")
            html.line("<th scope=\"row\">\(language.text(row.name))</th>")
            for value in row.values {
                html.element(
                    "td", language.text(value.text), class: value.isNumber ? "number" : "word")
            }
            html.line("</tr>")
        }
        html.line("</tbody>")
        html.line("</table>")
        for note in notes { html.element("p", language.text(note), class: "note") }
    }
}

/// Markup in the making. Literals are markup; whatever is interpolated is escaped.
private struct Page {
    private(set) var text = ""

    mutating func line(_ markup: Markup) { text += markup.text + "\n" }

    mutating func element(_ name: StaticString, _ value: String) {
        text += "<\(name)>" + Markup.escaped(value) + "</\(name)>\n"
    }

    mutating func element(_ name: StaticString, _ value: String, class word: StaticString) {
        text += "<\(name) class=\"\(word)\">" + Markup.escaped(value) + "</\(name)>\n"
    }
}

private struct Markup: ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral value: String) { text = value }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += escaped("\(value)")
        }
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
