import Database

extension Schema {
    /// What the caps of a day are held to, without adding up the day.
    static let committed = SchemaStep(
        id: "0046-committed",
        """
        -- The sum of `commitment` of each day and tier, as far as it was counted: `amount_counted` of each
        -- row is in it. Servers of the release before change rows without counting; who reads adds what
        -- they left, which a partial index finds.
        create table committed_day (
            day {text} not null, tier {text} not null, amount_fen {int} not null,
            primary key (day, tier)
        ) {keyed};
        insert into committed_day (day, tier, amount_fen)
            select day, tier, cast(sum(amount_fen) as bigint) from commitment group by day, tier;
        alter table commitment add column amount_counted {int} not null default 0;
        update commitment set amount_counted = amount_fen;
        create index commitment_uncounted on commitment (day) where amount_fen <> amount_counted;
        -- Of the column that `commitment` took the place of.
        drop index case_row_by_commitment;
        """)
}
