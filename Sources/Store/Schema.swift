package import Database

/// The schema, as steps that only go forward; a released step is never edited.
package enum Schema {
    package static let steps: [SchemaStep] = [
        cases, books, outside, office, editions, periods, controls, paymentFiles, reports,
        orders, knowledge, merchants, staff, assisting, accounts, privacy, roster,
        editionFacet, concerned, supervision, tourists, disclosures, sealing, erasure,
        sums, statement, webhooks, open311, messages,
        committed, statementParts,
    ]

    /// Cases: the events are the truth; the other tables are written in the same transaction.
    private static let cases = SchemaStep(
        id: "0001-cases",
        """
        -- One row an event. `at_ms` is when it happened, `recorded_ms` when we wrote it down.
        create table case_event (
            case_id {text} not null, position {int} not null, kind {text} not null,
            payload {text} not null, actor {text} not null, at_ms {int} not null,
            recorded_ms {int} not null,
            primary key (case_id, position)
        ) {strict};
        -- The line a queue shows. `version` counts events: who writes must have seen the last one.
        create table case_row (
            case_id {text} not null primary key, version {int} not null, stage {text} not null,
            is_open {int} not null, channel {text} not null, matter {text} not null,
            category {text} not null, path {text} not null, edition {text} not null,
            merchant_id {text}, merchant_name {text} not null, bureau {text},
            claimed_fen {int} not null, advance_fen {int} not null, filed_ms {int} not null,
            due_ms {int}, due_clock {text}, committed_day {text}, closed_ms {int}
        ) {strict};
        create index case_row_by_due on case_row (is_open, due_ms, case_id);
        create index case_row_by_filed on case_row (filed_ms, case_id);
        create index case_row_by_stage on case_row (stage, filed_ms, case_id);
        create index case_row_by_merchant on case_row (merchant_id, filed_ms);
        create index case_row_by_commitment on case_row (committed_day, merchant_id);
        -- What two contacts about one loss have in common: order, person with merchant, evidence.
        create table case_key (
            kind {text} not null, value {text} not null, case_id {text} not null,
            primary key (kind, value, case_id)
        ) {strict};
        -- The next step of each running clock, so that any server finds what is due.
        create table case_clock (
            case_id {text} not null, name {text} not null, step {text} not null,
            at_ms {int} not null,
            primary key (case_id, name)
        ) {strict};
        create index case_clock_by_time on case_clock (at_ms, case_id, name);
        -- Running numbers, such as the cases of a year.
        create table counter (name {text} not null primary key, value {int} not null) {strict};
        -- Evidence bytes, once, under their hash.
        create table evidence (
            hash {text} not null primary key, size {int} not null, type {text} not null,
            bytes {blob} not null, stored_ms {int} not null
        ) {strict};
        """)

    /// The ledger. No row of `voucher` or `voucher_line` is ever updated or deleted.
    private static let books = SchemaStep(
        id: "0002-books",
        """
        create table voucher (
            fund {text} not null, number {int} not null, id {text} not null,
            currency {text} not null, business_day {text} not null, reason {text} not null,
            source {text} not null, maker {text} not null, checker {text}, reverses {text},
            recorded_ms {int} not null, previous_hash {blob} not null, hash {blob} not null,
            primary key (fund, number)
        ) {strict};
        create unique index voucher_by_id on voucher (id);
        create index voucher_by_source on voucher (source);
        create index voucher_by_day on voucher (fund, business_day, number);
        -- `side` is 1 for debit, 2 for credit; `step` is what it does to the reservation.
        create table voucher_line (
            fund {text} not null, number {int} not null, line {int} not null,
            account {text} not null, side {int} not null, amount_fen {int} not null,
            step {text}, reservation {text},
            primary key (fund, number, line)
        ) {strict};
        create index voucher_line_by_account on voucher_line (fund, account, number);
        -- Projections of the vouchers, debit-positive; `ledger verify` recomputes them.
        create table balance (
            fund {text} not null, account {text} not null, amount_fen {int} not null,
            primary key (fund, account)
        ) {strict};
        create table account_total (
            fund {text} not null, code {text} not null, amount_fen {int} not null,
            primary key (fund, code)
        ) {strict};
        create table reservation (
            id {text} not null primary key, fund {text} not null, amount_fen {int} not null,
            released_fen {int} not null, returned_fen {int} not null,
            check (released_fen >= 0 and returned_fen >= 0
                and released_fen + returned_fen <= amount_fen)
        ) {strict};
        -- The last voucher of each fund.
        create table ledger_head (
            fund {text} not null primary key, number {int} not null, hash {blob} not null
        ) {strict};
        """)

    /// What must reach outside, and what came back.
    private static let outside = SchemaStep(
        id: "0003-outside",
        """
        -- `kind` says to whom: a payout to order or to query. Leased by one server at a time.
        create table outbox (
            id {text} not null primary key, kind {text} not null, case_id {text} not null,
            payload {text} not null, attempts {int} not null, not_before_ms {int} not null,
            lease_until_ms {int} not null, done_ms {int}, last_error {text}
        ) {strict};
        create index outbox_due on outbox (done_ms, not_before_ms, id);
        -- Every payout of every case, to be met again in a statement.
        create table payout (
            number {text} not null primary key, case_id {text} not null, amount_fen {int} not null,
            state {text} not null, ordered_ms {int} not null, confirmed_day {text},
            statement_line {text}
        ) {strict};
        create index payout_by_case on payout (case_id);
        create index payout_by_state on payout (state, number);
        -- Statements as imported. `position` is their order for the account.
        create table statement (
            account {text} not null, position {int} not null, file_hash {text} not null,
            label {text} not null, from_day {text} not null, to_day {text} not null,
            opening_fen {int} not null, closing_fen {int} not null, lines {int} not null,
            imported_ms {int} not null, imported_by {text} not null,
            primary key (account, position)
        ) {strict};
        create unique index statement_by_file on statement (file_hash);
        -- `matched` says as what: payout, payoutReturn, repayment, topUp, transfer, fee, interest,
        -- suspense.
        create table statement_line (
            account {text} not null, key {text} not null, statement {int} not null,
            line {int} not null, booked_day {text} not null, amount_fen {int} not null,
            counterparty {text}, remittance {text} not null, reference {text},
            matched {text} not null, target {text},
            primary key (account, key)
        ) {strict};
        create index statement_line_by_match on statement_line (account, matched, booked_day);
        -- Which voucher books which line, or which part of it: one receipt may repay several cases.
        create table statement_match (
            account {text} not null, voucher {text} not null, key {text} not null,
            primary key (account, voucher)
        ) {strict};
        create index statement_match_by_line on statement_match (account, key);
        -- What merchants still owe, case by case.
        create table recovery (
            case_id {text} not null primary key, merchant_id {text}, merchant_name {text} not null,
            state {text} not null, outstanding_fen {int} not null, opened_ms {int} not null
        ) {strict};
        create index recovery_open on recovery (outstanding_fen, case_id);
        -- A day on which books and bank agreed to the fen.
        create table closed_day (
            fund {text} not null, day {text} not null, bank_fen {int} not null,
            platform_fen {int} not null, head_number {int} not null, head_hash {blob} not null,
            closed_ms {int} not null, closed_by {text} not null,
            primary key (fund, day)
        ) {strict};
        """)

    /// Who is who, and who asked what.
    private static let office = SchemaStep(
        id: "0004-office",
        """
        create table merchant (
            id {text} not null primary key, name {text} not null, trade {text} not null,
            folded_name {text} not null
        ) {strict};
        create index merchant_by_name on merchant (folded_name, id);
        create table merchant_standing (
            merchant_id {text} not null, position {int} not null, standing {text} not null,
            from_day {text} not null, reason {text} not null, recorded_ms {int} not null,
            actor {text} not null,
            primary key (merchant_id, position)
        ) {strict};
        -- API tokens: only their SHA-256 is kept.
        create table token (
            hash {text} not null primary key, name {text} not null, roles {text} not null,
            bureau {text}, created_ms {int} not null, revoked_ms {int}
        ) {strict};
        create unique index token_by_name on token (name);
        -- The tourist's own code for one case: only its SHA-256 is kept.
        create table tracking_code (
            case_id {text} not null primary key, hash {text} not null
        ) {strict};
        -- The answer to a command under its idempotency key, written with the command's effect.
        create table idempotency (
            actor {text} not null, key {text} not null, request_hash {text} not null,
            status {int} not null, body {text} not null, at_ms {int} not null,
            primary key (actor, key)
        ) {strict};
        create index idempotency_by_time on idempotency (at_ms);
        """)

    /// Which editions of the policy are in force, and who agreed to them.
    private static let editions = SchemaStep(
        id: "0005-editions",
        """
        -- One row a step: founded, submitted, approved, withdrawn. Never updated or deleted: what is
        -- in force follows from the steps, and so does who is answerable for it.
        create table edition_step (
            jurisdiction {text} not null, position {int} not null, edition {text} not null,
            kind {text} not null, payload {text} not null, actor {text} not null,
            at_ms {int} not null,
            primary key (jurisdiction, position)
        ) {strict};
        """)

    /// Reservations that expire, corrections, closed periods, and checkpoints an auditor keeps.
    private static let periods = SchemaStep(
        id: "0006-periods",
        """
        -- `account` is where it is held; `expires_ms` when it lapses by rule, whether a timer runs or not.
        alter table reservation add column lapsed_fen {int} not null default 0;
        alter table reservation add column expires_ms {int};
        alter table reservation add column account {text} not null default '3102';
        create index reservation_expiring on reservation (fund, expires_ms)
            where expires_ms is not null;
        alter table voucher add column corrects {text};
        create index voucher_by_reversed on voucher (reverses) where reverses is not null;
        alter table voucher_line add column expires_ms {int};
        alter table closed_day add column prepared_by {text};
        -- A period that one person put forward to be closed; gone when another agreed.
        create table closing_proposal (
            fund {text} not null, kind {text} not null, first_day {text} not null,
            proposed_by {text} not null, proposed_ms {int} not null,
            primary key (fund, kind, first_day)
        ) {strict};
        -- A period closed for good: nothing after `head_number` may be of its days.
        create table closing (
            fund {text} not null, kind {text} not null, first_day {text} not null,
            last_day {text} not null, head_number {int} not null, head_hash {blob} not null,
            closed_ms {int} not null, maker {text} not null, checker {text} not null,
            primary key (fund, kind, first_day)
        ) {strict};
        create index closing_by_last_day on closing (fund, last_day);
        create table closing_balance (
            fund {text} not null, kind {text} not null, first_day {text} not null,
            account {text} not null, amount_fen {int} not null,
            primary key (fund, kind, first_day, account)
        ) {strict};
        -- As it was signed and handed out, to the letter.
        create table checkpoint (
            fund {text} not null, number {int} not null, text {text} not null,
            signed_ms {int} not null,
            primary key (fund, number)
        ) {strict};
        """)
}
