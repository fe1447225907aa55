import Database

extension Schema {
    /// Each case and work order has a key of its own for what is personal in it.
    static let privacy = SchemaStep(
        id: "0020-privacy",
        """
        -- `sealed` is the key, sealed under the office's key `key_id`, which is never in the database. When
        -- `erased_ms` is set the key is gone, and with it all that it sealed: the events stay.
        create table subject_key (
            subject {text} not null primary key, key_id {text} not null, sealed {blob} not null,
            made_ms {int} not null, erased_ms {int}
        ) {strict};
        create index subject_key_by_office_key on subject_key (key_id, subject)
            where erased_ms is null;
        """)
}
