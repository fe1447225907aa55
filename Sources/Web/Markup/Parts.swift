import Casework
import Ledger

/// The pieces pages are built of, in one language.
struct Parts {
    let language: Language

    func word(_ word: Word) -> String { word.phrase[language] }
    func say(_ phrase: Phrase) -> String { phrase[language] }

    /// What an edition calls something, or why it ruled so: where that is not written in the reader's
    /// language, in English, which is marked as such.
    func told(_ phrase: Phrase) -> HTML {
        phrase.isSaid(in: language)
            ? "\(say(phrase))" : "<span lang=\"en\">\(say(phrase))</span>"
    }

    /// The same where no element can stand: an attribute of the option or button around it.
    func tongue(of phrase: Phrase) -> HTML {
        phrase.isSaid(in: language) ? .empty : " lang=\"en\""
    }

    /// An amount of yuan with its sign of currency.
    func yuan(_ amount: Money) -> HTML {
        "<span class=\"amount\"><span class=\"sign\">¥</span>\(amount.yuan)</span>"
    }

    /// `2025-03-08T09:30:00+08:00` as `2025-03-08 09:30`; the whole of it stays for machines.
    func time(_ timestamp: Timestamp) -> HTML {
        let text = timestamp.text
        return
            "<time datetime=\"\(text)\">\(text.prefix(10)) \(text.dropFirst(11).prefix(5))</time>"
    }

    func day(_ day: Day) -> HTML {
        "<time datetime=\"\(day.description)\">\(day.description)</time>"
    }

    /// A list of terms; those without content are left out.
    func terms(_ entries: [(Word, HTML?)]) -> HTML {
        let rows: [HTML] = entries.compactMap { name, value in
            value.map { "<div><dt>\(word(name))</dt><dd>\($0)</dd></div>" }
        }
        return "<dl class=\"terms\">\(rows)</dl>"
    }

    /// The same for names that are no words of the catalogue.
    func list(_ entries: [(Phrase, HTML?)]) -> HTML {
        let rows: [HTML] = entries.compactMap { name, value in
            value.map { "<div><dt>\(say(name))</dt><dd>\($0)</dd></div>" }
        }
        return "<dl class=\"terms\">\(rows)</dl>"
    }

    /// A table whose cells name their column on narrow screens.
    func table(_ columns: [Column], _ rows: [[HTML]], label: String) -> HTML {
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

    struct Column {
        let name: Phrase
        var isNumber = false

        static func text(_ word: Word) -> Column { Column(name: word.phrase) }
        static func number(_ word: Word) -> Column { Column(name: word.phrase, isNumber: true) }
        /// A name that is no word of the catalogue.
        static func said(_ name: Phrase) -> Column { Column(name: name) }
        static func counted(_ name: Phrase) -> Column { Column(name: name, isNumber: true) }
    }

    /// How a clock stands, in a word and a shape besides the colour.
    enum Pace { case inTime, soon, late, still }

    func pace(_ pace: Pace, _ text: String) -> HTML {
        switch pace {
        case .inTime:
            "<span class=\"pace in-time\"><span aria-hidden=\"true\">●</span> \(text)</span>"
        case .soon: "<span class=\"pace soon\"><span aria-hidden=\"true\">▲</span> \(text)</span>"
        case .late: "<span class=\"pace late\"><span aria-hidden=\"true\">◆</span> \(text)</span>"
        case .still: "<span class=\"pace still\"><span aria-hidden=\"true\">○</span> \(text)</span>"
        }
    }

    /// - Parameter wholeMs: The limit's whole length; under a fifth of it left is soon.
    func pace(leftMs: Int64, of wholeMs: Int64) -> HTML {
        let span = say(spanText(leftMs))
        if leftMs < 0 { return pace(.late, "\(word(.late)) \(span)") }
        return leftMs < wholeMs / 5
            ? pace(.soon, "\(word(.soon)) · \(word(.left)) \(span)")
            : pace(.inTime, "\(word(.left)) \(span)")
    }

    /// The same of a running clock: the script counts on to `due`, see `ticking`.
    func pace(leftMs: Int64, of wholeMs: Int64, due: Timestamp, in element: Ticking = .pace) -> HTML
    {
        let span = say(spanText(leftMs))
        let isSoon = leftMs < wholeMs / 5
        let (name, mark) = leftMs < 0 ? ("late", "◆") : isSoon ? ("soon", "▲") : ("in-time", "●")
        let text =
            leftMs < 0
            ? "\(word(.late)) \(span)"
            : (isSoon ? "\(word(.soon)) · " : "") + "\(word(.left)) \(span)"
        return
            "<span class=\"\(element.rawValue) \(name)\" data-due=\"\(due.text)\" data-whole=\"\(max(0, wholeMs))\"><span aria-hidden=\"true\">\(mark)</span> \(text)</span>"
    }

    enum Ticking: String { case pace, countdown }

    /// What the script needs to let the clocks of a page go on: the office's time and the words.
    func ticking(from now: Timestamp) -> HTML {
        let units = language == .chinese ? "天,小时,分钟,秒" : " d, h, min, s"
        return
            "data-now=\"\(now.text)\" data-late=\"\(word(.late))\" data-soon=\"\(word(.soon))\" data-left=\"\(word(.left))\" data-units=\"\(units)\" data-join=\"\(language == .chinese ? "" : " ")\""
    }

    func stage(_ name: String, isOpen: Bool) -> HTML {
        "<span class=\"stage \(isOpen ? "open" : "done")\">\(say(Names.stage(name)))</span>"
    }

    func caseLink(_ number: String) -> HTML {
        "<a class=\"case-number\" href=\"\(Link.page(ID<Case>(number)).with(language))\">\(number)</a>"
    }

    /// Says that a list was cut; nothing when it is whole.
    func cut(_ count: Int, at limit: Int) -> HTML? {
        guard count >= limit else { return nil }
        let text = Phrase(
            "只列出前\(limit)项，其余请按编号或通过接口查找。",
            "Only the first \(limit) are listed; find the others by number or through the API.")
        return "<p class=\"quiet\">\(say(text))</p>"
    }

    /// A section with its heading; `id` is its anchor.
    func section(_ title: Word, _ id: String, lead: Word? = nil, _ content: HTML) -> HTML {
        section(title.phrase, id, lead: lead?.phrase, content)
    }

    func section(_ title: Phrase, _ id: String, lead: Phrase? = nil, _ content: HTML) -> HTML {
        let lead: HTML? = lead.map { "<p class=\"quiet\">\(say($0))</p>\n" }
        return """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(say(title))</h2>
            \(lead)\(content)
            </section>

            """
    }

    func search() -> HTML {
        """
        <form class="search" action="/cases" method="get" role="search">
        <label for="number">\(word(.caseNumber))</label>
        <input id="number" name="number" required maxlength="40" autocomplete="off" spellcheck="false" placeholder="SY-24-0001234-7">
        <input type="hidden" name="lang" value="\(language.code)">
        <button>\(word(.openCase))</button>
        </form>
        """
    }
}
