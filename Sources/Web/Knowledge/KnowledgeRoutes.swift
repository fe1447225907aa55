import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// What agents may tell callers: searched while they type, worded by those who answer for it.
enum KnowledgeRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/knowledge", id: "searchKnowledge",
            summary: Phrase(
                "按来电人的话查找知识，仅在有效期内的", "Find articles in force by the caller's words"),
            access: .action(.readKnowledge),
            query: [
                .init(
                    name: "q", about: Phrase("任意字词；缺省则按标题列出", "any words; by title when left out"),
                    schema: ["type": "string", "maxLength": 200]),
                .init(
                    name: "after",
                    about: Phrase("按标题列出时，上一页最后的标题", "the last title of the page before"),
                    schema: ["type": "string"]),
                .init(
                    name: "limit", about: Phrase("条数", "how many"),
                    schema: ["type": "integer", "minimum": 1, "maximum": 50]),
            ],
            success: .view(200, ArticleListView.self)
        ) { call in
            let (words, after) = (call.query("q") ?? "", call.query("after") ?? "")
            guard words.count <= 200 else {
                throw Problem.malformedQuery("q", "最多200个字", "has at most 200 characters")
            }
            let limit = Int(try call.queryNumber("limit", in: 1...50) ?? 10)
            let today = call.zone.day(at: call.office.now())
            let found = try await call.office.read { transaction in
                words.isEmpty
                    ? try transaction.articles(inForceOn: today, after: after, limit: limit)
                    : try transaction.search(words, inForceOn: today, limit: limit).map(\.article)
            }
            return Answer(ArticleListView(articles: found.map { ArticleView($0) }))
        },
        Route(
            method: .get, path: "/api/v1/knowledge/{article}", id: "showArticle",
            summary: Phrase("一条知识及其全部文本", "An article and every wording it had"),
            access: .action(.readKnowledge), success: .view(200, ArticleHistoryView.self)
        ) { call in
            let id = ID<Article>(call.part("article"))
            let all = try await call.office.read { try $0.revisions(of: id) }
            guard let current = all.last else {
                throw Problem(WorkflowError.noSuchArticle(id.text))
            }
            return Answer(
                ArticleHistoryView(
                    article: ArticleView(current),
                    earlier: all.dropLast().reversed().map { ArticleView($0) }))
        },
        write("/api/v1/knowledge", "writeArticle", Phrase("新增知识", "Word a new article")) { _ in nil
        },
        write(
            "/api/v1/knowledge/{article}/wording", "rewordArticle",
            Phrase("修订知识；原文本保留", "Word an article anew; what it said before is kept")
        ) { ID($0.part("article")) },
        Route(
            method: .post, path: "/api/v1/knowledge/{article}/withdrawal", id: "withdrawArticle",
            summary: Phrase("撤下知识；文本保留", "Take an article back; its wordings are kept"),
            access: .action(.writeKnowledge), body: .form(EmptyForm.self),
            success: .view(200, ArticleView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let id = ID<Article>(call.part("article"))
            let (_, bytes) = try await call.form(EmptyForm.self)
            return try await call.once(bytes) { work in
                Effect(200, ArticleView(try work.withdrawArticle(id, by: call.actor)))
            }
        },
    ]

    private static func write(
        _ path: String, _ id: String, _ summary: Phrase,
        _ which: @escaping @Sendable (Call) -> ID<Article>?
    ) -> Route {
        Route(
            method: .post, path: path, id: id, summary: summary,
            access: .action(.writeKnowledge), body: .form(ArticleForm.self),
            success: .view(201, ArticleView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let article = which(call)
            let (form, bytes) = try await call.form(ArticleForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    201,
                    ArticleView(try work.writeArticle(form.draft, as: article, by: call.actor)))
            }
        }
    }
}

struct ArticleForm: Form {
    let draft: ArticleDraft

    init(_ fields: Fields) {
        let title = fields.text("title", upTo: 200, Phrase("标题", "what it is about"))
        let body = fields.text("body", upTo: 20_000, Phrase("答复内容", "what the caller is told"))
        let clause = fields.text("clause", upTo: 400, Phrase("依据条款", "what it rests on"))
        let keywords = fields.textsIfPresent("keywords", upTo: 50, Phrase("关键词", "other words"))
        let subjects = fields.textsIfPresent(
            "subjects", upTo: 50, Phrase("适用的类型或分类", "kinds or categories it is for"))
        let owner = fields.text("owner", upTo: 64, Phrase("负责单位", "the bureau that answers for it"))
        let from = fields.day("valid_from", Phrase("生效日", "its first day"))
        let until = fields.dayIfPresent("valid_until", Phrase("最后有效日", "its last day"))
        draft = ArticleDraft(
            title: title, body: body, clause: clause, keywords: keywords ?? [],
            subjects: subjects ?? [], owner: owner, validFrom: from, validUntil: until)
    }
}

struct ArticleView: Codable, Sendable {
    let id: String
    let revision: Int
    let title: String
    let body: String
    let clause: String
    let keywords: [String]
    let subjects: [String]
    let owner: String
    let validFrom: Day
    let validUntil: Day?
    let isWithdrawn: Bool

    init(_ article: Article) {
        id = article.id.text
        revision = article.revision
        title = article.title
        body = article.body
        clause = article.clause
        keywords = article.keywords
        subjects = article.subjects
        owner = article.owner
        validFrom = article.validFrom
        validUntil = article.validUntil
        isWithdrawn = article.isWithdrawn
    }
}

struct ArticleListView: Codable, Sendable {
    /// The best first.
    let articles: [ArticleView]
}

struct ArticleHistoryView: Codable, Sendable {
    let article: ArticleView
    /// The newest first.
    let earlier: [ArticleView]
}
