import Database

extension Schema {
    /// What a page says of everything there is, without reading everything there is.
    static let sums = SchemaStep(
        id: "0043-sums",
        """
        -- How many there are: `case/paying`, `case_event`, `evidence_bytes` … Moved with what they count.
        create table stored_count (name {text} not null primary key, amount {int} not null) {strict};
        insert into stored_count (name, amount)
            select 'case/' || stage, count(*) from case_row group by stage;
        insert into stored_count (name, amount)
            select 'order/' || stage, count(*) from order_row group by stage;
        insert into stored_count (name, amount) select 'case_event', count(*) from case_event
            having count(*) > 0;
        insert into stored_count (name, amount) select 'order_event', count(*) from order_event
            having count(*) > 0;
        insert into stored_count (name, amount) select 'evidence', count(*) from evidence
            having count(*) > 0;
        insert into stored_count (name, amount)
            select 'evidence_bytes', cast(coalesce(sum(size), 0) as bigint) from evidence
            having count(*) > 0;
        -- Of 1,024 vouchers each, what they move in an account and all that is below it, by business day.
        -- The sum of an account at any time is that of its blocks, and of the lines of those blocks alone
        -- that were not whole then. `ledger verify` recomputes them.
        create table account_block (
            fund {text} not null, code {text} not null, block {int} not null,
            business_day {text} not null, debits_fen {int} not null, credits_fen {int} not null,
            lines {int} not null, last_number {int} not null, first_ms {int} not null,
            last_ms {int} not null,
            primary key (fund, code, block, business_day)
        ) {keyed};
        insert into account_block (fund, code, block, business_day, debits_fen, credits_fen, lines,
            last_number, first_ms, last_ms)
        select v.fund, t.code, v.number / 1024, v.business_day,
            cast(sum(case when l.side = 1 then l.amount_fen else 0 end) as bigint),
            cast(sum(case when l.side = 1 then 0 else l.amount_fen end) as bigint),
            count(*), max(v.number), min(v.recorded_ms), max(v.recorded_ms)
        from voucher v
        join voucher_line l on l.fund = v.fund and l.number = v.number
        join account_total t on t.fund = v.fund and (l.account = t.code
            or (l.account >= t.code || ':' and l.account < t.code || ';'))
        group by v.fund, t.code, v.number / 1024, v.business_day;
        -- What stands, among all that ever did.
        create index balance_standing on balance (fund, account) where amount_fen <> 0;
        """)
}
