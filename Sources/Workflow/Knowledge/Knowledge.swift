package import Casework
package import Ledger
import Store

/// What an article is to say.
package struct ArticleDraft: Hashable, Sendable {
    package let title: String
    package let body: String
    package let clause: String
    package let keywords: [String]
    package let subjects: [String]
    package let owner: String
    package let validFrom: Day
    package let validUntil: Day?

    package init(
        title: String, body: String, clause: String, keywords: [String] = [],
        subjects: [String] = [], owner: String, validFrom: Day, validUntil: Day? = nil
    ) {
        self.title = title
        self.body = body
        self.clause = clause
        self.keywords = keywords
        self.subjects = subjects
        self.owner = owner
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}

/// The knowledge base: whoever answers for an article words it, and every wording is kept.
extension Work {
    /// - Parameter id: Nil for a new article.
    package func writeArticle(
        _ draft: ArticleDraft, as id: ID<Article>? = nil, by actor: Actor
    ) throws -> Article {
        try permit(.writeKnowledge, actor)
        let problems = problems(in: draft)
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        let before = try id.map { try known($0, by: actor) }
        try checkOwner(draft.owner, actor)
        let article = Article(
            id: try before?.id ?? ID("K\(transaction.next("article"))"),
            revision: (before?.revision ?? 0) + 1, title: draft.title, body: draft.body,
            clause: draft.clause, keywords: draft.keywords, subjects: draft.subjects,
            owner: draft.owner, validFrom: draft.validFrom, validUntil: draft.validUntil)
        try transaction.write(article, by: actor.name, at: now)
        return article
    }

    /// Takes an article back; its wordings stay on record.
    package func withdrawArticle(_ id: ID<Article>, by actor: Actor) throws -> Article {
        try permit(.writeKnowledge, actor)
        let before = try known(id, by: actor)
        guard !before.isWithdrawn else { return before }
        let gone = Article(
            id: id, revision: before.revision + 1, title: before.title, body: before.body,
            clause: before.clause, keywords: before.keywords, subjects: before.subjects,
            owner: before.owner, validFrom: before.validFrom, validUntil: before.validUntil,
            isWithdrawn: true)
        try transaction.write(gone, by: actor.name, at: now)
        return gone
    }

    private func known(_ id: ID<Article>, by actor: Actor) throws -> Article {
        guard let article = try transaction.article(id) else {
            throw WorkflowError.noSuchArticle(id.text)
        }
        try checkOwner(article.owner, actor)
        return article
    }

    /// A bureau words its own articles only.
    private func checkOwner(_ owner: String, _ actor: Actor) throws {
        guard actor.roles == [.bureau], actor.bureau != owner else { return }
        throw WorkflowError.notPermitted(.writeKnowledge, actor: actor.name)
    }

    private func problems(in draft: ArticleDraft) -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        for (field, text, limit) in [
            ("title", draft.title, 200), ("body", draft.body, 20_000),
            ("clause", draft.clause, 400), ("owner", draft.owner, 64),
        ] {
            if !text.contains(where: { !$0.isWhitespace }) {
                found.append(
                    .init(field: field, chinese: "请填写", english: "is empty: fill it in"))
            } else if text.count > limit {
                found.append(
                    .init(
                        field: field, chinese: "最多\(limit)个字",
                        english: "has \(text.count) characters; at most \(limit) are taken"))
            }
        }
        if let until = draft.validUntil, until < draft.validFrom {
            found.append(
                .init(
                    field: "valid_until", chinese: "早于起始日",
                    english: "lies before its first day"))
        }
        if draft.keywords.count > 50 || draft.keywords.contains(where: { $0.count > 50 }) {
            found.append(
                .init(
                    field: "keywords", chinese: "最多50个，每个至多50字",
                    english: "may be 50 of 50 characters each"))
        }
        return found
    }
}
