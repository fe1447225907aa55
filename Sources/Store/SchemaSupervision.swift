import Database

extension Schema {
    /// What a supervisor looks through among the events of all work orders.
    static let supervision = SchemaStep(
        id: "0033-supervision",
        """
        -- Few of a work order's events are of these kinds: each index holds those alone.
        create index order_event_returned on order_event (order_id) where kind = 'returned';
        create index order_event_extension on order_event (order_id) where kind = 'extensionAsked';
        create index order_event_fault on order_event (at_ms, order_id, position)
            where kind = 'faultListed';
        """)
}
