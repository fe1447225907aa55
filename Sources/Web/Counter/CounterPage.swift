import Casework
import Ledger
import Workflow

/// The desk's one screen. Without script the search and the policy are asked by buttons.
struct CounterPage {
    let call: Call
    let edition: Edition
    let matter: Matter?
    /// What is searched for, and what was found; nil while nothing was.
    let words: String
    let found: Found?
    let merchants: [String]
    var entries = FormEntries()
    var preview: PreviewPart?

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let title = parts.say(CounterText.desk)
        return call.page(
            title, section: .desk, at: address,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(CounterText.lead))</p></section>
            <div class="desk">
            <section aria-labelledby="find"><h2 id="find">\(parts.say(CounterText.search))</h2>
            \(search)
            <div id="found">\(found.map { SearchPart(parts: parts, found: $0).markup })</div></section>
            <section aria-labelledby="new"><h2 id="new">\(parts.say(CounterText.newDemand))</h2>
            \(choice)\(form)</section>
            <section aria-labelledby="policy" tabindex="0"><h2 id="policy">\(parts.say(CounterText.preview))</h2>
            <div id="preview">\(preview?.markup ?? "<p class=\"quiet\">\(parts.say(CounterText.previewIdle))</p>")</div></section>
            </div>
            \(KeyHelp(parts: parts).markup)
            """
        ).answer()
    }

    private var address: Link {
        let desk = matter.map { Link.desk.with("matter", $0.code) } ?? .desk
        return words.isEmpty ? desk : desk.with("q", words)
    }

    private var search: HTML {
        let kept: HTML? = matter.map {
            "<input type=\"hidden\" name=\"matter\" value=\"\($0.code)\">"
        }
        return """
            <form class="search" method="get" action="\(Link.desk)" role="search" data-search="\(Link.deskSearch.with(parts.language))">
            <label for="q">\(parts.say(CounterText.searchHint))</label>
            <input id="q" name="q" type="search" maxlength="200" autocomplete="off" spellcheck="false" value="\(words)" data-key="/">
            \(kept)<input type="hidden" name="lang" value="\(parts.language.code)">
            <button>\(parts.say(CounterText.search))</button>
            </form>
            """
    }

    private var choice: HTML {
        let options: [HTML] = edition.matters.map { each in
            let name = parts.say(Phrase(each.chinese, each.english))
            return each.code == matter?.code
                ? "<option value=\"\(each.code)\" selected>\(name)</option>"
                : "<option value=\"\(each.code)\">\(name)</option>"
        }
        let kept: HTML? =
            words.isEmpty ? nil : "<input type=\"hidden\" name=\"q\" value=\"\(words)\">"
        return """
            <form class="search" method="get" action="\(Link.desk)" data-choice>
            <label for="matter">\(parts.say(CounterText.chooseMatter))</label>
            <select id="matter" name="matter" required data-key="n"><option value="">\(parts.word(.chooseOne))</option>\(options)</select>
            \(kept)<input type="hidden" name="lang" value="\(parts.language.code)">
            <button>\(parts.say(CounterText.show))</button>
            </form>
            """
    }

    private var form: HTML? {
        matter.map { matter in
            FilingPage(
                call: call, edition: edition, matter: matter, merchants: merchants,
                entries: entries
            ).form(matter)
        }
    }
}

/// The keys of the desk, shown when they are asked for. What they do is in `amends.js`; each also has a
/// place that can be reached without them.
struct KeyHelp {
    let parts: Parts

    private static let keys: [(key: String, what: Phrase)] = [
        ("?", CounterText.keyHelp), ("/", CounterText.keySearch), ("n", CounterText.keyForm),
        ("p", CounterText.keyPreview), ("q", CounterText.keyQueue), ("Esc", CounterText.keyClose),
    ]

    var markup: HTML {
        let rows: [HTML] = Self.keys.map {
            "<div><dt><kbd>\($0.key)</kbd></dt><dd>\(parts.say($0.what))</dd></div>"
        }
        return """
            <dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">\(parts.say(CounterText.help))</h2>
            <dl class="keys">\(rows)</dl>
            <form method="dialog"><button>\(parts.say(CounterText.close))</button></form></dialog>
            <p class="quiet keys-hint"><button type="button" class="plain" data-opens="keys" hidden>\(parts.say(CounterText.help)) <kbd>?</kbd></button>
            <a class="quiet" href="\(Link.queue.with(parts.language))" data-key="q">\(parts.word(.queue))</a></p>
            """
    }
}
