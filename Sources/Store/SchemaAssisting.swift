import Database

extension Schema {
    /// Which bureaus assist with which work orders.
    static let assisting = SchemaStep(
        id: "0014-assisting",
        """
        -- While they have it: a bureau finds in its lists what it leads (`order_row.bureau`) and what it
        -- assists with. An order sent out before this table is found again once anything happens to it.
        create table order_assisting (
            bureau {text} not null, order_id {text} not null,
            primary key (bureau, order_id)
        ) {strict};
        create index order_assisting_by_order on order_assisting (order_id);
        """)
}
