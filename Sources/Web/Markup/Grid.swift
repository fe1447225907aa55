import Ledger

extension Parts {
    /// A column whose name only its own page uses.
    struct Head {
        let name: Phrase
        var isNumber = false

        static func text(_ zh: String, _ en: String) -> Head { Head(name: Phrase(zh, en)) }
        static func number(_ zh: String, _ en: String) -> Head {
            Head(name: Phrase(zh, en), isNumber: true)
        }
    }

    /// A table whose cells name their column on narrow screens.
    func grid(_ columns: [Head], _ rows: [[HTML]], label: String) -> HTML {
        let heads: [HTML] = columns.map {
            $0.isNumber
                ? "<th scope=\"col\" class=\"number\">\(say($0.name))</th>"
                : "<th scope=\"col\">\(say($0.name))</th>"
        }
        let body: [HTML] = rows.map { row in
            let cells: [HTML] = zip(columns, row).map { column, cell in
                column.isNumber
                    ? "<td class=\"number\" data-label=\"\(say(column.name))\"><div>\(cell)</div></td>"
                    : "<td data-label=\"\(say(column.name))\"><div>\(cell)</div></td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <div class="scroll" role="group" aria-label="\(label)" tabindex="0"><table class="cards">
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(body)</tbody></table></div>
            """
    }

    /// The same, or a sentence that says what to do where there is nothing to list.
    func grid(
        _ columns: [Head], _ rows: [[HTML]], label: String, empty: Phrase
    ) -> HTML {
        rows.isEmpty
            ? "<p class=\"quiet\">\(say(empty))</p>" : grid(columns, rows, label: label)
    }

    func part(_ title: Phrase, _ id: String, lead: Phrase? = nil, _ content: HTML) -> HTML {
        let lead: HTML? = lead.map { "<p class=\"quiet\">\(say($0))</p>\n" }
        return """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(say(title))</h2>
            \(lead)\(content)
            </section>

            """
    }

    func crumb(_ link: Link, _ name: Phrase) -> HTML {
        "<p class=\"crumb\"><a href=\"\(link.with(language))\">\(say(name))</a></p>"
    }

    func link(_ link: Link, _ text: String) -> HTML {
        "<a href=\"\(link.with(language))\">\(text)</a>"
    }

    func button(_ link: Link, _ name: Phrase, isFirst: Bool = true) -> HTML {
        "<a class=\"\(isFirst ? "button" : "button second")\" href=\"\(link.with(language))\">\(say(name))</a>\n"
    }

    /// What can be done here, as buttons; nothing where there is nothing to do.
    func offers(_ buttons: [HTML]) -> HTML? {
        buttons.isEmpty
            ? nil
            : "<section class=\"offers\"><h2>\(word(.actions))</h2><p>\(buttons)</p></section>"
    }

    /// A signed amount: what went out is marked by more than its sign.
    func flow(_ amount: Money) -> HTML {
        amount.isNegative
            ? "<span class=\"flow-out\">−\(yuan(amount.negated))</span>"
            : "<span class=\"flow-in\">+\(yuan(amount))</span>"
    }
}
