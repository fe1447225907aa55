import Database

extension Schema {
    /// What came in by Open311.
    static let open311 = SchemaStep(
        id: "0044-open311",
        """
        -- Which token filed which case or work order: it alone may add to it, and asks what became of it.
        create table open311_request (
            number {text} not null primary key, actor {text} not null, filed_ms {int} not null
        ) {strict};
        create index open311_request_by_time on open311_request (filed_ms, number);
        """)
}
