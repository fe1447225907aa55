import Database

extension Schema {
    /// Whom orders about the office name, and orders of before whose side tables are still to be written.
    static let concerned = SchemaStep(
        id: "0032-concerned",
        """
        -- `whom` is `person/…` or `bureau/…`: they see no words of the order in any list.
        create table order_concerned (
            order_id {text} not null, whom {text} not null,
            primary key (order_id, whom)
        ) {keyed};
        -- Which side tables lack rows of orders that were there before them, and after which order. The
        -- office fills them when it opens; the row goes when that is done.
        create table order_fill (
            name {text} not null primary key, after_id {text} not null
        ) {keyed};
        insert into order_fill (name, after_id) values ('assisting, concerned', '');
        """)
}
