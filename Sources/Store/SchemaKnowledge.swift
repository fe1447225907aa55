import Database

extension Schema {
    /// What agents may tell callers, found by pairs of characters: one index on both engines, and a word
    /// of two characters is found, which trigrams cannot do (docs/decisions/0007-knowledge-search.md).
    static let knowledge = SchemaStep(
        id: "0011-knowledge",
        """
        -- Every wording there ever was. Rows are never updated or deleted.
        create table article_revision (
            article_id {text} not null, revision {int} not null, payload {text} not null,
            actor {text} not null, at_ms {int} not null,
            primary key (article_id, revision)
        ) {strict};
        -- The wording that counts now.
        create table article (
            article_id {text} not null primary key, revision {int} not null, title {text} not null,
            owner {text} not null, valid_from {text} not null, valid_until {text},
            is_withdrawn {int} not null
        ) {strict};
        create index article_by_title on article (title, article_id);
        create table article_gram (
            gram {text} not null, article_id {text} not null, weight {int} not null,
            primary key (gram, article_id)
        ) {keyed};
        create index article_gram_by_article on article_gram (article_id);
        """)
}
