import Database

extension Schema {
    /// Stars, and the agreements by which firms join.
    static let merchants = SchemaStep(
        id: "0012-merchants",
        """
        -- The quality agreement a firm signed when it was enrolled, by its number.
        alter table merchant_standing add column agreement {text};
        create table merchant_rating (
            merchant_id {text} not null, position {int} not null, stars {int} not null,
            from_day {text} not null, reason {text} not null, recorded_ms {int} not null,
            actor {text} not null,
            primary key (merchant_id, position), check (stars between 1 and 5)
        ) {strict};
        """)
}
