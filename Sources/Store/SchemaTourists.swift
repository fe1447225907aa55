import Database

extension Schema {
    /// What tourists do besides giving commands, and who looks at a case just now.
    static let tourists = SchemaStep(
        id: "0040-tourists",
        """
        -- A tourist's one rating of a settled case. `payload` holds the words, sealed by the case's key.
        create table case_rating (
            case_id {text} not null primary key, stars {int} not null, payload {text} not null,
            rated_ms {int} not null
        ) {strict};
        -- The code by which whoever lost the tracking code gets a new one: only its keyed hash. The last
        -- one asked for takes the place of the one before.
        create table one_time_code (
            case_id {text} not null primary key, hash {text} not null, ends_ms {int} not null,
            tries {int} not null
        ) {strict};
        -- How often codes were asked for, by the SHA-256 of number and telephone as typed: unknown ones
        -- are counted like all others.
        create table code_ask (
            hash {text} not null primary key, asks {int} not null, from_ms {int} not null
        ) {strict};
        create index code_ask_by_time on code_ask (from_ms);
        -- Messages to tourists. `payload` holds telephone and text, sealed by the case's key. Leased by one
        -- server at a time; of no use after `ends_ms`, and gone soon after.
        create table tourist_message (
            id {text} not null primary key, case_id {text} not null, payload {text} not null,
            made_ms {int} not null, ends_ms {int} not null, attempts {int} not null,
            not_before_ms {int} not null, lease_until_ms {int} not null, done_ms {int},
            last_error {text}
        ) {strict};
        create index tourist_message_due on tourist_message (done_ms, not_before_ms, id);
        create index tourist_message_by_end on tourist_message (ends_ms);
        -- Whose page of a case is open: seen again every few seconds, and gone soon after.
        create table presence (
            case_id {text} not null, person {text} not null, display_name {text} not null,
            seen_ms {int} not null,
            primary key (case_id, person)
        ) {strict};
        create index presence_by_time on presence (seen_ms);
        """)
}
