import Database

extension Schema {
    /// Work orders of the hotline: the events are the truth, the other tables are written with them.
    static let orders = SchemaStep(
        id: "0010-orders",
        """
        create table order_event (
            order_id {text} not null, position {int} not null, kind {text} not null,
            payload {text} not null, actor {text} not null, at_ms {int} not null,
            recorded_ms {int} not null,
            primary key (order_id, position)
        ) {strict};
        -- The line a queue shows. `bureau` is the lead that has it now; `due_ms` the most pressing end.
        create table order_row (
            order_id {text} not null primary key, version {int} not null, stage {text} not null,
            is_open {int} not null, kind {text} not null, category {text} not null, area {text},
            channel {text} not null, edition {text} not null, bureau {text}, receiver {text},
            is_urgent {int} not null, is_supervised {int} not null,
            is_with_discipline {int} not null, text {text} not null, registered_ms {int} not null,
            due_ms {int}, due_clock {text}, closed_ms {int}
        ) {strict};
        create index order_row_by_due on order_row (is_open, due_ms, order_id);
        create index order_row_by_bureau on order_row (bureau, is_open, due_ms, order_id)
            where bureau is not null;
        create index order_row_by_stage on order_row (stage, registered_ms, order_id);
        create index order_row_by_registered on order_row (registered_ms, order_id);
        create index order_row_watched on order_row (is_open, due_ms, order_id)
            where is_supervised = 1;
        -- What two demands about one thing have in common: telephone, number elsewhere, file, words.
        create table order_key (
            kind {text} not null, value {text} not null, order_id {text} not null,
            primary key (kind, value, order_id)
        ) {strict};
        -- The next step of each running clock, so that any server finds what is due.
        create table order_clock (
            order_id {text} not null, clock {text} not null, step {text} not null,
            at_ms {int} not null,
            primary key (order_id, clock)
        ) {strict};
        create index order_clock_by_time on order_clock (at_ms, order_id, clock);
        -- A step that has fired: one row, written with its effect, so it fires once. `started_ms` tells
        -- a clock from the one that took its place.
        create table order_step (
            order_id {text} not null, clock {text} not null, started_ms {int} not null,
            step {text} not null, fired_ms {int} not null,
            primary key (order_id, clock, started_ms, step)
        ) {strict};
        -- Who is to hear of what, until somebody has seen it.
        create table order_notice (
            order_id {text} not null, position {int} not null, recipient {text} not null,
            bureau {text}, clock {text} not null, step {text} not null, at_ms {int} not null,
            seen_by {text}, seen_ms {int},
            primary key (order_id, position)
        ) {strict};
        create index order_notice_unseen on order_notice (recipient, bureau, at_ms)
            where seen_ms is null;
        -- Calendars and office hours that clocks were set by: a running clock keeps its own.
        create table schedule_edition (
            edition {text} not null primary key, zone_minutes {int} not null,
            hours {text} not null, calendar {text} not null, recorded_ms {int} not null
        ) {strict};
        """)
}
