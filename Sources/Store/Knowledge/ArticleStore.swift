package import Casework
package import Database
package import Ledger

/// An article that a search found.
package struct FoundArticle: Hashable, Sendable {
    package let article: Article
    /// How well it fits; comparable within one search only.
    package let score: Int
}

extension Transaction {
    /// Keeps a wording and makes it the one that counts.
    ///
    /// - Throws: A `unique` constraint when another person wrote this revision first.
    package func write(
        _ article: Article, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into article_revision (article_id, revision, payload, actor, at_ms)
            values (\(article.id.text), \(article.revision), \(try jsonText(Wording(article))),
                \(actor), \(now.ms))
            """)
        try put("delete from article where article_id = \(article.id.text)")
        try put(
            """
            insert into article (article_id, revision, title, owner, valid_from, valid_until,
                is_withdrawn)
            values (\(article.id.text), \(article.revision), \(article.title), \(article.owner),
                \(article.validFrom.description), \(article.validUntil?.description),
                \(article.isWithdrawn ? 1 : 0))
            """)
        try put("delete from article_gram where article_id = \(article.id.text)")
        guard !article.isWithdrawn else { return }
        try insert(
            into: "article_gram", "gram, article_id, weight",
            rows: article.grams.sorted { $0.key < $1.key }.map {
                [.text($0.key), .text(article.id.text), .integer(Int64($0.value))]
            })
    }

    /// The wording that counts; nil for an unknown article.
    package func article(_ id: ID<Article>) throws(DatabaseError) -> Article? {
        try readArticles(
            """
            select r.article_id, r.revision, r.payload from article a
            join article_revision r on r.article_id = a.article_id and r.revision = a.revision
            where a.article_id = \(id.text)
            """
        ).first
    }

    /// Every wording of an article, the oldest first: what was told on a day can be shown years later.
    package func revisions(of id: ID<Article>) throws(DatabaseError) -> [Article] {
        try readArticles(
            """
            select article_id, revision, payload from article_revision
            where article_id = \(id.text) order by revision
            """)
    }

    /// Articles in force on `day`, by title.
    ///
    /// - Parameter limit: 1…200.
    package func articles(
        inForceOn day: Day, after title: String = "", limit: Int
    ) throws(DatabaseError) -> [Article] {
        try readArticles(
            """
            select r.article_id, r.revision, r.payload from article a
            join article_revision r on r.article_id = a.article_id and r.revision = a.revision
            where a.is_withdrawn = 0 and a.valid_from <= \(day.description)
                and (a.valid_until is null or a.valid_until >= \(day.description))
                and a.title > \(title)
            order by a.title, a.article_id limit \(min(max(limit, 1), 200))
            """)
    }

    /// Articles in force on `day` that share most with `words`, the best first.
    ///
    /// - Parameters:
    ///   - words: As somebody types them; only its first 64 pairs of characters count.
    ///   - limit: 1…50.
    package func search(
        _ words: String, inForceOn day: Day, limit: Int
    ) throws(DatabaseError) -> [FoundArticle] {
        let grams = Grams.of(words).prefix(64).map { SQLValue.text($0) }
        guard !grams.isEmpty else { return [] }
        // A lone character is the beginning of the pairs it stands in.
        let lone = grams.count == 1 ? Grams.of(words)[0] : ""
        let match: SQL =
            lone.unicodeScalars.count == 1
            ? "g.gram >= \(lone) and g.gram < \(lone + "\u{10FFFF}")"
            : "g.gram in (\(list: grams))"
        var found: [FoundArticle] = []
        for row in try rows(
            """
            select g.article_id, cast(sum(g.weight) as bigint) as score, count(*) as shared
            from article_gram g join article a on a.article_id = g.article_id
            where \(sql: match) and a.valid_from <= \(day.description)
                and (a.valid_until is null or a.valid_until >= \(day.description))
            group by g.article_id
            order by shared desc, score desc, g.article_id limit \(min(max(limit, 1), 50))
            """)
        {
            guard let article = try article(ID(try row.text(0))) else { continue }
            let whole = article.title.contains(words) ? 1_000 : 0
            let score = Int(try row.integer(1)) + Int(try row.integer(2)) * 10 + whole
            found.append(FoundArticle(article: article, score: score))
        }
        return found.sorted { ($1.score, $0.article.id) < ($0.score, $1.article.id) }
    }

    private func readArticles(_ sql: SQL) throws(DatabaseError) -> [Article] {
        var found: [Article] = []
        for row in try rows(sql) {
            let id = try row.text(0)
            let wording = try fromJSON(Wording.self, row.text(2), at: "article_revision \(id)")
            found.append(wording.article(ID(id), revision: Int(try row.integer(1))))
        }
        return found
    }
}

/// An article's wording as stored.
private struct Wording: Codable {
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

    func article(_ id: ID<Article>, revision: Int) -> Article {
        Article(
            id: id, revision: revision, title: title, body: body, clause: clause,
            keywords: keywords, subjects: subjects, owner: owner, validFrom: validFrom,
            validUntil: validUntil, isWithdrawn: isWithdrawn)
    }
}
