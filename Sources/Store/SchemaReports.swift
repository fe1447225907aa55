import Database

extension Schema {
    /// What reports are made of: a line of facts for each case or work order, and the sums of them.
    static let reports = SchemaStep(
        id: "0009-reports",
        """
        -- `cells` has a bit for each count the record is in, so that a figure opens to its cases.
        create table report_record (
            record_id {text} not null primary key, registered_day {text} not null, ended_day {text},
            kind {text} not null, is_other {int} not null, category {text} not null,
            area {text} not null, bureau {text} not null, channel {text} not null,
            merchant_id {text}, cells {int} not null, payload {text} not null
        ) {strict};
        -- The days of a figure are known from the tallies; these hold all that is asked of a day.
        create index report_record_by_day on report_record (registered_day, record_id, cells,
            is_other, kind, category, area, bureau, channel);
        create index report_record_by_ending on report_record (ended_day, record_id, cells,
            is_other, kind, category, area, bureau, channel) where ended_day is not null;
        create index report_record_by_merchant on report_record (merchant_id, registered_day,
            record_id, cells, is_other) where merchant_id is not null;
        -- Sums of the records, written in the transaction that changes one. `scope` is empty for the
        -- whole office, else `area/…` or `bureau/…`; `period` is the first day of a `day` or `month`;
        -- `cells` is `registered:12 accepted:11`: what is read together stands together. Histograms, long
        -- and seldom changed, have a row of their own: `is_times` is 1 there.
        create table report_tally (
            scope {text} not null, facet {text} not null, grain {text} not null,
            period {text} not null, slice {text} not null, is_other {int} not null,
            is_times {int} not null, cells {text} not null,
            primary key (scope, facet, grain, period, slice, is_other, is_times)
        ) {keyed};
        -- The same by merchant; `period` is `2024-07` or `2024`, `items` what was registered.
        create table report_merchant (
            period {text} not null, merchant_id {text} not null, is_other {int} not null,
            items {int} not null, cells {text} not null,
            primary key (period, merchant_id, is_other)
        ) {keyed};
        create index report_merchant_by_items on report_merchant (period, items, merchant_id);
        """)
}
