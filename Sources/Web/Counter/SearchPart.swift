import Casework
import Ledger
import Store

/// What a search at the desk found.
struct Found: Sendable {
    let words: String
    var merchants: [MerchantView] = []
    var cases: [(by: FoundCase.Likeness, view: CaseRowView)] = []
    var articles: [Article] = []
}

struct SearchPart {
    /// How many of each are shown.
    static let cases = 12
    static let merchants = 6
    static let articles = 5
    /// An article longer than this is cut; it stands whole on its own page.
    private static let body_characters = 220

    let parts: Parts
    let found: Found

    var markup: HTML {
        guard !found.cases.isEmpty || !found.merchants.isEmpty || !found.articles.isEmpty else {
            return found.words.isEmpty
                ? .empty : "<p class=\"quiet\">\(parts.say(CounterText.nothing))</p>"
        }
        return "\(cases)\(merchants)\(articles)"
    }

    private var cases: HTML? {
        guard !found.cases.isEmpty else { return nil }
        let items: [HTML] = found.cases.map { by, view in
            """
            <li>\(parts.caseLink(view.number)) \(parts.stage(view.stage, isOpen: view.isOpen)) \(view.merchantName)
            <span class="under">\(parts.say(CounterText.name(of: by))) · \(parts.yuan(view.claimedFen)) · \(parts.time(view.filedAt))</span></li>

            """
        }
        return "<h3>\(parts.say(CounterText.earlier))</h3><ul class=\"found\">\(items)</ul>"
    }

    private var merchants: HTML? {
        guard !found.merchants.isEmpty else { return nil }
        let items: [HTML] = found.merchants.map { merchant in
            let standing = Standing(rawValue: merchant.standing).map {
                parts.say(Names.standing($0))
            }
            return
                "<li>\(merchant.name) <span class=\"tag\">\(standing ?? merchant.standing)</span></li>\n"
        }
        return "<h3>\(parts.say(CounterText.merchants))</h3><ul class=\"found\">\(items)</ul>"
    }

    private var articles: HTML? {
        guard !found.articles.isEmpty else { return nil }
        let items: [HTML] = found.articles.map { article in
            let isCut = article.body.count > Self.body_characters
            let body = article.body.prefix(Self.body_characters) + (isCut ? "…" : "")
            return """
                <li><strong>\(article.title)</strong><p>\(body)</p><p class="quiet">\(article.clause)</p></li>

                """
        }
        return "<h3>\(parts.say(CounterText.knowledge))</h3><ul class=\"found\">\(items)</ul>"
    }
}
