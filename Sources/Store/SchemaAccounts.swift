import Database

extension Schema {
    /// The people who log in, and what keeps others from doing so in their name.
    static let accounts = SchemaStep(
        id: "0014-accounts",
        """
        -- One row a person, never deleted: `name` stands in the trail. `password` is the text of its scrypt
        -- hash; `password_until_ms` when a first password lapses. `second_factor` and `second_factor_next`
        -- (not confirmed yet) are sealed; `second_factor_step` is the last step whose code was used.
        create table person (
            id {text} not null primary key, name {text} not null, display_name {text} not null,
            roles {text} not null, bureau {text}, merchant_id {text}, is_active {int} not null,
            must_change {int} not null, password {text} not null, password_until_ms {int},
            second_factor {blob}, second_factor_next {blob}, second_factor_step {int} not null,
            created_ms {int} not null
        ) {strict};
        create unique index person_by_name on person (name);
        -- Only the SHA-256 of a session's secret is kept. Gone when it ended.
        create table person_session (
            hash {text} not null primary key, person_id {text} not null, factor {text} not null,
            csrf {text} not null, address {text} not null, started_ms {int} not null,
            seen_ms {int} not null, ends_ms {int} not null
        ) {strict};
        create index person_session_by_person on person_session (person_id, started_ms);
        create index person_session_by_end on person_session (ends_ms);
        -- For whoever lost the second factor: each once, only their SHA-256.
        create table recovery_code (
            person_id {text} not null, hash {text} not null, used_ms {int},
            primary key (person_id, hash)
        ) {strict};
        -- Log-ins that failed. `account` is the SHA-256 of the name as typed, so that unknown names are
        -- treated alike and a password typed there is not kept.
        create table log_in_failure (
            account {text} not null, address {text} not null, failures {int} not null,
            last_ms {int} not null,
            primary key (account, address)
        ) {strict};
        create index log_in_failure_by_time on log_in_failure (last_ms);
        -- Where a person logged in from before: others' failures do not slow them there.
        create table known_address (
            person_id {text} not null, address {text} not null, last_ms {int} not null,
            primary key (person_id, address)
        ) {strict};
        -- Who an identity provider's subject is here, by an administrator.
        create table person_identity (
            issuer {text} not null, subject {text} not null, person_id {text} not null,
            linked_ms {int} not null, linked_by {text} not null,
            primary key (issuer, subject)
        ) {strict};
        create index person_identity_by_person on person_identity (person_id);
        -- Who did what to which account, and when. Never updated or deleted.
        create table account_event (
            number {int} not null primary key, person_id {text} not null, kind {text} not null,
            detail {text} not null, actor {text} not null, address {text}, at_ms {int} not null
        ) {strict};
        create index account_event_by_person on account_event (person_id, number);
        -- Whose cases a merchant's token may touch.
        alter table token add column merchant_id {text};
        """)
}
