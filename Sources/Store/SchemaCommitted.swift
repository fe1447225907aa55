import Database

extension Schema {
    /// What the caps of a day are held to, without adding up the day.
    static let committed = SchemaStep(
        id: "0046-committed",
        """
        -- The sum of `commitment` of each day and tier, moved with its rows.
        create table committed_day (
            day {text} not null, tier {text} not null, amount_fen {int} not null,
            primary key (day, tier)
        ) {keyed};
        insert into committed_day (day, tier, amount_fen)
            select day, tier, cast(sum(amount_fen) as bigint) from commitment group by day, tier;
        """)
}
