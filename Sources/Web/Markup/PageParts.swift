import Ledger

extension Parts {
    /// A table, or a sentence that says what to do where there is nothing to list.
    func table(
        _ columns: [Column], _ rows: [[HTML]], label: String, empty: Phrase
    ) -> HTML {
        rows.isEmpty
            ? "<p class=\"quiet\">\(say(empty))</p>" : table(columns, rows, label: label)
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

extension Parts.Column {
    static func text(_ zh: String, _ en: String) -> Self { .said(Phrase(zh, en)) }
    static func number(_ zh: String, _ en: String) -> Self {
        Self(name: Phrase(zh, en), isNumber: true)
    }
}
