import Database

extension Schema {
    /// What was erased by which rule, and what people were told when they filed.
    static let erasure = SchemaStep(
        id: "0042-erasure",
        """
        -- One row a case or work order whose personal data is gone; its events, vouchers and reports stay.
        create table erasure (
            subject {text} not null primary key, kind {text} not null, closed_ms {int} not null,
            rule {text} not null, actor {text} not null, at_ms {int} not null
        ) {strict};
        -- Which text on the use of personal data stood on the page from which a case was filed. `hash` is of
        -- that text: it proves what the version said.
        create table consent (
            subject {text} not null primary key, version {text} not null, hash {text} not null,
            at_ms {int} not null
        ) {strict};
        """)
}
