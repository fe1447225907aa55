import Casework
import Ledger
import Store
import Workflow

/// The knowledge base as pages: found while the caller is on the line, worded by those who answer for it.
enum KnowledgePages {
    static let shown = 30

    static let all: [Route] = [
        PageRoutes.page(
            "/knowledge", "knowledgePage", SupervisionText.knowledge, .action(.readKnowledge),
            query: [words, after]
        ) { call in
            try call.checkHotline()
            let (words, after) = (call.query("q") ?? "", call.query("after") ?? "")
            guard words.count <= 200 else {
                throw Problem.malformedQuery("q", "最多200个字", "has at most 200 characters")
            }
            let today = call.zone.day(at: call.office.now())
            let found = try await call.office.read { transaction in
                words.isEmpty
                    ? try transaction.articles(inForceOn: today, after: after, limit: shown)
                    : try transaction.search(words, inForceOn: today, limit: shown).map(\.article)
            }
            return KnowledgePage(call: call, words: words, articles: found).answer()
        },
        PageRoutes.page(
            "/knowledge/new", "newArticlePage", SupervisionText.write, .action(.writeKnowledge)
        ) { call in
            try call.checkHotline()
            return try await call.articleForm("writeArticle", target: .knowledge).answer()
        },
        PageRoutes.page(
            "/knowledge/{article}", "articlePage", SupervisionText.article, .action(.readKnowledge)
        ) { call in
            let all = try await call.wordings()
            return ArticlePage(call: call, wordings: all).answer()
        },
        PageRoutes.page(
            "/knowledge/{article}/wording", "rewordArticleForm",
            Phrase("修订知识", "Word it anew"), .action(.writeKnowledge)
        ) { call in
            guard let current = try await call.wordings().first else { throw Problem.notFound }
            var form = try await call.articleForm("rewordArticle", target: nil)
            form.entries = FormEntries(of: current)
            return form.answer()
        },
    ]

    private static let words = Route.QueryParameter(
        name: "q", about: SupervisionText.search, schema: ["type": "string"])
    private static let after = Route.QueryParameter(
        name: "after", about: Phrase("上一页最后的标题", "the last title of the page before"),
        schema: ["type": "string"])
}

struct KnowledgePage {
    let call: Call
    let words: String
    let articles: [Article]

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(SupervisionText.knowledge)
        let items: [HTML] = articles.map { article in
            let start = article.body.prefix(120) + (article.body.count > 120 ? "…" : "")
            return """
                <li class="article"><h3><a href="\(Link.page(article.id).with(call.language))">\(article.title)</a></h3>
                <p>\(start)</p><p class="quiet">\(article.clause)</p></li>

                """
        }
        let list: HTML =
            items.isEmpty
            ? "<p class=\"quiet\">\(parts.say(SupervisionText.noArticles))</p>"
            : "<ol class=\"articles\">\(items)</ol>"
        let next: HTML? =
            words.isEmpty && articles.count == KnowledgePages.shown
            ? articles.last.map {
                "<p class=\"pages\"><a href=\"\(Link.knowledge.with("after", $0.title).with(call.language))\">\(parts.say(SupervisionText.more))</a></p>"
            } : nil
        let write: HTML? =
            call.visitor.may(.writeKnowledge)
            ? "<p class=\"offers\"><a class=\"button second\" href=\"\(Link.newArticle.with(call.language))\">\(parts.say(SupervisionText.write))</a></p>"
            : nil
        return call.page(
            title, section: .knowledge, at: .knowledge,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(SupervisionText.knowledgeLead))</p>
            <form class="search" action="\(Link.knowledge)" method="get" role="search"><label for="q">\(parts.say(SupervisionText.search))</label>
            <input id="q" name="q" maxlength="200" value="\(words)"><input type="hidden" name="lang" value="\(call.language.code)"><button>\(parts.say(OrderText.find))</button></form>
            \(write)</section>
            <section>\(list)\(next)</section>
            """
        ).answer()
    }
}

/// An article as it is told to callers now, and every wording it had.
struct ArticlePage {
    let call: Call
    /// The newest first; never empty.
    let wordings: [Article]

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        guard let current = wordings.first else { preconditionFailure("no wording") }
        let earlier: [HTML] = wordings.dropFirst().map { article in
            """
            <details class="ruling"><summary>\(parts.say(SupervisionText.revision)) \(article.revision) · \(article.title)</summary>
            <p class="words">\(article.body)</p>\(terms(article))</details>

            """
        }
        let before: HTML? =
            earlier.isEmpty
            ? nil
            : parts.section(SupervisionText.earlier, "earlier", "\(earlier)")
        let tag: HTML? =
            current.isWithdrawn
            ? "<p><span class=\"tag alert\">\(parts.say(SupervisionText.withdrawn))</span></p>"
            : nil
        return call.page(
            current.title, section: .knowledge, at: .page(current.id),
            """
            <section class="lead"><p class="crumb"><a href="\(Link.knowledge.with(call.language))">\(parts.say(SupervisionText.knowledge))</a></p>
            <h1>\(current.title)</h1>\(tag)</section>
            <section><p class="words">\(current.body)</p>\(terms(current))\(offers(current))</section>
            \(before)
            """
        ).answer()
    }

    private func terms(_ article: Article) -> HTML {
        let until = article.validUntil.map { " – \($0)" } ?? " –"
        return parts.list([
            (OrderFieldNames.labels["clause"] ?? Word.clause.phrase, "\(article.clause)"),
            (OrderFieldNames.labels["owner"] ?? Word.bureau.phrase, "\(owner(article.owner))"),
            (SupervisionText.inForce, "\(article.validFrom.description)\(until)"),
            (
                OrderFieldNames.labels["keywords"] ?? Word.what.phrase,
                article.keywords.isEmpty ? nil : "\(article.keywords.joined(separator: "、"))"
            ),
            (SupervisionText.revision, "\(article.revision)"),
        ])
    }

    private func owner(_ code: String) -> String {
        parts.say(call.hotlineEdition.map { OrderNames($0).bureau(code) } ?? Phrase(code, code))
    }

    /// A bureau words its own articles only.
    private func offers(_ article: Article) -> HTML? {
        let actor = call.actor
        guard call.visitor.may(.writeKnowledge),
            actor.roles != [.bureau] || actor.bureau == article.owner
        else { return nil }
        let home = Link.page(article.id)
        let withdraw: HTML? =
            article.isWithdrawn
            ? nil
            : "<a class=\"button second\" href=\"\(home.below("withdrawal").with(call.language))\">\(parts.say(Phrase("撤下", "Take it back")))</a>"
        return """
            <p class="offers"><a class="button" href="\(home.below("wording").with(call.language))">\(parts.say(Phrase("修订", "Word it anew")))</a>
            \(withdraw)</p>
            """
    }
}

extension Call {
    /// The newest first.
    fileprivate func wordings() async throws -> [Article] {
        try checkHotline()
        let id = ID<Article>(part("article"))
        let all = try await office.read { try $0.revisions(of: id) }
        guard !all.isEmpty else { throw WorkflowError.noSuchArticle(id.text) }
        return all.reversed()
    }

    fileprivate func articleForm(_ route: String, target: Link?) async throws -> CommandPage {
        guard let command = KnowledgeRoutes.all.first(where: { $0.id == route }) else {
            preconditionFailure("the API words articles")
        }
        return CommandPage(
            command: command, call: self, context: try await formContext(of: command),
            target: target)
    }
}

extension FormEntries {
    /// An article as its form would have sent it.
    fileprivate init(of article: Article) {
        self.init()
        let single = [
            ("title", article.title), ("body", article.body), ("clause", article.clause),
            ("owner", article.owner), ("valid_from", article.validFrom.description),
            ("valid_until", article.validUntil?.description ?? ""),
        ]
        for (name, value) in single { add(name, value) }
        for word in article.keywords { add("keywords", word) }
        for subject in article.subjects { add("subjects", subject) }
    }
}
