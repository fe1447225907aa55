import Database

extension Schema {
    /// The fund's statement as far as somebody once added it up.
    static let statement = SchemaStep(
        id: "0044-statement",
        """
        -- The five amounts and the rest of `FundStatement`, of the vouchers up to `through`: whoever asks adds
        -- what came since. `ledger verify` recomputes it.
        create table fund_statement (
            fund {text} not null primary key, through {int} not null, sums {text} not null
        ) {strict};
        """)
}
