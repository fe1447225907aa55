import Database

extension Schema {
    /// Payouts that leave through the bank, in files that two people send.
    static let paymentFiles = SchemaStep(
        id: "0008-payment-files",
        """
        alter table payout add column rail {text} not null default 'wallet';
        -- The file it went out with; null again when the file was withdrawn.
        alter table payout add column payment_file {text};
        create index payout_waiting on payout (rail, state, payment_file, number);
        create index payout_by_file on payout (payment_file, number);
        -- A payment file as it was prepared, to the letter: what was handed in once is never made anew.
        -- `state`: prepared, released, withdrawn.
        create table payment_file (
            id {text} not null primary key, fund {text} not null, position {int} not null,
            execution_day {text} not null, payments {int} not null, amount_fen {int} not null,
            state {text} not null, document {text} not null, hash {text} not null,
            prepared_by {text} not null, prepared_ms {int} not null,
            decided_by {text}, decided_ms {int}
        ) {strict};
        create unique index payment_file_by_position on payment_file (fund, position);
        -- The bank's answers, as they came.
        create table payment_report (
            hash {text} not null primary key, file {text} not null, report {text} not null,
            document {text} not null, received_by {text} not null, received_ms {int} not null
        ) {strict};
        create index payment_report_by_file on payment_report (file, received_ms);
        """)
}
