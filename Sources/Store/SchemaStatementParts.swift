import Database

extension Schema {
    /// A period's statement of the fund, without reading the period's vouchers.
    static let statementParts = SchemaStep(
        id: "0047-statement-parts",
        """
        -- Of whole blocks of 1,024 vouchers, the statement of those of each business day, as
        -- `FundStatement`. Kept some time after a block is full, from the first block on without a gap.
        create table fund_statement_part (
            fund {text} not null, block {int} not null, business_day {text} not null,
            sums {text} not null,
            primary key (fund, block, business_day)
        ) {keyed};
        create index fund_statement_part_by_day on fund_statement_part (fund, business_day);
        """)
}
