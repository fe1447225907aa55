import Database

extension Schema {
    /// Who looked at what.
    static let disclosures = SchemaStep(
        id: "0040-disclosures",
        """
        -- One row a look at what is masked otherwise, written before it is shown; never updated or deleted.
        -- `kind`: fields, evidence (no reason is asked: `fields` is the file's hash). `subject`: the case or
        -- work order.
        create table disclosure (
            number {int} not null primary key, subject {text} not null, kind {text} not null,
            fields {text} not null, actor {text} not null, roles {text} not null,
            reason {text} not null, at_ms {int} not null
        ) {strict};
        create index disclosure_by_subject on disclosure (subject, number);
        create index disclosure_by_actor on disclosure (actor, number);
        """)
}
